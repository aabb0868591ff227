// How a page looks and speaks by now: it follows each choice while it is open.

import { held, KEY } from "../preferences.js";

/** What holds now, by name. */
export const appearance = {};

let listener = () => {};

/** Calls `heard` when another choice holds. */
export function onChange(heard) {
  listener = heard;
}

async function refresh() {
  Object.assign(appearance, await held());
  const root = document.documentElement;
  if (appearance.theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = appearance.theme;
}

// Before the first look, so that no choice is missed meanwhile.
chrome.storage.onChanged.addListener(async (changes) => {
  if (!(KEY in changes)) return;
  const { language } = appearance;
  await refresh();
  // Every word of the page is another one.
  if (appearance.language !== language) location.reload();
  else listener();
});
await refresh();
