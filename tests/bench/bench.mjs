// The benchmark: click → lines in the worker, beside the browser's own parser and its live DOM, in real Chromium.
//
// Each round runs all three, one after the other, so that what else the machine does meets all three.

import { createServer } from "node:http";
import { once } from "node:events";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXTENSION_ID, startBrowser } from "../e2e/harness/browser.mjs";
import { inPage, warmUp } from "./in_page.mjs";
import { pageOf } from "./page.mjs";
import { documentOf } from "./table.mjs";

const MB = 1_000_000;
const HERE = new URL(".", import.meta.url).pathname;
const ROOT = new URL("../../", import.meta.url).pathname;
const DIST = process.env.PUNCHOUT_DIST ?? join(ROOT, "dist");
const ROUNDS = Number(process.env.ROUNDS ?? 9);
const LINES = (process.env.LINES ?? "10,100,500,2000").split(",").map(Number);
const SIZES = (process.env.SIZES ?? "0.5,2,6").split(",").map(Number);
const ROOTS = (process.env.ROOTS ?? "known,unknown").split(",");

const cases = ROOTS.flatMap((root) => SIZES.flatMap((size) => LINES.map((lines) => ({ root, lines, bytes: size * MB }))));

/** Serves the page of each case at its path. */
async function startPages() {
  const server = createServer((request, response) => {
    const [, root, lines, bytes] = new URL(request.url, "http://shop").pathname.split("/");
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
    response.end(bytes ? pageOf({ root, lines: Number(lines), bytes: Number(bytes) }) : "");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: server.address().port, stop: () => server.close().closeAllConnections() };
}

/** The extension with a clock: another worker, and leave to read the shop's pages without a click on the toolbar. */
function withClock(folder) {
  copyFileSync(join(HERE, "worker.js"), join(folder, "service_worker.js"));
  const path = join(folder, "manifest.json");
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  manifest.host_permissions = [...(manifest.host_permissions ?? []), "http://shop.test/*"];
  manifest.permissions = [...manifest.permissions, "tabs"];
  writeFileSync(path, JSON.stringify(manifest));
}

const definition = JSON.parse(readFileSync(join(DIST, "catalog.json"), "utf8")).definitions.find(({ id }) => id === "woocommerce");

/** A page of the extension, to speak to its worker from: a message wakes it, as a click would. */
async function startDesk(browser) {
  const desk = await browser.context.newPage();
  await desk.goto(`chrome-extension://${EXTENSION_ID}/options/options.html`);
  return desk;
}

async function measure(browser, desk, address, { root, lines, bytes }) {
  const url = `${address}/${root}/${lines}/${bytes}/`;
  const page = await browser.open(url);
  const click = async () => {
    const taken = await desk.evaluate((address) => chrome.runtime.sendMessage(address), url);
    if (taken.error) throw new Error(`${url}: ${taken.error}`);
    return taken;
  };
  const html = await page.evaluate(async () => (globalThis.source = await (await fetch(location.href)).text()).length);
  await browser.stopWorker();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const cold = await click();
  await click();
  await page.evaluate(warmUp);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const ours = await click();
    const { parser, live, found } = await page.evaluate(inPage, definition);
    if (ours.lines !== Math.min(lines, 1000) && ours.lines !== lines) throw new Error(`${url}: ${ours.lines} of ${lines} lines`);
    if (found !== lines) throw new Error(`${url}: the browser found ${found} of ${lines} lines`);
    rounds.push({ ...ours, parser, live });
  }
  return { root, lines, html, cold, rounds };
}

const deployment = JSON.parse(readFileSync(join(ROOT, "deployments/cloud.json"), "utf8"));
const pages = await startPages();
const browser = await startBrowser(deployment, { prepare: withClock });
const results = [];
try {
  const desk = await startDesk(browser);
  for (const one of cases) {
    const result = await measure(browser, desk, `http://shop.test:${pages.port}`, one);
    results.push(result);
    console.error(`${one.root} root, ${one.lines} lines, ${(result.html / MB).toFixed(1)} MB: done`);
  }
} finally {
  await browser.stop();
  pages.stop();
}
const text = documentOf(results, { version: browser.context.browser()?.version() ?? "", rounds: ROUNDS });
const [, , out] = process.argv;
if (out) writeFileSync(out, text);
else console.log(text);
