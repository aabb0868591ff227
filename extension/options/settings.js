// The three values that may stand over `deployment.json`; see `Overrides` in `src/deployment.rs`.

/** Their names, as managed policy and the stored settings have them. */
export const NAMES = ["tenant", "client_id", "environment"];

/** What each may be written with: ids, domains and names of environments. */
const WRITTEN = /^[A-Za-z0-9._-]*$/;

/** Under this key the core looks for JSON text. */
const KEY = "settings";

/** What the buyer stored, and what an administrator set. */
export async function read() {
  const stored = (await chrome.storage.local.get(KEY))[KEY];
  // Without a policy some browsers refuse the question.
  const policy = await chrome.storage.managed.get(NAMES).catch(() => ({}));
  return { own: parsed(stored), policy };
}

/** Stores what the buyer entered. */
export function write(values) {
  return chrome.storage.local.set({ [KEY]: JSON.stringify(values) });
}

/** Whether a value can be one of the three. */
export const isWritable = (value) => WRITTEN.test(value);

function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
