// Takes a snapshot of the page on which the toolbar button was used last, opens one that was saved, and saves one.

import { takeSnapshot } from "../snapshot.js";

/** Something that the person can put right; `name` is the message's. */
export class Hindrance extends Error {
  constructor(name) {
    super(name);
    this.name = name;
  }
}

/**
 * The page on which the toolbar button was used last: only for that one the browser lets an extension read.
 * `planFor(host, path)` says what to take.
 */
export async function take(planFor) {
  const { clicked } = await chrome.storage.session.get("clicked");
  if (!clicked) throw new Hindrance("no_page");
  try {
    const url = addressOf((await chrome.tabs.get(clicked)).url);
    const plan = planFor(url.hostname, url.pathname);
    const [{ result } = {}] = await chrome.scripting.executeScript({ target: { tabId: clicked }, func: takeSnapshot, args: [plan] });
    if (!result?.tree) throw new Hindrance("not_taken");
    return { url: url.origin + url.pathname, snapshot: result };
  } catch (error) {
    throw error instanceof Hindrance ? error : new Hindrance("no_page");
  }
}

/** A snapshot that was saved, from its file. */
export async function open(file) {
  try {
    const { url, snapshot } = JSON.parse(await file.text());
    if (snapshot?.format !== 1 || typeof snapshot.tree?.markup !== "string") throw new Hindrance("no_snapshot");
    return { url: addressOf(url).href, snapshot };
  } catch {
    throw new Hindrance("no_snapshot");
  }
}

/** Hands a snapshot to the person as a file. */
export function save({ url, snapshot }) {
  const text = `${JSON.stringify({ url, snapshot }, null, 2)}\n`;
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${addressOf(url).hostname}.snapshot.json`;
  link.click();
  // The browser has taken the file before the next task.
  setTimeout(() => URL.revokeObjectURL(address));
}

/** A web page's address; anything else is refused. */
export function addressOf(text) {
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") throw new Hindrance("no_page");
  return url;
}
