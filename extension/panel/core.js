// Talks to the service worker, where all decisions are made.

/** What the panel of a window shows. */
export async function viewOf(window) {
  const { value, error } = (await chrome.runtime.sendMessage({ kind: "view", window })) ?? {};
  if (!value) throw new Error(error);
  return value;
}

/** The buyer did something; see `Action` in `src/capture/event.rs`. */
export async function act(window, { type, ...fields }) {
  const action = Object.keys(fields).length > 0 ? { [type]: fields } : type;
  const { error } = (await chrome.runtime.sendMessage({ kind: "acted", window, action })) ?? {};
  if (error) throw new Error(error);
}

/** A file of what the panel of a window shows; see `Wanted` and `Exporting` in `src/capture/exporting.rs`. */
export async function exported(window, wanted) {
  const { value, error } = (await chrome.runtime.sendMessage({ kind: "export", window, wanted })) ?? {};
  if (!value) throw new Error(error);
  return value;
}

/** The panel was opened: what is owed may be looked at. */
export function opened() {
  return chrome.runtime.sendMessage({ kind: "opened" });
}

/** Deletes everything that is kept. Gives false, and nothing is deleted, where something is owed. */
export async function forget(window) {
  const { value, error } = (await chrome.runtime.sendMessage({ kind: "forget", window })) ?? {};
  if (error) throw new Error(error);
  return value;
}

/** Calls `listener` whenever there may be something new to show. */
export function onChange(listener) {
  chrome.runtime.onMessage.addListener((message, sender) => {
    if (sender.id === chrome.runtime.id && message.kind === "changed") listener();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") listener();
  });
}

/** The browser window that this panel stands in. A page opened as a tab may name another. */
export async function ownWindow() {
  const named = Number.parseInt(new URLSearchParams(location.search).get("window"), 10);
  return Number.isInteger(named) ? named : (await chrome.windows.getCurrent()).id;
}
