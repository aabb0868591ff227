// A cart under review.

import { choices } from "./choices.js";
import { confirmBar } from "./confirm.js";
import { button } from "./controls.js";
import { h } from "./dom.js";
import { exportPart } from "./export.js";
import { lines } from "./lines.js";
import { notice } from "./notice.js";
import { totals } from "./totals.js";
import { verdict } from "./verdict.js";
import { words } from "./words.js";

/** Whether the shop itself is known, by a definition that somebody has tried. */
const isSupplier = ({ reader, verified }) => reader.startsWith("supplier:") && verified !== "unseen";

/** By what a shop that is not known itself was read. */
function readAs({ supplier, verified }) {
  if (verified === "unseen") return words("supplier_unseen");
  return supplier ? words("read_as", supplier) : words("supplier_unknown");
}

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
        h("h1", { id: "title", tabindex: "-1" }, isSupplier(shown) ? shown.supplier : shown.host),
        h("p", { class: "host" }, isSupplier(shown) ? shown.host : readAs(shown)),
      ),
      button("quiet", words("discard"), () => act({ type: "dismiss" }), { id: "discard" }),
    ),
    exportPart({ capture: shown.capture, holdsCart: true, linesAreShown: true }, act),
    shown.came_back && notice(shown.came_back, { key: "came-back" }),
    verdict(shown),
    lines(shown, act),
    totals(shown),
    choices(view, shown, act),
    confirmBar(view, shown, act),
  ];
}
