// A sample cart for those who want to see a review before they sign in. It is read like any other, in words of the
// buyer's language, and the core keeps it apart: nothing of it can be chosen, looked up or sent.

import { button } from "./controls.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { lines } from "./lines.js";
import { totals } from "./totals.js";
import { verdict } from "./verdict.js";
import { words } from "./words.js";

const LINES = [
  { name: words("sample_paper"), number: "PAP-500", quantity: 20, cents: 545 },
  { name: words("sample_chair"), number: "CH-210", quantity: 2, cents: 18_900 },
  { name: words("sample_pens"), number: "PEN-04", quantity: 6, cents: 1_290 },
];
const SHIPPING = 900;

/** The tax on everything, in percent. */
const TAX = 20;

/** Shows the sample. */
export const trySample = (act) => act({ type: "try_sample", snapshot: JSON.stringify(snapshot()) });

/** The review of the sample. */
export function sample({ page: { review } }, act) {
  return [
    h("h1", { id: "title", tabindex: "-1" }, words("sample_title")),
    h(
      "section",
      { key: "note", class: "notice information" },
      icon("information"),
      h(
        "div",
        { class: "notice-words" },
        h("p", { class: "what" }, words("sample_note")),
        h("p", { key: "advice" }, words("sample_advice")),
        h(
          "div",
          { class: "actions" },
          button("primary", words("sample_close"), () => act({ type: "dismiss" }), { id: "close-sample" }),
        ),
      ),
    ),
    // What each line becomes is not known before a vendor is; and nothing can be chosen here.
    h("div", { key: "cart", class: "screen sample" }, verdict(review), lines(review, act), totals(review)),
  ];
}

/** The page as `extension/snapshot.js` writes pages: docs/snapshot-format.md. */
function snapshot() {
  const markup = cartMarkup();
  return {
    format: 1,
    title: words("sample_title"),
    lang: words("language"),
    meta: [],
    canonical: null,
    json_ld: [],
    state: [],
    root: { selector: null, path: [{ name: "html", attributes: [] }] },
    tree: { elements: markup.match(/<\w/g).length, markup, live: {}, shadows: [], frames: [], unreachable: [] },
  };
}

/** The cart as WooCommerce prints one. */
function cartMarkup() {
  const net = LINES.reduce((sum, { quantity, cents }) => sum + quantity * cents, 0);
  const tax = ((net + SHIPPING) * TAX) / 100;
  const rows = [
    ["cart-subtotal", net],
    ["woocommerce-shipping-totals shipping", SHIPPING],
    ["tax-rate", tax],
    ["order-total", net + SHIPPING + tax],
  ];
  const labels = [words("total_subtotal"), words("total_shipping"), words("total_tax"), words("total_grand_total")];
  const totalRow = ([look, cents], index) => `<tr class="${look}"><th>${escaped(labels[index])}</th><td>${money(cents)}</td></tr>`;
  return `<body xmlns="http://www.w3.org/1999/xhtml"><div class="woocommerce"><form class="woocommerce-cart-form"><table><tbody>${LINES.map(row).join("")}</tbody></table></form><div class="cart-collaterals"><div class="cart_totals"><table><tbody>${rows.map(totalRow).join("")}</tbody></table></div></div></div></body>`;
}

function row({ name, number, quantity, cents }) {
  return `<tr class="cart_item"><td class="product-remove"><a class="remove" data-product_sku="${number}"></a></td><td class="product-name"><a href="https://sample.example/${number}">${escaped(name)}</a></td><td class="product-price">${money(cents)}</td><td class="product-quantity"><input name="cart[${number}][qty]" value="${quantity}"/></td><td class="product-subtotal">${money(cents * quantity)}</td></tr>`;
}

const money = (cents) =>
  `<span class="woocommerce-Price-amount amount"><bdi><span class="woocommerce-Price-currencySymbol">EUR</span> ${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, "0")}</bdi></span>`;

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
