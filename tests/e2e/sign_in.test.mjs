// Sign-in against a certified authorization server, with its origin check on.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { EXTENSION_ID } from "./harness/browser.mjs";
import { cartStandsOnceIn, creditsAre } from "./harness/expect.mjs";
import { BUYER, setStage } from "./harness/stage.mjs";

describe("the token endpoint", () => {
  let stage;
  before(async () => {
    stage = await setStage();
    await stage.capture();
    await stage.signIn();
  });
  after(() => stage?.stop());

  it("is asked from the extension's own origin, and would refuse another", async () => {
    const asked = stage.authority.requests.filter(({ path }) => path === "/token");
    assert.ok(asked.length >= 1);
    for (const { origin } of asked) assert.equal(origin, `chrome-extension://${EXTENSION_ID}`);
    const refused = await fetch(`${stage.authority.issuer}/token`, {
      method: "POST",
      headers: { origin: "https://evil.test", "content-type": "application/x-www-form-urlencoded" },
      body: "grant_type=refresh_token&client_id=punchout-extension&refresh_token=x",
    });
    assert.equal(refused.status, 400);
    assert.match((await refused.json()).error_description, /origin/);
  });

  it("gets the code with its verifier, no secret, and the redirect address of the extension", () => {
    const received = stage.authority.received();
    assert.match(received, /code_challenge_method=S256/);
    assert.match(received, /code_challenge=[\w-]{43}/);
    assert.match(received, /grant_type=authorization_code/);
    assert.match(received, /code_verifier=[\w-]{43}/);
    assert.doesNotMatch(received, /client_secret/);
  });

  it("never sees a refresh token twice: it would take the second for a thief's", async () => {
    await stage.chooseDestination();
    const used = [...stage.authority.received().matchAll(/[?&]refresh_token=([\w-]+)/g)].map(([, token]) => token);
    assert.ok(used.length >= 1);
    assert.deepEqual(used, [...new Set(used)]);
  });

  it("gives one token for each API, each with its own audience", async () => {
    await stage.until("both APIs were asked", () => stage.bcWire.requests.length > 0 && stage.creditWire.requests.length > 0);
    const audience = ({ requests }) => {
      const { rawHeaders } = requests[0];
      const token = rawHeaders[rawHeaders.findIndex((name) => name.toLowerCase() === "authorization") + 1];
      return JSON.parse(Buffer.from(token.split(".")[1], "base64url")).aud;
    };
    assert.equal(audience(stage.bcWire), "https://bc.test/");
    assert.equal(audience(stage.creditWire), "https://credits.test/");
  });
});

describe("a session", () => {
  let stage;
  afterEach(() => stage?.stop());

  it("renews its tokens without a word while it lasts", async () => {
    // A token that is not used in its last minute lives for a few seconds here.
    stage = await setStage({ credits: 5, authority: { accessTokenSeconds: 63 } });
    await stage.review();
    const before = stage.authority.requests.filter(({ path }) => path === "/token").length;
    await new Promise((resolve) => setTimeout(resolve, 4000));
    await stage.panel.click("#confirm");
    await stage.panel.shows("Sent to Business Central");
    const after = stage.authority.requests.filter(({ path }) => path === "/token").length;
    assert.ok(after > before, "a token was renewed");
    await cartStandsOnceIn(stage);
  });

  it("that is gone with the worker's memory is renewed silently, because the sign-in server still knows the buyer", async () => {
    stage = await setStage({ credits: 5 });
    await stage.review();
    const worker = await stage.browser.worker();
    // As after a restart of the browser: nothing is left of the session, and the worker is new.
    await worker.evaluate(() => chrome.storage.session.clear());
    await stage.browser.stopWorker();
    await stage.capture();
    await stage.panel.shows(BUYER);
    await stage.chooseDestination();
    await stage.panel.click("#confirm");
    await stage.panel.shows("Sent to Business Central");
    await cartStandsOnceIn(stage);
    creditsAre(stage, 4);
  });
});
