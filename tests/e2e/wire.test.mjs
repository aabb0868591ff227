// The privacy promise on the wire: what left the browser, and where it went.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { TRUTH } from "./harness/shop.mjs";
import { HOST, setStage } from "./harness/stage.mjs";

/** Every run of six letters or digits in a text. */
function fragments(text) {
  const runs = new Set();
  for (let start = 0; start + 6 <= text.length; start += 1) runs.add(text.slice(start, start + 6));
  return [...runs];
}

describe("what leaves the browser", () => {
  let stage;
  before(async () => {
    stage = await setStage({ credits: 5 });
    await stage.review();
    await stage.panel.click("#confirm");
    await stage.panel.shows("Sent to Business Central");
    await stage.until("the credits are told again", () => stage.creditWire.requests.filter(({ url }) => url === "/v1/account").length > 1);
  });
  after(() => stage?.stop());

  it("is, for the credit service, the time, the host and the number of lines, and nothing else", () => {
    const asked = stage.creditWire.requests.map(({ method, url, body }) => ({ method, url: url.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "ID"), body }));
    console.log("everything that the credit service received:", asked);
    const kinds = new Set(asked.map(({ method, url }) => `${method} ${url}`));
    assert.deepEqual([...kinds].sort(), ["GET /v1/account", "POST /v1/captures/ID/confirm", "PUT /v1/captures/ID"]);
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

  it("holds no fragment of the cart but where the buyer's own Business Central is", () => {
    const cart = TRUTH.flatMap(({ description, vendorItemNumber }) => [...fragments(description), ...fragments(vendorItemNumber)]);
    const sent = stage.creditWire.requests.map(({ url, rawHeaders, body }) => [url, ...rawHeaders, body].join("\n")).join("\n");
    const authority = decodeURIComponent(stage.authority.received().replaceAll("+", " ").replace(/%(?![0-9a-f]{2})/gi, "%25"));
    assert.match(authority, /code_verifier=[\w-]{43}/, "the sign-in server's bytes are recorded");
    for (const fragment of cart) {
      assert.ok(!sent.includes(fragment), `the credit service received "${fragment}"`);
      assert.ok(!authority.includes(fragment), `the sign-in server received "${fragment}"`);
    }
    const posts = stage.bcWire.requests.filter(({ method, url }) => method === "POST" && url.endsWith("/captures"));
    assert.equal(posts.length, 1, "one request posts one capture");
  });

  it("goes with no cookie", () => {
    for (const { rawHeaders } of [...stage.creditWire.requests, ...stage.bcWire.requests]) {
      assert.ok(!rawHeaders.some((text) => text.toLowerCase() === "cookie"));
    }
  });
});
