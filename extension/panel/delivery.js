// A confirmed capture on its way to Business Central.

import { button, copyButton } from "./controls.js";
import { h } from "./dom.js";
import { exportPart } from "./export.js";
import { icon } from "./icons.js";
import { notice } from "./notice.js";
import { clock, counted, moment, words } from "./words.js";

/** Where a step of the way stands, by stage: done, under way, still to come, or not taken. */
const WAY = {
  holding: ["now", "later", "later"],
  posting: ["done", "now", "later"],
  confirming: ["done", "done", "now"],
  done: ["done", "done", "done"],
};
const STEPS = ["held", "posted", "confirmed"];
const SIGN = { done: "good", stuck: "warning" };

/** Asked for once more before a cart is given up. */
let givingUp;

/** The delivery that the buyer looks at. */
export function following(view, act) {
  const { delivery } = view.page;
  return [
    h("h1", { id: "title", tabindex: "-1" }, title(delivery)),
    h(
      "p",
      { key: "of", class: "host" },
      words("delivery_of", counted("lines", delivery.line_count), delivery.host, moment(delivery.captured_at)),
    ),
    WAY[delivery.stage] && way(delivery, view.uses_credits),
    delivery.trouble && trouble(view, delivery, act),
    delivery.stage === "done" && receipt(delivery.receipt),
    ["settling", "releasing"].includes(delivery.stage) && notice(delivery.reason, { key: "reason", kind: "warning" }),
    delivery.stage === "returned" && returned(delivery, act),
    exportPart({ capture: delivery.capture, holdsCart: delivery.holds_cart }, act),
    captureId(delivery),
    h("div", { key: "leave", class: "actions" }, leave(delivery, act)),
  ];
}

/** What stands at the top says what happens, not what would. */
export function title({ stage, trouble: found, can_correct: canCorrect }) {
  if (stage === "returned" && !canCorrect) return words("stage_given_up");
  return found && WAY[stage] && stage !== "done" ? words("stage_waiting") : words(`stage_${stage}`);
}

function way({ stage, trouble: found }, usesCredits) {
  const stateAt = (index) => (found && WAY[stage][index] === "now" ? "stuck" : WAY[stage][index]);
  const steps = STEPS.map((step, index) => ({ step, state: stateAt(index) }));
  const shown = usesCredits ? steps : steps.filter(({ step }) => step === "posted");
  return h(
    "ol",
    { key: "way", class: "way" },
    shown.map(({ step, state }) =>
      h(
        "li",
        { key: step, class: state, "aria-current": ["now", "stuck"].includes(state) && "step" },
        h("span", { class: "mark", "aria-hidden": "true" }, SIGN[state] && icon(SIGN[state])),
        h("span", { key: "words" }, words(`way_step_${step}`)),
        h("span", { key: "state", class: "visually-hidden" }, words(`way_state_${state}`)),
      ),
    ),
  );
}

function trouble(view, { trouble: found, next_try: nextTry }, act) {
  const needsPerson = ["sign_in_needed", "other_account", "other_environment"].includes(found.code);
  const tryNow = button("secondary", words("try_now"), () => act({ type: "retry" }), { key: "now", id: "try-now" });
  return [
    notice(found, { key: "trouble-of-delivery", kind: "warning", actions: nextTry && !needsPerson ? [tryNow] : [] }),
    nextTry && !needsPerson && h("p", { key: "next", class: "hint" }, words("next_try", clock(nextTry))),
  ];
}

function receipt({ lineCount, worksheetTemplateName, journalBatchName, worksheetUrl }) {
  const place = `${worksheetTemplateName} · ${journalBatchName}`;
  return h(
    "section",
    { key: "receipt", class: "notice good" },
    icon("good"),
    h(
      "div",
      { class: "notice-words" },
      h("p", { class: "what" }, counted("receipt", lineCount, place)),
      isWebAddress(worksheetUrl) &&
        h("a", { href: worksheetUrl, target: "_blank", rel: "noopener noreferrer" }, words("open_worksheet")),
    ),
  );
}

/** Only what leads into a web client: an address of https, or of a server on this machine. */
function isWebAddress(text) {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return protocol === "https:" || (protocol === "http:" && isLoopback);
}

function returned({ capture, reason, can_correct: canCorrect }, act) {
  const correct = button("primary", words("correct"), () => act({ type: "correct", capture }), { id: "correct" });
  return [
    notice(reason, { key: "reason" }),
    !canCorrect && h("p", { key: "given-up", class: "hint" }, words("given_up")),
    canCorrect && givingUp !== capture && h("div", { key: "what-now", class: "actions" }, correct, giveUp(capture, act)),
    canCorrect && givingUp === capture && sure(capture, act),
  ];
}

function giveUp(capture, act) {
  const ask = () => {
    givingUp = capture;
    act(null);
    document.getElementById("keep")?.focus();
  };
  return button("secondary", words("give_up"), ask, { id: "give-up" });
}

function sure(capture, act) {
  const answer = (action) => () => {
    givingUp = undefined;
    act(action);
  };
  return h(
    "div",
    { key: "sure", class: "notice warning", role: "group", "aria-labelledby": "sure" },
    icon("warning"),
    h(
      "div",
      { class: "notice-words" },
      h("p", { id: "sure" }, words("give_up_sure")),
      h(
        "div",
        { class: "actions" },
        button("secondary", words("give_up_keep"), answer(null), { id: "keep" }),
        button("secondary", words("give_up_yes"), answer({ type: "abandon", capture }), { id: "give-up-yes" }),
      ),
    ),
  );
}

function leave({ stage }, act) {
  const label = stage === "done" ? words("capture_another") : words("close");
  return button(stage === "done" ? "primary" : "secondary", label, () => act({ type: "dismiss" }), { id: "leave" });
}

/** The name of the capture in Business Central, at the credit service and for support. */
function captureId({ capture }) {
  return h(
    "p",
    { key: "capture-id", id: "capture-id", class: "correlation" },
    h("span", null, words("capture_id")),
    h("code", null, capture),
    copyButton(capture),
  );
}
