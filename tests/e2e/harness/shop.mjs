// A small web shop on loopback. One list of lines makes the page, and is the truth that the page is held against.
import { createServer } from "node:http";
import { once } from "node:events";
import { readFileSync } from "node:fs";

/** The lines of the cart; amounts in hundredths. */
export const LINES = [
  { sku: "PAP-a4-80", name: "Kopierpapier A4 80 g/m², 5×500 Blatt", quantity: 20, price: 5_45 },
  { sku: "PAP-STUHL-7", name: "Bürostuhl «Säntis», höhenverstellbar", quantity: 2, price: 1234_50 },
  { sku: "PAP-HK-246", name: "Heftklammern 24/6 (Pack à 1000)", quantity: 12, price: 1_95 },
  { sku: "PAP-ORD-70", name: 'Ordner 7 cm "Quer" & Register', quantity: 25, price: 3_20 },
  { sku: "PAP-WBM-4", name: "Whiteboard-Marker, ø 2 mm, Set à 4", quantity: 3, price: 12_90 },
];
const SHIPPING = 9_00;
const VAT_PERMILLE = 81;

/** What must stand in Business Central: exact decimals as texts. */
export const TRUTH = LINES.map(({ sku, name, quantity, price }) => ({
  vendorItemNumber: sku,
  description: name,
  quantity: String(quantity),
  directUnitCost: plain(price),
}));

function totalsOf(lines) {
  const subtotal = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const tax = Math.round(((subtotal + SHIPPING) * VAT_PERMILLE) / 1000);
  return { subtotal, tax, total: subtotal + SHIPPING + tax };
}

/** All that the cart says: its texts, and its amounts in hundredths. */
export const CART = {
  texts: LINES.flatMap(({ sku, name }) => [sku, name]),
  amounts: [...LINES.flatMap(({ quantity, price }) => [price, price * quantity]), SHIPPING, ...Object.values(totalsOf(LINES))],
};

/** A cart of which one line is in another currency. */
const TWO_CURRENCIES = [LINES[0], { ...LINES[2], currency: "EUR" }];

/** A cart of two sellers beside the shop. */
const OF_SELLERS = LINES.map((line, place) => ({ ...line, seller: place === 1 ? "Stuhlwerk AG" : "Papierhof GmbH" }));

/** A cart that no screen holds. */
export const LONG = Array.from({ length: 250 }, (_, place) => ({
  sku: `PAP-LANG-${place}`,
  name: `Etikette Nr. ${place}`,
  quantity: 1 + (place % 3),
  price: 2_50,
}));

/**
 * Serves the cart at `/warenkorb/`, a long one at `/lang/warenkorb/`, an empty cart at `/leer/`, a page without a cart at `/`; a
 * cart whose totals do not follow and of which a part is another site's at `/teilweise/`, a page that is nothing but another
 * site's frame at `/rahmen/`, a cart in two currencies at `/waehrungen/`, one of two sellers at `/marktplatz/`, and a cart of
 * as many lines as its address says at `/zeilen/500/`.
 */
