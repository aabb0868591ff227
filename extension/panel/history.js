// What was sent before, and how far it is.

import { button } from "./controls.js";
import { h } from "./dom.js";
import { counted, moment, words } from "./words.js";

/** As many are shown before the buyer asks for all. */
const FEW = 10;
let all = false;

/** The deliveries, the newest first. */
export function history({ deliveries, page }, act) {
  if (deliveries.length === 0) return null;
  const shown = all ? deliveries : deliveries.slice(0, FEW);
  const followed = page.page === "following" ? page.delivery.capture : undefined;
  const showAll = () => {
    all = true;
    act(null);
  };
  return h(
    "section",
    { key: "history", class: "history", "aria-labelledby": "history" },
    h("h2", { id: "history", tabindex: "-1" }, words("history")),
    h("ul", { key: "list" }, shown.map((delivery) => entry(delivery, delivery.capture === followed, act))),
    shown.length < deliveries.length &&
      button("quiet", words("history_all", deliveries.length), showAll, { id: "history-all" }),
  );
}

/** How a delivery stands, as its look and in words. */
function stateOf({ stage, trouble, can_correct: canCorrect }) {
  if (stage === "returned" && !canCorrect) return { look: "given-up", label: words("stage_short_given_up") };
  if (trouble && !["done", "returned"].includes(stage)) return { look: "waiting", label: words("stage_short_waiting") };
  return { look: stage, label: words(`stage_short_${stage}`) };
}

function entry(delivery, isShown, act) {
  const { capture, host, captured_at: capturedAt, line_count: lineCount } = delivery;
  const follow = () => act({ type: "follow", capture });
  const { look, label } = stateOf(delivery);
  return h(
    "li",
    { key: capture },
    h(
      "button",
      { type: "button", class: "entry", "aria-current": isShown && "true", on: { click: follow } },
      h("span", { key: "host", class: "entry-host" }, host),
      h("span", { key: "state", class: `entry-state ${look}` }, label),
      h("span", { key: "when", class: "entry-when" }, `${moment(capturedAt)} · ${counted("lines", lineCount)}`),
    ),
  );
}
