// Elements are described, then the page is made to match. What stays the same is not touched, so the focus, the scroll
// position, an open list and half-typed text survive. Text is only ever set as text.

const SVG_TAGS = new Set(["svg", "path", "circle"]);
const SVG = "http://www.w3.org/2000/svg";

/** What each element was last described as. */
const described = new WeakMap();

/**
 * Describes an element. `key`, else `id`, tells siblings of one tag apart. `on` holds listeners by event, `value` and
 * `checked` are properties, everything else is an attribute. Children that are null, undefined or false are left out.
 */
export function h(tag, props, ...children) {
  return { tag, props: props ?? {}, children: shown(children) };
}

/** Makes the children of `parent` match the descriptions. */
export function render(parent, children) {
  const spare = spareNodes(parent);
  const nodes = shown([children]).map((child) => {
    const node = spare.get(identity(child))?.shift() ?? make(child);
    update(node, child);
    return node;
  });
  const kept = new Set(nodes);
  for (const node of [...parent.childNodes]) if (!kept.has(node)) node.remove();
  nodes.forEach((node, index) => {
    const there = parent.childNodes[index] ?? null;
    if (there !== node) parent.insertBefore(node, there);
  });
}

function shown(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false && child !== "")
    .map((child) => (typeof child === "object" ? child : String(child)));
}

function identity(child) {
  return typeof child === "string" ? "#text" : `${child.tag} ${child.props.key ?? child.props.id ?? ""}`;
}

function spareNodes(parent) {
  const spare = new Map();
  for (const node of parent.childNodes) {
    const description = node instanceof Text ? "" : described.get(node);
    if (description === undefined) continue;
    const name = identity(description);
    if (!spare.has(name)) spare.set(name, []);
    spare.get(name).push(node);
  }
  return spare;
}

function make(child) {
  if (typeof child === "string") return document.createTextNode(child);
  return SVG_TAGS.has(child.tag) ? document.createElementNS(SVG, child.tag) : document.createElement(child.tag);
}

function update(node, child) {
  if (typeof child === "string") {
    if (node.data !== child) node.data = child;
    return;
  }
  const before = described.get(node)?.props ?? {};
  described.set(node, child);
  setAttributes(node, before, child.props);
  setListeners(node, before.on, child.props.on);
  render(node, child.children);
  // After the children: a list's value names one of its options.
  for (const property of ["value", "checked"]) {
    const wanted = child.props[property];
    if (wanted !== undefined && node[property] !== wanted) node[property] = wanted;
  }
}

function setAttributes(node, before, after) {
  const attributes = (props) => Object.entries(props).filter(([name]) => !PROPERTIES.has(name));
  for (const [name] of attributes(before)) if (isAbsent(after[name])) node.removeAttribute(name);
  for (const [name, value] of attributes(after)) {
    if (isAbsent(value)) continue;
    const text = value === true ? "" : String(value);
    if (node.getAttribute(name) !== text) node.setAttribute(name, text);
  }
}

const isAbsent = (value) => value === undefined || value === null || value === false;

/** What is not an attribute; an option's value is one, and nobody changes it. */
const PROPERTIES = new Set(["key", "on", "value", "checked"]);

function setListeners(node, before = {}, after = {}) {
  for (const event of Object.keys(after)) if (!(event in before)) node.addEventListener(event, heard);
  for (const event of Object.keys(before)) if (!(event in after)) node.removeEventListener(event, heard);
}

/** Calls the listener of the latest description. */
function heard(event) {
  described.get(event.currentTarget)?.props.on?.[event.type]?.(event);
}
