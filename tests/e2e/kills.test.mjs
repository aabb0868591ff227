// Worker and browser are killed on the way from the confirmation to the debited credit, before, within and after each of
// its effects: each cart stands in Business Central once and is debited once.
//
// What Chrome stores outlives a killed browser: it has left the browser for the system before `chrome.storage.local` says
// that it is stored. Where a confirmation died before that, nothing may have left the browser for it.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { creditsAre } from "./harness/expect.mjs";
import { ANSWERED, ARRIVED, DONE } from "./harness/recorder.mjs";
import { TRUTH } from "./harness/shop.mjs";
import { setStage } from "./harness/stage.mjs";

const CAPTURE = "[0-9a-f]{8}-[0-9a-f-]{27}";
const request = (wire, method, path) => ({ wire, matches: (asked) => asked.method === method && path.test(asked.url) });
const EFFECTS = {
  hold: request("creditWire", "PUT", new RegExp(`/v1/captures/${CAPTURE}$`)),
  post: request("bcWire", "POST", /\/captures$/),
  read: request("bcWire", "GET", new RegExp(`/captures\\(${CAPTURE}\\)`)),
  confirm: request("creditWire", "POST", /\/confirm$/),
};
/** What becomes of a request that is stopped on its way, once whoever sent it is dead. */
const LOST = "lost";
const LATE = "late";

/** Where a kill falls: so long after the click, or at a place of a request, and what becomes of that. */
const click = (milliseconds) => ({ name: `${milliseconds} ms after the click`, milliseconds });
const wakingClick = (milliseconds) => ({ name: `${milliseconds} ms after a worker has begun that the click woke`, milliseconds, asleep: true });
const at = (effect, place, then = LATE) => ({ name: name(effect, place, then), effect, place, then });
const soonAfter = (effect, milliseconds) => ({ name: `${milliseconds} ms after the ${effect} was answered`, effect, place: ANSWERED, milliseconds });

function name(effect, place, then) {
  if (place === ARRIVED) return `when the ${effect} is on its way, and ${then === LOST ? "never arrives" : "arrives after its repetition"}`;
  if (place === DONE) return `when the ${effect} is done, before its answer comes`;
  return `when the ${effect} was answered`;
}

const around = (effect) => [at(effect, ARRIVED, LOST), at(effect, ARRIVED, LATE), at(effect, DONE), at(effect, ANSWERED), soonAfter(effect, 4)];
const WORKER_MOMENTS = [
  ...[wakingClick(0), wakingClick(50), click(0)].map((moment) => [moment]),
  ...["hold", "post", "confirm"].flatMap(around).map((moment) => [moment]),
  [at("post", DONE), at("read", ARRIVED, LOST)],
  [at("post", DONE), at("read", DONE)],
];
const BROWSER_MOMENTS = [wakingClick(0), at("hold", DONE), at("post", ARRIVED, LATE), at("post", DONE), at("confirm", ARRIVED, LOST)];
const GRANTED = 50;

/** Waits for a moment, kills, and says what was so then. What was stopped on its way goes on with `finish`. */
function killAt(stage, moment, kill) {
  const effect = EFFECTS[moment.effect];
  const stop = effect && stage[effect.wire].stopAt(moment.place, effect.matches);
  return {
    async strike() {
      if (moment.asleep) await stage.until("a worker has begun", () => stage.browser.workerRuns());
      await within(stop?.reached, `no ${moment.effect} came`);
      if (moment.milliseconds) await new Promise((resolve) => setTimeout(resolve, moment.milliseconds));
      await kill();
    },
    async finish() {
      if (!stop) return;
      if (moment.then === LOST) return stop.lose();
      if (moment.place !== ARRIVED) return stop.go();
      // After what follows on it: a repetition of the request, or the question whether it arrived.
      const next = moment.effect === "post" ? EFFECTS.read : effect;
      await within(stage[next.wire].stopAt(ANSWERED, next.matches).reached, "nothing followed");
      stop.go();
    },
  };
}

/** The buyer's click, on a cart that is ready; it wakes a worker where that sleeps. */
async function confirm(stage, { asleep }) {
  await stage.panel.until("a cart that can be confirmed", canConfirm);
  if (asleep) assert.ok(await stage.browser.stopWorker());
  await stage.panel.click("#confirm");
}

/** Within half a minute. */
async function within(promise, otherwise) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(otherwise)), 30_000)));
  await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** What is so outside the extension, and in its journal: it says where a kill fell. */
