// A field that searches while the buyer types: a combobox with a list (WAI-ARIA 1.2). The core finds and ranks; here is
// only what the keyboard and the eyes need. The focus stays in the field, and the keys move through the list.

import { say } from "./controls.js";
import { h } from "./dom.js";
import { counted, words } from "./words.js";

/** How long the buyer pauses before something is searched, in milliseconds. */
const PAUSE = 200;

/** The field whose list is open: its id, for which capture, what was typed, and the number that the keys are at. */
let open;

/** What the core found, and what was said of it. */
let found;
let said;

let waiting;

/** Takes what the core found; another review begins with closed lists. */
export function about({ page, search }) {
  if (page.review?.capture !== open?.capture) open = undefined;
  found = open && search && sameSubject(search.subject, open.subject) ? search : undefined;
  if (!found || found.under_way || found.notice) return;
  const news = JSON.stringify([found.text, found.hits.length]);
  if (news !== said) say(countOf(found));
  said = news;
}

const sameSubject = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/**
 * The field. `shown` is what stands in it while nobody types, `placeholder` where that is nothing, `hint` says what may be
 * typed. `choose` is called with what was found.
 */
export function combobox({ id, label, capture, subject, shown, placeholder, hint, choose }, act) {
  const field = { id, capture, subject, shown: shown ?? "", choose, act };
  const mine = open?.id === id;
  const hits = mine && found ? found.hits : [];
  const place = hits.findIndex(({ number }) => number === open?.at);
  return h(
    "div",
    { key: id, class: "field combobox" },
    h("label", { for: id }, label),
    h("input", {
      id,
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      placeholder,
      value: mine ? open.text : field.shown,
      "aria-autocomplete": "list",
      "aria-expanded": String(hits.length > 0),
      "aria-controls": `${id}-list`,
      "aria-activedescendant": place >= 0 && `${id}-${place}`,
      "aria-describedby": `${id}-state`,
      on: {
        focus: ({ target }) => target.select(),
        click: () => !mine && begin(field),
        input: ({ target }) => type(field, target.value),
        keydown: (event) => press(event, field, hits, place),
        blur: () => end(field),
      },
    }),
    hits.length > 0 &&
      h(
        "ul",
        { key: "list", id: `${id}-list`, class: "found", role: "listbox", "aria-label": label },
        hits.map((hit, index) => option(hit, index === place, { field, index })),
      ),
    h("p", { key: "state", id: `${id}-state`, class: "hint" }, mine ? stateOf(hint) : hint),
  );
}

function option(hit, isActive, { field, index }) {
  return h(
    "li",
    {
      key: hit.number,
      id: `${field.id}-${index}`,
      role: "option",
      "aria-selected": String(isActive),
      "aria-disabled": hit.blocked && "true",
      on: {
        // The focus stays in the field.
        mousedown: (event) => event.preventDefault(),
        click: () => take(field, hit),
      },
    },
    h("span", { key: "name" }, hit.name || hit.number),
    " ",
    h("span", { key: "number", class: "part" }, hit.number),
    " ",
    h("span", { key: "why", class: "hint" }, whyOf(hit)),
  );
}

/** Why it is found, and whether it can be chosen. */
function whyOf({ likeness, matched_by: matchedBy, blocked }) {
  if (blocked) return words("search_blocked");
  if (likeness === "known") return words(`matched_by_${matchedBy}`) || matchedBy;
  return likeness === "listed" ? "" : words(`likeness_${likeness}`);
}

function stateOf(hint) {
  if (!found || found.under_way) return words("search_under_way");
  if (found.notice) return words("search_failed");
  if (found.text === "" && found.hits.length === 0) return hint;
  return [countOf(found), found.more && ` ${words("search_more")}`];
}

const countOf = ({ hits }) => (hits.length > 0 ? counted("search_found", hits.length) : words("search_none"));

/** Opens the list with what there is to choose before anything is typed. */
function begin(field) {
  const { id, capture, subject, shown, act } = field;
  open = { id, capture, subject, text: shown };
  said = undefined;
  act({ type: "search", subject, text: "" });
}

function type(field, text) {
  const { id, capture, subject, act } = field;
  open = { id, capture, subject, text };
  clearTimeout(waiting);
  waiting = setTimeout(() => act({ type: "search", subject, text }), PAUSE);
  act(null);
}

function press(event, field, hits, place) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const to = target(event.key, hits.length, place);
  if (to !== undefined) {
    event.preventDefault();
    if (hits.length === 0) return begin(field);
    open.at = hits[to].number;
    field.act(null);
    document.getElementById(`${field.id}-${to}`)?.scrollIntoView({ block: "nearest" });
  } else if (event.key === "Enter" && place >= 0) {
    event.preventDefault();
    take(field, hits[place]);
  } else if (event.key === "Escape" && open?.id === field.id) {
    event.preventDefault();
    end(field);
  }
}

/** To which place of the list a key leads. Home and End are the text's while the keys are not in the list. */
function target(key, count, place) {
  switch (key) {
    case "ArrowDown":
      return place + 1 < count ? place + 1 : 0;
    case "ArrowUp":
      return place > 0 ? place - 1 : Math.max(count - 1, 0);
    case "Home":
      return place >= 0 ? 0 : undefined;
    case "End":
      return place >= 0 ? count - 1 : undefined;
    default:
      return undefined;
  }
}

function take(field, hit) {
  if (hit.blocked) return say(words("search_blocked"));
  clearTimeout(waiting);
  open = undefined;
  field.choose(hit);
}

/** Closes the list; what was typed gives way to what was chosen. */
function end({ id, act }) {
  clearTimeout(waiting);
  if (open?.id !== id) return;
  open = undefined;
  // Not at once: an element also loses the focus by being taken out while the page is made to match.
  queueMicrotask(() => act({ type: "end_search" }));
}
