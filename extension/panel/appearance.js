// How the pages look and write numbers: as the browser does, unless the buyer or an administrator says otherwise.

const KEY = "appearance";

/** What can be chosen; `auto` is what the browser and the language say. */
export const CHOICES = {
  theme: ["auto", "light", "dark"],
  number_format: ["auto", "de-CH", "de-DE", "en-GB", "fr-FR"],
};

/** What the buyer chose, and what an administrator set. */
export async function read() {
  const own = (await chrome.storage.local.get(KEY))[KEY] ?? {};
  // Without a policy some browsers refuse the question.
  const policy = await chrome.storage.managed.get(Object.keys(CHOICES)).catch(() => ({}));
  return { own: known(own), policy: known(policy) };
}

/** Stores a choice. */
export async function choose(name, value) {
  const { own } = await read();
  await chrome.storage.local.set({ [KEY]: { ...own, [name]: value } });
}

/** What holds now, by name. */
export const appearance = {};

let listener = () => {};

/** Calls `heard` when another choice holds. */
export function onChange(heard) {
  listener = heard;
}

function known(values) {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => CHOICES[name]?.includes(value)));
}

async function refresh() {
  const { own, policy } = await read();
  Object.assign(appearance, { theme: "auto", number_format: "auto" }, own, policy);
  const root = document.documentElement;
  if (appearance.theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = appearance.theme;
}

// Before the first look, so that no choice is missed meanwhile.
chrome.storage.onChanged.addListener(async (changes) => {
  if (!(KEY in changes)) return;
  await refresh();
  listener();
});
await refresh();
