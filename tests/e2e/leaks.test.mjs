// The search for a cart in what leaves the browser finds one: each of these leaks is seen, and what is no leak is not.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { leaks } from "./harness/leaks.mjs";
import { CART } from "./harness/shop.mjs";

const NAME = CART.texts.find((text) => text.includes("Säntis"));
const base64 = (text) => Buffer.from(text).toString("base64");
const sent = (body, line = "POST /collect") => ({ to: "collector.test:443", line, bytes: Buffer.from(`${line} HTTP/1.1\r\n\r\n${body}`) });
const found = (...values) => leaks([sent(...values)], CART).length > 0;

describe("the search for a cart finds", () => {
  const ways = {
    "a description as it is": `note=${NAME}`,
    "six characters of one": `x${NAME.slice(9, 15)}y`,
    "six characters in capital letters": "KOPIER",
    "a description percent-encoded": encodeURIComponent(NAME),
    "a description in a form": new URLSearchParams({ q: NAME }).toString(),
    "a description percent-encoded twice": encodeURIComponent(encodeURIComponent(NAME)),
    "a description with JSON's escapes": JSON.stringify(NAME).replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`),
    "a description with HTML's escapes": NAME.replace(/[^\x20-\x7e]/g, (letter) => `&#${letter.codePointAt(0)};`),
    "a description as base64": base64(NAME),
    "a description as base64url within other letters": `id_x${Buffer.from(JSON.stringify({ NAME })).toString("base64url")}`,
    "a description as hexadecimal": Buffer.from(NAME).toString("hex"),
    "a description as UTF-16": Buffer.from(NAME, "utf16le").toString("latin1"),
    "a description as base64 of an address": base64(`https://x.test/?q=${encodeURIComponent(NAME)}`),
    "a supplier's number": "sku=PAP-HK-246",
    "the middle of a supplier's number": "P-HK-2",
    "a price": "price=12.90",
    "a price with a comma": '{"price":"12,90"}',
    "a price with zeros at the end": "5.45000",
    "an amount with marks between thousands": "1’234.50 CHF",
    "an amount without its last zero": "[1234.5]",
    "an amount in hundredths": "total=272010",
    "the total": "2'720.10",
    "a price as base64": base64('{"unit_price":"12.90"}'),
  };
  for (const [way, body] of Object.entries(ways)) it(way, () => assert.ok(found(body), body));

  it("a description in the address", () => assert.ok(found("", `GET /pixel?d=${encodeURIComponent(NAME)}`)));
});

describe("the search for a cart leaves alone", () => {
  const ways = {
    "what the credit service is told": '{"captured_at":"2026-11-23T05:45:12Z","vendor_host":"papeterie.test","line_count":5}',
    "versions, times and ports": "Chrome/149.12.90.5 at 12:90:20.545 on 127.0.0.1:12903",
    "numbers within numbers": "312.901 9912.90 12.90.1 12.9012",
    "five characters of a description": NAME.slice(0, 5),
    "a token": `eyJhbGciOiJSUzI1NiJ9.${base64('{"sub":"anna.buyer@example.test","exp":1795342500}')}.x`,
  };
  for (const [way, body] of Object.entries(ways)) it(way, () => assert.deepEqual(leaks([sent(body)], CART), []));
});
