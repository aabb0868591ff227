// A vendor and an item found by typing, by keyboard alone, and what is remembered of them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { EXTENSION_ID } from "./harness/browser.mjs";
import { setStage } from "./harness/stage.mjs";

describe("a buyer who types", () => {
  let stage;
  before(async () => {
    stage = await setStage();
    await stage.review();
    await stage.panel.evaluate(() => document.getElementById("title").focus());
  });
  after(() => stage?.stop());

  /** Types into the field that has the focus. */
  async function type(text) {
    for (const letter of text) await stage.panel.press(letter);
  }

  /** What is found in the list of a field, once it is for what was typed. */
  const found = (id, count) =>
    stage.panel.until(`${count} found in ${id}`, (id, count) => {
      const options = [...document.querySelectorAll(`#${id}-list > [role="option"]`)];
      const isDone = document.getElementById(`${id}-state`)?.textContent.startsWith(`${count} `);
      return isDone && options.length === count && options.map(({ innerText }) => innerText.replace(/\s+/g, " ").trim());
    }, id, count);

  /** The option that the keys are at, by the field's own word for it. */
  const active = () =>
    stage.panel.evaluate(() => {
      const id = document.activeElement.getAttribute("aria-activedescendant");
      const option = id && document.getElementById(id);
      return option && { selected: option.getAttribute("aria-selected"), text: option.innerText };
    });

  const stands = (id, text) =>
    stage.panel.until(`${text} in ${id}`, (id, text) => document.getElementById(id)?.value.includes(text), id, text);

  it("finds a vendor, the best first with the reason", async () => {
    await stage.panel.tabTo("#vendor");
    await type("ag");
    const hits = await found("vendor", 4);
    assert.match(hits[0], /words of the name begin so/);
    await stage.panel.press("Escape");
    await stands("vendor", "Papeterie Lindenplatz AG");
    await stage.panel.press("ArrowDown");
    const all = await found("vendor", 10);
    assert.match(all.at(-1), /Insolvenz & Partner KG V10080 Blocked/);
  });

  it("moves through the list by arrows, Home and End, and stays in the field", async () => {
    await stage.panel.press("ArrowDown");
    const first = await active();
    assert.equal(first.selected, "true");
    await stage.panel.press("End");
    assert.match((await active()).text, /V10080/);
    await stage.panel.press("Enter");
    await stage.panel.until("that it is blocked", () => document.getElementById("status").textContent.includes("Blocked"));
    await stage.panel.press("Home");
    assert.deepEqual(await active(), first);
    await stage.panel.press("ArrowUp");
    assert.match((await active()).text, /V10080/, "round the end");
    assert.equal(await stage.panel.evaluate(() => document.activeElement.id), "vendor");
    await stage.panel.press("Escape");
  });

  it("chooses a vendor by typing", async () => {
    await stage.panel.press("a", { control: true });
    await type("test");
    const [hit] = await found("vendor", 1);
    assert.match(hit, /Test Shop AG V10060 name begins so/);
    assert.equal(await stage.panel.evaluate(() => document.getElementById("status").textContent), "1 found.");
    await stage.panel.press("ArrowDown");
    await stage.panel.press("Enter");
    await stands("vendor", "Test Shop AG (V10060)");
    assert.equal(await stage.panel.evaluate(() => document.activeElement.id), "vendor");
  });

  it("finds an item for a line by its name, its number and its GTIN", async () => {
    await stage.panel.evaluate(() => document.getElementById("lines").focus());
    await stage.panel.tabTo("#change-0");
    await stage.panel.press("Enter");
    await stage.panel.tabTo("#item-0");
    await type("7610000001029");
    assert.match((await found("item-0", 1))[0], /Copy paper A4 80 g 1020 by GTIN/);
    await stage.panel.press("a", { control: true });
    await type("10");
    assert.match((await found("item-0", 8))[0], /number begins so/);
    await stage.panel.press("a", { control: true });
    await type("paper copy");
    assert.match((await found("item-0", 1))[0], /Copy paper A4 80 g 1020 words of the name begin so/);
    await stage.panel.press("ArrowDown");
    await stage.panel.press("Enter");
    await stage.panel.shows("Item 1020");
    assert.equal(await stage.panel.evaluate(() => document.activeElement.id), "change-0");
  });

  it("posts it", async () => {
    await stage.panel.tabTo("#unmatched");
    await stage.panel.press("N");
    await stage.panel.until("a cart that can be confirmed", () => {
      const confirm = document.querySelector("#confirm");
      return confirm && confirm.getAttribute("aria-disabled") !== "true";
    });
    await stage.panel.press("Enter", { control: true });
    await stage.panel.shows("Sent to Business Central");
    const [line] = await stage.bc.lines();
    assert.deepEqual([line.no, line.vendorNo], ["1020", "V10060"]);
  });

  it("sees what is remembered, takes it along, and forgets it by keyboard", async () => {
    const settings = await stage.browser.context.newPage();
    await settings.goto(`chrome-extension://${EXTENSION_ID}/options/options.html`);
    await settings.getByText("papeterie.test is vendor Test Shop AG (V10060)").waitFor();
    await settings.getByText("Lines without an item: Note").waitFor();
    const downloaded = settings.waitForEvent("download");
    await settings.locator("#export-choices").press("Enter");
    const kept = JSON.parse(readFileSync(await (await downloaded).path(), "utf8"));
    assert.equal(kept.vendors["papeterie.test"], "V10060");
    assert.equal(Object.values(kept.items.V10060)[0].number, "1020");
    await settings.getByRole("button", { name: "Forget: papeterie.test is vendor Test Shop AG (V10060)" }).press("Enter");
    await settings.locator("#choices").getByText("papeterie.test is vendor Test Shop AG (V10060)").waitFor({ state: "detached" });
    await settings.locator("#forget-choices").press("Enter");
    assert.equal(await settings.evaluate(() => document.activeElement.id), "keep-choices");
    await settings.locator("#forget-choices-yes").press("Enter");
    await settings.locator("#choices").getByText("Nothing is remembered.").waitFor();
    const stored = await settings.evaluate(async () => JSON.parse((await chrome.storage.local.get("preferences")).preferences).record);
    assert.deepEqual([stored.vendors, stored.items, stored.unmatched], [{}, {}, {}]);
    assert.ok(stored.worksheet);
  });
});
