// The form fields of OCI. No package for Node.js or Python reads OCI, so the form is read by the platform's own reader of
// forms, and held against the table of fields in readers.mjs.
import { strict as assert } from "node:assert";
import { test } from "node:test";
import { cartOf, line, LINES, price, textOf, written } from "./carts.mjs";
import { itemsOf } from "./readers.mjs";

test("every line is an item whose price is for its price unit", () => {
  const items = itemsOf(textOf("oci", cartOf(LINES)));
  assert.equal(items.length, LINES.length);
  items.forEach((item, index) => {
    const truth = LINES[index];
    assert.equal(item.LONGTEXT ?? item.DESCRIPTION, truth.description);
    assert.ok(truth.description.startsWith(item.DESCRIPTION));
    assert.deepEqual(
      [item.QUANTITY, item.PRICE, item.PRICEUNIT, item.CURRENCY, item.VENDORMAT, item.MANUFACTMAT],
      [truth.quantity, truth.unit_price.amount, truth.unit_price.basis, "CHF", truth.supplier_part_id, truth.manufacturer_part_id ?? undefined],
    );
    const amount = (Number(item.QUANTITY) * Number(item.PRICE)) / Number(item.PRICEUNIT);
    assert.ok(Math.abs(amount - Number(truth.line_total)) < 0.01, `${amount}`);
  });
  assert.deepEqual(items.map(({ UNIT }) => UNIT), ["H87", "H87", "MTR"]);
});

test("signs of forms in a text stay text", () => {
  const nasty = "a&b=c+d%20[2] ü😀\u00a0\"<>'";
  const [item] = itemsOf(textOf("oci", cartOf([line(nasty, "1", { unit_price: price("1"), supplier_part_id: "&NEW_ITEM-PRICE[1]=0" })])));
  assert.equal(item.DESCRIPTION, nasty);
  assert.equal(item.VENDORMAT, "&NEW_ITEM-PRICE[1]=0");
});

test("a line that is left out leaves no hole in the numbers", () => {
  const items = itemsOf(textOf("oci", cartOf(LINES), { notes: [2] }));
  assert.deepEqual(items.map(({ VENDORMAT }) => VENDORMAT), ["N-8040", "C'7"]);
});

test("what the interface cannot say is refused with its line", () => {
  const refused = (change, given) => written("oci", cartOf([LINES[0], { ...LINES[1], ...change }]), given).refused;
  const of = (what) => [{ what, line: 2 }];
  assert.deepEqual(refused({ unit_price: null }), of("price_missing"));
  assert.deepEqual(refused({ unit_price: price("0.0129") }), of("price_digits"));
  assert.deepEqual(refused({ unit_price: price("1", "0.5") }), of("basis_digits"));
  assert.deepEqual(refused({ quantity: "0.3333" }), of("quantity_digits"));
  assert.deepEqual(refused({ unit_of_measure: "Gebinde" }), of("unit_unknown"));
  assert.deepEqual(refused({ supplier_part_id: "9".repeat(41) }), of("part_id_long"));
  const ofAll = (what) => [1, 2].map((number) => ({ what, line: number }));
  assert.deepEqual(refused({}, { tax: "gross" }), ofAll("price_gross"));
  assert.deepEqual(refused({}, { tax: "unknown" }), ofAll("tax_unknown"));
  assert.deepEqual(written("oci", cartOf(LINES, { currency: null })).refused, [{ what: "currency_unknown", line: null }]);
});
