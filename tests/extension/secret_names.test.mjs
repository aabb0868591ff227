// Values of a person or a session: the shim leaves them in the page, and the core takes none.

import assert from "node:assert/strict";
import test from "node:test";

import { read } from "./sources.mjs";

test("the shim and the core take the same names for secrets", () => {
  const [, pattern, flags] = read("extension/snapshot.js").match(/const SECRET = \/(.*)\/(\w*);/);
  const [, list] = read("src/snapshot/attributes.rs").match(/const SECRET: &\[&str\] = &\[([^\]]*)\];/);
  const parts = [...list.matchAll(/"([^"]+)"/g)].map(([, part]) => part);
  assert.ok(parts.length > 0);
  assert.deepEqual(pattern.split("|"), parts);
  assert.equal(flags, "i", "the core looks at names in small letters");
});
