// The last step: what is still needed, and the button that sends the cart.

import { CHOICES } from "./choices.js";
import { button, focusOn } from "./controls.js";
import { h } from "./dom.js";
import * as drafts from "./drafts.js";
import { icon } from "./icons.js";
import { EDITS, refusedControl, takeTyped } from "./line_edit.js";
import { currencyIsOpen, taxControl, taxIsOpen } from "./money_choices.js";
import { notice } from "./notice.js";
import { pageChanged } from "./page_changed.js";
import { counted, decimal, moment, words } from "./words.js";

/** Which control settles what is waited for; for tax there are several. */
const CONTROL = {
  sign_in: "sign-in",
  company: "company",
  worksheet: "worksheet",
  vendor: "vendor",
  currency: "currency",
  tax: "tax-net",
  items: "lines",
  ambiguous: "lines",
  unmatched: "unmatched",
  units: "units",
  new_items: "lines",
  edits: "lines",
  duplicate: "send-again",
  check: "confirm",
  reading_again: "confirm",
  page_changed: "take-reading",
  differences: "differences",
  nothing_to_order: "lines",
  credits: "credits",
};

/** What nobody can choose before something else is: it is named once that is done. */
const AFTER = {
  sign_in: ["company", "worksheet", "vendor", "items", "ambiguous", "unmatched", "units", "credits"],
  company: ["worksheet", "vendor", "items", "ambiguous", "unmatched", "units"],
  vendor: ["items", "ambiguous", "unmatched", "units"],
};

/** What the buyer must still do: what the core waits for, and what stands half-typed in a control. */
function needs(review) {
  const waiting = new Set(review.waiting);
  if (taxIsOpen(review)) waiting.add("tax");
  if (currencyIsOpen(review)) waiting.add("currency");
  const later = new Set([...waiting].flatMap((name) => AFTER[name] ?? []));
  const shown = [...waiting].filter((name) => !later.has(name));
  const needs = shown.map((name) => ({
    control: controlOf(name, review),
    label: name === "items" ? lookedUp(review) : words(`waiting_${name}`),
  }));
  const problems = review.lines.flatMap((line, index) => (line.problem || line.troubles.length > 0 ? [index] : []));
  if (problems.length === 0) return needs;
  return [...needs, { control: `line-${problems[0]}`, label: counted("waiting_problems", problems.length) }];
}

/** How far Business Central has come with the items: of a long cart it takes a while. */
function lookedUp({ looked_up: done, lines }) {
  const ordered = lines.filter((line) => !line.removed);
  return words("waiting_items", decimal(done), decimal(ordered.length));
}

/** The control that settles what is waited for. */
function controlOf(name, review) {
  if (name === "tax") return taxControl(review);
  if (name === "edits") return refusedControl(review);
  const several = review.lines.findIndex(({ mapping, candidates }) => !mapping && candidates.length > 0);
  return name === "ambiguous" && several >= 0 ? `change-${several}` : CONTROL[name];
}

/** Sends the cart, or goes to the first thing that is still needed. */
export function confirm(review, act) {
  const typed = drafts.begun(EDITS);
  if (typed) return takeTyped(typed);
  const [first] = needs(review);
  if (first) return focusOn(first.control);
  if (review.can_confirm && !drafts.differs(CHOICES)) act({ type: "confirm" });
}

/** The bar at the bottom. */
export function confirmBar(view, review, act) {
  const open = needs(review);
  const ready = open.length === 0 && review.can_confirm && !drafts.differs(CHOICES) && !drafts.begun(EDITS);
  const removed = review.lines.filter((line) => line.removed).length;
  const notes = review.lines.filter(({ mapping }) => mapping?.to === "note").length;
  return h(
    "section",
    { key: "confirm", class: "confirm-bar", "aria-label": words("confirm_part") },
    amountInSight(review),
    open.length > 0 &&
      h(
        "div",
        { key: "needs", id: "needs", class: "needs" },
        h("p", { key: "words" }, words("needs")),
        h("ul", { key: "list" }, open.map(need)),
      ),
    review.check_notice && notice(review.check_notice, { key: "check", kind: checkKind(review) }),
    review.orders.length > 1 && orders(review.orders),
    notes > 0 && h("p", { key: "notes", class: "hint" }, counted("confirm_notes", notes)),
    removed > 0 && h("p", { key: "removed", class: "hint" }, counted("confirm_removed", removed)),
    review.duplicate && duplicate(review.duplicate, act),
    review.page_changed && pageChanged(review, act),
    button("primary large", confirmWords(view, review), () => confirm(review, act), {
      id: "confirm",
      "aria-disabled": !ready && "true",
      "aria-describedby": open.length > 0 && "needs",
      "aria-keyshortcuts": "Control+Enter",
    }),
  );
}

/** Business Central makes an order for each vendor and currency: what the lines will be is said before they are sent. */
function orders(list) {
  const order = ({ vendor_number: number, vendor_name: name, lines, currency, amount }) => {
    const vendor = name ? words("name_and_number", name, number) : number;
    const sum = amount === null ? words("not_shown") : `${currency} ${decimal(amount)}`;
    return h("li", { key: `${number} ${currency}` }, words("order_of", vendor, counted("lines", lines), sum));
  };
  return h(
    "details",
    { key: "orders", id: "orders", class: "hint" },
    h("summary", null, counted("orders", list.length)),
    h("ul", { key: "list" }, list.map(order)),
  );
}

/** What the page says is to be paid stays in sight however long the cart is, and beside it what is ordered instead. */
function amountInSight({ totals, changes, currency }) {
  const [name] = ["grand_total", "subtotal"].filter((name) => totals[name] !== null);
  if (!name) return null;
  const amount = (sum) => [currency, decimal(sum)].filter(Boolean).join(" ");
  const isChanged = changes && changes.ordered !== null && changes.page !== null;
  return h(
    "div",
    { key: "amount", class: "amount" },
    h("p", { key: "page" }, h("span", null, words(`total_${name}`)), " ", h("b", { class: "number" }, amount(totals[name]))),
    isChanged && h("p", { key: "changed", class: "hint" }, words("changes_sums", amount(changes.ordered), amount(changes.page))),
  );
}

/** The same lines were sent not long ago: the buyer is asked once. */
function duplicate({ confirmed_at: confirmedAt, worksheet }, act) {
  return h(
    "section",
    { key: "duplicate", class: "notice warning", role: "alert" },
    icon("warning"),
    h(
      "div",
      { class: "notice-words" },
      h("p", { key: "what", class: "what" }, words("duplicate", moment(confirmedAt), worksheet.name)),
      button("secondary", words("send_again"), () => act({ type: "send_again" }), { id: "send-again" }),
    ),
  );
}

/** Only what holds the cart back is bad; a dry run that could not be made is a remark. */
const checkKind = ({ check }) => (check === "objected" ? "bad" : "information");

function need({ control, label }) {
  return h(
    "li",
    { key: control },
    h("button", { type: "button", class: "link", on: { click: () => focusOn(control) } }, label),
  );
}

function confirmWords({ destination }, { lines }) {
  const sent = lines.filter(({ removed }) => !removed).length;
  const worksheet = destination.worksheet?.name;
  return worksheet ? counted("confirm_to", sent, worksheet) : counted("confirm", sent);
}
