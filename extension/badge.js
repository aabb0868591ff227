// The mark on the toolbar button while the tab shows a cart of an allowed shop. It goes by the address alone.

import { hadCart, isAllowed } from "./shops.js";

/** Sets or takes the mark of a tab. `isCartAddress` asks the core's definitions. */
export async function mark(tabId, address, isCartAddress) {
  if (!(await isAllowed(address))) return;
  const isCart = (await hadCart(address)) || (await isCartAddress(address));
  const title = isCart ? chrome.i18n.getMessage("action_title_cart") : chrome.i18n.getMessage("action_title");
  // The tab may be gone meanwhile.
  await Promise.all([
    chrome.action.setBadgeText({ tabId, text: isCart ? "●" : "" }),
    chrome.action.setBadgeBackgroundColor({ tabId, color: "#00666d" }),
    chrome.action.setTitle({ tabId, title }),
  ]).catch(() => {});
}
