// The buyer changes lines before they are sent: what is posted is what the panel shows, and never twice unasked.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { LINES } from "./harness/shop.mjs";
import { setStage } from "./harness/stage.mjs";

describe("a buyer changes lines before they are sent", () => {
  let stage;
  before(async () => {
    stage = await setStage({ credits: 5 });
    await stage.review();
  });
  after(() => stage?.stop());

  it("removes one, which stays in view and is not counted", async () => {
    await stage.panel.click("#remove-1");
    await stage.panel.shows("Removed – will not be ordered");
    await stage.panel.shows("Bürostuhl «Säntis»");
    await stage.panel.shows("You removed 1 line.");
    await stage.panel.shows("Send 4 lines to worksheet DEFAULT");
    const focused = await stage.panel.evaluate(() => document.activeElement.id);
    assert.equal(focused, "remove-1", "the way back is where the buyer is");
  });

  it("is told at the field what cannot be read, and keeps what was typed", async () => {
    await stage.panel.click("#open-edit-0");
    await type("#edit-0-quantity", "1,234");
    await stage.panel.shows("This can be a thousand or a decimal.");
    const [kept, invalid, waits] = await stage.panel.evaluate(() => {
      const field = document.querySelector("#edit-0-quantity");
      return [field.value, field.getAttribute("aria-invalid"), document.querySelector("#confirm").getAttribute("aria-disabled")];
    });
    assert.deepEqual([kept, invalid, waits], ["1,234", "true", "true"]);
  });

  it("sees the page's value beside the new one, and what is ordered beside the page's verdict", async () => {
    await type("#edit-0-quantity", "21");
    await stage.panel.shows("Quantity: the page shows 20");
    await stage.panel.shows("You changed 1 line.");
    await stage.panel.shows("Reconciled");
    await stage.panel.shows("The ordered lines come to 256.55 CHF instead of 2,720.10 CHF.");
  });

  it("takes a change back", async () => {
    await type("#edit-0-unit_price", "5.45 / 10");
    await stage.panel.shows("Unit price: the page shows 5.45");
    await stage.panel.evaluate(() => document.querySelector('[aria-label^="Undo the change: Unit price"]').click());
    await stage.panel.until("the page's price", () => !document.body.innerText.includes("Unit price: the page shows"));
  });

  it("reads where each value comes from", async () => {
    await stage.panel.click("#sources-2");
    await stage.panel.shows("Definition of the platform woocommerce:");
  });

  it("sends what is shown", async () => {
    await stage.panel.click("#confirm");
    await stage.panel.shows("Sent to Business Central");
    const lines = await stage.bc.lines();
    assert.deepEqual(lines.map(({ quantity }) => Number(quantity)), [21, 12, 25, 3]);
  });

  it("is asked once before the same lines are sent again", async () => {
    await stage.capture();
    await stage.panel.click("#remove-1");
    await stage.panel.click("#open-edit-0");
    await type("#edit-0-quantity", "21");
    await stage.panel.shows("The same lines were sent on");
    await stage.panel.click("#send-again");
    await stage.panel.click("#confirm");
    await stage.panel.shows("Sent to Business Central");
    assert.equal((await stage.bc.lines()).length, 8);
  });

  /** Types into a field in place of what stands there, and leaves it as the Enter key does. */
  async function type(selector, text) {
    await stage.panel.until(selector, (selector) => Boolean(document.querySelector(selector)), selector);
    await stage.panel.evaluate((selector) => document.querySelector(selector).select(), selector);
    await stage.panel.send("Input.insertText", { text });
    await stage.panel.press("Enter");
  }
});

