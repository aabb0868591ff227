// What happened and what to do about it, with the other side's own words.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { copyButton } from "./controls.js";
import { words } from "./words.js";

/** A notice of the core. `kind` is an icon's; `actions` are buttons. */
export function notice({ code, detail, correlation_id: correlationId }, { kind = "bad", key, actions = [] } = {}) {
  return h(
    "section",
    { key: key ?? `notice-${code}`, class: `notice ${kind}`, role: "alert" },
    icon(kind),
    h(
      "div",
      { class: "notice-words" },
      h("p", { key: "what", class: "what" }, words(`notice_${code}`)),
      h("p", { key: "advice" }, words(`advice_${code}`)),
      detail && h("blockquote", null, detail),
      correlationId && correlation(correlationId),
      actions.length > 0 && h("div", { key: "actions", class: "actions" }, actions),
    ),
  );
}

/** What is known without the core: `what` happened, and the `advice`. */
export function plainNotice(key, kind, [what, advice]) {
  return h(
    "section",
    { key, class: `notice ${kind}`, role: "alert" },
    icon(kind),
    h("div", { class: "notice-words" }, h("p", { key: "what", class: "what" }, what), h("p", { key: "advice" }, advice)),
  );
}

function correlation(id) {
  return h(
    "p",
    { key: "correlation", class: "correlation" },
    h("span", null, words("correlation_id")),
    h("code", null, id),
    copyButton(id),
  );
}
