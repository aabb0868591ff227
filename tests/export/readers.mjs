// Readers and schemas that nobody here wrote, for the files that carts are exported as. Used end to end as well.
import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "csv-parse/sync";
import { DtdValidator, XmlDocument, XmlDtd } from "libxml2-wasm";

/** The rows of a table by npm's csv-parse, which is strict about RFC 4180. */
export const rowsOf = (text) => parse(text, { bom: true, columns: true, record_delimiter: "\r\n", relax_quotes: false });

const SCHEMA = JSON.parse(readFileSync(new URL("../../docs/exported-cart.schema.json", import.meta.url), "utf8"));
const formats = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  uint8: { type: "number", validate: (value) => value < 256 },
  uint32: { type: "number", validate: (value) => value < 2 ** 32 },
};

/** Holds a value against the schema of exported carts, by npm's ajv. */
export const validate = new Ajv2020({ strict: true, allErrors: true, formats }).compile(SCHEMA);

/** A cart as the schema says it. */
export function cartIn(text) {
  const value = JSON.parse(text);
  assert.ok(validate(value), JSON.stringify(validate.errors));
  return value;
}

/** Lengths and forms of SAP's OCI 4.0 and 5.0; sources: docs/exports.md. */
const FIELDS = {
  DESCRIPTION: /^.{1,40}$/su,
  QUANTITY: /^\d{1,11}(\.\d{1,3})?$/,
  UNIT: /^[A-Z0-9]{1,3}$/,
  PRICE: /^\d{1,11}(\.\d{1,3})?$/,
  CURRENCY: /^[A-Z]{3}$/,
  PRICEUNIT: /^\d{1,5}$/,
  VENDORMAT: /^.{1,40}$/su,
  MANUFACTMAT: /^.{1,40}$/su,
};
const NEEDED = ["DESCRIPTION", "QUANTITY", "UNIT", "PRICE", "CURRENCY", "PRICEUNIT"];

/** The items of a form, by the rules of the interface: an index from 1, long texts by an index of their own. */
export function itemsOf(body) {
  const items = new Map();
  const item = (index) => items.get(index) ?? items.set(index, {}).get(index);
  for (const [name, value] of new URLSearchParams(body)) {
    const [, longIndex] = /^NEW_ITEM-LONGTEXT_(\d+):132\[\]$/.exec(name) ?? [];
    const [, field, index] = /^NEW_ITEM-([A-Z]+)\[(\d+)\]$/.exec(name) ?? [];
    const at = item(Number(longIndex ?? index));
    const key = longIndex ? "LONGTEXT" : field;
    assert.ok(key && !(key in at), name);
    if (!longIndex) assert.match(value, FIELDS[key] ?? /^$/, `${name}=${value}`);
    at[key] = value;
  }
  for (const fields of items.values()) for (const name of NEEDED) assert.ok(name in fields, name);
  assert.deepEqual([...items.keys()], [...items.keys()].map((_, index) => index + 1));
  return [...items.values()];
}

const DTDS = process.env.PUNCHOUT_CXML_DTDS ?? "";

/** The version that a message names, and the newest that could be had: later ones only add to earlier ones. */
export const VERSIONS = ["1.2.050", "1.2.063"];

/** Throws what is wrong with a message by a DTD of cxml.org, by libxml2; nothing where the DTD is not on this machine. */
export function validatorOf(version) {
  const file = join(DTDS, `${version}.dtd`);
  if (!existsSync(file)) return undefined;
  const validator = new DtdValidator(XmlDtd.fromBuffer(readFileSync(file)));
  return (text) => withDocument(text, (document) => validator.validate(document));
}

/** Calls `look` with a function that gives the texts of an XPath, by libxml2. */
export function readXml(text, look) {
  return withDocument(text, (document) => look((path) => document.find(path).map((found) => found.value ?? found.content)));
}

function withDocument(text, use) {
  const document = XmlDocument.fromString(text);
  try {
    return use(document);
  } finally {
    document.dispose();
  }
}
