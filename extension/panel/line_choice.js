// What a single line becomes, where the buyer wants something else for it than for the others.

import { combobox } from "./combobox.js";
import { button } from "./controls.js";
import { h } from "./dom.js";
import { notice } from "./notice.js";
import { counted, words } from "./words.js";

/** The line of a capture whose choice is open; one at a time, so that a long cart stays light. */
let open;

const isOpen = (index, { capture }) => open?.capture === capture && open.index === index;

/** Opens what a line can become. */
export function choiceButton(index, review, act) {
  const shown = isOpen(index, review);
  const toggle = () => {
    open = shown ? undefined : { capture: review.capture, index };
    act(null);
    if (!shown) document.getElementById(`choice-${index}`)?.focus();
  };
  return button("quiet", shown ? words("line_choice_close") : words("line_choice"), toggle, {
    key: "toggle",
    id: `change-${index}`,
    "aria-expanded": String(shown),
    "aria-label": words("line_choice_of", index + 1),
  });
}

/** What a line can become, once it is open, and the item that is being made for it. */
export function lineChoice(line, index, review, act) {
  return [
    line.making && making(line, index, act),
    forTheOthers(line, index, review, act),
    isOpen(index, review) && form(line, index, review, act),
  ];
}

/** What was chosen for one line can be what all others without an item become: an account, an item. */
function forTheOthers({ mapping, reason }, index, { without_item: count, unmatched }, act) {
  if (reason !== "chosen" || mapping.to === "note" || count === 0) return null;
  const { to, number } = mapping;
  if (unmatched?.to === to && unmatched.number === number) return null;
  const take = () => {
    act({ type: "choose_unmatched", mapping: { to, number } });
    document.getElementById(`change-${index}`)?.focus();
  };
  return button("quiet", counted("line_choice_for_others", count, number), take, {
    key: "others",
    id: `others-${index}`,
    "aria-label": counted("line_choice_for_others_of", count, number, index + 1),
  });
}

/** An item is being made, or could not be. */
function making(line, index, act) {
  const stop = button("secondary", words("new_item_leave"), () => choose(index, null, act), { key: "stop" });
  if (!line.making_notice) return h("p", { key: "making", class: "working" }, words("new_item_making", line.making));
  return notice(line.making_notice, { key: "making", kind: "warning", actions: [stop] });
}

function choose(index, mapping, act) {
  open = undefined;
  act({ type: "choose_line", line: index, mapping });
  // What had the focus is gone with the form.
  document.getElementById(`change-${index}`)?.focus();
}

function form(line, index, review, act) {
  const options = offers(line, review);
  const change = ({ target }) => {
    const offer = options[Number(target.value)];
    if (offer?.template) {
      open = undefined;
      act({ type: "create_item", line: index, template: offer.template });
    } else if (offer) choose(index, offer.mapping, act);
  };
  return h(
    "div",
    { key: "form", class: "field" },
    h("label", { for: `choice-${index}` }, words("line_choice_label")),
    h(
      "select",
      { id: `choice-${index}`, value: "", on: { change } },
      h("option", { key: "none", value: "" }, words("line_choice_open")),
      options.map(({ label }, place) => h("option", { key: place, value: String(place) }, label)),
    ),
    search(index, review, act),
    byNumber(index, act),
  );
}

/** What can be chosen: items of this number, what the others become, a new item, a note. */
function offers(line, review) {
  const known = line.candidates.map(({ itemNumber, displayName, matchedBy }) => ({
    label: words("line_choice_known", displayName || itemNumber, itemNumber, words(`matched_by_${matchedBy}`) || matchedBy),
    mapping: { to: "item", number: itemNumber, matched_by: matchedBy },
  }));
  const catchAll = review.catch_all_items.map(({ number, displayName }) => ({
    label: words("name_and_number", displayName || number, number),
    mapping: { to: "catch_all", number },
  }));
  // Without a number a repeated request could make a second item.
  const templates = line.supplier_part_id ? review.item_templates : [];
  const made = templates.map(({ code, displayName }) => ({
    label: words("line_choice_new_item", displayName || code),
    template: code,
  }));
  return [
    { label: words("line_choice_rest"), mapping: null },
    ...known,
    ...catchAll,
    ...made,
    { label: words("becomes_note"), mapping: { to: "note" } },
  ];
}

/** An item of Business Central, found while the buyer types. */
function search(index, { capture }, act) {
  return combobox(
    {
      id: `item-${index}`,
      label: words("search_item"),
      capture,
      subject: { line: index },
      hint: words("search_item_hint"),
      choose: ({ number, matched_by: matchedBy }) => choose(index, { to: "item", number, matched_by: matchedBy }, act),
    },
    act,
  );
}

/** An item or an account by its number; Business Central says in its dry run whether it can be ordered. */
function byNumber(index, act) {
  const take = (to) => () => {
    const number = document.getElementById(`number-${index}`).value.trim().toUpperCase();
    if (number) choose(index, { to, number }, act);
  };
  return [
    h("label", { key: "number-label", for: `number-${index}` }, words("line_choice_number")),
    h("input", { id: `number-${index}`, key: "number", class: "code", maxlength: "20", autocomplete: "off" }),
    h(
      "div",
      { key: "kinds", class: "actions" },
      button("secondary", words("line_choice_item"), take("item"), { id: `number-item-${index}` }),
      button("secondary", words("line_choice_account"), take("gl_account"), { id: `number-account-${index}` }),
    ),
  ];
}
