// What the extension keeps, and the way to be rid of it.

import { cameBack, mayForget, owed } from "../forget.js";
import { button } from "../panel/controls.js";
import * as core from "../panel/core.js";
import { h } from "../panel/dom.js";
import { icon } from "../panel/icons.js";
import { counted, words } from "../panel/words.js";

let asked = false;
let refused = false;

/** What is kept in words and numbers, and the button that deletes it. */
export async function kept(show) {
  const window = await core.ownWindow();
  const view = await core.viewOf(window);
  return [
    h("p", { key: "captures" }, counted("options_kept", view.deliveries.length)),
    h("p", { key: "what", class: "hint" }, words("options_kept_hint")),
    !mayForget(view) && held(view),
    mayForget(view) && (asked ? sure(view, window, show) : h("div", { key: "ask", class: "actions" }, ask(show))),
    refused && h("p", { key: "refused", class: "error", role: "alert" }, words("options_forget_refused")),
  ];
}

function ask(show) {
  const press = async () => {
    asked = true;
    await show();
    document.getElementById("keep-everything").focus();
  };
  return button("secondary", words("options_forget"), press, { id: "forget" });
}

/** Why nothing can be deleted now. */
function held(view) {
  const count = owed(view).length;
  return h(
    "div",
    { key: "held", id: "held", class: "notice warning" },
    icon("warning"),
    h(
      "div",
      { class: "notice-words" },
      h("p", { class: "what" }, count > 0 ? counted("options_owed", count) : words("notice_journal_unreadable")),
      h("p", { key: "advice" }, count > 0 ? words("options_owed_advice") : words("advice_journal_unreadable")),
    ),
  );
}

function sure(view, window, show) {
  const back = cameBack(view).length;
  const keep = async () => {
    asked = false;
    await show();
    document.getElementById("forget")?.focus();
  };
  const forget = async () => {
    // Where it is done the extension begins anew and closes this page.
    refused = !(await core.forget(window));
    asked = false;
    await show();
  };
  return h(
    "div",
    { key: "sure", class: "notice warning", role: "group", "aria-labelledby": "sure" },
    icon("warning"),
    h(
      "div",
      { class: "notice-words" },
      h("p", { id: "sure", class: "what" }, words("options_forget_sure")),
      back > 0 && h("p", { key: "back" }, counted("options_forget_back", back)),
      h(
        "div",
        { key: "actions", class: "actions" },
        button("secondary", words("options_forget_keep"), keep, { id: "keep-everything" }),
        button("secondary", words("options_forget_yes"), forget, { id: "forget-yes" }),
      ),
    ),
  );
}
