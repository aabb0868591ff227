// The lines of the cart: what the page says, and what each becomes in Business Central.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { choiceButton, lineChoice } from "./line_choice.js";
import { editButtons, editForm, pageValues, settleEdits } from "./line_edit.js";
import { MOST_WHOLE, shownParts } from "./line_window.js";
import { sourcesButton, sourcesList } from "./line_sources.js";
import { findingWords } from "./verdict.js";
import { counted, decimal, words } from "./words.js";

/**
 * A line is a group of rows, so that a narrow panel shows all of it: its description across the table, its numbers in
 * columns, and what it becomes across the table again.
 */
export function lines(review, act) {
  const { lines: all, findings } = review;
  settleEdits(review);
  const currency = currencyOfAll(review);
  const heading = (label) => (currency ? words("with_currency", label, currency) : label);
  return h(
    "section",
    { key: "lines", "aria-labelledby": "lines" },
    h("h2", { id: "lines", tabindex: "-1" }, counted("lines", all.length)),
    h(
      "table",
      // A line is three rows, after the head.
      { class: "lines", "aria-rowcount": all.length > MOST_WHOLE && String(1 + 3 * all.length) },
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
      shownParts(all.length, () => act(null)).map(({ index, gap }, place) =>
        index === undefined
          ? gapRows(gap, place)
          : lineRows(all[index], index, { review, act, findings: findings.filter((finding) => finding.line === index) }),
      ),
    ),
  );
}

/** Room for lines that are not in the page; as an attribute, since the page allows no styles of elements. */
function gapRows(height, place) {
  const row = h("tr", null, h("td", { colspan: "3", height: String(Math.round(height)) }));
  return h("tbody", { key: `gap-${place}`, class: "gap", "aria-hidden": "true" }, row);
}

function lineRows(line, index, { review, act, findings }) {
  const row = (part) => (review.lines.length > MOST_WHOLE ? { "aria-rowindex": String(2 + 3 * index + part) } : {});
  return h(
    "tbody",
    { key: index, id: `line-${index}`, tabindex: "-1", class: line.removed && "removed" },
    h(
      "tr",
      { key: "what", ...row(0) },
      h(
        "th",
        { scope: "rowgroup", colspan: "3" },
        h("span", { key: "description", class: "description" }, line.description),
        line.supplier_part_id && h("span", { key: "part", class: "part" }, line.supplier_part_id),
      ),
    ),
    h(
      "tr",
      { key: "numbers", class: "numbers", ...row(1) },
      h("td", { key: "quantity", class: "number" }, decimal(line.quantity), unit(line)),
      h("td", { key: "price", class: "number" }, unitPrice(line, currencyBeside(line, review))),
      h(
        "td",
        { key: "total", class: "number" },
        line.line_total === null ? words("not_shown") : [currencyBeside(line, review), decimal(line.line_total)],
      ),
    ),
    h(
      "tr",
      { key: "becomes", ...row(2) },
      h(
        "td",
        { colspan: "3" },
        line.removed ? h("p", { key: "becomes", class: "becomes will-not" }, words("line_removed")) : becomes(line),
        pageValues(line, index, act),
        remarks(line, findings),
        h(
          "div",
          { key: "changes", class: "actions" },
          !line.removed && choiceButton(index, review, act),
          editButtons(line, index, review, act),
          sourcesButton(line, index, act),
        ),
        !line.removed && lineChoice(line, index, review, act),
        editForm(line, index, review, act),
        sourcesList(line),
      ),
    ),
  );
}

function unit({ unit_of_measure: name }) {
  return name && [" ", h("span", { key: "unit", class: "unit" }, name)];
}

/** The currency that the heads of the columns name; none where lines have currencies of their own. */
function currencyOfAll({ lines: all, currency }) {
  return all.every((line) => line.currency === null) ? currency : null;
}

function currencyBeside(line, review) {
  const code = !currencyOfAll(review) && (line.currency ?? review.currency);
  return code && h("span", { key: "currency", class: "currency" }, `${code} `);
}

function unitPrice({ unit_price: price }, currency) {
  if (!price) return words("not_shown");
  const basis = Number(price.basis) === 1 ? null : ` / ${decimal(price.basis)}`;
  return [
    currency,
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
