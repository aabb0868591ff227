// What the page may not prove: whether prices contain tax, and in which currency they are.

import { h } from "./dom.js";
import * as drafts from "./drafts.js";
import { words } from "./words.js";

const PERCENT = /^\d{1,2}(?:[.,]\d{1,4})?$/;
const CURRENCY = /^[A-Za-z]{3}$/;

/** The one tax basis that all prices of the page state, or `unknown`. */
function proved({ lines }) {
  const stated = new Set(lines.filter((line) => line.unit_price).map((line) => line.unit_price.tax));
  return stated.size === 1 ? [...stated][0] : "unknown";
}

/** How the controls stand: what the page proves, else what was put in, else what the core says. */
function taxShown(review) {
  const { tax } = review;
  return {
    prices: proved(review) === "gross" ? "gross" : drafts.drafted("tax-prices", tax?.prices),
    percent: drafts.drafted("tax-percent", tax?.percent ?? ""),
  };
}

const percentOf = (text) => (PERCENT.test(text.trim()) ? text.trim().replace(",", ".") : undefined);

/** Whether the controls for tax show something else than what the core goes by. */
export function taxIsOpen(review) {
  const { tax } = review;
  if (proved(review) === "net") return false;
  const { prices, percent } = taxShown(review);
  if (prices !== tax?.prices) return true;
  return prices === "gross" && Number(percentOf(percent)) !== Number(tax.percent);
}

/** The control where tax is to be settled. */
export function taxControl(review) {
  return taxShown(review).prices === "gross" ? "tax-percent" : "tax-net";
}

function settleTax(review) {
  if (taxIsOpen(review) || document.activeElement?.id === "tax-percent") return;
  drafts.forget("tax-prices");
  drafts.forget("tax-percent");
}

/** Without tax, or with tax at a rate. Nothing to choose where the page proves prices without tax. */
export function taxField(review, act) {
  const basis = proved(review);
  if (basis === "net") return h("p", { key: "tax", class: "stated" }, words("tax_proved_net"));
  settleTax(review);
  const { prices, percent } = taxShown(review);
  const put = (field, value) => {
    drafts.keep(field, value);
    send(review, act);
  };
  return h(
    "fieldset",
    { key: "tax", class: "field tax-choice" },
    h("legend", null, words("tax")),
    basis === "gross" && h("p", { key: "proved", class: "stated" }, words("tax_proved_gross")),
    basis === "unknown" && radio("net", prices, put),
    basis === "unknown" && radio("gross", prices, put),
    prices === "gross" && h("div", { key: "rate", class: "rate" }, percentInput(percent, put)),
  );
}

function radio(value, chosen, put) {
  const id = `tax-${value}`;
  const change = () => put("tax-prices", value);
  return h(
    "div",
    { key: value, class: "check" },
    h("input", { id, type: "radio", name: "tax", value, checked: chosen === value, on: { change } }),
    h("label", { for: id }, words(`tax_${value}`)),
  );
}

function percentInput(text, put) {
  const invalid = text !== "" && percentOf(text) === undefined;
  const input = ({ target }) => put("tax-percent", target.value);
  return [
    h("label", { key: "label", for: "tax-percent" }, words("tax_percent")),
    h("input", {
      ...PLAIN_TEXT,
      id: "tax-percent",
      class: "short number",
      inputmode: "decimal",
      value: text,
      "aria-invalid": invalid && "true",
      "aria-describedby": invalid && "tax-percent-error",
      on: { input },
    }),
    h("span", { key: "sign", "aria-hidden": "true" }, "%"),
    invalid && h("p", { key: "error", id: "tax-percent-error", class: "error" }, words("tax_percent_invalid")),
  ];
}

const PLAIN_TEXT = { type: "text", autocomplete: "off", spellcheck: "false" };

function send(review, act) {
  const { prices, percent } = taxShown(review);
  const rate = percentOf(percent);
  if (prices === "net") act({ type: "choose_tax", tax: { prices } });
  else if (rate) act({ type: "choose_tax", tax: { prices, percent: rate } });
  else act(null);
}

/** Whether the control for the currency shows something else than what the core goes by. */
export function currencyIsOpen({ currency, currency_proved: isProved }) {
  return !isProved && drafts.drafted("currency", currency ?? "").toUpperCase() !== (currency ?? "");
}

/** The currency, where the page does not prove it. */
export function currencyField({ currency, currency_proved: isProved }, act) {
  if (isProved) return null;
  const isOpen = currencyIsOpen({ currency, currency_proved: isProved });
  if (!isOpen && document.activeElement?.id !== "currency") drafts.forget("currency");
  const text = drafts.drafted("currency", currency ?? "");
  const input = ({ target }) => {
    drafts.keep("currency", target.value);
    const valid = CURRENCY.test(target.value);
    act(valid ? { type: "choose_currency", currency: target.value.toUpperCase() } : null);
  };
  return h(
    "div",
    { key: "currency", class: "field" },
    h("label", { for: "currency" }, words("currency")),
    h("input", {
      ...PLAIN_TEXT,
      id: "currency",
      class: "short code",
      maxlength: "3",
      value: text,
      "aria-describedby": "currency-hint",
      "aria-invalid": text !== "" && !CURRENCY.test(text) && "true",
      on: { input },
    }),
    h("p", { id: "currency-hint", class: "hint" }, words("currency_hint")),
  );
}
