// Every state in which a person can find the extension, and how it comes to that: the servers stand in for the world, and
// fail on demand. Nothing here depends on the language that is shown.
import { EXTENSION_ID } from "./browser.mjs";
import { refusingEntra } from "./entra.mjs";
import { resize, WIDTHS } from "./look.mjs";
import { LINES } from "./shop.mjs";
import { BUYER, setStage } from "./stage.mjs";

const page = (path) => `chrome-extension://${EXTENSION_ID}/${path}`;

/** Long enough to be looked at from all sides. */
const SLOW = 25_000;

const ready = (stage) =>
  stage.panel.until("a cart that can be confirmed", () => {
    // It is the same cart each time, and the buyer is asked whether that is meant.
    document.querySelector("#send-again")?.click();
    const confirm = document.querySelector("#confirm");
    return confirm && confirm.getAttribute("aria-disabled") !== "true";
  });

const captures = (fault, times = 1) => [{ match: { method: "POST", path_contains: "/captures" }, times, fault }];

async function beforeSignIn(stage, face) {
  await stage.capture("/");
  await stage.panel.says("notice_not_a_cart");
  await face("not-a-cart");
  await stage.panel.click(".actions button");
  await stage.panel.says("idle_title");
  await face("empty");
  await stage.panel.click("#try-sample");
  await stage.panel.says("sample_title");
  await face("sample");
  await stage.capture("/leer/");
  await stage.panel.says("notice_cart_empty");
  await face("cart-empty");
  await stage.capture("/rahmen/");
  await stage.panel.says("notice_part_not_reachable");
  await face("frame-unreachable");
  const version = await stage.browser.open("chrome://version/");
  stage.panel = await stage.browser.clickToolbar(version);
  await stage.panel.says("notice_page_not_reachable");
  await face("page-not-reachable");
  await reading(stage, face);
  await stage.panel.until("the cart", () => document.querySelector("#verdict"));
  await face("signed-out");
  await signingIn(stage, face);
  await stage.capture("/teilweise/");
  await stage.panel.until("the cart", () => document.querySelector(".badge.bad"));
  await face("partly-readable");
}

/** A page that is busy with itself is read once it has time. */
async function reading(stage, face) {
  const shop = await stage.browser.open(stage.address("/warenkorb/"));
  // Busy from the moment after this was answered, so that it is before the click.
  await shop.evaluate((milliseconds) => {
    setTimeout(() => {
      const end = performance.now() + milliseconds;
      while (performance.now() < end);
    });
  }, 8_000);
  await stage.browser.trigger(shop);
  await stage.panel.says("reading_title");
  await face("reading");
}

async function signingIn(stage, face) {
  const opened = stage.browser.context.waitForEvent("page");
  await stage.panel.click("#sign-in");
  const window = await opened;
  await stage.panel.says("signing_in");
  await face("signing-in");
  await window.close();
  await stage.panel.says("notice_sign_in_cancelled");
  await face("sign-in-closed");
}

async function fromSignInToReceipt(stage, face) {
  await stage.capture("/");
  await stage.panel.says("notice_not_a_cart");
  await stage.panel.click(".actions button");
  await stage.signIn(BUYER);
  await stage.panel.until("companies", () => document.querySelector("#company")?.options.length > 1);
  await face("first-run");
  await stage.panel.choose("#company", "Alpenblick");
  await stage.panel.choose("#worksheet", "DEFAULT");
  await stage.panel.says("ready_title");
  await face("ready");
  await stage.capture();
  await ready(stage);
  await face("review");
  await changed(stage, face);
  await searched(stage, face);
  await changedOnPage(stage, face);
  await stage.bc.admin("POST", "/faults", captures({ delay_ms: SLOW, when: "before_commit" }));
  await stage.panel.click("#confirm");
  await stage.panel.says("stage_posting");
  await face("posting");
  await stage.panel.says("stage_done");
  await face("done");
  await remembered(stage, face);
  await stage.capture();
  await stage.panel.until("the question whether it is meant", () => document.querySelector("#send-again"));
  await face("sent-before");
  await ready(stage);
  stage.bcWire.unplug();
  await stage.panel.click("#confirm");
  await stage.panel.says("notice_bc_unavailable");
  await face("retrying");
  await offline(stage, face);
  await stage.panel.click("#sign-out");
  await stage.panel.says("notice_sign_in_needed");
  await face("sign-in-needed");
}