describe("a cart that changes on the page after it was read", () => {
  let stage;
  before(async () => {
    stage = await setStage({ credits: 5 });
    await stage.review();
  });
  after(() => stage?.stop());

  it("is not sent: the buyer sees what changed", async () => {
    const [paper, chair, staples, ...others] = LINES;
    stage.shop.putInCart([{ ...paper, quantity: 22 }, staples, ...others]);
    await stage.page.reload();
    await stage.panel.click("#confirm");
    await stage.panel.shows("The page has changed since it was read. Nothing was sent.");
    await stage.panel.shows("Quantity: 20 before, now 22");
    await stage.panel.shows(`Removed: 2 × ${chair.name}`);
    await stage.panel.shows("Subtotal: CHF 2,720.10 before, now CHF 262.00");
    assert.deepEqual(await stage.journal(), []);
    assert.deepEqual(await stage.bc.lines(), []);
  });

  it("is sent as it is now once the buyer has taken it", async () => {
    await stage.panel.click("#take-reading");
    await stage.panel.until("the question answered", () => !document.querySelector("#page-changed"));
    await stage.panel.shows("Send 4 lines to worksheet DEFAULT");
    await stage.panel.until("a cart that can be confirmed", () => {
      const confirm = document.querySelector("#confirm");
      return confirm && confirm.getAttribute("aria-disabled") !== "true";
    });
    await stage.panel.click("#confirm");
    await stage.panel.shows("Sent to Business Central");
    const lines = await stage.bc.lines();
    assert.deepEqual(lines.map(({ quantity }) => Number(quantity)), [22, 12, 25, 3]);
  });

  it("is sent without a word where its tab shows something else", async () => {
    await stage.capture();
    await stage.panel.until("the question whether it is meant", () => document.querySelector("#send-again"));
    await stage.panel.click("#send-again");
    await stage.page.goto(stage.address("/"));
    await stage.panel.until("a cart that can be confirmed", () => {
      const confirm = document.querySelector("#confirm");
      return confirm && confirm.getAttribute("aria-disabled") !== "true";
    });
    await stage.panel.click("#confirm");
    await stage.panel.shows("Sent to Business Central");
    assert.equal((await stage.bc.lines()).length, 8);
  });
});

describe("a cart of many lines", () => {
  const COUNT = 250;
  let stage;
  before(async () => {
    stage = await setStage();
    await stage.capture(`/zeilen/${COUNT}/`);
    await stage.panel.shows("Artikel 0");
  });
  after(() => stage?.stop());

  const there = () => stage.panel.evaluate(() => [...document.querySelectorAll("tbody[id]")].map(({ id }) => id));

  it("has only the lines near the view in the page, and says how many rows there are", async () => {
    const lines = await there();
    assert.ok(lines.length > 5 && lines.length < 80, String(lines.length));
    const [rows, last] = await stage.panel.evaluate(() => [
      document.querySelector(".lines").getAttribute("aria-rowcount"),
      [...document.querySelectorAll("tbody[id] tr")].at(-1).getAttribute("aria-rowindex"),
    ]);
    assert.equal(rows, String(1 + 3 * COUNT));
    assert.equal(last, String(1 + 3 * lines.length));
  });

  it("brings the others as the buyer scrolls", async () => {
    await stage.panel.until("the last line", (last) => {
      document.querySelector(".totals").scrollIntoView({ block: "end" });
      return document.querySelector(last);
    }, `#line-${COUNT - 1}`);
    assert.ok((await there()).length < 80);
  });

  it("leads to a line that is not in the page", async () => {
    assert.ok(!(await there()).includes("line-100"));
    await stage.panel.evaluate(async () => (await import("/panel/controls.js")).focusOn("line-100"));
    const [focused, top, height] = await stage.panel.evaluate(() => {
      const { id } = document.activeElement;
      return [id, document.activeElement.getBoundingClientRect().top, innerHeight];
    });
    assert.equal(focused, "line-100");
    assert.ok(top > 0 && top < height, `${top} of ${height}`);
    await stage.panel.until("its neighbours", () => document.querySelector("#line-99") && document.querySelector("#line-101"));
    const still = await stage.panel.evaluate(() => document.activeElement.id);
    assert.equal(still, "line-100");
  });
});

describe("a cart of as many lines as one may have", () => {
  const COUNT = 2000;
  let stage;
  before(async () => {
    stage = await setStage();
    await stage.capture(`/zeilen/${COUNT}/`);
    await stage.signIn();
    await stage.chooseDestination();
  });
  after(() => stage?.stop());

  it("says how far Business Central has come with its items", async () => {
    const done = await stage.panel.until("how far it has come", () => {
      const said = /looks up the items \(([\d,]+) of 2,000 lines\)/.exec(document.querySelector("#needs")?.innerText);
      return said && Number(said[1].replace(",", "")) > 0 && said[1];
    });
    assert.ok(Number(done.replace(",", "")) < COUNT, done);
  });

  it("is sent whole, and once", async () => {
    await stage.until("it can be confirmed", () =>
      stage.panel.evaluate(() => document.querySelector("#confirm")?.getAttribute("aria-disabled") !== "true"),
    );
    await stage.panel.click("#confirm");
    await stage.panel.shows("Sent to Business Central");
    const lines = await stage.bc.lines();
    assert.equal(lines.length, COUNT);
    const sum = lines.reduce((sum, { quantity, directUnitCost }) => sum + Number(quantity) * Math.round(Number(directUnitCost) * 100), 0);
    const shown = Array.from({ length: COUNT }, (_, place) => (1 + (place % 9)) * (100 + place));
    assert.equal(sum, shown.reduce((sum, amount) => sum + amount));
    assert.equal((await stage.bc.captures()).length, 1);
  });
});
