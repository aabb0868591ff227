// The settings page and the mark on the toolbar button, in a real Chromium.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { EXTENSION_ID } from "./harness/browser.mjs";
import { setStage } from "./harness/stage.mjs";

const OPTIONS = `chrome-extension://${EXTENSION_ID}/options/options.html`;

async function openSettings(stage) {
  const tab = await stage.browser.context.newPage();
  await tab.goto(OPTIONS);
  await tab.waitForSelector("#theme, #forget, #held");
  return tab;
}

/** Changes a file of the extension's copy. */
function change(extension, name, edit) {
  const path = join(extension, name);
  const content = JSON.parse(readFileSync(path, "utf8"));
  edit(content);
  writeFileSync(path, JSON.stringify(content));
}

describe("how the pages look", () => {
  let stage;
  let settings;
  before(async () => {
    stage = await setStage();
    await stage.capture();
    await stage.panel.shows("2,720.10");
    settings = await openSettings(stage);
  });
  after(() => stage?.stop());

  it("is chosen by theme, and holds for the panel at once", async () => {
    await settings.selectOption("#theme", "dark");
    const ground = () => getComputedStyle(document.body).backgroundColor;
    await settings.waitForFunction(() => document.body && getComputedStyle(document.body).backgroundColor === "rgb(31, 31, 31)");
    await stage.panel.until("dark", () => document.body && getComputedStyle(document.body).backgroundColor === "rgb(31, 31, 31)");
    await settings.selectOption("#theme", "light");
    await stage.panel.until("light", () => document.body && getComputedStyle(document.body).backgroundColor === "rgb(255, 255, 255)");
    assert.equal(await settings.evaluate(ground), "rgb(255, 255, 255)");
  });

  it("is chosen by number format, to the last digit", async () => {
    await settings.selectOption("#number_format", "de-CH");
    // Which apostrophe it is changes with the browser's version.
    await stage.panel.until("Swiss numbers", () => /2['’]720\.10/.test(document.body?.innerText));
    await settings.selectOption("#number_format", "de-DE");
    await stage.panel.shows("2.720,10");
  });

  it("is chosen by language, on every page at once", async () => {
    await settings.selectOption("#language", "fr");
    await settings.getByText("Format des nombres").waitFor();
    assert.equal(await settings.evaluate(() => document.documentElement.lang), "fr");
    await stage.panel.shows("Envoyer");
    await settings.selectOption("#language", "auto");
    await settings.getByText("Number format").waitFor();
    await stage.panel.shows("without tax");
  });

  it("says each message as the browser would", async () => {
    const differences = await settings.evaluate(async () => {
      const { filled } = await import("/panel/messages.js");
      const messages = await (await fetch("/_locales/en/messages.json")).json();
      const texts = ["one $ 1", "$2 two", "three", "four", "five"];
      const pairs = Object.keys(messages).map((name) => [filled(messages[name], texts), chrome.i18n.getMessage(name, texts)]);
      return pairs.filter(([own, browsers]) => own !== browsers);
    });
    assert.deepEqual(differences, []);
  });
});

describe("where new carts go", () => {
  let stage;
  let settings;
  before(async () => {
    stage = await setStage();
    await stage.capture();
    settings = await openSettings(stage);
  });
  after(() => stage?.stop());

  it("is nobody's to say before somebody has signed in", async () => {
    await settings.getByText("Sign in on the side panel").waitFor();
  });

  it("is the company and worksheet in use, and can be changed for the next carts and this one", async () => {
    await stage.signIn();
    await stage.chooseDestination();
    const chosen = (id) => settings.locator(`#${id} option:checked`).textContent();
    await settings.waitForFunction(() => document.querySelector("#worksheet option:checked")?.textContent.includes("DEFAULT"));
    assert.match(await chosen("company"), /Alpenblick/);
    await settings.selectOption("#worksheet", { label: "REQ. · OFFICE · Office supplies" });
    await stage.panel.shows("Send 5 lines to worksheet OFFICE");
    assert.match(await chosen("worksheet"), /OFFICE/);
  });
});

describe("the mark on the toolbar button", () => {
  let stage;
  let worker;
  const badge = async (tab) =>
    worker.evaluate(async (id) => [await chrome.action.getBadgeText({ tabId: id }), await chrome.action.getTitle({ tabId: id })], tab);
  const tabAt = async (path) => {
    await stage.browser.open(stage.address(path));
    return worker.evaluate(async () => (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0].id);
  };

  /** A shop that the buyer has allowed: the prompt of the browser has no place in a browser without a window. */
  const allowShop = (extension) => {
    change(extension, "manifest.json", (manifest) => manifest.host_permissions.push("http://papeterie.test/*"));
    change(extension, "catalog.json", ({ definitions }) => {
      const supplier = definitions.find(({ kind }) => kind === "supplier");
      Object.assign(supplier, { hosts: ["papeterie.test"], paths: ["/leer/"] });
    });
  };

  before(async () => {
    stage = await setStage({ prepare: allowShop });
    worker = await stage.browser.worker();
  });
  after(() => stage?.stop());

  it("is there at an address that a supplier's definition names", async () => {
    const tab = await tabAt("/leer/");
    await stage.until("a mark", async () => (await badge(tab))[0] === "●");
    assert.deepEqual(await badge(tab), ["●", "Cart of an allowed shop: capture it"]);
  });

  it("is there where a cart was captured before", async () => {
    await worker.evaluate(() => chrome.storage.local.set({ shops: { "papeterie.test": ["/warenkorb/"] } }));
    const tab = await tabAt("/warenkorb/");
    await stage.until("a mark", async () => (await badge(tab))[0] === "●");
  });

  it("is not there on other pages of the shop", async () => {
    const tab = await tabAt("/");
    await stage.until("the title of an unmarked button", async () => (await badge(tab))[1] === "Capture the cart on this page");
    assert.equal((await badge(tab))[0], "");
  });

  it("nobody learns the address of a shop that is not allowed", async () => {
    await stage.browser.open(`http://other.test:${stage.shop.port}/warenkorb/`);
    const address = await worker.evaluate(async () => (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0].url);
    assert.equal(address, undefined);
  });

  it("no shop is allowed before the buyer allows one", () => {
    const manifest = JSON.parse(readFileSync(new URL("../../manifest.json", import.meta.url), "utf8"));
    assert.deepEqual(manifest.host_permissions, []);
    assert.deepEqual(manifest.optional_host_permissions, ["https://*/*"]);
    assert.ok(!manifest.permissions.includes("tabs"));
  });
});

describe("deleting everything", () => {
  let stage;
  afterEach(() => stage?.stop());

  it("leaves nothing behind", async () => {
    stage = await setStage();
    await stage.review();
    await stage.panel.click("#confirm");
    await stage.panel.shows("Sent to Business Central");
    const settings = await openSettings(stage);
    await settings.getByText("1 sent cart is in the history.").waitFor();
    await settings.click("#forget");
    const closed = settings.waitForEvent("close");
    await settings.click("#forget-yes");
    await closed;
    await stage.until("nothing is kept", async () => {
      const again = await stage.browser.context.newPage();
      const kept = await again
        .goto(OPTIONS)
        .then(() => again.evaluate(async () => JSON.stringify([await chrome.storage.local.get(), await chrome.storage.session.get()])))
        .catch(() => "the extension begins anew");
      await again.close();
      return !kept.includes("anew") && !/papeterie|anna\.buyer|eyJ|Alpenblick/.test(kept);
    });
  });

  it("is refused while a cart is on its way, and nothing is lost", async () => {
    stage = await setStage();
    await stage.review();
    stage.bcWire.unplug();
    await stage.panel.click("#confirm");
    await stage.panel.shows("Business Central does not answer.");
    const settings = await openSettings(stage);
    await settings.getByText("1 cart is still on its way, so nothing can be deleted.").waitFor();
    assert.equal(await settings.locator("#forget").count(), 0);
    // Nor by a page that asks all the same.
    const answer = await settings.evaluate(async () => {
      const { id: window } = await chrome.windows.getCurrent();
      return chrome.runtime.sendMessage({ kind: "forget", window });
    });
    assert.deepEqual(answer, { value: false });
    stage.bcWire.plugIn();
    await stage.panel.click("#try-now");
    await stage.panel.shows("Sent to Business Central");
  });
});
