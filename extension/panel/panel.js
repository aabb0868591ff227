// The side panel: shows what the core says about this window, and tells the core what the buyer does.

import * as appearance from "./appearance.js";
import { confirm } from "./confirm.js";
import { CHOICES } from "./choices.js";
import * as combobox from "./combobox.js";
import { button, say } from "./controls.js";
import * as core from "./core.js";
import { following, title } from "./delivery.js";
import { h, render } from "./dom.js";
import * as drafts from "./drafts.js";
import { header, offlinePart, signInPart, troublePart } from "./header.js";
import { history } from "./history.js";
import { follow } from "./line_window.js";
import { review } from "./review.js";
import { sample } from "./sample.js";
import { onShops, shopPart } from "./shop.js";
import { idle, notRead, reading } from "./start.js";
import { counted, translatePage, words } from "./words.js";

let ownWindow;
let view;
let failure;

/** One question to the core at a time; what changes meanwhile is asked for after it. */
let asking = false;
let changedMeanwhile = false;

async function refresh() {
  changedMeanwhile = asking;
  if (asking) return;
  asking = true;
  try {
    view = await core.viewOf(ownWindow);
    failure = undefined;
    show();
  } catch (error) {
    fail(error);
  }
  asking = false;
  if (changedMeanwhile) await refresh();
}

/** Tells the core, or only shows again what is there: a draft may have changed. */
function act(action) {
  show();
  if (action) core.act(ownWindow, action).then(refresh, fail);
}

function fail(error) {
  failure = String(error?.message ?? error);
  show();
}

let shownPage;

function show() {
  const focused = document.activeElement;
  if (view) {
    const { page } = view;
    drafts.about(page.page === "reviewing" ? page.review.capture : undefined);
    combobox.about(view);
    render(document.getElementById("header"), header(view, act));
  }
  render(document.getElementById("main"), [failure && failurePart(), view && screen()]);
  announce();
  if (shownPage !== view?.page.page) scrollTo(0, 0);
  shownPage = view?.page.page;
  // What had the focus is gone, and the keyboard should not start from the top of the page.
  if (focused !== document.body && !focused.isConnected) document.getElementById("title")?.focus();
}

function screen() {
  return [
    offlinePart(),
    troublePart(view, act),
    view.page.page !== "sample" && signInPart(view, act),
    h("div", { key: view.page.page, class: "screen" }, screenOf(view.page)),
    shopPart(view),
    history(view, act),
  ];
}

function screenOf(page) {
  switch (page.page) {
    case "reading":
      return reading();
    case "not_read":
      return notRead(page, act);
    case "reviewing":
      return review(view, act);
    case "following":
      return following(view, act);
    case "sample":
      return sample(view, act);
    default:
      return idle(view, act);
  }
}

/** The core itself does not answer. */
function failurePart() {
  return h(
    "section",
    { key: "failure", class: "notice bad", role: "alert" },
    h(
      "div",
      { class: "notice-words" },
      h("p", { class: "what" }, words("core_failed")),
      h("p", { key: "advice" }, words("core_failed_advice")),
      h("blockquote", null, failure),
      h("div", { class: "actions" }, button("secondary", words("try_again"), refresh, { key: "again" })),
    ),
  );
}

let announced;

/** Says what became of the page, once for each change. */
function announce() {
  const text = view ? summary(view.page) : undefined;
  if (text && text !== announced) say(text);
  announced = text;
}

function summary(page) {
  switch (page.page) {
    case "reading":
      return words("reading_title");
    case "reviewing":
      return words("announce_review", counted("lines", page.review.lines.length), words(`verdict_${page.review.verdict}`));
    case "following":
      return title(page.delivery);
    default:
      return undefined;
  }
}

document.addEventListener("keydown", (event) => {
  const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey);
  if (!sends || view?.page.page !== "reviewing") return;
  event.preventDefault();
  confirm(view.page.review, act);
});

// What the buyer left without the core agreeing is what the core says again.
document.addEventListener("focusout", ({ target }) => {
  if (!CHOICES.includes(target.id) || !drafts.differs([target.id])) return;
  drafts.forget(target.id);
  // Not at once: an element also loses the focus by being taken out while the page is made to match.
  queueMicrotask(show);
});

translatePage();
follow();
core.onChange(refresh);
onShops(show);
appearance.onChange(show);
addEventListener("online", show);
addEventListener("offline", show);
ownWindow = await core.ownWindow();
core.opened().catch(() => {});
await refresh();
