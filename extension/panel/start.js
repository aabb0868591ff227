// Before there is a cart to review: nothing captured yet, a page being read, a page that gave no cart.

import { worksheetField } from "./choices.js";
import { companyField } from "./company.js";
import { button } from "./controls.js";
import { h } from "./dom.js";
import { environmentField } from "./environment.js";
import { notice } from "./notice.js";
import { trySample } from "./sample.js";
import { words } from "./words.js";

/** Nothing was captured yet. Whoever is here for the first time is led on: where the carts go, and what one looks like. */
export function idle(view, act) {
  return [
    h("h1", { id: "title", tabindex: "-1" }, words("idle_title")),
    h(
      "ol",
      { class: "steps" },
      h("li", { key: "cart" }, words("idle_step_cart")),
      h("li", { key: "click" }, words("idle_step_click")),
      h("li", { key: "review" }, words("idle_step_review")),
    ),
    view.sign_in.state === "signed_in" && (view.destination.worksheet ? ready(view) : setUp(view, act)),
    h("p", { key: "promise", class: "hint" }, words("idle_promise")),
    view.deliveries.length === 0 &&
      h(
        "div",
        { key: "sample", class: "actions" },
        button("secondary", words("sample_try"), () => trySample(act), { id: "try-sample" }),
      ),
  ];
}

/** The choices that hold for every cart, all on one screen. */
function setUp(view, act) {
  return h(
    "section",
    { key: "set-up", "aria-labelledby": "set-up" },
    h("h2", { id: "set-up", tabindex: "-1" }, words("set_up_title")),
    h("p", { key: "hint", class: "hint" }, words("set_up_hint")),
    environmentField(view),
    companyField(view, act),
    view.destination.company && worksheetField(view, act),
  );
}

function ready({ destination: { worksheet } }) {
  const { worksheetTemplateName, name } = worksheet;
  return h(
    "section",
    { key: "ready" },
    h("h2", { id: "ready", tabindex: "-1" }, words("ready_title")),
    h("p", { key: "where" }, words("ready_where", `${worksheetTemplateName} · ${name}`)),
  );
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
