// A cart under review.

import { choices } from "./choices.js";
import { confirmBar } from "./confirm.js";
import { button } from "./controls.js";
import { h } from "./dom.js";
import { lines } from "./lines.js";
import { notice } from "./notice.js";
import { totals } from "./totals.js";
import { verdict } from "./verdict.js";
import { words } from "./words.js";

/** The whole review. */
export function review(view, act) {
  const { review: shown } = view.page;
  return [
    h(
      "div",
      { key: "head", class: "head" },
      h(
        "div",
        { key: "names" },
        h("h1", { id: "title", tabindex: "-1" }, shown.supplier ?? shown.host),
        h("p", { class: "host" }, shown.supplier ? shown.host : words("supplier_unknown")),
      ),
      button("quiet", words("discard"), () => act({ type: "dismiss" }), { id: "discard" }),
    ),
    shown.came_back && notice(shown.came_back, { key: "came-back" }),
    verdict(shown),
    lines(shown),
    totals(shown),
    choices(view, shown, act),
    confirmBar(view, shown, act),
  ];
}
