// The controls that all screens use.

import { h } from "./dom.js";
import { reveal } from "./line_window.js";
import { words } from "./words.js";

/** A button. `look` is `primary`, `secondary` or `quiet`. */
export function button(look, label, press, props) {
  return h("button", { type: "button", class: look, on: { click: press }, ...props }, label);
}

/** A list to choose from. `options` are `{ value, label }`; a blank value stands for nothing chosen. */
export function chooser({ id, label, options, value, blank, choose, hint }) {
  const known = options.some((option) => option.value === value);
  const all = known ? options : [{ value: "", label: blank }, ...options];
  return h(
    "div",
    { key: id, class: "field" },
    h("label", { for: id }, label),
    h(
      "select",
      {
        id,
        value: known ? value : "",
        "aria-describedby": hint && `${id}-hint`,
        on: { change: ({ target }) => target.value && choose(target.value) },
      },
      all.map((option) => h("option", { key: option.value, value: option.value }, option.label)),
    ),
    hint && h("p", { id: `${id}-hint`, class: "hint" }, hint),
  );
}

/** Moves the focus to a control, shows it also to those who came by mouse, and brings it into view. */
export function focusOn(id) {
  if (!document.getElementById(id)) reveal(id);
  const element = document.getElementById(id);
  if (!element) return;
  element.dataset.pointedAt = "";
  element.addEventListener("blur", () => delete element.dataset.pointedAt, { once: true });
  element.focus();
  element.scrollIntoView({ block: "center" });
}

/** Says something to assistive technology, politely. */
export function say(text) {
  const status = document.getElementById("status");
  status.textContent = "";
  status.textContent = text;
}

/** A button that puts a text on the clipboard and says so. */
export function copyButton(text) {
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    say(words("copied"));
  };
  return button("quiet", words("copy"), copy);
}
