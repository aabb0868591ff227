// What the browser itself takes for the same lines. Both functions run in the page, so they close over nothing.

/** Lets the engine compile what is measured before it is measured. */
export function warmUp() {
  for (let round = 0; round < 3; round += 1) new DOMParser().parseFromString(globalThis.source.slice(0, 300_000), "text/html");
}

/** The page's source through DOMParser, and the live document, each with the definition's own selectors. */
export function inPage(definition) {
  const textOf = (element, { attr, take }) => {
    if (take === "value") return element.value;
    return attr ? element.getAttribute(attr) : element.textContent.trim();
  };
  const fieldOf = (line, places) => {
    for (const place of places) {
      const found = Array.from(line.querySelectorAll(place.select)).filter((element) => !place.outside || !element.closest(place.outside));
      if (found.length > 0) return textOf(found[0], place);
    }
    return null;
  };
  const linesOf = (root) => {
    const fields = Object.entries(definition.lines.fields);
    const lines = Array.from(root.querySelectorAll(definition.lines.each), (line) => Object.fromEntries(fields.map(([name, places]) => [name, fieldOf(line, places)])));
    for (const { each } of definition.totals) root.querySelectorAll(each).forEach(({ textContent }) => lines.push(textContent));
    return lines.filter(({ quantity }) => quantity);
  };
  const start = performance.now();
  const parsed = linesOf(new DOMParser().parseFromString(globalThis.source, "text/html"));
  const middle = performance.now();
  const live = linesOf(document);
  const end = performance.now();
  return { parser: middle - start, live: end - middle, found: parsed.length === live.length ? live.length : -1 };
}
