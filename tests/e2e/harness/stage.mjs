// Everything together: the servers, the shop, the browser, and the acts that the stories are made of.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BC, CLIENT_ID, CREDITS, TENANT, startAuthority } from "./authority.mjs";
import { EXTENSION_ID, startBrowser } from "./browser.mjs";
import { startBusinessCentral, startCreditService } from "./processes.mjs";
import { startRecorder } from "./recorder.mjs";
import { startShop } from "./shop.mjs";

export const BUYER = "anna.buyer@example.test";
export const READER = "rolf.reader@example.test";
export const HOST = "papeterie.test";

/** Starts the world. What a test changes is named; the rest is as the demo has it. */
export async function setStage({ credits = 5, headless = true, language, prepare, proxy, deployment = {}, authority: options } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "punchout-servers-"));
  const authority = await startAuthority(EXTENSION_ID, options);
  const [bc, creditService, shop] = await Promise.all([
    startBusinessCentral(authority.issuer, folder),
    startCreditService(authority.issuer, folder, credits),
    startShop(),
  ]);
  const bcWire = await startRecorder(bc.address);
  const creditWire = await startRecorder(creditService.address);
  const servers = deploymentOf(authority, bcWire, creditWire);
  const browser = await startBrowser({ ...servers, ...deployment }, { headless, language, prepare, proxy });
  const stopAll = async () => {
    await browser.stop();
    await Promise.all([bcWire.stop(), creditWire.stop(), shop.stop(), authority.stop(), bc.stop(), creditService.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
  return new Stage({ authority, bc, bcWire, creditService, creditWire, shop, browser, stopAll });
}

function deploymentOf(authority, bc, credits) {
  return {
    authorization_endpoint: `${authority.issuer}/auth`,
    token_endpoint: `${authority.issuer}/token`,
    tenant: TENANT,
    client_id: CLIENT_ID,
    business_central: {
      base: `${bc.address}/v2.0`,
      environment: "production",
      api: { scopes: [BC.scope], resource: BC.audience },
    },
    credits: { base: credits.address, api: { scopes: [CREDITS.scope], resource: CREDITS.audience } },
  };
}

class Stage {
  constructor(parts) {
    Object.assign(this, parts);
  }

  address(path) {
    return `http://${HOST}:${this.shop.port}${path}`;
  }

  /** Opens a page of the shop and clicks the toolbar button. */
  async capture(path = "/warenkorb/") {
    this.page = await this.browser.open(this.address(path));
    this.panel = await this.browser.clickToolbar(this.page);
    return this.panel;
  }

  /** Signs somebody in through the provider's own pages; `see` is shown the window. */
  async signIn(login = BUYER, see = () => {}) {
    const opened = this.browser.context.waitForEvent("page");
    await this.panel.click("#sign-in");
    const window = await opened;
    await window.fill('input[name="login"]', login);
    await window.fill('input[name="password"]', "any");
    await see(window);
    await window.click('button[type="submit"]');
    // The consent page follows; the window closes itself when the browser sees the redirect address.
    const closed = window.waitForEvent("close");
    await window.click('button[type="submit"]').catch(() => {});
    await closed;
    await this.panel.shows(login);
  }

  /** Signs in again in a browser that may or may not know the provider's session. */
  async signInAgain(login = BUYER) {
    const opened = this.browser.context.waitForEvent("page");
    await this.panel.click("#sign-in");
    const window = await opened;
    while (!window.isClosed()) {
      const submit = window.locator('button[type="submit"]');
      await submit.waitFor({ timeout: 2000 }).catch(() => {});
      if (await window.locator('input[name="login"]').count().catch(() => 0)) {
        await window.fill('input[name="login"]', login).catch(() => {});
        await window.fill('input[name="password"]', "any").catch(() => {});
      }
      await submit.click({ timeout: 2000 }).catch(() => {});
    }
    await this.panel.shows(login);
  }

  /** Chooses where the lines go, as far as it is not chosen already. */
  async chooseDestination() {
    await this.panel.choose("#company", "Alpenblick");
    await this.panel.choose("#worksheet", "DEFAULT");
  }

  /** From the cart to the moment before the confirmation. */
  async review() {
    await this.capture();
    await this.signIn();
    await this.chooseDestination();
    await this.panel.until("a cart that can be confirmed", () => {
      const confirm = document.querySelector("#confirm");
      return confirm && confirm.getAttribute("aria-disabled") !== "true";
    });
  }

  /** The captures of the journal on the disk, as far as the extension has come with each: its id and its stage. */
  journal() {
    return this.panel.evaluate(async () => {
      const records = Object.entries(await chrome.storage.local.get()).filter(([key]) => key.startsWith("delivery:"));
      return records.map(([key, text]) => {
        const { stage } = JSON.parse(text).record;
        const name = typeof stage === "string" ? stage : Object.keys(stage)[0];
        return { id: key.slice("delivery:".length), stage: name };
      });
    });
  }

  /** What the credit service says of the account: balance and what is held, from its own command. */
  credits() {
    return this.creditService.balance();
  }

  /** Waits for a fact outside the browser. */
  async until(what, find) {
    const end = Date.now() + 45_000;
    for (;;) {
      const found = await find();
      if (found) return found;
      if (Date.now() > end) throw new Error(`it never came true: ${what}\n--- panel\n${await this.panel?.text().catch(() => "")}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  stop() {
    return this.stopAll();
  }
}
