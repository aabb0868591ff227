// A cart page of so many lines and so many bytes, with the classes of a platform that the catalog knows.
//
// What fills it up is what fills shops' pages: menus, teasers with prices, icons, styles and inline state. It stands
// around the cart, as in a shop. Where `root` is "unknown", the element that the definition takes the cart from is taken
// apart, so that the whole body is read.

const NOUNS = ["Ordner", "Stuhl", "Leuchte", "Schrank", "Tisch", "Marker", "Etikett", "Papier"];

const plain = (hundredths) => `${Math.trunc(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
const money = (hundredths) =>
  `<span class="woocommerce-Price-amount amount"><bdi><span class="woocommerce-Price-currencySymbol">CHF</span>&nbsp;${plain(hundredths)}</bdi></span>`;

const priceOf = (index) => 100 + ((index * 7919) % 9000);
const quantityOf = (index) => 1 + (index % 9);

function line(index) {
  const [price, quantity] = [priceOf(index), quantityOf(index)];
  const name = `${NOUNS[index % NOUNS.length]} Modell ${index} in Grau, Set`;
  return `<tr class="woocommerce-cart-form__cart-item cart_item" data-key="k${index}">
<td class="product-remove"><a href="/warenkorb/?remove_item=k${index}" class="remove" aria-label="${name} entfernen" data-product_id="${index}" data-product_sku="SKU-${index}">&times;</a></td>
<td class="product-thumbnail"><a href="/produkt/${index}/"><img width="300" height="300" src="data:," class="attachment-woocommerce_thumbnail" alt="${name}" loading="lazy" srcset="data:, 300w, data:, 150w"></a></td>
<td class="product-name" data-title="Produkt"><a href="/produkt/${index}/">${name}</a><dl class="variation"><dt>Farbe:</dt><dd><p>Grau</p></dd></dl></td>
<td class="product-price" data-title="Preis">${money(price)}</td>
<td class="product-quantity" data-title="Anzahl"><div class="quantity"><label class="screen-reader-text" for="q${index}">Anzahl</label><input type="number" id="q${index}" class="input-text qty text" name="cart[k${index}][qty]" value="${quantity}" min="0" step="1" inputmode="numeric" autocomplete="off"></div></td>
<td class="product-subtotal" data-title="Zwischensumme">${money(price * quantity)}</td>
</tr>`;
}

function cart(lines, root) {
  const indices = Array.from({ length: lines }, (_, index) => index);
  const sum = indices.reduce((total, index) => total + priceOf(index) * quantityOf(index), 0);
  const row = (name, words, amount) => `<tr class="${name}"><th>${words}</th><td data-title="${words}">${money(amount)}</td></tr>`;
  const [open, close] = root === "known" ? ["", ""] : ["<div>", "</div>"];
  return `<div class="woocommerce">${open}<form class="woocommerce-cart-form" action="/warenkorb/" method="post">
<table class="shop_table cart"><thead><tr><th>Produkt</th><th>Preis</th><th>Anzahl</th><th>Zwischensumme</th></tr></thead>
<tbody>${indices.map(line).join("\n")}</tbody></table></form>${close}
<div class="cart-collaterals"><div class="cart_totals"><h2>Summe</h2><table class="shop_table"><tbody>
${row("cart-subtotal", "Zwischensumme", sum)}${row("order-total", "Gesamtsumme", sum)}
</tbody></table></div></div></div>`;
}

const ICON = '<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="M12 2a10 10 0 1 0 .01 0zM7 12l3 3 7-7" fill="none" stroke="currentColor" stroke-width="2"></path></svg>';

/** About 5 kB, of which a third is icons, styles and scripts. */
function filling(index) {
  const links = Array.from({ length: 14 }, (_, place) => `<li class="menu-item menu-item-${index}-${place}"><a href="/kategorie/${index}/${place}/" class="menu-link"><span class="menu-text">Sortiment ${index} ${place}</span>${place % 4 ? "" : ICON}</a></li>`);
  const teasers = Array.from({ length: 5 }, (_, place) => `<li class="product type-product"><a href="/produkt/t${index}-${place}/" class="woocommerce-loop-link"><img src="data:," alt="" loading="lazy"><h3 class="loop-title">Angebot ${index} ${place}</h3><span class="price"><del>${money(priceOf(index) + 500)}</del> <ins>${money(priceOf(index))}</ins></span></a><a href="?add-to-cart=${index}" class="button add_to_cart_button" data-quantity="1">In den Warenkorb</a></li>`);
  const state = JSON.stringify({ id: index, facets: Array.from({ length: 12 }, (_, place) => ({ key: `facet-${place}`, count: place * index, href: `/suche/?f=${place}` })) });
  return `<section class="block block-${index}"><h2 class="block-title">Bereich ${index}</h2><ul class="menu">${links.join("")}</ul><ul class="products columns-5">${teasers.join("")}</ul><script>window.block${index} = ${state};</script></section>`;
}

/** The page, of as many bytes or more where the lines alone have more. */
export function pageOf({ lines, bytes, root }) {
  const inner = cart(lines, root);
  const around = [];
  for (let [size, index] = [inner.length + 1500, 0]; size < bytes; index += 1) {
    around.push(filling(index));
    size += around.at(-1).length;
  }
  const half = Math.ceil(around.length / 2);
  return `<!doctype html><html lang="de-CH"><head><meta charset="utf-8"><title>Warenkorb</title>
<style>body{font:14px sans-serif}.screen-reader-text{position:absolute;clip:rect(0,0,0,0)}.menu{columns:4}.products li{float:left;width:20%}img{width:60px;height:60px}table{width:100%}section{content-visibility:auto}</style></head>
<body class="woocommerce-cart woocommerce-page"><header>${around.slice(0, half).join("\n")}</header><main><h1>Warenkorb</h1>${inner}</main>
<footer>${around.slice(half).join("\n")}</footer></body></html>`;
}
