// A definition as a person types it: TOML, read by a parser that the extension carries.

import { parse, TomlError } from "../vendor/smol-toml/index.js";

/** The definition as JSON text, `{ json }`, or `{ slips: [{ line, what }] }`. */
export function read(text) {
  try {
    return { json: JSON.stringify(parse(text)) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { slips: [{ line: error.line, what: error.message.split("\n")[0] }] };
  }
}
