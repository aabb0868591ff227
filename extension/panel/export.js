// The cart, or the history, as a file. The core makes it; it is put into the downloads and sent nowhere.

import { button, focusOn, say } from "./controls.js";
import * as core from "./core.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { words } from "./words.js";

const FORMATS = ["csv", "json", "oci", "cxml"];

/** What became of the last export of a cart, and of which capture. */
let last;

/**
 * The formats that a cart can be written as; of a capture that has ended, why there are none. `linesAreShown` beside it,
 * so that what is wrong with one leads to it.
 */
export function exportPart({ capture, holdsCart, linesAreShown = false }, act) {
  return h(
    "details",
    { key: "export", class: "export" },
    h("summary", { id: "export" }, words("export")),
    holdsCart ? formats(capture, act) : ended(),
    holdsCart && last?.capture === capture && outcome(last, linesAreShown),
  );
}

function formats(capture, act) {
  const choice = (format) =>
    h(
      "li",
      { key: format },
      button("secondary", words(`export_${format}`), () => exportCart(capture, format, act), {
        id: `export-${format}`,
        "aria-describedby": `export-${format}-hint`,
      }),
      h("p", { id: `export-${format}-hint`, class: "hint" }, words(`export_${format}_hint`)),
    );
  return h("ul", { key: "formats" }, FORMATS.map(choice));
}

function ended() {
  return h("p", { key: "ended", class: "hint" }, words("export_no_cart"));
}

/** The button that writes all captures of the history as a file. */
export function historyButton() {
  const press = async () => {
    const { file } = await core.exported(await core.ownWindow(), "history");
    keep(file);
    say(words("export_saved", file.name));
  };
  return button("quiet", words("export_history"), press, { id: "export-history" });
}

async function exportCart(capture, format, act) {
  const { file, ...said } = await made(format);
  if (file) keep(file);
  last = { capture, kind: file ? "information" : "warning", ...said };
  act(null);
  say(last.title);
}

/** What the core makes of the cart, with what is said of it. */
async function made(format) {
  try {
    const answer = await core.exported(await core.ownWindow(), { cart: format });
    const { file, refused } = answer;
    if (file) return { file, title: words("export_saved", file.name), points: file.remarks };
    if (refused) return { title: words("export_refused", words(`export_${format}`)), points: refused };
    return { title: words("export_no_cart"), points: [] };
  } catch {
    return { title: words("core_failed"), points: [] };
  }
}

/** Puts a file into the downloads, as a link does that is clicked. */
export function keep({ name, media_type: type, text }) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = href;
  link.download = name;
  link.click();
  // Not at once: the download begins after this.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

function outcome({ kind, title, points }, linesAreShown) {
  return h(
    "div",
    { key: "outcome", id: "export-outcome", class: `notice ${kind}` },
    icon(kind),
    h(
      "div",
      { class: "notice-words" },
      h("p", { key: "what", class: "what" }, title),
      kind === "information" && points.length > 0 && h("p", { key: "remarks" }, words("export_remarks")),
      h("ul", { key: "points", class: "findings" }, byWhat(points).map((found) => point(found, linesAreShown))),
    ),
  );
}

/** The lines of each thing that cannot be said, so that a long cart makes no long list. */
function byWhat(points) {
  const all = new Map();
  for (const { what, line } of points) all.set(what, [...(all.get(what) ?? []), line]);
  return [...all];
}

function point([what, lines], linesAreShown) {
  const toLine = (number) => {
    const click = () => focusOn(`line-${number - 1}`);
    return linesAreShown
      ? h("button", { key: number, type: "button", class: "link", on: { click } }, words("line_number", number))
      : h("span", { key: number }, words("line_number", number));
  };
  const numbers = lines.filter((line) => line !== null);
  return h(
    "li",
    { key: what },
    h("span", { key: "what" }, words(`export_what_${what}`)),
    numbers.length > 0 && h("span", { key: "lines", class: "line-links" }, numbers.map(toLine)),
  );
}
