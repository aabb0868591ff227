// The extension's pages: what a page says comes from `_locales`, and nothing in it can become markup or code.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pages, read, variants } from "./sources.mjs";

const scripts = pages(".js").map((path) => [path, read(path)]);
const markup = pages(".html").map((path) => [path, read(path)]);

test("no page has inline script, style or event attributes", () => {
  for (const [path, text] of markup) {
    assert.doesNotMatch(text, /<style|\sstyle=|\son\w+=|javascript:/i, path);
    for (const [script] of text.matchAll(/<script[^>]*>[^<]*<\/script>/gi)) {
      assert.match(script, /^<script type="module" src="[\w./-]+"><\/script>$/, path);
    }
  }
});

test("no page loads anything from elsewhere", () => {
  for (const [path, text] of markup) assert.doesNotMatch(text, /(?:src|href)="(?:\w+:|\/\/)/, path);
  for (const path of pages(".css")) assert.doesNotMatch(read(path), /@import|url\(/, path);
});

test("no script makes markup or code of text", () => {
  const maker = /innerHTML|outerHTML|insertAdjacentHTML|setHTML|createContextualFragment|DOMParser|document\.write/;
  const evaluator = /\beval\b|new Function|setTimeout\(\s*["'`]|import\(/;
  for (const [path, text] of scripts) {
    assert.doesNotMatch(text, maker, path);
    assert.doesNotMatch(text, evaluator, path);
  }
});

test("no page says anything by itself", () => {
  for (const [path, text] of markup) {
    const said = text.replace(/<[^>]*>/g, "").trim();
    assert.equal(said, "", path);
    assert.doesNotMatch(text, /\s(?:title|alt|placeholder|aria-label)="/, path);
  }
  for (const [path, text] of scripts) {
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    assert.doesNotMatch(code, /(["'`])[A-Z][a-z]+(?: [a-z]+)+[.!?]?\1/, path);
  }
});

test("everything that a review can wait for has a control to go to", () => {
  const table = read("extension/panel/confirm.js").match(/const CONTROL = \{([^}]+)\}/)?.[1] ?? "";
  const names = [...table.matchAll(/^\s*(\w+):/gm)].map(([, name]) => name);
  assert.deepEqual(names.sort(), variants("src/capture/mapping.rs", "Waiting").sort());
});

test("the severities name findings that exist", () => {
  const known = variants("src/cart.rs", "FindingCode");
  const sets = [...read("extension/panel/verdict.js").matchAll(/new Set\(\[([^\]]+)\]\)/g)];
  assert.equal(sets.length, 2);
  const named = sets.flatMap(([, codes]) => [...codes.matchAll(/"(\w+)"/g)].map(([, code]) => code));
  assert.deepEqual(named.filter((code) => !known.includes(code)), []);
});
