// Words, numbers of things, amounts and moments in the reader's language.

import { appearance } from "./appearance.js";
import { message } from "./messages.js";

const language = message("language");
const locale = localeOf(language);
const pluralRules = new Intl.PluralRules(language);
const dateAndTime = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
const timeOfDay = new Intl.DateTimeFormat(locale, { timeStyle: "medium" });

/** The browser's own locale where it is one of the language that is shown: German words with Swiss dates in de-CH. */
function localeOf(language) {
  const spoken = chrome.i18n.getUILanguage();
  return spoken.split("-")[0] === language ? spoken : language;
}

/** A message of `_locales`. */
export function words(name, ...values) {
  return message(name, values.map(String));
}

/** A message that depends on a number: `name_one`, `name_other` and whatever else the language has. */
export function counted(name, count, ...values) {
  const texts = [count, ...values].map(String);
  return (
    message(`${name}_${pluralRules.select(count)}`, texts) ||
    message(`${name}_other`, texts)
  );
}

const numbers = () => (appearance.number_format === "auto" ? locale : appearance.number_format);

/** A decimal as text, written as the reader writes numbers: with all its digits, which a binary number would not keep. */
export function decimal(text) {
  const [, fraction = ""] = String(text).split(".");
  const digits = { minimumFractionDigits: fraction.length, maximumFractionDigits: fraction.length };
  return new Intl.NumberFormat(numbers(), digits).format(text);
}

/** How the reader writes decimals: a `NumberStyle` of `src/money/digits.rs`. */
export function numberStyle() {
  const parts = new Intl.NumberFormat(numbers()).formatToParts(0.5);
  return parts.find(({ type }) => type === "decimal").value === "," ? "comma" : "dot";
}

/** A decimal as text, as the reader types it: with the own decimal sign, and nothing that groups. */
export function typable(text) {
  return numberStyle() === "comma" ? text.replace(".", ",") : text;
}

/** What a finding says, or a part of it: a `Message` of `src/cart/message.rs`. */
export function told({ key, values }) {
  return words(`found_${key}`, ...values.map(value));
}

/** An `Argument` of a message: `{ number }`, `{ text }`, `{ message }`, `{ list }` or `{ sum }`. */
function value({ number, text, message, list, sum }) {
  if (number !== undefined) return decimal(number);
  if (message !== undefined) return told(message);
  if (list !== undefined) return list.map(value).join(", ");
  if (sum !== undefined) return sum.map(value).join(" + ");
  return text;
}

/** A moment in milliseconds since 1970 as date and time. */
export const moment = (milliseconds) => dateAndTime.format(milliseconds);

/** A moment as time of day to the second. */
export const clock = (milliseconds) => timeOfDay.format(milliseconds);

/** Fills a page's own markup: `data-i18n` names the message. */
export function translatePage() {
  document.documentElement.lang = words("language");
  for (const element of document.querySelectorAll("[data-i18n]")) {
    element.textContent = message(element.dataset.i18n);
  }
}
