// Reads and writes the markup of a snapshot without the browser's parser: nothing of a page can come to life here.
//
// XMLSerializer's text is regular: every element is closed, every value quoted. It is not always XML, so any name is
// taken as it is. See docs/snapshot-format.md.

/** What is inside these has no number and no reader. */
const BODILESS = new Set(["script", "style", "svg", "noscript", "template"]);

const TOKEN = /<!--[^]*?-->|<\?[^]*?\?>|<!\[CDATA\[([^]*?)\]\]>|<![^>]*>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=/>]+="[^"]*")*)\s*(\/?)>|([^<]+)|</g;
const ATTRIBUTE = /([^\s=/>]+)="([^"]*)"/g;
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * The trees of a markup: elements `{ name, attributes: [[name, value]], children, number }` and texts.
 * Bodies of scripts and the like are left out.
 */
export function parse(markup) {
  const top = { name: "", attributes: [], children: [] };
  const open = [top];
  let number = 0;
  /** The name and depth of a body that is being passed over. */
  let skipped = null;
  for (const [, verbatim, closed, opened, attributes, bare, text] of markup.matchAll(TOKEN)) {
    if (skipped) {
      if (opened === skipped.name && !bare) skipped.depth += 1;
      if (closed === skipped.name) skipped.depth -= 1;
      if (skipped.depth === 0) skipped = null;
    } else if (opened) {
      const element = { name: opened, attributes: attributesOf(attributes), children: [], number };
      number += 1;
      open.at(-1).children.push(element);
      if (bare) continue;
      if (BODILESS.has(opened)) skipped = { name: opened, depth: 1 };
      else open.push(element);
    } else if (closed) {
      const place = open.findLastIndex(({ name }) => name === closed);
      if (place > 0) open.length = place;
    } else {
      const said = verbatim ?? (text && decoded(text));
      if (said) open.at(-1).children.push(said);
    }
  }
  return top.children;
}

/** The markup of trees, as XMLSerializer would write it. */
export function write(nodes) {
  return nodes
    .map((node) => {
      if (typeof node === "string") return encoded(node);
      const { name, attributes, children } = node;
      const start = attributes.map(([key, value]) => ` ${key}="${encoded(value).replaceAll('"', "&quot;")}"`).join("");
      return children.length > 0 ? `<${name}${start}>${write(children)}</${name}>` : `<${name}${start}></${name}>`;
    })
    .join("");
}

function attributesOf(text) {
  return Array.from(text.matchAll(ATTRIBUTE), ([, name, value]) => [name, decoded(value)]);
}

function decoded(text) {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, digits, name) => {
    if (name) return NAMED[name.toLowerCase()];
    const code = Number.parseInt(hex ?? digits, hex ? 16 : 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const encoded = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
