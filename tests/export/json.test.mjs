// The JSON, held against its schema by npm's ajv.
import { strict as assert } from "node:assert";
import { test } from "node:test";
import { cartOf, line, LINES, textOf } from "./carts.mjs";
import { cartIn, validate } from "./readers.mjs";

test("a cart is as the schema says, and says what the cart says", () => {
  const cart = cartOf(LINES);
  const file = cartIn(textOf("json", cart, { notes: [3] }));
  assert.deepEqual(file.totals, cart.totals);
  assert.equal(file.captured_at, new Date(1795342500000).toISOString().replace(".000", ""));
  assert.deepEqual(file.lines.map(({ ordered }) => ordered), [true, true, false]);
  file.lines.forEach(({ line: number, ordered, unit_code, currency, unit_price, price_basis, tax_basis, ...fields }, index) => {
    const { provenance, unit_price: shown, ...truth } = LINES[index];
    assert.equal(number, index + 1);
    assert.equal(currency, cart.currency);
    assert.deepEqual(fields, truth);
    assert.deepEqual({ amount: unit_price, basis: price_basis, tax: tax_basis }, shown);
  });
});

test("a cart of which little is known is as the schema says", () => {
  const bare = { subtotal: null, discount: null, shipping: null, tax: null, fees: null, grand_total: null };
  const file = cartIn(textOf("json", cartOf([line("?", "1", { unit_of_measure: "Gebinde" })], { currency: null, totals: bare, reader: "generic" })));
  assert.deepEqual([file.currency, file.lines[0].unit_price, file.lines[0].tax_basis, file.lines[0].unit_code], [null, null, null, null]);
});

test("the schema refuses an amount that is a number, and a field that nobody knows", () => {
  const file = JSON.parse(textOf("json", cartOf(LINES)));
  const [first] = file.lines;
  assert.ok(!validate({ ...file, lines: [{ ...first, unit_price: 602 }] }));
  assert.ok(!validate({ ...file, lines: [{ ...first, more: 1 }] }));
  const { line_total, ...less } = first;
  assert.ok(!validate({ ...file, lines: [less] }));
});
