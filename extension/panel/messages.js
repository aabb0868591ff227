// The messages of `_locales`: by `chrome.i18n` in the browser's language, or in the one that was chosen, for which Chrome
// has no way.

import { appearance } from "./appearance.js";

/** Where a message says nothing in a language, it stands in this one. */
const FALLBACK = "en";

const chosen = appearance.language === "auto" ? undefined : await both(appearance.language);

async function both(language) {
  const of = async (one) => (await fetch(chrome.runtime.getURL(`_locales/${one}/messages.json`))).json();
  const [fallback, own] = await Promise.all([of(FALLBACK), of(language)]);
  return { ...fallback, ...own };
}

/** A message with these texts in its places; blank where there is none of this name. */
export function message(name, texts = []) {
  if (!chosen) return chrome.i18n.getMessage(name, texts);
  return Object.hasOwn(chosen, name) ? filled(chosen[name], texts) : "";
}

/** Puts texts into a message as `chrome.i18n` does. */
export function filled({ message: text, placeholders = {} }, texts) {
  return text.replaceAll(/\$(\w+)\$|\$\$/g, (_, place) => {
    if (place === undefined) return "$";
    return placeholders[place.toLowerCase()].content.replaceAll(/\$(\d)/g, (_, number) => texts[number - 1] ?? "");
  });
}
