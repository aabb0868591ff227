// What each reader found on the page, where, and why the one was chosen.

import { h } from "../panel/dom.js";
import { told, words } from "../panel/words.js";

/** Fields that a line may have, in the order of a definition's reader. */
const COLUMNS = ["description", "supplier_part_id", "quantity", "unit_price", "line_total"];

/**
 * One block for each reader. `point(cart, line, field)` and `pointRow(cart, label)` show a place in the copy of the page,
 * `leave()` shows none.
 */
export function readers({ candidates, chosen }, pointing) {
  const blocks = candidates.map(({ trust, cart }) => block(cart, trust, cart.reader === chosen.reader, pointing));
  const own = candidates.find(({ cart }) => cart.reader === chosen.reader)?.cart.findings ?? [];
  const known = own.map(({ says }) => told(says));
  const more = chosen.findings.filter(({ says }) => !known.includes(told(says)));
  return [
    h(
      "p",
      { key: "chosen", id: "chosen" },
      candidates.length === 0 ? words("workshop_no_reader") : words("workshop_chosen", chosen.reader),
      " ",
      h("strong", { class: `verdict-${chosen.verdict}` }, words(`verdict_${chosen.verdict}`)),
    ),
    findings(more, "more"),
    blocks,
  ];
}

function block(cart, trust, isChosen, pointing) {
  return h(
    "article",
    { key: cart.reader, class: isChosen ? "reader chosen" : "reader" },
    h(
      "h3",
      null,
      h("code", null, cart.reader),
      h("span", { class: `verdict-${cart.verdict}` }, words(`verdict_${cart.verdict}`), cart.currency && ` ${cart.currency}`),
    ),
    h("p", { class: "hint" }, words(`trust_${trust}`)),
    cart.lines.length > 0 && lines(cart, pointing),
    cart.rows.length > 0 && totals(cart, pointing),
    findings(cart.findings, "findings"),
  );
}

function lines(cart, pointing) {
  const others = new Set(cart.lines.flatMap(({ provenance }) => Object.keys(provenance)));
  const shown = [...COLUMNS, ...[...others].filter((field) => !COLUMNS.includes(field))];
  return h(
    "div",
    { key: "lines", class: "scroll" },
    h(
      "table",
      null,
      h("thead", null, h("tr", null, shown.map((field) => h("th", { key: field, class: look(field) }, h("code", null, field))))),
      h(
        "tbody",
        null,
        cart.lines.map((line, place) =>
          h("tr", { key: place }, shown.map((field) => cell(cart, line, place, field, pointing))),
        ),
      ),
    ),
  );
}

function cell(cart, line, place, field, { point, leave }) {
  const source = line.provenance[field];
  const show = () => point(cart, place, field);
  return h(
    "td",
    {
      key: field,
      class: source ? `placed ${look(field)}` : look(field),
      tabindex: source ? 0 : undefined,
      title: source?.locator,
      on: source ? { mouseenter: show, focus: show, mouseleave: leave, blur: leave } : {},
    },
    said(line[field]),
  );
}

const NUMBERS = new Set(["quantity", "unit_price", "line_total", "discount", "minimum_quantity"]);
const look = (field) => (NUMBERS.has(field) ? "number" : "");

/** A value as text; a price with what it is for. */
function said(value) {
  if (value === null || value === undefined) return "–";
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "object") return value.basis === "1" ? value.amount : `${value.amount} / ${value.basis}`;
  return String(value);
}

function totals(cart, { pointRow, leave }) {
  return h(
    "table",
    { key: "totals" },
    h(
      "tbody",
      null,
      cart.rows.map(({ kind, label, amount, tax }, place) => {
        const show = () => pointRow(cart, label);
        const props = { class: "placed", tabindex: 0, on: { mouseenter: show, focus: show, mouseleave: leave, blur: leave } };
        return h(
          "tr",
          { key: place, ...props },
          h("td", null, h("code", null, kind)),
          h("td", null, label),
          h("td", null, tax === "unknown" ? "" : h("code", null, tax)),
          h("td", { class: "number" }, amount),
        );
      }),
    ),
  );
}

function findings(list, key) {
  if (list.length === 0) return null;
  const place = (line) => (line === null ? "" : ` ${words("workshop_line", line + 1)}`);
  return h(
    "ul",
    { key },
    list.map(({ code, line, says }, number) => h("li", { key: number }, h("code", null, code), place(line), `: ${told(says)}`)),
  );
}
