// The story of the product, in a real Chromium: a cart becomes requisition lines, once, for one credit.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { TRUTH } from "./harness/shop.mjs";
import { setStage } from "./harness/stage.mjs";

describe("a buyer captures a cart", () => {
  let stage;
  before(async () => {
    stage = await setStage({ credits: 5 });
  });
  after(() => stage?.stop());

  it("reads the cart exactly and reconciles it with the page's totals", async () => {
    await stage.capture();
    await stage.panel.shows("Bürostuhl «Säntis», höhenverstellbar");
    const text = await stage.panel.text();
    for (const { description, vendorItemNumber } of TRUTH) {
      assert.ok(text.includes(description), description);
      assert.ok(text.includes(vendorItemNumber), vendorItemNumber);
    }
    assert.match(text, /2720\.10/);
  });

  it("posts what the page shows, to the cent and the character", async () => {
    await stage.signIn();
    await stage.chooseDestination();
    await stage.panel.click("#confirm");
    await stage.panel.until("a receipt", () => document.querySelector("a[href*='page=291'], a[href*='worksheet'], a[href*='company=']"));
    const lines = await stage.bc.lines();
    console.log(lines);
    assert.equal(lines.length, TRUTH.length);
  });
});
