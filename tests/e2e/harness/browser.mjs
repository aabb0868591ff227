// A real Chromium with the extension: the real toolbar action, so that `activeTab` is really granted, and the real
// side panel.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { manifestFor } from "../../../scripts/manifest.mjs";
import { Panel } from "./panel.mjs";

const ROOT = new URL("../../../", import.meta.url).pathname;
const DIST = process.env.PUNCHOUT_DIST ?? join(ROOT, "dist");
const MANIFEST = JSON.parse(readFileSync(join(ROOT, "manifest.json"), "utf8"));

/** The id that the manifest's key fixes: 16 bytes of its SHA-256, each half byte as a letter from `a`. */
export const EXTENSION_ID = [...createHash("sha256").update(Buffer.from(MANIFEST.key, "base64")).digest("hex").slice(0, 32)]
  .map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
  .join("");

/** The built extension for other servers: only the deployment and what the manifest derives from it differ. */
function extensionFor(deployment, folder) {
  cpSync(DIST, folder, { recursive: true });
  writeFileSync(join(folder, "deployment.json"), JSON.stringify(deployment));
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifestFor(MANIFEST, deployment)));
  return folder;
}

/**
 * Makes the extension's copy speak one language, whatever the browser speaks: Debian's Chromium has no other than English
 * without a package of its own, so the words stand in place of the English ones. What a language leaves out stays English, as
 * Chrome has it.
 */
function speak(language, extension) {
  const file = (name) => join(extension, "_locales", name, "messages.json");
  const [english, spoken] = ["en", language].map((name) => JSON.parse(readFileSync(file(name), "utf8")));
  writeFileSync(file("en"), JSON.stringify({ ...english, ...spoken }));
}

/** A profile in developer mode, as everybody has it who loads an unpacked extension: only then it may begin anew by itself. */
function developerProfile(folder) {
  const profile = join(folder, "profile");
  mkdirSync(join(profile, "Default"), { recursive: true });
  writeFileSync(join(profile, "Default", "Preferences"), JSON.stringify({ extensions: { ui: { developer_mode: true } } }));
}

const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run"];
const SILENT = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Through a proxy even to this machine, and whatever certificate it shows. */
const through = (proxy) => (proxy ? [`--proxy-server=${proxy}`, "--proxy-bypass-list=<-loopback>", "--ignore-certificate-errors"] : []);

/**
 * Starts Chromium. Every `*.test` host is this machine. `prepare` may change the extension's copy before it is loaded;
 * with `proxy` every request of the browser goes there.
 */
export async function startBrowser(deployment, { headless = true, language = "en", proxy, prepare = () => {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "punchout-"));
  const extension = extensionFor(deployment, join(folder, "extension"));
  speak(language, extension);
  prepare(extension);
  developerProfile(folder);
  const browser = new Browser(folder, { headless, args: through(proxy) });
  await browser.launch();
  return browser;
}

export class Browser {
  constructor(folder, { headless, args }) {
    Object.assign(this, { folder, headless, args });
  }

  /** Starts it on its profile; again after it was killed. */
  async launch() {
    const extension = join(this.folder, "extension");
    this.session = undefined;
    this.context = await chromium.launchPersistentContext(join(this.folder, "profile"), {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      headless: this.headless,
      viewport: this.headless ? { width: 1100, height: 800 } : null,
      ignoreDefaultArgs: ["--disable-extensions"],
      args: [...QUIET, ...SILENT, ...this.args, `--disable-extensions-except=${extension}`, `--load-extension=${extension}`, "--host-resolver-rules=MAP *.test 127.0.0.1"],
    });
    await this.ready();
  }

  /** Ends every process of it at once, as a crash does; the profile stays as it is. */
  async kill() {
    const cdp = await this.cdp();
    const { processInfo } = await cdp.send("SystemInfo.getProcessInfo");
    const { id } = processInfo.find(({ type }) => type === "browser");
    const group = Number(readFileSync(`/proc/${id}/stat`, "utf8").split(") ")[1].split(" ")[2]);
    const gone = new Promise((resolve) => this.context.once("close", resolve));
    process.kill(-group, "SIGKILL");
    await gone;
    while (existsSync(`/proc/${id}`)) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** The service worker; the same handle works again after the worker was stopped and woken. */
  async worker() {
    const [worker] = this.context.serviceWorkers();
    return worker ?? this.context.waitForEvent("serviceworker");
  }

  /** Waits until the worker has registered its listeners: a click before that is nobody's. */
  async ready() {
    const worker = await this.worker();
    while (!(await worker.evaluate(() => chrome.action?.onClicked.hasListeners()))) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async cdp() {
    this.session ??= await this.context.browser().newBrowserCDPSession();
    return this.session;
  }

  /** Opens a page in the first tab. */
  async open(url) {
    const [page] = this.context.pages();
    await page.goto(url);
    await page.bringToFront();
    return page;
  }

  /** Clicks the extension's toolbar button on a page: grants `activeTab` and opens the side panel. */
  async clickToolbar(page) {
    await page.bringToFront();
    await this.trigger(page);
    return this.panel();
  }

  /** The click alone, on a page that is in front. */
  async trigger(page) {
    const tab = await this.target("tab", page.url());
    await (await this.cdp()).send("Extensions.triggerAction", { id: EXTENSION_ID, targetId: tab.targetId });
  }

  /** The first target of a type at an address. */
  async target(wanted, address) {
    const { targetInfos } = await (await this.cdp()).send("Target.getTargets", { filter: [{}] });
    return targetInfos.find(({ type, url }) => type === wanted && url === address);
  }

  /** A tab with a page of the extension, driven as the side panel is. */
  async screen(page) {
    const { targetId } = await this.target("page", page.url());
    return Panel.attach(await this.cdp(), targetId);
  }

  /** The side panel that the toolbar button opened. */
  async panel() {
    const address = `chrome-extension://${EXTENSION_ID}/panel/panel.html`;
    const cdp = await this.cdp();
    for (let tries = 0; tries < 150; tries += 1) {
      const { targetInfos } = await cdp.send("Target.getTargets", { filter: [{}] });
      const target = targetInfos.find(({ type, url }) => type === "page" && url.startsWith(address));
      if (target) return Panel.attach(cdp, target.targetId);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("the side panel did not open");
  }

  async #runningWorker() {
    const cdp = await this.cdp();
    const { targetInfos } = await cdp.send("Target.getTargets", { filter: [{}] });
    return targetInfos.find(({ type, url }) => type === "service_worker" && url.includes(EXTENSION_ID));
  }

  async workerRuns() {
    return Boolean(await this.#runningWorker());
  }

  /** Stops the service worker, as Chrome does when it likes; says whether there was one. */
  async stopWorker() {
    const target = await this.#runningWorker();
    if (target) await this.session.send("Target.closeTarget", { targetId: target.targetId });
    return Boolean(target);
  }

  async stop() {
    await this.context.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
