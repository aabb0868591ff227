// The cXML message: parsed by libxml2, and held against the DTDs of cxml.org where they could be had.
import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { DtdValidator, XmlDocument, XmlDtd } from "libxml2-wasm";
import { cartOf, line, LINES, price, textOf, written } from "./carts.mjs";

const DTDS = process.env.PUNCHOUT_CXML_DTDS ?? "";
/** The version that the message names, and the newest that could be had: later ones only add to earlier ones. */
const VERSIONS = ["1.2.050", "1.2.063"];

const NASTY = "]]> &amp; <b a=\"1\" c='2'> ü 😀 \u0001\ufffe end";
const CARTS = {
  "of three lines": cartOf(LINES),
  "without charges": cartOf(LINES, { totals: { subtotal: null, discount: null, shipping: null, tax: null, fees: null, grand_total: null } }),
  "of hostile text": cartOf([line(NASTY, "1", { unit_price: price("1"), supplier_part_id: NASTY, manufacturer: NASTY, manufacturer_part_id: NASTY, gtin: "12345670" })]),
};

/** Calls `look` with a function that gives the texts of an XPath. */
function read(text, look) {
  const document = XmlDocument.fromString(text);
  try {
    return look((path, node = document) => node.find(path).map((found) => found.value ?? found.content));
  } finally {
    document.dispose();
  }
}

for (const version of VERSIONS) {
  const file = join(DTDS, `${version}.dtd`);
  const skip = !existsSync(file) && `the DTD of cXML ${version} is not on this machine; see setup_cxml_dtds in scripts/setup.sh`;
  test(`every message is valid by the DTD of cXML ${version}`, { skip }, () => {
    const dtd = XmlDtd.fromBuffer(readFileSync(file));
    const validator = new DtdValidator(dtd);
    for (const [name, cart] of Object.entries(CARTS)) {
      const document = XmlDocument.fromString(textOf("cxml", cart));
      assert.doesNotThrow(() => validator.validate(document), name);
      document.dispose();
    }
    const broken = XmlDocument.fromString(textOf("cxml", CARTS["of three lines"]).replace("<BuyerCookie>", "<Total/><BuyerCookie>"));
    assert.throws(() => validator.validate(broken), "the DTD refuses what is no message");
    broken.dispose();
  });
}

test("a message says what the cart says", () => {
  read(textOf("cxml", CARTS["of three lines"]), (texts) => {
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

test("text stays text, and what XML cannot write is replaced", () => {
  read(textOf("cxml", CARTS["of hostile text"]), (texts) => {
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
