// What the page shows by now, found when the buyer confirmed, and which of the two carts is sent.

import { button } from "./controls.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { decimal, words } from "./words.js";

const NUMBERS = new Set(["quantity", "unit_price", "line_total", "discount"]);

/** Every difference, line by line, and the two ways on. */
export function pageChanged({ page_changed: changed, currency }, act) {
  const { lines, totals, currencies, is_empty: isEmpty, drops_edits: dropsEdits } = changed;
  const amount = (text) => (text === null ? words("not_shown") : [currency, decimal(text)].filter(Boolean).join(" "));
  const total = ({ total: name, before, now }) =>
    h("li", { key: name }, value(words(`total_${name}`), amount(before), amount(now)));
  const [before, now] = currencies ?? [];
  return h(
    "section",
    { key: "page-changed", id: "page-changed", class: "notice warning", role: "alert" },
    icon("warning"),
    h(
      "div",
      { class: "notice-words" },
      h("p", { key: "what", class: "what" }, isEmpty ? words("page_changed_empty") : words("page_changed")),
      h(
        "ul",
        { key: "changes", class: "page-changes" },
        lines.map(line),
        currencies && h("li", { key: "currency" }, value(words("currency"), before ?? words("not_shown"), now ?? words("not_shown"))),
        totals.map(total),
      ),
      dropsEdits && !isEmpty && h("p", { key: "drops" }, words("page_changed_drops")),
      h("div", { key: "ways", class: "actions" }, ways(isEmpty, act)),
    ),
  );
}

function ways(isEmpty, act) {
  const take = isEmpty ? words("take_reading_empty") : words("take_reading");
  return [
    button("secondary", take, () => act({ type: "take_reading" }), { key: "take", id: "take-reading" }),
    button("quiet", words("confirm_reviewed"), () => act({ type: "confirm_reviewed" }), { key: "send", id: "confirm-reviewed" }),
  ];
}

function line({ change, description, quantity, values }, index) {
  if (change === "added") return h("li", { key: index }, words("page_changed_added", decimal(quantity), description));
  if (change === "removed") return h("li", { key: index }, words("page_changed_removed", decimal(quantity), description));
  const changes = values.map(({ field, before, now }) =>
    h("li", { key: field }, value(words(`field_${field}`), shown(field, before), shown(field, now))),
  );
  return h("li", { key: index }, h("span", { key: "name" }, description), h("ul", { key: "values" }, changes));
}

const value = (name, before, now) => words("page_changed_value", name, before, now);

/** A price may have a basis: `12.90 / 100`. */
function shown(field, text) {
  if (text === null) return words("not_shown");
  return NUMBERS.has(field) ? text.split(" / ").map(decimal).join(" / ") : text;
}
