// A copy of a page that only looks like it: texts in tables, lists and blocks. No scripts, styles, pictures or links.
//
// Selectors are asked of a second copy with the page's own names and attributes. It belongs to a document without a
// window, so nothing in it is loaded, run or followed.

import { parse } from "./markup.js";

/** Elements that stay what they are, since tables and lists are how carts are laid out. */
const KEPT = new Set(
  "table caption thead tbody tfoot tr td th ul ol li dl dt dd p del s sup sub strong b em i small".split(" "),
);
const INLINE = new Set("a abbr bdi bdo button cite code data ins label mark output q span strike time u".split(" "));
/** Elements that show nothing, or something else than their text. */
const EMPTY = new Set("script style svg noscript template link meta head title option iframe frame".split(" "));

/** Draws a snapshot's tree into a container, and answers where selectors match. */
export function draw(snapshot, container) {
  const inert = document.implementation.createHTMLDocument("");
  const pictures = new Map();
  const roots = [];

  const tree = ({ markup, live, shadows = [], frames = [] }, path, place) => {
    const hosts = new Map();
    const state = { hidden: new Set(live.hidden), shown: new Set(live.shown), struck: new Set(live.struck), values: new Map(live.values) };
    const one = (node, into, picture) => {
      if (typeof node === "string") {
        into.append(inert.createTextNode(node));
        picture?.append(document.createTextNode(node));
        return;
      }
      const element = elementOf(inert, node);
      into.append(element);
      const drawn = picture && pictureOf(node, state);
      if (drawn) {
        picture.append(drawn);
        pictures.set(element, drawn);
      }
      hosts.set(node.number, drawn);
      const isControl = drawn?.classList.contains("control") && node.name !== "button";
      for (const child of node.children) one(child, element, isControl ? undefined : drawn);
    };
    const root = inert.createDocumentFragment();
    const inmost = path.reduce((into, ancestor) => into.appendChild(elementOf(inert, ancestor)), root);
    for (const node of parse(markup)) one(node, inmost, place);
    roots.push(root);
    for (const { host, tree: inner } of [...shadows, ...frames]) tree(inner, [], hosts.get(host));
  };
  container.replaceChildren();
  tree(snapshot.tree, snapshot.root?.path ?? [], container);

  /** The drawn elements at a place, in the page's order. */
  const at = (selector) => {
    try {
      return roots.flatMap((root) => [...root.querySelectorAll(selector)]).map((found) => pictures.get(found)).filter(Boolean);
    } catch {
      return [];
    }
  };
  const point = (found) => {
    for (const old of container.querySelectorAll(".found")) old.classList.remove("found");
    for (const element of found) element.classList.add("found");
    found[0]?.scrollIntoView({ block: "nearest" });
  };
  return { at, point };
}

function elementOf(inert, { name, attributes }) {
  let element;
  try {
    element = inert.createElement(name);
  } catch {
    element = inert.createElement("span");
  }
  for (const [key, value] of attributes) {
    try {
      element.setAttribute(key, value);
    } catch {
      // A name that only a parser can make, such as `@click`: no selector asks for it.
    }
  }
  return element;
}

/** What a person sees of an element; nothing of what is hidden. */
function pictureOf({ name, attributes, children, number }, { hidden, shown, struck, values }) {
  if (EMPTY.has(name) || (hidden.has(number) && !shown.has(number))) return undefined;
  const value = (key) => attributes.find(([own]) => own === key)?.[1];
  const make = (tag, look, text = "") => {
    const element = document.createElement(tag);
    if (look) element.className = look;
    if (text) element.textContent = text;
    return element;
  };
  if (name === "input") {
    return value("type") === "hidden" ? undefined : make("span", "control", values.get(number) ?? value("value") ?? "");
  }
  if (name === "select") return make("span", "control", chosen(children));
  if (name === "textarea") return make("span", "control", values.get(number) ?? "");
  if (name === "img") return make("span", "picture", value("alt") ?? "");
  if (struck.has(number)) return make("s");
  if (name === "button") return make("span", "control");
  if (/^h[1-6]$/.test(name)) return make("div", "heading");
  if (KEPT.has(name)) return make(name);
  return make(INLINE.has(name) ? "span" : "div");
}

function chosen(children) {
  const options = children.filter(({ name }) => name === "option");
  const marked = options.find(({ attributes }) => attributes.some(([name]) => name === "selected")) ?? options[0];
  return marked?.children.filter((child) => typeof child === "string").join("").trim() ?? "";
}
