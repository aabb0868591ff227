// A definition as a person types it: TOML, and which line something is in.

import { parse, stringify, TomlError } from "../vendor/smol-toml/index.js";

/** The definition as JSON text, or `{ slips: [{ line, what }] }`. */
export function read(text) {
  try {
    return { id: parse(text).id, json: JSON.stringify(parse(text)) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { slips: [{ line: error.line, what: error.message.split("\n")[0] }] };
  }
}

/** A compiled definition as TOML. */
export function written(definition) {
  return stringify(definition);
}

/** What the core says of a definition, each at its line. */
export function located(text, slips) {
  return slips.map(({ key, text: part, what, fix }) => ({ line: lineOf(text, part), what: `${key}: ${what}; ${fix}` }));
}

/** What the core says where it cannot make a definition of it: the words between accents name the place. */
export function refused(text, message) {
  const named = message.match(/`([^`]+)`/)?.[1];
  return [{ line: named ? lineOf(text, named) : 1, what: message }];
}

/** The line that holds a part, from 1; the first where none does. */
function lineOf(text, part) {
  const escaped = part.replaceAll('"', '\\"');
  return Math.max(1, text.split("\n").findIndex((line) => line.includes(part) || line.includes(escaped)) + 1);
}

/** The beginning of a definition for a page that none knows. */
export function blank(host, path, today) {
  return `format = 1
id = "${host.replace(/^www\./, "").split(".")[0].replace(/[^a-z0-9-]/g, "")}"
name = "${host}"
kind = "supplier"
hosts = ["${host}"]
paths = ["${path.replaceAll('"', "")}"]

[verified]
state = "unseen"
on = "${today}"
evidence = ""

[lines]
each = ""

[lines.fields]
description = [{ select = "" }]
quantity = [{ select = "input", take = "value" }]
unit_price = [{ select = "" }]
line_total = [{ select = "" }]

[[totals]]
each = ""
label = [{ select = "th" }]
amount = [{ select = "td" }]
`;
}
