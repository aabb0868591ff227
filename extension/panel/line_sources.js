// Where on the page the values of a line come from: which reader found each, and in which place.

import { button } from "./controls.js";
import { h } from "./dom.js";
import { words } from "./words.js";

/** Opens and closes the places of a line's values. */
export function sourcesButton({ sources }, index, act) {
  const toggle = () => act({ type: "trace", line: sources ? null : index });
  return button("quiet", words("sources"), toggle, {
    key: "sources",
    id: `sources-${index}`,
    "aria-expanded": String(Boolean(sources)),
    "aria-label": words("sources_of", index + 1),
  });
}

/** The places, of the line that is traced. */
export function sourcesList({ sources }) {
  if (!sources) return null;
  const found = Object.entries(sources);
  if (found.length === 0) return h("p", { key: "sources-list", class: "hint" }, words("sources_none"));
  return h(
    "dl",
    { key: "sources-list", class: "sources" },
    found.map(([field, { reader, locator }]) => [
      h("dt", { key: `${field}-name` }, words(`field_${field}`)),
      h("dd", { key: `${field}-place` }, readerWords(reader), " ", h("code", null, locator)),
    ]),
  );
}

function readerWords(reader) {
  const [kind, name] = reader.split(/:(.*)/);
  return name ? words(`source_${kind}`, name) : words("source_generic");
}
