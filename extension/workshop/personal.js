// Finds what may be about a person, by the patterns that `cargo selectors` has as well.

/** A detector of the patterns in `personal_data.json`. */
export function detector(patterns) {
  const rules = patterns.map(({ kind, pattern, within, unless, replacement }) => ({
    kind,
    replacement,
    pattern: new RegExp(pattern, "dgu"),
    within: within && new RegExp(within, "gu"),
    unless: unless && new RegExp(unless, "u"),
  }));
  const tokens = [];

  /** Everything in a text, in order: `{ kind, start, end, replacement }`. */
  const find = (text) => {
    const found = rules.flatMap((rule) => tracesOf(rule, text));
    found.sort((one, other) => one.start - other.start || other.end - one.end);
    let end = 0;
    return found.filter((trace) => {
      const isApart = trace.start >= end;
      if (isApart) end = trace.end;
      return isApart;
    });
  };

  /** The text with an invented text in place of each; the same token becomes the same invented one. */
  const scrubbed = (text) => {
    let clean = "";
    let from = 0;
    for (const { start, end, replacement } of find(text)) {
      clean += text.slice(from, start) + replacement;
      if (replacement === "token") clean += numbered(tokens, text.slice(start, end));
      from = end;
    }
    return clean + text.slice(from);
  };
  return { find, scrubbed };
}

function tracesOf({ kind, pattern, within, unless, replacement }, text) {
  const parts = within ? Array.from(text.matchAll(within), ({ 0: part, index }) => [index, part]) : [[0, text]];
  return parts.flatMap(([offset, part]) =>
    Array.from(part.matchAll(pattern), ({ indices }) => indices[1] ?? indices[0])
      .filter(([start, end]) => !unless?.test(part.slice(start, end)))
      .map(([start, end]) => ({ kind, replacement, start: offset + start, end: offset + end })),
  );
}

function numbered(tokens, token) {
  if (!tokens.includes(token)) tokens.push(token);
  return tokens.indexOf(token) + 1;
}
