// The story of the product, in a real Chromium: a cart becomes requisition lines, once, for one credit.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { cartStandsOnceIn, creditsAre } from "./harness/expect.mjs";
import { TRUTH } from "./harness/shop.mjs";
import { BUYER, setStage } from "./harness/stage.mjs";

describe("a buyer captures a cart", () => {
  let stage;
  before(async () => {
    stage = await setStage({ credits: 5 });
  });
  after(() => stage?.stop());

  it("reads it exactly and reconciles it with the page's own totals", async () => {
    await stage.capture();
    await stage.panel.shows(TRUTH[1].description);
    const text = await stage.panel.text();
    const english = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2 });
    for (const { description, vendorItemNumber, directUnitCost } of TRUTH) {
      for (const part of [description, vendorItemNumber, english.format(directUnitCost)]) assert.ok(text.includes(part), part);
    }
    assert.match(text, /Reconciled/);
    assert.match(text, /2,720\.10/);
  });

  it("leaves the page as it was", async () => {
    const markup = await stage.page.evaluate(() => document.documentElement.outerHTML);
    assert.doesNotMatch(markup, /punchout|chrome-extension/i);
  });

  it("asks nothing of anybody before the buyer signs in", () => {
    assert.deepEqual(stage.bcWire.requests, []);
    assert.deepEqual(stage.creditWire.requests, []);
  });

  it("signs in with a code and PKCE, and keeps every token off the disk", async () => {
    await stage.signIn(BUYER);
    const worker = await stage.browser.worker();
    const [session, local] = await worker.evaluate(async () => [
      JSON.stringify(await chrome.storage.session.get()),
      JSON.stringify(await chrome.storage.local.get()),
    ]);
    const token = session.match(/eyJ[\w-]+\.[\w-]+\.[\w-]+/)?.[0];
    assert.ok(token, "a token in the session's storage");
    assert.ok(!local.includes("eyJ") && !/refresh|access_token/.test(local), "a token in the local storage");
  });

  it("posts what the page shows, to the cent and the character, for one credit", async () => {
    await stage.chooseDestination();
    await stage.panel.click("#confirm");
    await stage.panel.shows("Sent to Business Central");
    await cartStandsOnceIn(stage);
    creditsAre(stage, 4);
  });

  it("orders the line that Business Central knows as its item, and the others on the shop's account", async () => {
    const lines = await stage.bc.lines();
    assert.deepEqual(lines.map(({ type, no }) => [type, no]), [["Item", "1020"], ...Array(4).fill(["G/L Account", "6500"])]);
    assert.ok(lines.every(({ acceptActionMessage }) => acceptActionMessage));
  });

  it("gives a link to the worksheet", async () => {
    const address = await stage.panel.evaluate(() => document.querySelector("a[target]")?.href);
    assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/.*company=.*DEFAULT/);
  });

  it("changes nothing when the same capture is confirmed a second time", async () => {
    const confirm = () => stage.panel.evaluate(async () => {
      const { id: window } = await chrome.windows.getCurrent();
      await chrome.runtime.sendMessage({ kind: "acted", window, action: "confirm" });
    });
    await confirm();
    // And a replay of the very request that posted it.
    const posted = stage.bcWire.requests.find(({ method, url }) => method === "POST" && url.endsWith("/captures"));
    const token = posted.rawHeaders[posted.rawHeaders.findIndex((name) => name.toLowerCase() === "authorization") + 1];
    const answer = await fetch(`${stage.bcWire.address}${posted.url}`, {
      method: "POST",
      headers: { authorization: token, "content-type": "application/json" },
      body: posted.body,
    });
    assert.equal((await answer.json()).error.code, "Internal_EntityWithSameKeyExists");
    await cartStandsOnceIn(stage);
    creditsAre(stage, 4);
  });

  it("deletes the cart's text from the journal once the capture has ended", async () => {
    const worker = await stage.browser.worker();
    const local = await worker.evaluate(async () => JSON.stringify(await chrome.storage.local.get()));
    for (const { description } of TRUTH) assert.ok(!local.includes(description), description);
  });
});
