// The last step: what is still needed, and the button that sends the cart.

import { CHOICES } from "./choices.js";
import { button, focusOn } from "./controls.js";
import { h } from "./dom.js";
import * as drafts from "./drafts.js";
import { currencyIsOpen, taxControl, taxIsOpen } from "./money_choices.js";
import { counted, words } from "./words.js";

/** Which control settles what is waited for; for tax there are several. */
const CONTROL = {
  sign_in: "sign-in",
  company: "company",
  worksheet: "worksheet",
  vendor: "vendor",
  currency: "currency",
  tax: "tax-net",
  items: "lines",
  unmatched: "unmatched",
  differences: "differences",
  nothing_to_order: "unmatched",
  credits: "credits",
};

/** What nobody can choose before something else is: it is named once that is done. */
const AFTER = {
  sign_in: ["company", "worksheet", "vendor", "items", "unmatched", "credits"],
  company: ["worksheet", "vendor", "items", "unmatched"],
  vendor: ["items", "unmatched"],
};

/** What the buyer must still do: what the core waits for, and what stands half-typed in a control. */
function needs(review) {
  const waiting = new Set(review.waiting);
  if (taxIsOpen(review)) waiting.add("tax");
  if (currencyIsOpen(review)) waiting.add("currency");
  const later = new Set([...waiting].flatMap((name) => AFTER[name] ?? []));
  const shown = [...waiting].filter((name) => !later.has(name));
  const needs = shown.map((name) => ({
    control: name === "tax" ? taxControl(review) : CONTROL[name],
    label: words(`waiting_${name}`),
  }));
  const problems = review.lines.flatMap((line, index) => (line.problem ? [index] : []));
  if (problems.length === 0) return needs;
  return [...needs, { control: `line-${problems[0]}`, label: counted("waiting_problems", problems.length) }];
}

/** Sends the cart, or goes to the first thing that is still needed. */
export function confirm(review, act) {
  const [first] = needs(review);
  if (first) return focusOn(first.control);
  if (review.can_confirm && !drafts.differs(CHOICES)) act({ type: "confirm" });
}

/** The bar at the bottom. */
export function confirmBar(view, review, act) {
  const open = needs(review);
  const ready = open.length === 0 && review.can_confirm && !drafts.differs(CHOICES);
  const notes = review.lines.filter(({ mapping }) => mapping?.to === "note").length;
  return h(
    "section",
    { key: "confirm", class: "confirm-bar", "aria-label": words("confirm_part") },
    open.length > 0 &&
      h(
        "div",
        { key: "needs", id: "needs", class: "needs" },
        h("p", { key: "words" }, words("needs")),
        h("ul", { key: "list" }, open.map(need)),
      ),
    notes > 0 && h("p", { key: "notes", class: "hint" }, counted("confirm_notes", notes)),
    button("primary large", confirmWords(view, review), () => confirm(review, act), {
      id: "confirm",
      "aria-disabled": !ready && "true",
      "aria-describedby": open.length > 0 && "needs",
      "aria-keyshortcuts": "Control+Enter",
    }),
  );
}

function need({ control, label }) {
  return h(
    "li",
    { key: control },
    h("button", { type: "button", class: "link", on: { click: () => focusOn(control) } }, label),
  );
}

function confirmWords({ destination }, { lines }) {
  const worksheet = destination.worksheet?.name;
  return worksheet ? counted("confirm_to", lines.length, worksheet) : counted("confirm", lines.length);
}
