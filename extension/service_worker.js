// The service worker: listeners, and what only a script can do for the core. All decisions are in the core.
//
// Every listener is registered synchronously at the top level: an event that wakes the worker would otherwise come
// before its listener.

import init, { Runtime } from "./wasm/punchout.js";
import { mark } from "./badge.js";
import { forgetEverything } from "./forget.js";
import { spoken } from "./preferences.js";
import { takeSnapshot } from "./snapshot.js";

/** The snapshot of a tab; with `onlyAt`, where it still shows that address. */
async function snapshotOf(tabId, plan, onlyAt) {
  if (onlyAt !== undefined && (await chrome.tabs.get(tabId)).url !== onlyAt) throw new Error("another page");
  const [{ result } = {}] = await chrome.scripting.executeScript({
    target: { tabId },
    func: takeSnapshot,
    args: [JSON.parse(plan)],
  });
  return result ? JSON.stringify(result) : undefined;
}

/**
 * The time that a click's grant takes to the page's process. Chrome keeps no order between it and the request that rests on
 * it, so that a busy page may refuse what a moment later it answers.
 */
const granted = () => new Promise((resolve) => setTimeout(resolve, 100));

/** What the core asks of this script; see `src/browser/shim.rs`. */
const shim = {
  takeSnapshot(...asked) {
    return snapshotOf(...asked).catch(() => granted().then(() => snapshotOf(...asked)));
  },
  changed() {
    // Nobody listens where no panel is open.
    chrome.runtime.sendMessage({ kind: "changed" }).catch(() => {});
  },
};

/** One core for each life of the worker; made when first needed. */
let begun;

function runtime() {
  begun ??= begin().catch((error) => {
    begun = undefined;
    throw error;
  });
  return begun;
}

async function begin() {
  const text = async (path) => (await fetch(chrome.runtime.getURL(path))).text();
  const [catalog, deployment, language] = await Promise.all([
    text("catalog.json"),
    text("deployment.json"),
    spoken(),
    init({ module_or_path: fetch(chrome.runtime.getURL("wasm/punchout_bg.wasm")) }),
  ]);
  return Runtime.begin(catalog, deployment, language, shim);
}

const withRuntime = (use) => runtime().then(use);

chrome.action.onClicked.addListener((tab) => {
  // Before any await: opening a side panel needs the click's user gesture.
  chrome.sidePanel.open({ windowId: tab.windowId });
  // The workshop may read the same tab; without it nobody asks.
  chrome.storage.session.set({ clicked: tab.id });
  withRuntime((core) => core.clicked(tab.windowId, tab.id, tab.url ?? ""));
});

chrome.runtime.onMessage.addListener((message, sender, answer) => {
  // Only this extension's own pages may speak to the core; a content script has a tab and a web address.
  if (sender.id !== chrome.runtime.id || sender.origin !== new URL(chrome.runtime.getURL("")).origin) return false;
  return respond(message, answer);
});

function respond(message, answer) {
  const reply = (result) => {
    withRuntime(result).then(
      (value) => answer({ value }),
      (error) => answer({ error: String(error?.message ?? error) }),
    );
    return true;
  };
  switch (message.kind) {
    case "view":
      return reply((core) => JSON.parse(core.view(message.window)));
    case "export":
      return reply((core) => JSON.parse(core.export(message.window, JSON.stringify(message.wanted))));
    case "opened":
      return reply((core) => core.woken());
    case "acted":
      return reply((core) => core.acted(message.window, JSON.stringify(message.action)));
    case "forget":
      return reply((core) => forgetEverything(JSON.parse(core.view(message.window))));
    case "configured":
      // What is under way was asked with the old settings; it is stored, and a new worker goes on with the new ones.
      chrome.runtime.reload();
      return false;
    default:
      return false;
  }
}

// Only the tabs of allowed shops have an address here, and the one on which the toolbar button was used.
chrome.tabs.onUpdated.addListener((tabId, { url, status }, tab) => {
  const address = url ?? (status === "complete" ? tab.url : undefined);
  if (address) mark(tabId, address, (asked) => withRuntime((core) => core.isCartAddress(asked)));
});
chrome.alarms.onAlarm.addListener(() => withRuntime((core) => core.woken()));
chrome.runtime.onStartup.addListener(() => withRuntime((core) => core.woken()));
chrome.runtime.onInstalled.addListener(() => withRuntime((core) => core.woken()));
chrome.windows.onRemoved.addListener((window) => withRuntime((core) => core.windowClosed(window)));
self.addEventListener("online", () => withRuntime((core) => core.woken()));