/** Lines as the buyer changes them, and back. */
async function changed(stage, face) {
  await stage.panel.click("#remove-1");
  await stage.panel.click("#open-edit-0");
  const take = (id, text) =>
    stage.panel.until(id, (id, text) => {
      const field = document.getElementById(id);
      if (!field) return false;
      field.value = text;
      return field.dispatchEvent(new Event("change"));
    }, id, text);
  await take("edit-0-unit_price", "5.45 / 10");
  // No language writes a number so.
  await take("edit-0-quantity", "1,2,3");
  await stage.panel.says("edit_refused_not_a_number");
  await stage.panel.click("#sources-2");
  await stage.panel.says("sources");
  await face("lines-changed");
  await take("edit-0-quantity", "20");
  await take("edit-0-unit_price", "5.45");
  await stage.panel.click("#remove-1");
  await stage.panel.click("#sources-2");
  await stage.panel.click("#open-edit-0");
  await ready(stage);
}

/** The cart changes on the page before it is confirmed, and back after. */
async function changedOnPage(stage, face) {
  const [first, , ...others] = LINES;
  stage.shop.putInCart([{ ...first, quantity: 22 }, ...others, { ...first, sku: "PAP-A3", name: "Kopierpapier A3" }]);
  await stage.page.reload();
  await stage.panel.click("#confirm");
  await stage.panel.says("page_changed");
  await face("page-changed");
  stage.shop.putInCart(LINES);
  await stage.capture();
  await ready(stage);
}

/** The lists of what is found while the buyer types, and of what there is before. */
async function searched(stage, face) {
  const type = (id, text) =>
    stage.panel.evaluate((id, text) => {
      const field = document.getElementById(id);
      field.focus();
      field.value = text;
      field.dispatchEvent(new Event("input"));
    }, id, text);
  const lists = (id, text) =>
    stage.panel.until(`${text} in the list of ${id}`, (id, text) => {
      const list = document.getElementById(`${id}-list`);
      return list?.innerText.includes(text) && !document.getElementById(`${id}-state`).textContent.includes("…");
    }, id, text);
  await stage.panel.click("#vendor");
  await lists("vendor", "Insolvenz");
  await stage.panel.press("ArrowDown");
  await face("vendor-search");
  await type("vendor", "zzz");
  await stage.panel.says("search_none");
  await face("vendor-not-found");
  await stage.panel.press("Escape");
  await stage.panel.click("#change-2");
  await type("item-2", "10");
  await lists("item-2", "1050");
  await stage.panel.press("ArrowDown");
  await face("item-search");
  await stage.panel.press("Escape");
  await stage.panel.click("#change-2");
  await ready(stage);
}

