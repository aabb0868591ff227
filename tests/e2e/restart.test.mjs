// A worker that is stopped loses nothing and doubles nothing.
import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { cartStandsOnceIn, creditsAre } from "./harness/expect.mjs";
import { setStage } from "./harness/stage.mjs";

const posts = (stage) => stage.bcWire.requests.filter(({ method, url }) => method === "POST" && url.endsWith("/captures"));
const slowly = (when) => [{ match: { method: "POST", path_contains: "captures" }, times: 1, fault: { delay_ms: 2500, when } }];

describe("a worker that is stopped while it posts", () => {
  let stage;
  afterEach(() => stage?.stop());

  for (const when of ["before_commit", "after_commit"]) {
    it(`is followed by one that settles it, with the answer lost ${when.replace("_", " ")}`, async () => {
      stage = await setStage({ credits: 5 });
      await stage.review();
      await stage.bc.admin("POST", "/faults", slowly(when));
      await stage.panel.click("#confirm");
      await stage.until("the post is under way", () => posts(stage).length === 1);
      assert.ok(await stage.browser.stopWorker(), "the worker was stopped");
      // Nobody touches anything: the alarm wakes the next worker.
      await stage.until("the capture has ended", async () => (await stage.panel.text()).includes("Sent to Business Central"));
      await cartStandsOnceIn(stage);
      creditsAre(stage, 4);
    });
  }

  it("is followed by one that goes on at once when the panel is opened again", async () => {
    stage = await setStage({ credits: 5 });
    await stage.review();
    await stage.bc.admin("POST", "/faults", slowly("after_commit"));
    await stage.panel.click("#confirm");
    await stage.until("the post is under way", () => posts(stage).length === 1);
    await stage.browser.stopWorker();
    await stage.panel.evaluate(() => location.reload());
    await stage.until("the capture has ended", async () => (await stage.panel.text()).includes("Sent to Business Central"));
    await cartStandsOnceIn(stage);
    creditsAre(stage, 4);
  });
});
