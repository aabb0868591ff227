// Takes out of a snapshot what no reader needs and what may be about a person.

import { parse, write } from "./markup.js";

/** Attributes that no reader is given. */
const DROPPED = /^(?:on|style$|srcdoc$|src$|srcset$|integrity$|nonce$)/i;

/** The snapshot as it may leave this computer; the one that is given stays as it is. */
export function scrub(snapshot, { find, scrubbed }) {
  const ofTree = (tree) => {
    const nodes = parse(tree.markup);
    const about = new Set();
    const clean = (node) => {
      if (typeof node === "string") return scrubbed(node);
      if (find(`${tagOf(node)} value="somebody">`).some(({ replacement }) => replacement === "")) about.add(node.number);
      const attributes = node.attributes.filter(([name]) => !DROPPED.test(name));
      const cleaned = attributes.map(([name, value]) =>
        [name, name === "value" && about.has(node.number) && !isCount(value) ? "" : scrubbed(value)]);
      return { ...node, attributes: cleaned, children: node.children.map(clean) };
    };
    const markup = write(nodes.map(clean));
    const values = tree.live.values?.map(([number, value]) =>
      [number, about.has(number) && !isCount(value) ? "" : scrubbed(value)]);
    const inner = (list) => list?.map((part) => ({ ...part, tree: ofTree(part.tree) }));
    return { ...tree, markup, live: { ...tree.live, values }, shadows: inner(tree.shadows), frames: inner(tree.frames) };
  };
  return {
    ...snapshot,
    title: scrubbed(snapshot.title),
    meta: snapshot.meta.map((meta) => ({ ...meta, content: scrubbed(meta.content) })),
    json_ld: snapshot.json_ld.map(scrubbed),
    state: snapshot.state.map(({ name, json }) => ({ name, json: scrubbed(json) })),
    tree: ofTree(snapshot.tree),
  };
}

/** A start tag without its value, for the patterns that tell what a field is about. */
function tagOf({ name, attributes }) {
  const kept = attributes.filter(([key]) => key !== "value");
  return `<${name}${kept.map(([key, value]) => ` ${key}="${value.replaceAll('"', "")}"`).join("")}`;
}

/** A small number says nothing of a person. */
const isCount = (value) => /^[0-9]{0,3}(?:[.,][0-9]+)?$/.test(value);
