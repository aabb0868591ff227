// Deletes everything that the extension keeps, unless something would be lost that is still owed.

import { allowedShops, revoke } from "./shops.js";

/** Of a view's deliveries, those that are on their way: between Business Central and the credit account. */
export const owed = ({ deliveries }) => deliveries.filter(({ stage }) => stage !== "done" && stage !== "returned");

/** Of a view's deliveries, those that came back and can still be corrected. */
export const cameBack = ({ deliveries }) => deliveries.filter((delivery) => delivery.can_correct);

/** Whether nothing is owed, as far as this version can read what is kept. */
export const mayForget = (view) => owed(view).length === 0 && view.trouble?.code !== "journal_unreadable";

/** Deletes it, and begins anew. Gives false, and deletes nothing, where something is owed. */
export async function forgetEverything(view) {
  if (!mayForget(view)) return false;
  for (const host of await allowedShops()) await revoke(host);
  await Promise.all([chrome.storage.local.clear(), chrome.storage.session.clear()]);
  // What the worker holds in memory would be stored again with its next step.
  chrome.runtime.reload();
  return true;
}
