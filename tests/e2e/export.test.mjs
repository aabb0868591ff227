// A cart leaves the panel as a file: each format is downloaded from the real panel, read by what nobody here wrote, and
// held against the shop's own list of lines.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { cartIn, itemsOf, readXml, rowsOf, validatorOf, VERSIONS } from "../export/readers.mjs";
import { Downloads } from "./harness/downloads.mjs";
import { TRUTH } from "./harness/shop.mjs";
import { HOST, setStage } from "./harness/stage.mjs";

const numbers = TRUTH.map(({ vendorItemNumber }) => vendorItemNumber);
const prices = TRUTH.map(({ directUnitCost }) => directUnitCost);
const quantities = TRUTH.map(({ quantity }) => quantity);
const descriptions = TRUTH.map(({ description }) => description);

describe("a cart under review", () => {
  let stage;
  let downloads;
  before(async () => {
    stage = await setStage();
    downloads = await Downloads.of(stage.browser);
    await stage.capture();
    await stage.panel.shows(TRUTH[1].description);
  });
  after(() => stage?.stop());

  it("offers its formats by keyboard alone", async () => {
    await stage.panel.evaluate(() => document.querySelector("#export").focus());
    await stage.panel.press("Enter");
    await stage.panel.shows("CSV for spreadsheets");
    await stage.panel.press("Tab");
    assert.equal(await stage.panel.evaluate(() => document.activeElement.id), "export-csv");
    await stage.panel.press("Enter");
    const { name, text } = await downloads.take(".csv");
    assert.match(name, new RegExp(`^cart-${HOST}-\\d{4}-\\d\\d-\\d\\d-[0-9a-f]{8}\\.csv$`));
    await stage.panel.shows(`Saved as ${name}.`);
    const rows = rowsOf(text);
    assert.deepEqual(rows.map((row) => row.supplier_part_id), numbers);
    assert.deepEqual(rows.map((row) => row.description), descriptions);
    assert.deepEqual(rows.map((row) => row.unit_price), prices);
    assert.deepEqual(rows.map((row) => row.quantity), quantities);
    assert.deepEqual(rows.map((row) => [row.currency, row.tax_basis]), TRUTH.map(() => ["CHF", "net"]));
    assert.equal(await stage.panel.evaluate(() => document.activeElement.id), "export-csv");
  });

  it("is saved as JSON by the schema, with the page's totals", async () => {
    const cart = cartIn(await saved("json", ".json"));
    assert.deepEqual(cart.lines.map((line) => [line.supplier_part_id, line.unit_price, line.quantity]), numbers.map((number, index) => [number, prices[index], quantities[index]]));
    assert.deepEqual([cart.host, cart.currency, cart.totals.subtotal, cart.totals.shipping], [HOST, "CHF", "2720.10", "9.00"]);
  });

  it("is saved as the form of OCI, and says what it does not say", async () => {
    const items = itemsOf(await saved("oci", "-oci.txt"));
    assert.deepEqual(items.map(({ VENDORMAT }) => VENDORMAT), numbers);
    assert.deepEqual(items.map(({ PRICE, PRICEUNIT }) => [PRICE, PRICEUNIT]), prices.map((price) => [price, "1"]));
    assert.deepEqual(items.map(({ LONGTEXT, DESCRIPTION }) => LONGTEXT ?? DESCRIPTION), descriptions);
    await stage.panel.shows("The page prints no unit; the file says pieces (EA).");
    await stage.panel.shows("are left out");
  });

  it("is saved as a cXML message that the DTD takes", async () => {
    const text = await saved("cxml", ".xml");
    for (const valid of VERSIONS.map(validatorOf)) valid?.(text);
    readXml(text, (texts) => {
      assert.deepEqual(texts("//ItemIn/ItemID/SupplierPartID"), numbers);
      assert.deepEqual(texts("//ItemIn/ItemDetail/UnitPrice/Money"), prices);
      assert.deepEqual(texts("//ItemIn/@quantity"), quantities);
      assert.deepEqual(texts("//Total/Money"), ["2720.10"]);
      assert.deepEqual(texts("//Message/@deploymentMode"), ["production"]);
    });
  });

  it("asks nothing of anybody for it", () => {
    assert.deepEqual([...stage.bcWire.requests, ...stage.creditWire.requests], []);
  });

  it("is refused in words, with the lines, where a format cannot say it", async () => {
    stage.page = await stage.browser.open(stage.address("/warenkorb/"));
    // A shop that names no numbers.
    await stage.page.evaluate(() => {
      for (const part of document.querySelectorAll("[data-product_sku]")) part.removeAttribute("data-product_sku");
    });
    stage.panel = await stage.browser.clickToolbar(stage.page);
    await stage.panel.until("a cart without numbers", (number) => !document.body.innerText.includes(number), numbers[0]);
    await stage.panel.shows(TRUTH[1].description);
    await open();
    await stage.panel.click("#export-cxml");
    await stage.panel.shows("Not exported. “cXML order message” cannot say this cart:");
    await stage.panel.shows("The page shows no supplier’s number");
    const links = () => [...document.querySelectorAll("#export-outcome .link")].map(({ textContent }) => textContent);
    assert.deepEqual(await stage.panel.evaluate(links), TRUTH.map((_, index) => `Line ${index + 1}`));
    await stage.panel.click("#export-outcome .link");
    await stage.panel.until("the line in focus", () => document.activeElement.id === "line-0");
    assert.equal(itemsOf(await saved("oci", "-oci.txt")).length, TRUTH.length);
  });

  async function open() {
    const isOpen = await stage.panel.evaluate(() => document.querySelector(".export").open);
    if (!isOpen) await stage.panel.click("#export");
  }

  async function saved(format, ending) {
    await open();
    await stage.panel.click(`#export-${format}`);
    return (await downloads.take(ending)).text;
  }
});

describe("a confirmed capture", () => {
  let stage;
  let downloads;
  before(async () => {
    stage = await setStage();
    downloads = await Downloads.of(stage.browser);
    await stage.review();
    await stage.bc.admin("POST", "/faults", [{ match: { path_contains: "captures" }, times: "forever", fault: { status: 503, code: "ServerBusy", message: "busy" } }]);
    await stage.panel.click("#confirm");
    await stage.panel.shows("Try now");
  });
  after(() => stage?.stop());

  it("can be saved as long as its cart is held", async () => {
    await stage.panel.click("#export");
    await stage.panel.click("#export-csv");
    const rows = rowsOf((await downloads.take(".csv")).text);
    assert.deepEqual(rows.map((row) => row.supplier_part_id), numbers);
  });

  it("leaves only metadata when it has ended, and the history can be saved", async () => {
    await stage.bc.admin("DELETE", "/faults");
    await stage.panel.click("#try-now");
    await stage.panel.shows("Sent to Business Central");
    await stage.panel.shows("the text of its cart is deleted");
    await stage.panel.click("#export-history");
    const { name, text } = await downloads.take(".csv");
    assert.match(name, /^captures-\d{4}-\d\d-\d\d\.csv$/);
    const [row, ...more] = rowsOf(text);
    assert.deepEqual(more, []);
    const id = await stage.panel.evaluate(() => document.querySelector("#capture-id code").textContent);
    assert.deepEqual([row.capture, row.host, row.lines, row.state, row.journal_batch_name], [id, HOST, "5", "done", "DEFAULT"]);
    assert.match(row.worksheet_url, /company=.*DEFAULT/);
    for (const description of descriptions) assert.ok(!text.includes(description));
  });
});
