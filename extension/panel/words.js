// Words, numbers of things and moments in the reader's language.

const pluralRules = new Intl.PluralRules(chrome.i18n.getMessage("language"));
const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const timeOfDay = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** A message of `_locales`. */
export function words(name, ...values) {
  return chrome.i18n.getMessage(name, values.map(String));
}

/** A message that depends on a number: `name_one`, `name_other` and whatever else the language has. */
export function counted(name, count, ...values) {
  const texts = [count, ...values].map(String);
  return (
    chrome.i18n.getMessage(`${name}_${pluralRules.select(count)}`, texts) ||
    chrome.i18n.getMessage(`${name}_other`, texts)
  );
}

/** A moment in milliseconds since 1970 as date and time. */
export const moment = (milliseconds) => dateAndTime.format(milliseconds);

/** A moment as time of day to the second. */
export const clock = (milliseconds) => timeOfDay.format(milliseconds);

/** Fills a page's own markup: `data-i18n` names the message. */
export function translatePage() {
  document.documentElement.lang = words("language");
  for (const element of document.querySelectorAll("[data-i18n]")) {
    element.textContent = chrome.i18n.getMessage(element.dataset.i18n);
  }
}
