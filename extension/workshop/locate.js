// Where a value stands in the copy of the page, from what a reader says of it.

/** What a reader appends to the selector: what is taken of the element, and the place inside JSON. */
const TAKEN = /(?: value| @[^\s]+)?(?: \/\S*)?$/;

/**
 * The drawn elements of one field of one line.
 *
 * A definition's places are inside its rows; other readers name the element and the one around it. Where as many match
 * as lines have that place, the one of this line is meant, else all are shown.
 */
export function elementsOf({ copy, cart, definition, line, field }) {
  const source = cart.lines[line].provenance[field];
  if (!source || source.locator.startsWith("derived: ")) return [];
  const selector = source.locator.replace(TAKEN, "");
  const each = ownDefinition(cart, definition)?.lines.each;
  if (selector === ":scope") return each ? copy.at(each).slice(line, line + 1) : [];
  const found = copy.at(selector);
  const sharing = cart.lines.map((other, place) => [other.provenance[field]?.locator, place]);
  const places = sharing.filter(([locator]) => locator === source.locator).map(([, place]) => place);
  const inRow = each ? copy.at(each).at(line) : undefined;
  const ofRow = inRow ? found.filter((element) => inRow.contains(element)) : [];
  if (ofRow.length > 0) return ofRow;
  return found.length === places.length ? [found[places.indexOf(line)]] : found;
}

/** The drawn rows of a kind of totals, as far as the definition names them. */
export function rowsOf({ copy, cart, definition, label }) {
  const rows = (ownDefinition(cart, definition)?.totals ?? []).flatMap(({ each }) => copy.at(each));
  return rows.filter((row) => folded(row.textContent).includes(folded(label)));
}

/**
 * Selectors of a definition that match outside of its root: a capture takes the root alone, where the workshop has the
 * whole page.
 */
export function outsideRoot(copy, { cart, lines, totals = [] }) {
  const matches = (cart?.roots ?? []).map((selector) => copy.at(selector));
  const root = matches.find((found) => found.length === 1)?.[0];
  if (!root) return [];
  const isOutside = (selector) => copy.at(selector).some((element) => !root.contains(element));
  return [lines.each, ...totals.map(({ each }) => each)].filter(isOutside);
}

const folded = (text) => text.replace(/\s+/g, " ").trim();

function ownDefinition({ reader }, definition) {
  return definition && reader === `${definition.kind}:${definition.id}` ? definition : undefined;
}
