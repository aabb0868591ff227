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

/** Makes the page look as chosen. */
export function wear(theme) {
  const root = document.documentElement;
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
}

/** Calls `listener` when the choice was changed on another page. */
export function onChange(listener) {
  chrome.storage.onChanged.addListener((changes) => {
    if (KEY in changes) listener();
  });
}

function known(values) {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => CHOICES[name]?.includes(value)));
}

const { own, policy } = await read();

/** What holds now, by name. */
export const appearance = { theme: "auto", number_format: "auto", ...own, ...policy };

wear(appearance.theme);
