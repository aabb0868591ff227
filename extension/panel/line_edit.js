// What the buyer changes about a line: removed or restored, edited field by field, and back to what the page shows.

import { button } from "./controls.js";
import { h } from "./dom.js";
import * as drafts from "./drafts.js";
import { decimal, numberStyle, typable, words } from "./words.js";

const FIELDS = ["description", "supplier_part_id", "quantity", "unit_of_measure", "unit_price"];

const NUMBERS = new Set(["quantity", "unit_price", "line_total", "discount"]);

/** How the ids of all controls for edits begin. */
export const EDITS = "edit-";

/** The line of a capture whose form is open; one at a time, so that a long cart stays light. */
let open;

/** What was sent to the core, with the review that was shown then: another one is its answer. */
const sent = new Map();

/** What the core has answered is no draft any more. */
export function settleEdits(review) {
  for (const [id, before] of sent) {
    if (before === review) continue;
    sent.delete(id);
    drafts.forget(id);
  }
}

/** Takes what is being typed at once, without waiting until its control is left. */
export const takeTyped = (id) => document.getElementById(id)?.dispatchEvent(new Event("change"));

/** The control of the first thing that was typed and cannot be taken. */
export function refusedControl({ lines }) {
  const index = lines.findIndex(({ removed, refused }) => !removed && refused.length > 0);
  return index < 0 ? "lines" : `${EDITS}${index}-${lines[index].refused[0].field}`;
}

const isOpen = (line, index, { capture }) =>
  line.refused.length > 0 || (open?.capture === capture && open.index === index);

/** Opens the form of a line, removes it, or takes it back. */
export function editButtons(line, index, review, act) {
  const shown = isOpen(line, index, review);
  const toggle = () => {
    open = shown ? undefined : { capture: review.capture, index };
    act(null);
    document.getElementById(`${EDITS}${index}-quantity`)?.focus();
  };
  const type = line.removed ? "restore_line" : "remove_line";
  return [
    !line.removed &&
      button("quiet", words("line_edit"), toggle, {
        key: "edit",
        id: `open-edit-${index}`,
        "aria-expanded": String(shown),
        "aria-label": words("line_edit_of", index + 1),
      }),
    // One button for both ways, so that it keeps the focus.
    button("quiet", line.removed ? words("line_restore") : words("line_remove"), () => act({ type, line: index }), {
      key: "remove",
      id: `remove-${index}`,
      "aria-label": line.removed ? words("line_restore_of", index + 1) : words("line_remove_of", index + 1),
    }),
  ];
}

/** What the page shows where the line differs from it, each with the way back. */
export function pageValues(line, index, act) {
  if (line.edits.length === 0) return null;
  return h(
    "ul",
    { key: "edits", class: "edits" },
    line.edits.map(({ field, page }) =>
      h(
        "li",
        { key: field },
        h("span", { key: "page" }, words("edit_page", words(`field_${field}`), pageValue(field, page))),
        FIELDS.includes(field) && undo(field, index, act),
      ),
    ),
  );
}

/** Numbers as the reader writes them; what is typed keeps the digits of the page. */
function pageValue(field, page) {
  if (page === null) return words("not_shown");
  return NUMBERS.has(field) ? page.split(" / ").map(decimal).join(" / ") : page;
}

function undo(field, index, act) {
  return button("link", words("edit_undo"), () => undoEdit(field, index, act), {
    key: "undo",
    "aria-label": words("edit_undo_of", words(`field_${field}`), index + 1),
  });
}

function undoEdit(field, index, act) {
  drafts.forget(`${EDITS}${index}-${field}`);
  act({ type: "undo_edit", line: index, field });
}

/** The fields of a line, once its form is open; it stays open while something in it cannot be taken. */
export function editForm(line, index, review, act) {
  if (line.removed || !isOpen(line, index, review)) return null;
  return h(
    "fieldset",
    { key: "edit-form", class: "field edit-form" },
    h("legend", null, words("line_edit_of", index + 1)),
    FIELDS.map((field) => editField(field, line, index, { review, act })),
  );
}

function editField(field, line, index, { review, act }) {
  const id = `${EDITS}${index}-${field}`;
  const refused = line.refused.find((one) => one.field === field);
  const said = refused?.text ?? valueOf(line, field);
  const input = ({ target }) => {
    sent.delete(id);
    drafts.keep(id, target.value);
  };
  const change = ({ target }) => {
    sent.set(id, review);
    act({ type: "edit_line", line: index, field, text: target.value, style: numberStyle() });
  };
  const blur = () => {
    if (sent.has(id) || !drafts.differs([id])) return;
    drafts.forget(id);
    // Not at once: an element also loses the focus by being taken out while the page is made to match.
    queueMicrotask(() => act(null));
  };
  return h(
    "div",
    { key: field, class: "edit-field" },
    h("label", { key: "label", for: id }, words(`field_${field}`)),
    h("input", {
      id,
      key: "input",
      type: "text",
      autocomplete: "off",
      spellcheck: "false",
      value: drafts.drafted(id, said),
      "aria-invalid": refused && "true",
      "aria-describedby": refused && `${id}-problem`,
      on: { input, change, blur },
    }),
    refused && h("p", { key: "problem", id: `${id}-problem`, class: "error" }, words(`edit_refused_${refused.problem}`)),
    refused && undo(field, index, act),
  );
}

/** A field as the buyer can type it. */
function valueOf(line, field) {
  const { unit_price: price } = line;
  if (field === "quantity") return typable(line.quantity);
  if (field !== "unit_price") return line[field] ?? "";
  if (!price) return "";
  const amount = typable(price.amount);
  return Number(price.basis) === 1 ? amount : `${amount} / ${typable(price.basis)}`;
}
