// How the extension looks and speaks: as the browser does, unless the buyer or an administrator says otherwise.

/** Under this name the buyer's choices are kept. */
export const KEY = "appearance";

/** What can be chosen; `auto` is what the browser and the language say. */
export const CHOICES = {
  language: ["auto", "de", "en", "fr", "it"],
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

/** What holds, by name. */
export async function held() {
  const { own, policy } = await read();
  const auto = Object.fromEntries(Object.keys(CHOICES).map((name) => [name, "auto"]));
  return { ...auto, ...own, ...policy };
}

/** Stores a choice. */
export async function choose(name, value) {
  const { own } = await read();
  await chrome.storage.local.set({ [KEY]: { ...own, [name]: value } });
}

/** The language that is spoken, as a tag of BCP 47. */
export async function spoken() {
  const { language } = await held();
  return language === "auto" ? chrome.i18n.getUILanguage() : language;
}

function known(values) {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => CHOICES[name]?.includes(value)));
}
