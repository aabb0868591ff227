// A definition as text, and in which line of it something is.

/** A compiled definition as people write it: tables, and places as inline tables. */
export function written(definition) {
  const { totals = [], ...head } = definition;
  const parts = [block("", head), ...totals.map((rows) => block("totals", rows, "[[totals]]"))];
  return `${parts.flat().filter(Boolean).join("\n\n")}\n`;
}

/** One table and those in it; a table without keys of its own needs no heading. */
function block(name, table, heading = `[${name}]`) {
  const entries = Object.entries(table);
  const own = entries.filter(([, value]) => !isTable(value)).map(([key, value]) => `${keyOf(key)} = ${valueOf(value)}`);
  const inner = entries.filter(([, value]) => isTable(value));
  const head = name === "" ? [] : [heading];
  const text = own.length > 0 || heading.startsWith("[[") ? [[...head, ...own].join("\n")] : [];
  return [...text, ...inner.flatMap(([key, value]) => block(name === "" ? key : `${name}.${keyOf(key)}`, value))];
}

const isTable = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const keyOf = (key) => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key));

function valueOf(value) {
  if (Array.isArray(value)) return `[${value.map(valueOf).join(", ")}]`;
  if (isTable(value)) return `{ ${Object.entries(value).map(([key, own]) => `${keyOf(key)} = ${valueOf(own)}`).join(", ")} }`;
  return JSON.stringify(value);
}

/** What the core says of a definition, each at its line; of a selector, what the browser says, which knows them better. */
export function located(text, slips, isSelector = () => true) {
  return slips.map(({ key, text: part, what, fix }) => ({
    line: lineOf(text, part),
    what: `${key}: ${isSelector(part) ? [what, fix].filter(Boolean).join("; ") : `\`${part}\` is no CSS selector`}`,
  }));
}

/** Whether the browser can select by a text. */
export function isSelector(text) {
  try {
    document.createDocumentFragment().querySelector(text);
    return true;
  } catch {
    return false;
  }
}

/** What the core says where it cannot make a definition of it: the words between accents name the place. */
export function refused(text, message) {
  const named = message.match(/`([^`]+)`/)?.[1];
  return [{ line: named ? lineOf(text, named) : 1, what: message }];
}

/** The line that holds a part, from 1; the first where none does. */
function lineOf(text, part) {
  const escaped = part.replaceAll('"', '\\"');
  return Math.max(1, text.split("\n").findIndex((line) => line.includes(part) || line.includes(escaped)) + 1);
}

/** The beginning of a definition for a page that none knows. */
export function blank(host, path, today) {
  const name = host.replace(/^www\./, "").split(".")[0].replace(/[^a-z0-9-]/g, "");
  return written({
    format: 1,
    id: name,
    name: host,
    kind: "supplier",
    hosts: [host],
    paths: [path],
    verified: { state: "unseen", on: today, evidence: "" },
    lines: {
      each: "table.cart tr.line",
      fields: {
        description: [{ select: ".name" }],
        quantity: [{ select: "input", take: "value" }],
        unit_price: [{ select: ".price" }],
        line_total: [{ select: ".total" }],
      },
    },
    totals: [{ each: ".totals tr", label: [{ select: "th" }], amount: [{ select: "td" }] }],
  });
}
