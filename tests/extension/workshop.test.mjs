// The modules of the maintainer's workshop that need no browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { elementsOf, outsideRoot, rowsOf } from "../../extension/workshop/locate.js";
import { parse, write } from "../../extension/workshop/markup.js";
import { detector } from "../../extension/workshop/personal.js";
import { scrub } from "../../extension/workshop/scrub.js";
import { blank, located, refused, written } from "../../extension/workshop/written.js";
import { read } from "./sources.mjs";

const patterns = JSON.parse(read("extension/workshop/personal_data.json"));

for (const { name, text, scrubbed = text, found } of JSON.parse(read("tests/personal_data.json"))) {
  test(`of ${name} is found what the command finds`, () => {
    const { find, scrubbed: clean } = detector(patterns);
    assert.deepEqual(find(text).map(({ kind }) => kind), found);
    assert.equal(clean(text), scrubbed);
    assert.deepEqual(find(scrubbed), []);
  });
}

test("markup is read as it was written, without the bodies of scripts", () => {
  const markup = '<body xmlns="x" @click="a &lt; b"><p>1 &amp; 2<div>é&#160;</div></p><input value="&quot;"/>';
  const bodies = "<svg><svg><path/></svg></svg><script>if (a &lt; b) {}</script></body>";
  const [body] = parse(markup + bodies);
  assert.deepEqual(body.attributes, [["xmlns", "x"], ["@click", "a < b"]]);
  assert.deepEqual(body.children[0].children[0], "1 & 2");
  assert.equal(
    write([body]),
    '<body xmlns="x" @click="a &lt; b"><p>1 &amp; 2<div>é\u00a0</div></p><input value="&quot;"></input><svg></svg><script></script></body>',
  );
});

test("elements have the numbers of the snapshot: nothing inside a script or picture is counted", () => {
  const numbers = [];
  const walk = (node) => {
    if (typeof node === "string") return;
    numbers.push([node.number, node.name]);
    node.children.forEach(walk);
  };
  parse("<a><svg><g/></svg><!-- <b> --><b/><c></c></a>").forEach(walk);
  assert.deepEqual(numbers, [[0, "a"], [1, "svg"], [2, "b"], [3, "c"]]);
});

test("markup that makes no sense is read to its end", () => {
  for (const markup of ["<", "</a>", "<a", "<a><b></a></b>", "<script>", '<a b="', "<!--"]) parse(markup);
});

const snapshot = (markup, live = {}) => ({
  format: 1,
  title: "Hallo Erika Baum",
  meta: [{ name: "author", content: "erika@post.ch" }],
  json_ld: ['{"email":"erika@post.ch"}'],
  state: [{ name: "cart", json: '{"phone":"+41 44 123 45 67"}' }],
  tree: { markup, live, shadows: [], frames: [] },
});

test("a snapshot that is saved says nothing of people and keeps quantities", () => {
  const markup =
    '<body onload="x()"><p title="erika@post.ch" style="color:red">Dear Erika Baum</p><input type="tel" name="qty" value="12"/>' +
    '<input name="last_name" value="Baum"/><input name="first_name"/><img src="https://shop.test/erika.png" alt="Stuhl"/></body>';
  const clean = scrub(snapshot(markup, { values: [[2, "13"], [4, "Erika"]], hidden: [5] }), detector(patterns));
  const text = JSON.stringify(clean);
  for (const part of ["Erika", "Baum", "erika", "post.ch", "+41", "onload", "color:red"]) assert.ok(!text.includes(part), part);
  assert.deepEqual(clean.tree.live, { values: [[2, "13"], [4, ""]], hidden: [5] });
  for (const part of ['value="12"', 'alt="Stuhl"', "Dear Muster"]) assert.ok(clean.tree.markup.includes(part), part);
});

test("trees inside of trees are cleaned too", () => {
  const inner = { host: 0, mode: "open", tree: snapshot("<b>erika@post.ch</b>").tree };
  const outer = snapshot("<a></a>");
  outer.tree.shadows = [inner];
  assert.equal(scrub(outer, detector(patterns)).tree.shadows[0].tree.markup, "<b>person@example.com</b>");
});

