// JSON of inline scripts, as the shim cuts it out. The native tool is held to the same cases.

import assert from "node:assert/strict";
import test from "node:test";

import { read } from "./sources.mjs";

/** The shim is one function that closes over nothing, so its part about scripts is run by its text. */
const part = read("extension/snapshot.js").match(/\/\/ -+ inline state -+\n([^]*?)\n  const write = /)[1];
const inlineState = new Function(
  "plan, scripts, attribute, hasAttribute, textContent",
  `"use strict"; ${part}; return inlineState();`,
);

function found(written, state, limits) {
  const scripts = written.map((element) => ({ element, type: element.type ?? null }));
  const attribute = (script, name) => script[name] ?? null;
  const plan = { state, limits: { bytes: 16 << 20, state: 2 << 20, ...limits } };
  const hasAttribute = (script, name) => name in script;
  return inlineState(plan, scripts, attribute, hasAttribute, ({ text }) => text).map(({ name, json }) => [name, json]);
}

for (const { name, wanted, scripts, room, found: expected } of JSON.parse(read("tests/inline_state.json"))) {
  test(name, () => {
    assert.deepEqual(found(scripts, wanted, room === undefined ? {} : { state: room }), expected);
  });
}

test("a script full of beginnings is given up", () => {
  const text = "cartState={".repeat(400_000) + '}; cartState={"a":1}';
  assert.deepEqual(found([{ text }], [{ name: "cartState" }], {}), []);
});
