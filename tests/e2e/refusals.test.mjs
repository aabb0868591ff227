// Everything that can be refused is told in words with what to do, and leaves everything as it was.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { cartStandsOnceIn, creditsAre, nothingStandsIn } from "./harness/expect.mjs";
import { refusingEntra } from "./harness/entra.mjs";
import { BUYER, READER, setStage } from "./harness/stage.mjs";

describe("a page that gives no cart", () => {
  let stage;
  before(async () => {
    stage = await setStage();
  });
  after(() => stage?.stop());

  it("is told apart: no cart on the page", async () => {
    await stage.capture("/");
    await stage.panel.shows("There is no cart on this page.");
    await stage.panel.shows("Open the shop’s cart page");
  });

  it("is told apart: an empty cart", async () => {
    await stage.capture("/leer/");
    await stage.panel.shows("The cart is empty.");
  });

  it("is told apart: a page that the browser does not let anybody read", async () => {
    const page = await stage.browser.open("chrome://version/");
    stage.panel = await stage.browser.clickToolbar(page);
    await stage.panel.shows("The page may not be read.");
  });

  it("is asked once more: it may have heard of the click later than of the first request", async () => {
    const worker = await stage.browser.worker();
    await worker.evaluate(() => {
      const inject = chrome.scripting.executeScript;
      chrome.scripting.executeScript = async () => {
        chrome.scripting.executeScript = inject;
        throw new Error("Cannot access contents of the page.");
      };
    });
    await stage.capture("/leer/");
    await stage.panel.shows("The cart is empty.");
  });

  it("asks nobody for anything", () => {
    assert.deepEqual([...stage.bcWire.requests, ...stage.creditWire.requests], []);
  });
});

describe("signing in", () => {
  let stage;
  afterEach(() => stage?.stop());

  it("can be left: the window is closed, and the cart is still there", async () => {
    stage = await setStage();
    await stage.capture();
    const opened = stage.browser.context.waitForEvent("page");
    await stage.panel.click("#sign-in");
    await (await opened).close();
    await stage.panel.shows("The sign-in window was closed.");
    await stage.panel.shows("Kopierpapier");
    await stage.signIn(BUYER);
  });

  it("with an application that the tenant does not know is told as such", async () => {
    const entra = await refusingEntra("unauthorized_client", "AADSTS700016: Application was not found in the directory.");
    try {
      stage = await setStage({ deployment: { authorization_endpoint: `${entra.address}/authorize` } });
      await stage.capture();
      await stage.panel.click("#sign-in");
      await stage.panel.shows("not known in this tenant");
      await stage.panel.shows("AADSTS700016");
    } finally {
      entra.stop();
    }
  });

  it("of somebody without a licence is told as such", async () => {
    stage = await setStage();
    await stage.capture();
    await stage.signIn("nina.nolicence@example.test");
    await stage.panel.shows("Business Central does not accept your account.");
    await nothingStandsIn(stage);
  });
});

describe("a confirmed cart that Business Central refuses", () => {
  let stage;
  afterEach(() => stage?.stop());

  it("for a missing right is told line by line before it is sent, and cannot be sent", async () => {
    stage = await setStage({ credits: 5 });
    await review(READER);
    await stage.panel.shows("Business Central would refuse this line: Sorry, the current permissions prevented the action.");
    await stage.panel.until("a button that waits", () => document.querySelector("#confirm")?.getAttribute("aria-disabled") === "true");
    await untouched(5);
  });

  it("for a worksheet that waits for approval comes back, and can be sent to another", async () => {
    stage = await setStage({ credits: 5 });
    await stage.review();
    await stage.bc.admin("POST", "/worksheets/a1b2c3d4-0001-4000-8000-000000000001/REQ./DEFAULT/approval", { approval: "open" });
    await stage.panel.click("#confirm");
    await stage.panel.shows("This cart came back");
    await stage.panel.shows("approval");
    await untouched(5);
    await stage.bc.admin("POST", "/worksheets/a1b2c3d4-0001-4000-8000-000000000001/REQ./DEFAULT/approval", { approval: "closed" });
    await stage.panel.click("#correct");
    await stage.panel.click("#confirm");
    await stage.panel.shows("Sent to Business Central");
    await cartStandsOnceIn(stage);
    creditsAre(stage, 4);
  });

  it("without the app installed says so", async () => {
    stage = await setStage({ deployment: {} });
    await stage.bc.admin("POST", "/faults", [{ match: {}, times: "forever", fault: { extension: "not_installed" } }]);
    await stage.capture();
    await stage.signIn(BUYER);
    await stage.panel.shows("The Punchout app was not found in this environment.");
  });

  async function review(login) {
    await stage.capture();
    await stage.signIn(login);
    await stage.chooseDestination();
  }

  async function untouched(credits) {
    await nothingStandsIn(stage);
    await stage.until("the hold is given back", () => stage.credits().held === 0);
    creditsAre(stage, credits);
  }
});

describe("without credits", () => {
  let stage;
  after(() => stage?.stop());

  it("nothing is sent to Business Central, and the panel says what to do", async () => {
    stage = await setStage({ credits: 0 });
    await stage.capture();
    await stage.signIn(BUYER);
    await stage.chooseDestination();
    await stage.panel.until("what is needed", () => /credit/i.test(document.querySelector("#needs")?.innerText ?? ""));
    assert.equal(await stage.panel.evaluate(() => document.querySelector("#confirm").getAttribute("aria-disabled")), "true");
    await nothingStandsIn(stage);
    creditsAre(stage, 0);
  });

  it("that ran out a moment ago, the service refuses the hold and the cart comes back", async () => {
    await stage.stop();
    stage = await setStage({ credits: 1 });
    await stage.review();
    // Another buyer of the tenant takes the last one.
    const authorization = headerOf(stage.creditWire.requests[0], "authorization");
    const taken = await fetch(`${stage.creditWire.address}/v1/captures/11111111-2222-4333-8444-555555555555`, {
      method: "PUT",
      headers: { authorization, "content-type": "application/json" },
      body: JSON.stringify({ captured_at: "2026-01-01T00:00:00Z", vendor_host: "other.test", line_count: 1 }),
    });
    assert.equal(taken.status, 201);
    await stage.panel.click("#confirm");
    await stage.panel.shows("No credits are left.");
    await nothingStandsIn(stage);
  });
});

describe("without a network", () => {
  let stage;
  after(() => stage?.stop());

  it("a confirmed cart waits, says so, and is posted once when the network is back", async () => {
    stage = await setStage({ credits: 5 });
    await stage.review();
    stage.bcWire.unplug();
    await stage.panel.click("#confirm");
    await stage.panel.shows("Business Central does not answer.");
    await nothingStandsIn(stage);
    creditsAre(stage, 5, 1);
    stage.bcWire.plugIn();
    await stage.panel.click("#try-now");
    await stage.panel.shows("Sent to Business Central");
    await cartStandsOnceIn(stage);
    creditsAre(stage, 4);
  });
});

function headerOf({ rawHeaders }, name) {
  return rawHeaders[rawHeaders.findIndex((found) => found.toLowerCase() === name) + 1];
}
