// Before there is a cart to review: nothing captured yet, a page being read, a page that gave no cart.

import { h } from "./dom.js";
import { button } from "./controls.js";
import { notice } from "./notice.js";
import { words } from "./words.js";

/** Nothing was captured yet. */
export function idle() {
  return [
    h("h1", { id: "title", tabindex: "-1" }, words("idle_title")),
    h(
      "ol",
      { class: "steps" },
      h("li", { key: "cart" }, words("idle_step_cart")),
      h("li", { key: "click" }, words("idle_step_click")),
      h("li", { key: "review" }, words("idle_step_review")),
    ),
    h("p", { class: "hint" }, words("idle_promise")),
  ];
}

/** The page is being read. */
export function reading() {
  return [
    h("h1", { id: "title", tabindex: "-1" }, words("reading_title")),
    h("p", { class: "working" }, words("reading_hint")),
  ];
}

/** The page gave no cart. */
export function notRead(page, act) {
  const close = button("secondary", words("close"), () => act({ type: "dismiss" }), { key: "close" });
  return [
    h("h1", { id: "title", tabindex: "-1" }, words("not_read_title")),
    notice(page.notice, { kind: "warning", actions: [close] }),
  ];
}
