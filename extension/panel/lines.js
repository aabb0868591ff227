// The lines of the cart: what the page says, and what each becomes in Business Central.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { lineChoice } from "./line_choice.js";
import { findingWords } from "./verdict.js";
import { counted, decimal, words } from "./words.js";

/**
 * A line is a group of rows, so that a narrow panel shows all of it: its description across the table, its numbers in
 * columns, and what it becomes across the table again.
 */
export function lines(review, act) {
  const { lines: all, findings, currency } = review;
  const heading = (label) => (currency ? words("with_currency", label, currency) : label);
  return h(
    "section",
    { key: "lines", "aria-labelledby": "lines" },
    h("h2", { id: "lines", tabindex: "-1" }, counted("lines", all.length)),
    h(
      "table",
      { class: "lines" },
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          h("th", { key: "quantity", scope: "col", class: "number" }, words("quantity")),
          h("th", { key: "price", scope: "col", class: "number" }, heading(words("unit_price"))),
          h("th", { key: "total", scope: "col", class: "number" }, heading(words("line_total"))),
        ),
      ),
      all.map((line, index) =>
        lineRows(line, index, { review, act, findings: findings.filter((finding) => finding.line === index) }),
      ),
    ),
  );
}

function lineRows(line, index, { review, act, findings }) {
  return h(
    "tbody",
    { key: index, id: `line-${index}`, tabindex: "-1" },
    h(
      "tr",
      { key: "what" },
      h(
        "th",
        { scope: "rowgroup", colspan: "3" },
        h("span", { key: "description", class: "description" }, line.description),
        line.supplier_part_id && h("span", { key: "part", class: "part" }, line.supplier_part_id),
      ),
    ),
    h(
      "tr",
      { key: "numbers", class: "numbers" },
      h("td", { key: "quantity", class: "number" }, decimal(line.quantity), unit(line)),
      h("td", { key: "price", class: "number" }, unitPrice(line)),
      h("td", { key: "total", class: "number" }, line.line_total === null ? words("not_shown") : decimal(line.line_total)),
    ),
    h(
      "tr",
      { key: "becomes" },
      h("td", { colspan: "3" }, becomes(line), remarks(line, findings), lineChoice(line, index, review, act)),
    ),
  );
}

function unit({ unit_of_measure: name }) {
  return name && [" ", h("span", { key: "unit", class: "unit" }, name)];
}

function unitPrice({ unit_price: price }) {
  if (!price) return words("not_shown");
  const basis = Number(price.basis) === 1 ? null : ` / ${decimal(price.basis)}`;
  return [
    decimal(price.amount),
    basis && h("span", { key: "basis", class: "basis" }, basis),
    h("span", { key: "tax", class: "tax" }, words(`tax_basis_${price.tax}`)),
  ];
}

function becomes({ mapping, reason, candidates, due_date: dueDate }) {
  const look = mapping?.to === "note" ? "becomes will-not" : "becomes";
  const open = candidates.length > 0 ? counted("becomes_several", candidates.length) : words("becomes_open");
  return [
    h("p", { key: "becomes", class: look }, mapping ? mappingWords(mapping) : open),
    ["chosen", "remembered"].includes(reason) && h("p", { key: "reason", class: "hint" }, words(`reason_${reason}`)),
    dueDate && h("p", { key: "due", class: "hint" }, words("due_date", dueDate)),
  ];
}

/** What a line becomes, in words. */
export function mappingWords({ to, number, matched_by: matchedBy }) {
  switch (to) {
    case "item":
      return matchedBy ? words("becomes_item_because", number, why(matchedBy)) : words("becomes_item", number);
    case "catch_all":
      return words("becomes_catch_all", number);
    case "gl_account":
      return words("becomes_gl_account", number);
    default:
      return words("becomes_note");
  }
}

/** The app's name for what an item was found by; one that is not known here is shown as it is. */
function why(matchedBy) {
  return words(`matched_by_${matchedBy}`) || matchedBy;
}

function remarks({ problem, cut, troubles }, findings) {
  if (!problem && !cut && troubles.length + findings.length === 0) return null;
  return h(
    "ul",
    { key: "remarks", class: "findings" },
    problem &&
      h("li", { key: "problem", class: "finding problem" }, icon("bad"), h("span", null, words(`problem_${problem}`))),
    troubles.map((trouble) =>
      h("li", { class: "finding problem" }, icon("bad"), h("span", null, words("line_refused", trouble))),
    ),
    cut && h("li", { key: "cut", class: "finding" }, icon("warning"), h("span", null, words("line_cut", cut))),
    findings.map((finding) => h("li", { class: "finding" }, findingWords(finding))),
  );
}
