// The maintainer's workshop, in a real Chromium: a page is taken, read, shown as a copy, and a definition is edited.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { EXTENSION_ID, startBrowser } from "./harness/browser.mjs";
import { startShop, TRUTH } from "./harness/shop.mjs";

const DEPLOYMENT = JSON.parse(readFileSync(new URL("../../deployments/cloud.json", import.meta.url), "utf8"));
const WORKSHOP = `chrome-extension://${EXTENSION_ID}/workshop/workshop.html`;
const OPTIONS = `chrome-extension://${EXTENSION_ID}/options/options.html`;
/** Screenshots are kept where `PUNCHOUT_SCREENSHOTS` says, for people to look at. */
const SCREENSHOTS = process.env.PUNCHOUT_SCREENSHOTS;

describe("a maintainer edits a definition", () => {
  let shop;
  let browser;
  let page;
  let workshop;
  const address = () => `http://papeterie.test:${shop.port}/warenkorb/`;
  const see = async (name) => {
    if (!SCREENSHOTS) return;
    mkdirSync(SCREENSHOTS, { recursive: true });
    await workshop.screenshot({ path: `${SCREENSHOTS}/${name}.png` });
  };
  const reader = (name) => workshop.locator("article.reader", { hasText: name }).first();

  before(async () => {
    shop = await startShop();
    browser = await startBrowser(DEPLOYMENT);
  });
  after(async () => {
    await browser?.stop();
    await shop?.stop();
  });

  it("cannot take a page before the toolbar button was used on one", async () => {
    workshop = await browser.context.newPage();
    await workshop.setViewportSize({ width: 1500, height: 900 });
    await workshop.goto(OPTIONS);
    await workshop.click("a[href*=workshop]");
    await workshop.waitForURL(WORKSHOP);
    await workshop.click("#take");
    await workshop.waitForSelector("[role=alert]");
  });

  it("takes the page of the toolbar button and shows what each reader makes of it", async () => {
    page = await browser.open(address());
    await browser.clickToolbar(page);
    await workshop.bringToFront();
    await workshop.click("#take");
    await workshop.waitForSelector("article.reader");
    for (const name of ["platform:woocommerce", "generic"]) {
      const text = await reader(name).innerText();
      assert.match(text, /Reconciled CHF/);
      for (const { description, directUnitCost } of TRUTH) {
        assert.ok(text.includes(description) && text.includes(directUnitCost), `${name}: ${description}`);
      }
    }
    await see("workshop");
  });

  it("shows a copy with the page's texts and nothing of its own", async () => {
    const copy = await workshop.locator("#copy").evaluate((copy) => ({
      text: copy.innerText,
      loaded: copy.querySelectorAll("[src], [href], [style], [onclick], script, link, style, iframe, img").length,
    }));
    for (const { description, quantity } of TRUTH) assert.ok(copy.text.includes(description) && copy.text.includes(quantity));
    assert.equal(copy.loaded, 0);
  });

  it("points at the element of a field in the copy, and never in the page", async () => {
    const price = reader("generic").locator("tbody tr").nth(1).locator("td.number").nth(1);
    await price.hover();
    const found = await workshop.locator("#copy .found").allInnerTexts();
    assert.deepEqual(found.map((text) => text.replace(/\s/g, " ").trim()), ["CHF 1’234.50"]);
    await see("workshop-pointed");
    const markup = await page.evaluate(() => document.documentElement.outerHTML);
    assert.doesNotMatch(markup, /found|punchout|chrome-extension/i);
  });

  it("reads the page again as a definition is typed", async () => {
    const edit = async (change) => {
      const text = await workshop.inputValue("#toml");
      assert.notEqual(change(text), text);
      await workshop.fill("#toml", change(text));
      return text;
    };
    const before = await edit((text) => text.replaceAll("td.product-price", "td.product-subtotal"));
    await reader("platform:woocommerce").getByText("line_mismatch").first().waitFor();
    assert.match(await workshop.locator("#chosen").innerText(), /Reconciled/);
    await see("workshop-edited");
    await workshop.fill("#toml", before);
    await reader("platform:woocommerce").getByText("Reconciled").waitFor();
  });

  it("says the line of a slip, and keeps what was read before it", async () => {
    for (const [from, to, words] of [
      ["each = ", "each  ", /Line \d+:/],
      ["[lines]", "colour = 1\n[lines]", /colour/],
      ["tr.", "tr..", /selector/],
    ]) {
      const before = await workshop.inputValue("#toml");
      const line = before.slice(0, before.indexOf(from)).split("\n").length;
      await workshop.fill("#toml", before.replace(from, to));
      await workshop.waitForSelector(".slip");
      const said = await workshop.locator(".slip").first().innerText();
      assert.match(said, words);
      if (from !== "tr.") assert.match(said, new RegExp(`^Line ${line}:`));
      assert.ok(await reader("generic").isVisible());
      await workshop.fill("#toml", before);
      await workshop.waitForSelector(".slip", { state: "detached" });
    }
  });

  it("says what a capture would not take", async () => {
    const before = await workshop.inputValue("#toml");
    await workshop.fill("#toml", before.replace(/^roots = .*$/m, 'roots = ["form.woocommerce-cart-form"]'));
    await workshop.locator(".slip", { hasText: "outside of the root" }).first().waitFor();
    await workshop.fill("#toml", before);
    await workshop.waitForSelector(".slip", { state: "detached" });
  });

  it("saves the page so that it can be opened again", async () => {
    const download = workshop.waitForEvent("download");
    await workshop.click("#save");
    const file = await (await download).path();
    const saved = JSON.parse(readFileSync(file, "utf8"));
    assert.equal(saved.url, address());
    await workshop.reload();
    await workshop.setInputFiles("#file", { name: "saved.snapshot.json", mimeType: "application/json", buffer: readFileSync(file) });
    await workshop.waitForSelector("article.reader");
    assert.match(await reader("platform:woocommerce").innerText(), /Reconciled CHF/);
  });
});
