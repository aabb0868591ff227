// The amounts that the page shows below its lines.

import { h } from "./dom.js";
import { decimal, words } from "./words.js";

const SHOWN = ["subtotal", "discount", "shipping", "fees", "tax", "grand_total"];

/** The page's totals; what it does not show is left out. */
export function totals({ totals: amounts, currency }) {
  const shown = SHOWN.filter((name) => amounts[name] !== null);
  return h(
    "section",
    { key: "totals", "aria-labelledby": "totals" },
    h("h2", { id: "totals" }, words("totals")),
    shown.length === 0 && h("p", { key: "none", class: "hint" }, words("totals_none")),
    shown.length > 0 &&
      h("dl", { key: "amounts", class: "totals" }, shown.map((name) => total(name, amounts[name], currency))),
  );
}

function total(name, amount, currency) {
  return h(
    "div",
    { key: name, class: `total-${name}` },
    h("dt", null, words(`total_${name}`)),
    h("dd", { class: "number" }, currency && h("span", { class: "currency" }, `${currency} `), decimal(amount)),
  );
}
