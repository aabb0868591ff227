// The CSV, read by npm's csv-parse, which is strict about RFC 4180.
import { strict as assert } from "node:assert";
import { test } from "node:test";
import { parse } from "csv-parse/sync";
import { cartOf, line, LINES, price, textOf } from "./carts.mjs";
import { rowsOf } from "./readers.mjs";

test("every line is a row with what the cart says of it, to the character", () => {
  const rows = rowsOf(textOf("csv", cartOf(LINES)));
  assert.equal(rows.length, LINES.length);
  rows.forEach((row, index) => {
    const { unit_price: shown, options, provenance, ...fields } = LINES[index];
    assert.equal(row.line, String(index + 1));
    assert.equal(row.currency, "CHF");
    assert.deepEqual([row.unit_price, row.price_basis, row.tax_basis], [shown.amount, shown.basis, shown.tax]);
    assert.equal(row.options, options.join("; "));
    assert.equal(row.unit_code, { pcs: "H87", m: "MTR" }[fields.unit_of_measure]);
    for (const [name, value] of Object.entries(fields)) assert.equal(row[name], value ?? "", name);
  });
});

test("the bytes begin with the mark of UTF-8, and every line ends as RFC 4180 wants", () => {
  const bytes = Buffer.from(textOf("csv", cartOf(LINES)), "utf8");
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  const text = bytes.toString("utf8");
  assert.ok(text.endsWith("\r\n"));
  assert.equal(text.split("\r\n").length, LINES.length + 2);
});

test("no cell of text begins a formula, and an amount below zero stays a number", () => {
  const starts = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"];
  const hostile = starts.map((start) =>
    line(`${start}HYPERLINK("http://evil.example","x"),1`, "1", {
      supplier_part_id: `${start}1`, seller: `${start}cmd|' /C calc'!A0`, options: [`${start}1+1`], discount: "-5.00", unit_price: price("1"),
    }),
  );
  const rows = rowsOf(textOf("csv", cartOf(hostile)));
  rows.forEach((row, index) => {
    for (const name of ["description", "supplier_part_id", "seller", "options"]) {
      assert.equal(row[name][0], "'", name);
      assert.equal(row[name][1], starts[index], name);
    }
    assert.equal(row.discount, "-5.00");
    assert.ok(Number(row.discount) < 0);
  });
});

test("numbers are not in quotes, so that a program takes them for numbers", () => {
  const seen = [];
  const cast = (value, { column, quoting, header }) => {
    const isNumber = ["line", "quantity", "unit_price", "price_basis", "line_total", "discount", "minimum_quantity"].includes(column);
    if (!header && value !== "") seen.push([column, quoting === !isNumber]);
    return value;
  };
  parse(textOf("csv", cartOf(LINES)), { bom: true, columns: true, cast });
  assert.ok(seen.length > 30);
  assert.deepEqual(seen.filter(([, holds]) => !holds), []);
});
