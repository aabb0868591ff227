// How soon the panel shows what a person waits for, and how much memory it takes: the real panel in real Chromium, with a
// Business Central that answers each request after 50 ms.
//
// usage: node tests/bench/panel.mjs [FILE]; ROUNDS=5 LINES=10,100,500,2000
import { writeFileSync } from "node:fs";
import { BUYER, setStage } from "../e2e/harness/stage.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const LINES = (process.env.LINES ?? "10,100,500,2000").split(",").map(Number);
const ANSWER_MS = 50;

const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

/** Gives the moment, in milliseconds since 1970, when what an expression finds has been painted. */
function paintedIn(panel, find) {
  const source = `(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    while (!(${find})) await frame();
    await frame();
    return Date.now();
  })()`;
  return panel.send("Runtime.evaluate", { expression: source, awaitPromise: true, returnByValue: true }).then(({ result }) => result.value);
}

/** From the click on the toolbar to painted lines, in a panel that is open and shows nothing. */
async function lines(stage, count) {
  const page = await stage.browser.open(stage.address(`/zeilen/${count}/`));
  const times = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const shown = `document.querySelectorAll("tbody[id^=line-]").length > 0`;
    const begun = Date.now();
    await stage.browser.trigger(page);
    times.push((await paintedIn(stage.panel, shown)) - begun);
    if (round < ROUNDS) await leave(stage, "#discard");
  }
  // The first is the first of its kind.
  return median(times.slice(1));
}

async function leave(stage, selector) {
  await stage.panel.evaluate((selector) => document.querySelector(selector).click(), selector);
  await paintedIn(stage.panel, `!document.querySelector("${selector}")`);
}

/** The panel's own memory, after what is not needed was taken away. */
async function memory(stage) {
  await stage.panel.send("HeapProfiler.enable");
  await stage.panel.send("HeapProfiler.collectGarbage");
  await stage.panel.send("Performance.enable");
  const { metrics } = await stage.panel.send("Performance.getMetrics");
  const value = (name) => metrics.find((metric) => metric.name === name).value;
  return { megabytes: value("JSHeapUsedSize") / 1e6, nodes: value("Nodes") };
}

/** From Confirm to the painted receipt. */
async function receipt(stage) {
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await stage.capture();
    await stage.panel.until("a cart that can be confirmed", () => {
      // It is the same cart each time, and the buyer is asked whether that is meant.
      document.querySelector("#send-again")?.click();
      const confirm = document.querySelector("#confirm");
      return confirm && confirm.getAttribute("aria-disabled") !== "true";
    });
    const begun = await stage.panel.evaluate(() => {
      document.querySelector("#confirm").click();
      return Date.now();
    });
    times.push((await paintedIn(stage.panel, `document.querySelector("a[target]")`)) - begun);
    await leave(stage, "#leave");
  }
  return median(times);
}

function documentOf({ rows, receiptMs }) {
  const table = rows.map(({ count, shownMs, megabytes, nodes }) => `| ${count} | ${shownMs} | ${megabytes.toFixed(1)} | ${nodes} |`);
  return `# The panel's performance

Written by \`./build.sh bench panel\`; nothing in it is typed by hand. ${ROUNDS} rounds, medians, on a machine that may have been
shared: milliseconds are an order of size, and no test holds them.

- **to painted lines**: from the click on the toolbar button, in a panel that is open, to the frame that shows the first lines.
- **heap**, **nodes**: the panel's own, with the cart shown, after a garbage collection.

| lines | to painted lines ms | heap MB | nodes |
| ---: | ---: | ---: | ---: |
${table.join("\n")}

From *Send* to the painted receipt, with a Business Central that answers each request after ${ANSWER_MS} ms: ${receiptMs} ms. Three
requests follow each other in that time: the credit is held, the capture is posted, the credit is confirmed. The second is
Business Central's.
`;
}

const stage = await setStage({ credits: 100 });
try {
  const rows = [];
  await stage.capture("/");
  await stage.panel.says("notice_not_a_cart");
  for (const count of LINES) {
    const shownMs = await lines(stage, count);
    rows.push({ count, shownMs, ...(await memory(stage)) });
    console.error(`   ${count} lines: ${shownMs} ms`);
    await leave(stage, "#discard");
  }
  await stage.capture();
  await stage.signIn(BUYER);
  await stage.chooseDestination();
  await stage.bc.admin("POST", "/faults", [{ match: {}, times: "forever", fault: { delay_ms: ANSWER_MS, when: "before_commit" } }]);
  const receiptMs = await receipt(stage);
  const text = documentOf({ rows, receiptMs });
  const [, , out] = process.argv;
  if (out) writeFileSync(out, text);
  else console.log(text);
} finally {
  await stage.stop();
}
