// Takes the place of the extension's service worker: the same core and the same shim, with a clock at each step.

import init, { Runtime } from "./wasm/punchout.js";
import { takeSnapshot } from "./snapshot.js";

const WINDOW = 1;
const marks = {};
let changed = () => {};
let begun;

const shim = {
  async takeSnapshot(tabId, plan) {
    marks.asked = performance.now();
    const [{ result }] = await chrome.scripting.executeScript({ target: { tabId }, func: takeSnapshot, args: [JSON.parse(plan)] });
    marks.hopped = performance.now();
    const text = JSON.stringify(result);
    marks.written = performance.now();
    marks.bytes = text.length;
    return text;
  },
  changed: () => changed(),
};

// What the core made of the snapshot is first heard of when it is stored.
const { session } = chrome.storage;
const set = session.set.bind(session);
session.set = (items) => {
  if (marks.written && !marks.read) marks.read = performance.now();
  return set(items);
};

async function begin() {
  const text = async (path) => (await fetch(chrome.runtime.getURL(path))).text();
  const [catalog, deployment] = await Promise.all([
    text("catalog.json"),
    text("deployment.json"),
    init({ module_or_path: fetch(chrome.runtime.getURL("wasm/punchout_bg.wasm")) }),
  ]);
  return Runtime.begin(catalog, deployment, "en", shim);
}

/** One click on a tab, up to the moment when the panel can show the lines; milliseconds of each part. */
async function click(url) {
  const [tab] = await chrome.tabs.query({ url: `${url}*` });
  for (const mark of Object.keys(marks)) delete marks[mark];
  const start = performance.now();
  begun ??= begin();
  const core = await begun;
  const ready = performance.now();
  const shown = await new Promise((resolve) => {
    changed = () => {
      const { review } = JSON.parse(core.view(WINDOW)).page;
      if (marks.read && review) resolve(review);
    };
    core.clicked(WINDOW, tab.id, url);
  });
  const end = performance.now();
  changed = () => {};
  return {
    whole: end - ready,
    start: ready - start,
    snapshot: marks.hopped - marks.asked,
    hop: marks.written - marks.hopped,
    core: marks.read - marks.written,
    bytes: marks.bytes,
    lines: shown.lines.length,
    verdict: shown.verdict,
    reader: shown.reader,
  };
}

chrome.runtime.onMessage.addListener((url, _sender, answer) => {
  click(url).then(answer, (error) => answer({ error: String(error) }));
  return true;
});
// The harness waits for this one.
chrome.action.onClicked.addListener(() => {});
