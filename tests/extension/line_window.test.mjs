// Which lines of a long cart are in the page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { lineOf, partsOf } from "../../extension/panel/line_window.js";

const shown = (parts) => parts.filter(({ index }) => index !== undefined).map(({ index }) => index);
const height = (parts, heightOf) =>
  parts.reduce((sum, { index, gap }) => sum + (gap ?? heightOf(index)), 0);

test("the lines in the view are in the page, and one gap before and after stands for the others", () => {
  const parts = partsOf({ count: 1000, heightOf: () => 100, top: 4950, bottom: 5150, keep: [] });
  assert.deepEqual(parts, [{ gap: 4900 }, { index: 49 }, { index: 50 }, { index: 51 }, { gap: 94_800 }]);
});

test("the table is as high as all of its lines, wherever the view is", () => {
  const heightOf = (index) => 80 + (index % 7) * 30;
  const whole = Array.from({ length: 400 }, (_, index) => heightOf(index)).reduce((sum, one) => sum + one, 0);
  for (let top = -2000; top < whole + 2000; top += 777) {
    const parts = partsOf({ count: 400, heightOf, top, bottom: top + 900, keep: [3, 399] });
    assert.equal(height(parts, heightOf), whole, String(top));
    assert.ok(shown(parts).includes(3) && shown(parts).includes(399), String(top));
  }
});

test("lines are in order, and those that are kept stand in their places between gaps", () => {
  const parts = partsOf({ count: 10, heightOf: () => 10, top: 0, bottom: 20, keep: [5] });
  assert.deepEqual(parts, [{ index: 0 }, { index: 1 }, { gap: 30 }, { index: 5 }, { gap: 40 }]);
});

test("a view beside the lines holds none of them", () => {
  const parts = partsOf({ count: 10, heightOf: () => 10, top: 500, bottom: 900, keep: [] });
  assert.deepEqual(parts, [{ gap: 100 }]);
});

test("the id of a control tells its line", () => {
  const ids = ["line-12", "change-12", "open-edit-12", "edit-12-unit_price", "number-item-12"];
  for (const id of ids) assert.equal(lineOf(id), 12, id);
  for (const id of ["lines", "confirm", "tax-net", "", "send-again"]) assert.equal(lineOf(id), undefined, id);
});
