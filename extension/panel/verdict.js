// How far the cart is proved by its own page, and what was found beside the values.

import { h } from "./dom.js";
import { focusOn } from "./controls.js";
import { icon } from "./icons.js";
import { counted, decimal, told, words } from "./words.js";

const KIND_OF_VERDICT = { reconciled: "good", explained: "information", unreconciled: "bad" };

/** Findings that account for a difference, and those that leave one open; all others are warnings. */
const EXPLAINING = new Set([
  "line_rounding",
  "line_fixed_fee",
  "subtotal_rounding",
  "total_rounding",
  "net_and_gross",
  "tax_basis_proven",
  "text_cleaned",
]);
const UNEXPLAINED = new Set(["currency_mixed", "line_mismatch", "total_mismatch", "field_missing"]);

/** More findings about lines than this are folded: each stands beside its line as well. */
const MOST_UNFOLDED = 3;

/** The verdict with the findings. */
export function verdict({ verdict: found, findings, changes, currency }) {
  const kind = KIND_OF_VERDICT[found];
  const ofCart = findings.filter((finding) => finding.line === null);
  const ofLines = findings.filter((finding) => finding.line !== null);
  const folded = ofLines.length > MOST_UNFOLDED;
  return h(
    "section",
    { key: "verdict", class: "verdict" },
    h("p", { class: `badge ${kind}`, id: "verdict" }, icon(kind), words(`verdict_${found}`)),
    h("p", { key: "meaning", class: "hint" }, words(`verdict_hint_${found}`)),
    changes && changed(changes, currency),
    h("ul", { key: "findings", class: "findings" }, ofCart.map(findingItem), !folded && ofLines.map(findingItem)),
    folded &&
      h(
        "details",
        { key: "folded" },
        h("summary", null, counted("findings_on_lines", ofLines.length)),
        h("ul", { class: "findings" }, ofLines.map(findingItem)),
      ),
  );
}

/** What the buyer changed: the verdict is about the page, and what is ordered is something else. */
function changed({ edited, removed, ordered, page }, currency) {
  const amount = (sum) => [decimal(sum), currency].filter(Boolean).join(" ");
  return h(
    "div",
    { key: "changes", id: "changes", class: "changes" },
    icon("information"),
    h(
      "div",
      null,
      edited > 0 && h("p", { key: "edited" }, counted("changes_edited", edited)),
      removed > 0 && h("p", { key: "removed" }, counted("changes_removed", removed)),
      ordered !== null && page !== null
        ? h("p", { key: "sums" }, words("changes_sums", amount(ordered), amount(page)))
        : h("p", { key: "sums" }, words("changes_no_sums")),
      h("p", { key: "page", class: "hint" }, words("changes_page")),
    ),
  );
}

/** A finding with its sign: of which kind it is, and what exactly was found. */
export function findingWords({ code, says }) {
  const said = told(says);
  const sentence = said.charAt(0).toUpperCase() + said.slice(1);
  return [
    icon(severity(code)),
    h(
      "span",
      { key: "message" },
      h("span", { class: "meaning" }, words(`finding_${code}`)),
      h("span", { class: "hint" }, sentence),
    ),
  ];
}

function findingItem(finding) {
  const toLine =
    finding.line !== null &&
    h(
      "button",
      { type: "button", class: "link", on: { click: () => focusOn(`line-${finding.line}`) } },
      words("line_number", finding.line + 1),
    );
  return h("li", { class: "finding" }, findingWords(finding), toLine);
}

function severity(code) {
  if (EXPLAINING.has(code)) return "information";
  return UNEXPLAINED.has(code) ? "bad" : "warning";
}
