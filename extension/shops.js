// The shops that the buyer has allowed: of their tabs the browser tells the address, and nothing else is looked at.

/** Under this key stand, by host, the paths at which the buyer captured a cart: platforms have no address of their own. */
const KEY = "shops";
const MOST_PATHS = 8;

const pattern = (host) => `https://${host}/*`;

/** The hosts that are allowed, in alphabetical order; those that the extension cannot do without are no shops. */
export async function allowedShops() {
  const { origins = [] } = await chrome.permissions.getAll();
  const own = new Set(chrome.runtime.getManifest().host_permissions);
  const hosts = origins.filter((origin) => !own.has(origin)).map((origin) => origin.replace(/^\w+:\/\/|\/\*$/g, ""));
  return [...new Set(hosts)].sort();
}

/** Asks the buyer, in the browser's own words; only in answer to a click. Gives whether it is allowed. */
export const allow = (host) => chrome.permissions.request({ origins: [pattern(host)] });

/** Takes the permission back, and forgets what was remembered with it. */
export async function revoke(host) {
  await chrome.permissions.remove({ origins: [pattern(host)] });
  const { [host]: _forgotten, ...others } = await remembered();
  await chrome.storage.local.set({ [KEY]: others });
}

/** Remembers that there was a cart at this address. */
export async function rememberCart(address) {
  const { hostname, pathname } = new URL(address);
  const paths = await remembered();
  const own = new Set([...(paths[hostname] ?? []), pathname]);
  await chrome.storage.local.set({ [KEY]: { ...paths, [hostname]: [...own].slice(-MOST_PATHS) } });
}

/** Whether an address is one of a shop that is allowed. */
export async function isAllowed(address) {
  if (!/^https?:/.test(address)) return false;
  const { protocol, hostname } = new URL(address);
  return chrome.permissions.contains({ origins: [`${protocol}//${hostname}/*`] });
}

/** Whether there was a cart at this address before. */
export async function hadCart(address) {
  const { hostname, pathname } = new URL(address);
  return ((await remembered())[hostname] ?? []).includes(pathname);
}

async function remembered() {
  return (await chrome.storage.local.get(KEY))[KEY] ?? {};
}
