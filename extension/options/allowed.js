// The shops on whose carts the toolbar button is marked.

import { button, say } from "../panel/controls.js";
import { h } from "../panel/dom.js";
import { words } from "../panel/words.js";
import { allow, allowedShops, revoke } from "../shops.js";

/** A host, as it stands in an address. */
const HOST = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

let wrong = false;

/** The list, and a field for one more. */
export async function allowed(show) {
  const hosts = await allowedShops();
  return [
    hosts.length === 0 && h("p", { key: "none" }, words("options_shops_none")),
    hosts.length > 0 && h("ul", { key: "list", class: "shops" }, hosts.map((host) => shop(host, show))),
    newShop(show),
  ];
}

function shop(host, show) {
  const remove = async () => {
    await revoke(host);
    say(words("options_shop_revoked", host));
    await show();
    document.getElementById("shops").focus();
  };
  return h(
    "li",
    { key: host },
    h("span", { key: "host" }, host),
    button("secondary", words("options_shop_revoke"), remove, { "aria-label": words("options_shop_revoke_of", host) }),
  );
}

function newShop(show) {
  const add = async (event) => {
    event.preventDefault();
    const host = hostOf(document.getElementById("shop").value);
    wrong = !HOST.test(host);
    // Before any await: the browser asks only in answer to a click.
    if (!wrong && (await allow(host))) document.getElementById("shop").value = "";
    await show();
  };
  return h(
    "form",
    { key: "new", class: "field", novalidate: true, on: { submit: add } },
    h("label", { for: "shop" }, words("options_shop")),
    h("input", {
      id: "shop",
      type: "text",
      autocomplete: "off",
      spellcheck: "false",
      "aria-describedby": "shop-words",
      "aria-invalid": wrong && "true",
    }),
    h(
      "div",
      { key: "words", id: "shop-words" },
      wrong && h("p", { key: "wrong", class: "error", role: "alert" }, words("options_shop_invalid")),
      h("p", { key: "hint", class: "hint" }, words("options_shop_hint")),
    ),
    h("div", { key: "add", class: "actions" }, button("secondary", words("options_shop_add"), () => {}, { type: "submit", id: "add-shop" })),
  );
}

/** The host of what was entered: people paste whole addresses. */
function hostOf(text) {
  const entered = text.trim().toLowerCase();
  return URL.canParse(entered) ? new URL(entered).hostname : entered;
}