async function offline(stage, face) {
  const network = (offline) =>
    stage.panel.send("Network.emulateNetworkConditions", { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await network(true);
  await stage.panel.says("offline");
  await face("offline");
  await network(false);
}

async function refused(stage, face) {
  await stage.review();
  await stage.bc.admin("POST", "/worksheets/a1b2c3d4-0001-4000-8000-000000000001/REQ./DEFAULT/approval", { approval: "open" });
  await stage.panel.click("#confirm");
  await stage.panel.says("stage_returned");
  await face("approval-pending");
  await stage.panel.click("#give-up");
  await face("give-up");
  await stage.panel.click("#give-up-yes");
  await stage.panel.says("given_up");
  await face("given-up");
  await stage.bc.admin("POST", "/worksheets/a1b2c3d4-0001-4000-8000-000000000001/REQ./DEFAULT/approval", { approval: "closed" });
  await stage.capture();
  await ready(stage);
  const refusal = { status: 400, code: "Application_DialogException", message: "The posting date is not within your range of allowed posting dates." };
  await stage.bc.admin("POST", "/faults", captures(refusal, "forever"));
  await stage.panel.click("#confirm");
  await stage.panel.says("stage_returned");
  await face("failed");
}

/** Lines in two currencies, the orders that they become, and what a cart can be exported as. */
async function severalOrders(stage, face) {
  await stage.capture("/waehrungen/");
  await stage.signIn(BUYER);
  await stage.chooseDestination();
  await stage.panel.click("#tax-net");
  await stage.panel.click("#differences");
  await ready(stage);
  await stage.panel.click("#orders summary");
  await stage.panel.click("#export");
  await stage.panel.click("#export-cxml");
  await stage.panel.says("export_what_currencies_several");
  await face("several-orders");
}

/** Two sellers of a marketplace, one of whom is a vendor of its own. */
async function severalSellers(stage, face) {
  await stage.capture("/marktplatz/");
  await stage.signIn(BUYER);
  await stage.chooseDestination();
  await ready(stage);
  await stage.panel.click("#sellers summary");
  await stage.panel.click("#seller-1");
  await stage.panel.send("Input.insertText", { text: "V10060" });
  await stage.panel.until("the vendor", () => document.querySelectorAll("#seller-1-list > [role=option]").length === 1);
  await stage.panel.press("ArrowDown");
  await stage.panel.press("Enter");
  await ready(stage);
  await stage.panel.click("#orders summary");
  await face("several-sellers");
}

async function expired(stage, face) {
  await stage.capture();
  await stage.signIn(BUYER);
  await stage.panel.until("the session's end", () => document.querySelector("#sign-in"));
  await face("expired");
}

async function withoutCredits(stage, face) {
  await stage.capture();
  await stage.signIn(BUYER);
  await stage.chooseDestination();
  await stage.panel.says("waiting_credits");
  await face("no-credits");
}

async function unlicensed(stage, face) {
  await stage.capture();
  await stage.signIn("nina.nolicence@example.test");
  await stage.panel.says("notice_bc_not_licensed");
  await face("not-licensed");
}

async function notSetUp(stage, face) {
  await stage.capture("/");
  await stage.panel.says("notice_not_configured");
  await stage.panel.click(".screen .actions button");
  await stage.panel.says("idle_title");
  await face("not-set-up");
}

async function consent(stage, face) {
  await stage.capture();
  await stage.panel.click("#sign-in");
  await stage.panel.says("notice_consent_required");
  await face("consent-required");
}

/** What is remembered after a cart was sent, and the question before it is forgotten. */
async function remembered(stage, face) {
  const tab = await stage.browser.context.newPage();
  await tab.goto(page("options/options.html"));
  await tab.click("#forget-choices");
  await tab.waitForSelector("#keep-choices");
  await face("remembered", await stage.browser.screen(tab));
  await tab.close();
}

async function otherPages(stage, face) {
  const tab = await stage.browser.context.newPage();
  for (const [name, path] of [["settings", "options/options.html"], ["workshop", "workshop/workshop.html"]]) {
    await tab.goto(page(path));
    await tab.waitForSelector("button");
    await face(name, await stage.browser.screen(tab));
  }
  await tab.close();
}

/** Each world that something is to be seen in: what the stage is set with, and the way through it. */
export const WORLDS = [
  { name: "a buyer who has not signed in", stage: {}, walk: beforeSignIn },
  { name: "a buyer from the first sign-in to the receipt", stage: {}, walk: fromSignInToReceipt },
  { name: "a worksheet that takes no lines", stage: {}, walk: refused },
  { name: "a cart in two currencies", stage: {}, walk: severalOrders },
  { name: "a cart of two sellers", stage: {}, walk: severalSellers },
  { name: "a session that ends", stage: { authority: { accessTokenSeconds: 12, sessionSeconds: 12 } }, walk: expired },
  { name: "an account without credits", stage: { credits: 0 }, walk: withoutCredits },
  { name: "a person without a licence", stage: {}, walk: unlicensed },
  { name: "an extension that nobody set up", stage: { deployment: { client_id: "" } }, walk: notSetUp },
  { name: "a tenant that has not consented", entra: "AADSTS65001: The user or administrator has not consented.", stage: {}, walk: consent },
  { name: "the other pages", stage: {}, walk: otherPages },
];

/** Walks through a world in a language. `see` is called at each face with its name and its screen. */
export async function walk({ walk: way, stage: settings, entra: description }, language, see) {
  const entra = description && (await refusingEntra("consent_required", description));
  const deployment = entra ? { authorization_endpoint: `${entra.address}/authorize` } : {};
  let stage;
  try {
    stage = await setStage({ ...settings, language, deployment: { ...deployment, ...settings.deployment } });
    await way(stage, async (name, screen = stage.panel) => {
      await resize(screen, WIDTHS["360 px"]);
      await see(name, screen);
    });
  } finally {
    await stage?.stop();
    entra?.stop();
  }
}
