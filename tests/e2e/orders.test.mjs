// From the page's lines to purchase orders: what Business Central would refuse is mended before it is sent, and each line is
// ordered in its own currency.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { creditsAre, nothingStandsIn } from "./harness/expect.mjs";
import { setStage } from "./harness/stage.mjs";

const WORKSHEET = { company: "Alpenblick AG", worksheetTemplateName: "REQ.", journalBatchName: "DEFAULT" };

/** Carries the worksheet out, as a purchaser does; gives the purchase orders that it made, in short. */
async function carriedOut(stage) {
  await stage.bc.admin("POST", "/carry-out", WORKSHEET);
  const orders = await stage.bc.admin("GET", "/purchase-orders");
  const ofLine = ({ no, quantity, directUnitCost }) => [no, Number(quantity), Number(directUnitCost)];
  return orders.map(({ vendorNo: vendor, currencyCode: currency, lines }) => ({ vendor, currency, lines: lines.map(ofLine) }));
}

const canConfirm = (stage) =>
  stage.panel.until("a cart that can be confirmed", () => {
    const confirm = document.querySelector("#confirm");
    return confirm && confirm.getAttribute("aria-disabled") !== "true";
  });

describe("a line that Business Central would refuse", () => {
  let stage;
  before(async () => {
    stage = await setStage({ credits: 5 });
    await stage.review();
  });
  after(() => stage?.stop());

  /** Makes the first line the item with this number. */
  async function choose(number) {
    await stage.panel.click("#change-0");
    await stage.panel.click("#number-0");
    await stage.panel.send("Input.insertText", { text: number });
    await stage.panel.click("#number-item-0");
    await stage.panel.shows(`Item ${number}`);
  }

  it("says why before anything is sent, and holds the cart back", async () => {
    await choose("1050");
    await stage.panel.shows("Business Central would refuse this line:");
    await stage.panel.shows("Blocked");
    await stage.panel.until("a button that waits", () => document.querySelector("#confirm").getAttribute("aria-disabled") === "true");
    await nothingStandsIn(stage);
    creditsAre(stage, 5);
  });

  it("is sent once it is another item, and becomes a purchase order with the page's amounts", async () => {
    await choose("1020");
    await canConfirm(stage);
    await stage.panel.click("#confirm");
    await stage.panel.shows("Sent to Business Central");
    const [{ vendor, currency, lines }, ...more] = await carriedOut(stage);
    assert.deepEqual([vendor, currency, more.length], ["V10010", "", 0]);
    assert.deepEqual(lines[0], ["1020", 20, 5.45]);
    assert.equal(lines.length, 5);
    creditsAre(stage, 4);
  });
});

describe("lines without an item", () => {
  let stage;
  before(async () => {
    stage = await setStage({ credits: 5 });
    await stage.capture();
    // She may make items.
    await stage.signIn("iris.items@example.test");
    await stage.chooseDestination();
    await canConfirm(stage);
  });
  after(() => stage?.stop());

  const becomes = () => stage.panel.evaluate(() => [...document.querySelectorAll("p.becomes")].map(({ innerText }) => innerText));
  const withoutItem = async () => (await becomes()).filter((text) => text === "G/L account 6500").length;

  it("become what was chosen for one of them", async () => {
    const count = await withoutItem();
    assert.ok(count > 1, await becomes());
    await stage.panel.click("#change-4");
    await stage.panel.click("#number-4");
    await stage.panel.send("Input.insertText", { text: "6510" });
    await stage.panel.click("#number-account-4");
    await stage.panel.shows("G/L account 6510");
    await stage.panel.click("#others-4");
    await stage.panel.until("an account for all", (count) => {
      const all = [...document.querySelectorAll("p.becomes")];
      return all.filter(({ innerText }) => innerText === "G/L account 6510").length === count;
    }, count);
    assert.equal(await stage.panel.evaluate(() => document.getElementById("others-4")), null);
  });

  it("become new items, each from one template, and are ordered as these", async () => {
    await stage.panel.choose("#unmatched", "A new item each from template");
    await canConfirm(stage);
    await stage.panel.click("#confirm");
    await stage.panel.shows("Sent to Business Central");
    const [{ lines }] = await carriedOut(stage);
    assert.deepEqual(lines.map(([number]) => number).sort(), ["1020", "6510", "N0009", "N0010", "N0011"]);
  });
});

describe("a cart in two currencies", () => {
  let stage;
  before(async () => {
    stage = await setStage({ credits: 5 });
    await stage.capture("/waehrungen/");
    await stage.signIn();
    await stage.chooseDestination();
  });
  after(() => stage?.stop());

  it("shows each amount with its currency, and says that nothing is added up", async () => {
    await stage.panel.shows("The cart shows amounts in more than one currency");
    const amounts = await stage.panel.evaluate(() =>
      [...document.querySelectorAll("tbody tr.numbers")].map(({ cells }) => cells[2].innerText.trim()),
    );
    assert.deepEqual(amounts, ["CHF 109.00", "EUR 23.40"]);
  });

  it("says the orders beforehand, and asks the buyer to take what does not add up", async () => {
    await stage.panel.click("#tax-net");
    await stage.panel.click("#differences");
    await canConfirm(stage);
    await stage.panel.shows("This becomes 2 purchase orders");
    const orders = await stage.panel.evaluate(() => [...document.querySelectorAll("#orders li")].map(({ textContent }) => textContent));
    assert.match(orders[0], /V10010.*CHF 109\.00/);
    assert.match(orders[1], /V10010.*EUR 23\.40/);
  });

  it("becomes a purchase order in each", async () => {
    await stage.panel.click("#confirm");
    await stage.panel.shows("Sent to Business Central");
    const orders = await carriedOut(stage);
    assert.deepEqual(orders, [
      { vendor: "V10010", currency: "", lines: [["1020", 20, 5.45]] },
      { vendor: "V10010", currency: "EUR", lines: [["6500", 12, 1.95]] },
    ]);
  });
});

describe("a cart of two sellers", () => {
  let stage;
  before(async () => {
    stage = await setStage({ credits: 5 });
    await stage.capture("/marktplatz/");
    await stage.signIn();
    await stage.chooseDestination();
    await canConfirm(stage);
  });
  after(() => stage?.stop());

  it("is one order until a seller is a vendor of its own, and then an order from each", async () => {
    assert.equal(await stage.panel.evaluate(() => document.querySelector("#orders")), null);
    await stage.panel.click("#sellers summary");
    await stage.panel.click("#seller-1");
    await stage.panel.send("Input.insertText", { text: "V10060" });
    await stage.panel.until("the vendor", () => document.querySelectorAll("#seller-1-list > [role=option]").length === 1);
    await stage.panel.press("ArrowDown");
    await stage.panel.press("Enter");
    await stage.panel.shows("This becomes 2 purchase orders");
    await canConfirm(stage);
    await stage.panel.click("#confirm");
    await stage.panel.shows("Sent to Business Central");
    const orders = await carriedOut(stage);
    assert.deepEqual(orders.map(({ vendor, lines }) => [vendor, lines.length]), [["V10010", 4], ["V10060", 1]]);
  });
});
