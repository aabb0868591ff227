// What the stories expect of Business Central's stand-in and of the credit service.
import assert from "node:assert/strict";
import { TRUTH } from "./shop.mjs";

/** Decimals compare by value: Business Central drops zeros at the end. */
const value = (decimal) => (decimal.includes(".") ? decimal.replace(/0+$/, "").replace(/\.$/, "") : decimal);

/** The lines of the shop's cart stand in the worksheet once, to the cent and the character. */
export async function cartStandsOnceIn(stage) {
  const lines = await stage.bc.lines();
  const seen = lines.map(({ vendorItemNo, description, description2, quantity, directUnitCost, currencyCode, vendorNo }) => ({
    vendorItemNumber: vendorItemNo,
    description: description + description2,
    quantity: value(quantity),
    directUnitCost: value(directUnitCost),
    currencyCode,
    vendorNo,
  }));
  // CHF is the company's local currency, which Business Central stores blank.
  const truth = TRUTH.map((line) => ({ ...line, directUnitCost: value(line.directUnitCost), currencyCode: "", vendorNo: "V10010" }));
  assert.deepEqual(seen, truth);
  assert.equal((await stage.bc.captures()).length, 1);
}

/** Nothing was posted. */
export async function nothingStandsIn(stage) {
  assert.deepEqual(await stage.bc.lines(), []);
  assert.deepEqual(await stage.bc.captures(), []);
}

/** Balance and holds of the tenant. */
export function creditsAre(stage, balance, held = 0) {
  const { account, ...credits } = stage.credits();
  assert.ok(account);
  assert.deepEqual(credits, { balance, held, available: balance - held });
}
