// The page for people who write definitions of suppliers: a page, what every reader makes of it, and a definition that
// is read again as it is typed. Nothing here is sent anywhere.

import init, { Workshop } from "../wasm/punchout.js";
import { button } from "../panel/controls.js";
import { h, render } from "../panel/dom.js";
import { translatePage, words } from "../panel/words.js";
import { draw } from "./copy.js";
import { read } from "./definition.js";
import { elementsOf, outsideRoot, rowsOf } from "./locate.js";
import { detector } from "./personal.js";
import { readers } from "./readers.js";
import { scrub } from "./scrub.js";
import { addressOf, Hindrance, open, save, take } from "./taking.js";
import { blank, isSelector, located, refused, written } from "./written.js";

/** Typing is read when it rests. */
const REST_MILLISECONDS = 200;

const text = async (path) => (await fetch(chrome.runtime.getURL(path))).text();
const place = (id) => document.getElementById(id);

translatePage();
const [catalogText, patterns] = await Promise.all([
  text("catalog.json"),
  text("workshop/personal_data.json"),
  init({ module_or_path: fetch(chrome.runtime.getURL("wasm/punchout_bg.wasm")) }),
]);
const core = new Workshop(catalogText);
const catalog = JSON.parse(catalogText);
const toml = place("toml");

/** The page that is looked at: `{ url, snapshot }`, without what is about a person. */
let page = null;
let copy = null;
/** The definition of the catalog that the editor started from. */
let started = "";
/** The definition as last read, and what was last made of the page. */
let definition = null;
let outcome = null;
let slips = [];
let hindrance = null;

const planFor = (host, path) => JSON.parse(core.plan(host, path));
const location = () => addressOf(page.url);

/** Looks at a page, with the definition that reads it or the beginning of one. */
function look(taken) {
  page = { url: taken.url, snapshot: scrub(taken.snapshot, detector(JSON.parse(patterns))) };
  copy = draw(page.snapshot, place("copy"));
  const { hostname, pathname } = location();
  const { read: found } = JSON.parse(core.read(JSON.stringify(page.snapshot), undefined, hostname, pathname));
  const defined = found.candidates.filter(({ cart }) => /^(supplier|platform):/.test(cart.reader));
  const best = defined.find(({ cart }) => cart.reader === found.chosen.reader) ?? defined[0];
  choose(best?.cart.reader.split(":")[1]);
}

/** Puts a definition of the catalog into the editor, or the beginning of one. */
function choose(id) {
  const known = catalog.definitions.find((definition) => definition.id === id);
  started = known ? id : "";
  const today = new Date().toISOString().slice(0, 10);
  if (known) toml.value = written(known);
  else if (page) toml.value = blank(location().hostname, location().pathname, today);
  readAgain();
}

function readAgain() {
  const typed = toml.value.trim() === "" ? {} : read(toml.value);
  slips = typed.slips ?? [];
  if (page && slips.length === 0) readPage(typed.json);
  show();
}

function readPage(json) {
  const { hostname, pathname } = location();
  try {
    const answer = JSON.parse(core.read(JSON.stringify(page.snapshot), json, hostname, pathname));
    if (answer.broken) {
      slips = located(toml.value, answer.broken, isSelector);
    } else {
      outcome = answer.read;
      definition = json ? JSON.parse(json) : null;
      const outside = definition ? outsideRoot(copy, definition) : [];
      slips = located(toml.value, outside.map((selector) => ({ key: "cart.roots", text: selector, what: words("workshop_outside_root", selector) })));
    }
  } catch (error) {
    slips = refused(toml.value, error.message);
  }
}

const pointing = {
  point: (cart, line, field) => copy.point(elementsOf({ copy, cart, definition, line, field })),
  pointRow: (cart, label) => copy.point(rowsOf({ copy, cart, definition, label })),
  leave: () => copy.point([]),
};

function show() {
  render(place("actions"), actions());
  render(place("notice"), [hindrance && h("p", { class: "error", role: "alert" }, words(`workshop_${hindrance}`))]);
  render(place("choice"), [chooser()]);
  render(place("slips"), slips.map(({ line, what }, number) =>
    h("p", { key: number, class: "slip" }, words("workshop_slip", line), " ", what)));
  render(place("readers"), outcome ? readers(outcome, pointing) : [h("p", { class: "hint" }, words("workshop_no_page_yet"))]);
}

function actions() {
  const opened = ({ target }) => target.files[0] && attempt(open(target.files[0]));
  return [
    button("primary", words("workshop_take"), () => attempt(take(planFor)), { id: "take" }),
    button("secondary", words("workshop_open"), () => place("file").click(), { id: "open" }),
    h("input", { id: "file", type: "file", accept: ".json", hidden: true, on: { change: opened } }),
    page && button("secondary", words("workshop_save"), () => save(page), { id: "save" }),
    page && h("code", { key: "address", id: "address" }, page.url),
  ];
}

function chooser() {
  const all = catalog.definitions.map(({ id, name }) => h("option", { key: id, value: id }, `${id} – ${name}`));
  const chosen = ({ target }) => choose(target.value);
  return h(
    "select",
    { id: "definition", value: started, "aria-label": words("workshop_start_from"), on: { change: chosen } },
    h("option", { key: "", value: "" }, words("workshop_new")),
    all,
  );
}

async function attempt(taken) {
  try {
    hindrance = null;
    look(await taken);
  } catch (error) {
    hindrance = error instanceof Hindrance ? error.name : "not_taken";
    show();
  }
}

let resting;
toml.addEventListener("input", () => {
  clearTimeout(resting);
  resting = setTimeout(readAgain, REST_MILLISECONDS);
});
show();
