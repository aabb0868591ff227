// Reads the extension's pages and the Rust sources as text, for tests that hold them against each other.

import { readdirSync, readFileSync } from "node:fs";

const root = new URL("../../", import.meta.url);

/** The text of a file of the repository. */
export const read = (path) => readFileSync(new URL(path, root), "utf8");

/** The pages' files with an ending, by path. */
export function pages(ending) {
  return ["extension", "extension/panel", "extension/options", "extension/workshop"].flatMap((folder) =>
    readdirSync(new URL(folder, root))
      .filter((name) => name.endsWith(ending))
      .map((name) => `${folder}/${name}`),
  );
}

/** The names of an enum's variants, as serde's `snake_case` writes them. */
export function variants(path, name) {
  return members(path, `enum ${name} {`, /^\s*([A-Z]\w*)/).map((variant) =>
    variant.replace(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase(),
  );
}

/** The names of a struct's fields. */
export function fields(path, name) {
  return members(path, `struct ${name} {`, /^\s*(?:pub )?(\w+):/);
}

/** The code words in the documentation of a field. */
export function documentedValues(path, field) {
  const documentation = read(path).match(new RegExp(String.raw`((?:\s*///.*\n)+)\s*pub ${field}:`))?.[1] ?? "";
  return [...documentation.matchAll(/`(\w+)`/g)].map(([, value]) => value);
}

/** The members of one block at its own depth, without comments and attributes. */
function members(path, opening, pattern) {
  const source = read(path);
  const start = source.indexOf(opening);
  if (start < 0) throw new Error(`${path}: no \`${opening}\``);
  const names = [];
  let depth = 0;
  for (const line of source.slice(start + opening.length).split("\n")) {
    const code = line.replace(/\/\/.*/, "").replace(/#\[.*\]/, "");
    if (depth === 0 && /^}/.test(code)) break;
    const name = depth === 0 && code.match(pattern)?.[1];
    if (name) names.push(name);
    depth += count(code, /[{(]/g) - count(code, /[})]/g);
  }
  return names;
}

const count = (text, pattern) => text.match(pattern)?.length ?? 0;

/** Every call of a function in a script, as the source texts of its arguments. */
export function callsOf(name, script) {
  return [...script.matchAll(new RegExp(String.raw`(?<![\w.])${name}\(`, "g"))]
    .filter(({ index }) => !/function $/.test(script.slice(0, index)))
    .map(({ 0: opening, index }) => argumentsFrom(script, index + opening.length));
}

function argumentsFrom(script, start) {
  const texts = [""];
  let depth = 0;
  let quote;
  for (const letter of script.slice(start)) {
    if (quote) quote = letter === quote ? undefined : quote;
    else if (`"'\``.includes(letter)) quote = letter;
    else if ("([{".includes(letter)) depth += 1;
    else if (")]}".includes(letter)) depth -= 1;
    if (depth < 0) break;
    if (!quote && depth === 0 && letter === ",") texts.push("");
    else texts[texts.length - 1] += letter;
  }
  return texts.map((text) => text.trim()).filter(Boolean);
}
