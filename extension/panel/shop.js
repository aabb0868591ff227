// Offers to mark the toolbar button on this shop's carts: the browser asks the buyer, and nothing is allowed before.

import { allow, allowedShops, rememberCart } from "../shops.js";
import { button, say } from "./controls.js";
import { h } from "./dom.js";
import { words } from "./words.js";

let allowed = new Set(await allowedShops());

/** Calls `listener` when the buyer has allowed a shop, or taken that back. */
export function onShops(listener) {
  const changed = async () => {
    allowed = new Set(await allowedShops());
    listener();
  };
  chrome.permissions.onAdded.addListener(changed);
  chrome.permissions.onRemoved.addListener(changed);
}

/** The offer, while a cart of a shop is shown that is not allowed yet. */
export function shopPart({ page }) {
  const host = page.review?.host ?? (page.delivery?.stage === "done" ? page.delivery.host : undefined);
  if (!host || page.page === "sample" || allowed.has(host)) return null;
  return h(
    "section",
    { key: "shop", class: "shop" },
    h("p", { key: "hint", id: "shop-hint", class: "hint" }, words("shop_hint")),
    button("quiet", words("shop_allow", host), () => allowShop(host), { id: "allow-shop", "aria-describedby": "shop-hint" }),
  );
}

async function allowShop(host) {
  // Before any await: the browser asks only in answer to a click.
  if (!(await allow(host))) return;
  say(words("shop_allowed", host));
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  if (tab?.url && new URL(tab.url).hostname === host) await rememberCart(tab.url);
}