export async function startShop() {
  const pages = {
    "/warenkorb/": cartPage(LINES),
    "/lang/warenkorb/": cartPage(LONG),
    "/leer/": cartPage([]),
    "/": frontPage(),
    "/teilweise/": cartPage(LINES, { surcharge: 17_00, frame: foreignFrame() }),
    "/waehrungen/": cartPage(TWO_CURRENCIES),
    "/marktplatz/": cartPage(OF_SELLERS),
    "/rahmen/": page("Warenkorb", foreignFrame()),
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://shop");
    const many = pathname.match(/^\/zeilen\/(\d{1,4})\/$/)?.[1];
    const page = many ? cartPage(manyLines(Number(many))) : pages[pathname];
    const type = pathname.endsWith(".css") ? "text/css" : "text/html; charset=utf-8";
    const body = pathname === "/shop.css" ? readFileSync(new URL("shop.css", import.meta.url)) : page;
    response.writeHead(body ? 200 : 404, { "content-type": type, "cache-control": "no-store" });
    response.end(body ?? "");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  /** What the cart shows when it is loaded again. */
  const putInCart = (lines) => (pages["/warenkorb/"] = cartPage(lines));
  return { port: server.address().port, putInCart, stop: () => new Promise((done) => server.close(done).closeAllConnections()) };
}

const manyLines = (count) =>
  Array.from({ length: count }, (_, index) => ({ sku: `N-${index}`, name: `Artikel ${index}`, quantity: 1 + (index % 9), price: 100 + index }));

function plain(hundredths) {
  return `${Math.trunc(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
}

/** As Swiss shops print it. */
function printed(hundredths) {
  const [whole, part] = plain(hundredths).split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, "’")}.${part}`;
}

function money(hundredths, currency = "CHF") {
  return `<span class="woocommerce-Price-amount amount"><bdi><span class="woocommerce-Price-currencySymbol">${currency}</span>&nbsp;${printed(hundredths)}</bdi></span>`;
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

function line({ sku, name, quantity, price, currency, seller }, index) {
  return `<tr class="woocommerce-cart-form__cart-item cart_item">
  <td class="product-remove"><a class="remove" href="#" aria-label="Entfernen" data-product_sku="${escaped(sku)}">×</a></td>
  <td class="product-name" data-title="Produkt"><a href="/produkt/${index}/">${escaped(name)}</a>${seller ? sellerOf(seller) : ""}</td>
  <td class="product-price" data-title="Preis">${money(price, currency)}</td>
  <td class="product-quantity" data-title="Anzahl"><div class="quantity"><label class="hidden" for="q${index}">Anzahl</label>
    <input id="q${index}" type="number" class="input-text qty text" name="cart[k${index}][qty]" value="${quantity}" min="0" step="1"></div></td>
  <td class="product-subtotal" data-title="Zwischensumme">${money(price * quantity, currency)}</td>
</tr>`;
}

/** As marketplaces made of WooCommerce print it. */
function sellerOf(name) {
  return `<dl class="variation"><dt class="variation-Verkufer">Verkäufer:</dt><dd class="variation-Verkufer"><p>${escaped(name)}</p></dd></dl>`;
}

/** A part of the page that is another site's. */
function foreignFrame() {
  return '<iframe title="Kasse" src="http://kasse.test/warenkorb" width="600" height="200"></iframe>';
}

/** `surcharge` stands in the total alone. */
function cartPage(lines, { surcharge = 0, frame = "" } = {}) {
  if (lines.length === 0) {
    return page("Warenkorb", '<div class="woocommerce"><p class="cart-empty woocommerce-info">Ihr Warenkorb ist gegenwärtig leer.</p></div>');
  }
  const head = ["", "Produkt", "Preis", "Anzahl", "Zwischensumme"].map((name) => `<th>${name}</th>`).join("");
  const { subtotal, tax, total } = totalsOf(lines);
  const row = (name, words, amount) => `<tr class="${name}"><th>${words}</th><td data-title="${words}">${amount}</td></tr>`;
  return page(
    "Warenkorb",
    `<div class="woocommerce"><form class="woocommerce-cart-form" action="/warenkorb/" method="post">
<table class="shop_table cart"><thead><tr>${head}</tr></thead><tbody>${lines.map(line).join("\n")}</tbody></table></form>
<div class="cart-collaterals"><div class="cross-sells"><h2>Das könnte Ihnen auch gefallen</h2>
<ul class="products"><li class="product"><a href="/produkt/9/">Tischlampe</a> <span class="price">${money(89_00)}</span></li></ul></div>
<div class="cart_totals"><h2>Warenkorb-Summe</h2><table class="shop_table"><tbody>
${row("cart-subtotal", "Zwischensumme", money(subtotal))}
${row("woocommerce-shipping-totals shipping", "Versand", money(SHIPPING))}
${row("tax-rate tax-rate-ch", "MwSt. 8.1%", money(tax))}
${row("order-total", "Gesamtsumme", `<strong>${money(total + surcharge)}</strong>`)}
</tbody></table></div></div>${frame}</div>`,
  );
}

function frontPage() {
  return page("Willkommen", '<h2>Papeterie Lindenplatz</h2><p>Alles für das Büro.</p><p><a href="/warenkorb/">Zum Warenkorb</a></p>');
}

function page(title, body) {
  return `<!doctype html>
<html lang="de-CH"><head><meta charset="utf-8"><title>${title} – Papeterie Lindenplatz</title><link rel="stylesheet" href="/shop.css"></head>
<body class="woocommerce-cart woocommerce-page"><header><a href="/">Papeterie Lindenplatz</a></header><main><h1>${title}</h1>${body}</main></body></html>`;
}
