// The cXML message: parsed by libxml2, and held against the DTDs of cxml.org where they could be had.
import { strict as assert } from "node:assert";
import { test } from "node:test";
import { cartOf, line, LINES, price, textOf, written } from "./carts.mjs";
import { readXml, validatorOf, VERSIONS } from "./readers.mjs";

const NASTY = "]]> &amp; <b a=\"1\" c='2'> ü 😀 \u0001\ufffe end";
const CARTS = {
  "of three lines": cartOf(LINES),
  "without charges": cartOf(LINES, { totals: { subtotal: null, discount: null, shipping: null, tax: null, fees: null, grand_total: null } }),
  "of hostile text": cartOf([line(NASTY, "1", { unit_price: price("1"), supplier_part_id: NASTY, manufacturer: NASTY, manufacturer_part_id: NASTY, gtin: "12345670" })]),
};

for (const version of VERSIONS) {
  const valid = validatorOf(version);
  const skip = !valid && `the DTD of cXML ${version} is not on this machine; see setup_cxml_dtds in scripts/setup.sh`;
  test(`every message is valid by the DTD of cXML ${version}`, { skip }, () => {
    for (const [name, cart] of Object.entries(CARTS)) assert.doesNotThrow(() => valid(textOf("cxml", cart)), name);
    const broken = textOf("cxml", CARTS["of three lines"]).replace("<BuyerCookie>", "<Total/><BuyerCookie>");
    assert.throws(() => valid(broken), "the DTD refuses what is no message");
  });
}

test("a message says what the cart says", () => {
  readXml(textOf("cxml", CARTS["of three lines"]), (texts) => {
    const item = (path) => texts(`//ItemIn/${path}`);
    assert.deepEqual(item("@quantity"), LINES.map(({ quantity }) => quantity));
    assert.deepEqual(item("ItemID/SupplierPartID"), LINES.map(({ supplier_part_id: id }) => id));
    assert.deepEqual(item("ItemDetail/UnitPrice/Money"), LINES.map(({ unit_price: { amount } }) => amount));
    assert.deepEqual(item("ItemDetail/Description"), LINES.map(({ description }) => description));
    assert.deepEqual(item("ItemDetail/UnitOfMeasure"), ["H87", "H87", "MTR"]);
    assert.deepEqual(item("ItemDetail/PriceBasisQuantity/@quantity"), ["100"]);
    assert.deepEqual(item("ItemID/IdReference[@domain='EAN-13']/@identifier"), ["4006381333931"]);
    assert.deepEqual([...new Set(texts("//Money/@currency"))], ["CHF"]);
    const header = (path) => texts(`//PunchOutOrderMessageHeader/${path}/Money`);
    assert.deepEqual([header("Total"), header("Shipping"), header("Tax")], [["1247.88"], ["9.00"], ["101.81"]]);
    assert.deepEqual(texts("/cXML/@payloadID"), ["1795342560000.07070707-0707-4707-8707-070707070707@shop.example"]);
    assert.deepEqual(texts("/cXML/@timestamp"), [new Date(1795342560000).toISOString().replace(".000", "")]);
    assert.deepEqual(texts("//Message/@deploymentMode"), ["test"]);
    assert.deepEqual(texts("//From/Credential/Identity"), ["shop.example"]);
  });
});

test("the page's delivery and tax are not said of a part of its cart", () => {
  const { file } = written("cxml", cartOf(LINES), { notes: [3] });
  assert.ok(file.remarks.some(({ what }) => what === "charges_of_the_page"));
  readXml(file.text, (texts) => {
    const header = (path) => texts(`//PunchOutOrderMessageHeader/${path}/Money`);
    assert.deepEqual([header("Total"), header("Shipping"), header("Tax")], [["1242.70"], [], []]);
  });
});

test("text stays text, and what XML cannot write is replaced", () => {
  readXml(textOf("cxml", CARTS["of hostile text"]), (texts) => {
    const wanted = NASTY.replace(/[\u0001\ufffe]/g, "\ufffd");
    for (const path of ["SupplierPartID", "ItemDetail/Description", "ManufacturerName", "ManufacturerPartID"]) {
      assert.deepEqual(texts(`//${path}`), [wanted], path);
    }
  });
});

test("what a message cannot say is refused with its line", () => {
  const refused = (change, given) => written("cxml", cartOf([{ ...LINES[0], ...change }]), given).refused;
  const of = (what) => [{ what, line: 1 }];
  assert.deepEqual(refused({ supplier_part_id: null }), of("part_id_missing"));
  assert.deepEqual(refused({ unit_price: null }), of("price_missing"));
  assert.deepEqual(refused({ unit_of_measure: "Gebinde" }), of("unit_unknown"));
  assert.deepEqual(refused({}, { tax: "gross" }), of("price_gross"));
  assert.deepEqual(refused({}, { tax: "unknown" }), of("tax_unknown"));
  assert.deepEqual(refused({}, { notes: [1] }), [{ what: "nothing_to_order", line: null }]);
});