const source = (locator) => ({ locator });
const copyOf = (places) => ({ at: (selector) => places[selector] ?? [] });

test("a value stands in its line's row", () => {
  const rows = [["a1"], ["b1"]].map((own) => ({ own, contains: (element) => own.includes(element) }));
  const lines = [{ provenance: { quantity: source("input value") } }, { provenance: { quantity: source("input value") } }];
  const cart = { reader: "supplier:acme", lines };
  const definition = { kind: "supplier", id: "acme", lines: { each: "tr" } };
  const copy = copyOf({ tr: rows, input: ["a1", "b1"] });
  assert.deepEqual(elementsOf({ copy, cart, definition, line: 1, field: "quantity" }), ["b1"]);
  lines[0].provenance.url = source(":scope @data-url");
  assert.deepEqual(elementsOf({ copy, cart, definition, line: 0, field: "url" }), [rows[0]]);
});

test("a value of a reader without rows is the one of its line, or all where that is not sure", () => {
  const lines = [{ provenance: { description: source("td > a") } }, { provenance: { description: source("td > a") } }];
  const cart = { reader: "generic", lines };
  const ask = (found) => elementsOf({ copy: copyOf({ "td > a": found }), cart, definition: null, line: 1, field: "description" });
  assert.deepEqual(ask(["a", "b"]), ["b"]);
  assert.deepEqual(ask(["a", "b", "c"]), ["a", "b", "c"]);
  lines[1].provenance.line_total = source("derived: quantity × unit price");
  assert.deepEqual(elementsOf({ copy: copyOf({}), cart, definition: null, line: 1, field: "line_total" }), []);
});

test("a row of the totals is the one with its label", () => {
  const rows = [{ textContent: "Total 1" }, { textContent: "Ship\n ping 2" }];
  const definition = { kind: "platform", id: "x", lines: {}, totals: [{ each: ".t" }] };
  const cart = { reader: "platform:x", lines: [] };
  assert.deepEqual(rowsOf({ copy: copyOf({ ".t": rows }), cart, definition, label: "Ship ping" }), [rows[1]]);
});

test("what a capture would not take is told", () => {
  const root = { contains: (element) => element === "in" };
  const definition = { cart: { roots: [".many", ".root"] }, lines: { each: "tr" }, totals: [{ each: ".sum" }] };
  const copy = copyOf({ ".many": [1, 2], ".root": [root], tr: ["in"], ".sum": ["in", "out"] });
  assert.deepEqual(outsideRoot(copy, definition), [".sum"]);
  assert.deepEqual(outsideRoot(copy, { ...definition, cart: {} }), []);
});

test("a compiled definition is written as people write it", () => {
  const definition = {
    format: 1,
    id: "acme",
    currency: { hosts: { "www.acme.example": "USD" } },
    cart: {},
    lines: { each: 'input[name="a"]', fields: { url: [{ select: "a", attr: "href" }] } },
    totals: [{ each: "tr", words: { tax: ["MwSt."] }, amount: [{}] }],
  };
  assert.equal(
    written(definition),
    `format = 1
id = "acme"

[currency.hosts]
"www.acme.example" = "USD"

[lines]
each = "input[name=\\"a\\"]"

[lines.fields]
url = [{ select = "a", attr = "href" }]

[[totals]]
each = "tr"
amount = [{  }]

[totals.words]
tax = ["MwSt."]
`,
  );
});

test("what is wrong is told with its line", () => {
  const text = blank("www.acme.example", "/cart", "2026-11-22");
  assert.match(text, /^id = "acme"$/m);
  const line = text.split("\n").findIndex((own) => own.startsWith("each = ")) + 1;
  const slip = { key: "lines.each", text: "table.cart tr.line", what: "it is wrong", fix: "mend it" };
  assert.deepEqual(located(text, [slip]), [{ line, what: "lines.each: it is wrong; mend it" }]);
  assert.equal(refused(text, "unknown field `evidence`")[0].line, text.split("\n").findIndex((own) => own.startsWith("evidence")) + 1);
});