async function facts(stage, sent) {
  const { balance, held } = stage.credits();
  const posted = (await stage.bc.captures()).length - sent;
  const open = (await stage.journal()).filter(({ stage }) => stage !== "done");
  const journal = open.map(({ stage }) => stage).join() || "nothing open";
  return `journal: ${journal}; credit: ${GRANTED - sent - balance === 1 ? "debited" : held === 1 ? "held" : "free"}; Business Central: ${posted === 1 ? "has it" : "has it not"}`;
}

/** Lets the buyer confirm where the panel asks for it, until all is at rest: `sent` captures, each once. */
async function comesToRest(stage, sent) {
  await stage.until("the capture has ended", async () => {
    await stage.panel.evaluate(confirmWhereAsked).catch(() => {});
    const journal = await stage.journal();
    return journal.length === sent && journal.every(({ stage }) => stage === "done");
  });
  const captures = await stage.bc.captures();
  const ids = captures.map(({ capture }) => capture.id.toLowerCase());
  const journal = await stage.journal();
  assert.equal(ids.length, sent, "captures in Business Central");
  assert.deepEqual(ids.sort(), journal.map(({ id }) => id).sort(), "the captures of the journal");
  assert.equal((await stage.bc.lines()).length, sent * TRUTH.length, "lines in the worksheet");
  creditsAre(stage, GRANTED - sent);
}

function canConfirm() {
  // It is the same cart each time, and the buyer is asked whether that is meant.
  document.querySelector("#send-again")?.click();
  const confirm = document.querySelector("#confirm");
  return confirm !== null && confirm.getAttribute("aria-disabled") !== "true";
}

/** In one step: between a look and a click the cart may be under way again by itself. */
function confirmWhereAsked() {
  document.querySelector("#send-again")?.click();
  const confirm = document.querySelector("#confirm");
  if (confirm !== null && confirm.getAttribute("aria-disabled") !== "true") confirm.click();
}

describe("a worker that is killed", () => {
  let stage;
  let sent = 0;
  before(async () => {
    stage = await setStage({ credits: GRANTED });
    await stage.review();
  });
  after(() => stage?.stop());

  for (const moments of WORKER_MOMENTS) {
    it(moments.map(({ name }) => name).join(", and again "), async (test) => {
      if (sent > 0) await stage.capture();
      for (const [index, moment] of moments.entries()) {
        const kill = killAt(stage, moment, async () => assert.ok(await stage.browser.stopWorker(), "the worker was running"));
        if (index === 0) await confirm(stage, moment);
        await kill.strike();
        test.diagnostic(`killed ${moment.name}: ${await facts(stage, sent)}`);
        const finished = kill.finish();
        // Opening the panel again wakes the next worker.
        await stage.panel.evaluate(() => location.reload());
        await finished;
      }
      sent += 1;
      await comesToRest(stage, sent);
    });
  }
});

/** Ids of captures that left the browser. */
function told(stage) {
  const posts = stage.bcWire.requests.filter(EFFECTS.post.matches).map(({ body }) => JSON.parse(body).id);
  const others = stage.creditWire.requests.map(({ url }) => url.match(new RegExp(CAPTURE))?.[0]);
  return new Set([...posts, ...others].filter(Boolean));
}

describe("a browser that is killed", () => {
  let stage;
  let sent = 0;
  before(async () => {
    stage = await setStage({ credits: GRANTED });
    await stage.review();
  });
  after(() => stage?.stop());

  for (const moment of BROWSER_MOMENTS) {
    it(moment.name, async (test) => {
      if (sent > 0) await stage.capture();
      const kill = killAt(stage, moment, () => stage.browser.kill());
      await confirm(stage, moment);
      await kill.strike();
      await stage.browser.launch();
      await stage.capture("/");
      test.diagnostic(`killed ${moment.name}: ${await facts(stage, sent)}`);
      const known = (await stage.journal()).map(({ id }) => id);
      for (const id of told(stage)) assert.ok(known.includes(id), `${id} had left the browser, and the journal lost it`);
      const finished = kill.finish();
      await stage.signInAgain();
      // A confirmation that was not stored is the buyer's to repeat: the cart is in the shop.
      if (known.length === sent) await stage.capture();
      await finished;
      sent += 1;
      await comesToRest(stage, sent);
    });
  }
});
