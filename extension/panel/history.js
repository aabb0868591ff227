// What was sent before, and how far it is.

import { button, chooser } from "./controls.js";
import { h } from "./dom.js";
import { historyButton } from "./export.js";
import { counted, moment, words } from "./words.js";

/** As many are shown before the buyer asks for all. */
const FEW = 10;
let all = false;

/** Stages by what a buyer looks for. */
const STATES = {
  any: () => true,
  open: ({ stage }) => !["done", "returned"].includes(stage),
  returned: ({ stage }) => stage === "returned",
  done: ({ stage }) => stage === "done",
};
let state = "any";

/** The deliveries, the newest first. */
export function history({ deliveries, delivery_count: count, page }, act) {
  if (deliveries.length === 0) return null;
  const found = deliveries.filter(STATES[state]);
  const shown = all ? found : found.slice(0, FEW);
  const followed = page.page === "following" ? page.delivery.capture : undefined;
  const showAll = () => {
    all = true;
    act(null);
  };
  return h(
    "section",
    { key: "history", class: "history", "aria-labelledby": "history" },
    h("h2", { id: "history", tabindex: "-1" }, words("history")),
    deliveries.length > FEW && stateChooser(act),
    h("ul", { key: "list" }, shown.map((delivery) => entry(delivery, delivery.capture === followed, act))),
    shown.length === 0 && h("p", { key: "none", class: "hint" }, words("history_none")),
    shown.length < found.length && button("quiet", words("history_all", found.length), showAll, { id: "history-all" }),
    deliveries.length < count &&
      h("p", { key: "older", class: "hint" }, words("history_older", deliveries.length, count)),
    h("p", { key: "kept", class: "hint" }, words("history_kept")),
    historyButton(),
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

function stateChooser(act) {
  const choose = (value) => {
    state = value;
    act(null);
  };
  const options = Object.keys(STATES).map((value) => ({ value, label: words(`history_state_${value}`) }));
  return chooser({ id: "history-state", label: words("history_state"), options, value: state, choose });
}
