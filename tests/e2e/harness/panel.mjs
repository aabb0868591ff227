// Drives the side panel, a target that Playwright does not list, over the DevTools protocol.
import { writeFileSync } from "node:fs";

export class Panel {
  static async attach(cdp, targetId) {
    const { sessionId } = await cdp.send("Target.attachToTarget", { targetId, flatten: false });
    const panel = new Panel(cdp, sessionId);
    await panel.send("Runtime.enable");
    return panel;
  }

  constructor(cdp, sessionId) {
    this.cdp = cdp;
    this.sessionId = sessionId;
    this.next = 0;
    this.open = new Map();
    cdp.on("Target.receivedMessageFromTarget", ({ sessionId: from, message }) => {
      if (from !== sessionId) return;
      const { id, result, error } = JSON.parse(message);
      const waiting = this.open.get(id);
      this.open.delete(id);
      if (error) waiting?.reject(new Error(error.message));
      else waiting?.resolve(result);
    });
  }

  send(method, params = {}) {
    const id = ++this.next;
    return new Promise((resolve, reject) => {
      this.open.set(id, { resolve, reject });
      this.cdp
        .send("Target.sendMessageToTarget", { sessionId: this.sessionId, message: JSON.stringify({ id, method, params }) })
        .catch(reject);
    });
  }

  /** Runs a function in the panel. */
  async evaluate(run, ...values) {
    const expression = `(${run})(...${JSON.stringify(values)})`;
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** All that a person reads. */
  text() {
    return this.evaluate(() => document.body?.innerText ?? "");
  }

  /** Waits until a function gives something true in the panel. */
  async until(what, run, ...values) {
    const end = Date.now() + 30_000;
    for (;;) {
      const found = await this.evaluate(run, ...values);
      if (found) return found;
      if (Date.now() > end) throw new Error(`the panel never showed: ${what}\n---\n${await this.text()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Waits until the panel shows a text. */
  async shows(text) {
    await this.until(text, (text) => document.body?.innerText.includes(text), text);
  }

  /** Waits until the panel shows a message of `_locales`, whatever its language. */
  async says(name) {
    await this.until(name, (name) => document.body?.innerText.includes(chrome.i18n.getMessage(name)), name);
  }

  /**
   * Clicks an element like a person: in its middle, once it is there, usable, at rest, and covered by nothing; and again
   * where it moved away under the pointer, or could not be used any more when the click arrived.
   */
  async click(selector) {
    for (let tries = 0; tries < 5; tries += 1) {
      const place = await this.restingPlace(selector);
      await this.evaluate(watchForClick, selector);
      for (const type of ["mousePressed", "mouseReleased"]) {
        const [x, y] = place;
        await this.send("Input.dispatchMouseEvent", { type, x, y, button: "left", clickCount: 1 });
      }
      // Where the click has closed the panel or left the page, it has arrived.
      if (await this.evaluate(() => globalThis.clickArrived !== false).catch(() => true)) return;
    }
    throw new Error(`${selector} was clicked and never took it`);
  }

  /** Where an element is to be clicked, once it can be. */
  restingPlace(selector) {
    return this.until(`${selector} at rest`, async (selector) => {
      const usable = () => {
        const element = document.querySelector(selector);
        return element && !element.disabled && element.getAttribute("aria-disabled") !== "true" ? element : undefined;
      };
      const middle = (element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return [left + width / 2, top + height / 2];
      };
      const element = usable();
      element?.scrollIntoView({ block: "center", behavior: "instant" });
      const before = element && middle(element);
      await new Promise((resolve) => setTimeout(resolve, 150));
      const now = usable();
      if (!before || now !== element || String(middle(now)) !== String(before)) return undefined;
      return now.contains(document.elementFromPoint(...before)) ? before : undefined;
    }, selector);
  }

  /** Chooses an option of a list by a part of its words, where it is not chosen already. */
  async choose(selector, words) {
    await this.until(`${words} in ${selector}`, (selector, words) => {
      const options = [...(document.querySelector(selector)?.options ?? [])];
      return options.some(({ textContent }) => textContent.includes(words));
    }, selector, words);
    await this.evaluate((selector, words) => {
      const list = document.querySelector(selector);
      const option = [...list.options].find(({ textContent }) => textContent.includes(words));
      if (list.value === option.value) return;
      list.value = option.value;
      list.dispatchEvent(new Event("input", { bubbles: true }));
      list.dispatchEvent(new Event("change", { bubbles: true }));
    }, selector, words);
  }

  /** Presses a key, with Control if `control`; a letter is typed. */
  async press(key, { control = false } = {}) {
    const codes = { Enter: 13, Tab: 9, " ": 32, Escape: 27, End: 35, Home: 36, ArrowUp: 38, ArrowDown: 40 };
    const windowsVirtualKeyCode = codes[key] ?? key.toUpperCase().charCodeAt(0);
    const base = { key, code: key === " " ? "Space" : key, windowsVirtualKeyCode, modifiers: control ? 2 : 0 };
    const text = key === "Enter" ? "\r" : key.length === 1 && !control ? key : undefined;
    await this.send("Input.dispatchKeyEvent", { ...base, type: "keyDown", text });
    await this.send("Input.dispatchKeyEvent", { ...base, type: "keyUp" });
  }

  /**
   * Presses Tab until an element has the focus. At every stop on the way the focus must be seen: an outline, or a ring that
   * the browser draws. Gives the stops.
   */
  async tabTo(selector) {
    const stops = [];
    while (stops.length < 120) {
      await this.press("Tab");
      const stop = await this.evaluate((selector) => {
        const element = document.activeElement;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const { width, height } = element.getBoundingClientRect();
        const isSeen = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1 && width > 0 && height > 0;
        const name = element === document.body ? undefined : element.id || element.textContent.trim().slice(0, 40);
        return { name, isSeen, isThere: element.matches(selector) };
      }, selector);
      // Past the last one the focus leaves the page, and comes in again at the first.
      if (!stop.name) continue;
      stops.push(stop.name);
      if (!stop.isSeen) throw new Error(`nobody sees that the focus is at ${stop.name}`);
      if (stop.isThere) return stops;
    }
    throw new Error(`Tab never came to ${selector}, but to ${stops.join(" | ")}`);
  }

  async screenshot(path) {
    const { data } = await this.send("Page.captureScreenshot", { format: "png" });
    writeFileSync(path, Buffer.from(data, "base64"));
  }
}

/** Notes whether the next click arrives at an element that can be used. */
function watchForClick(selector) {
  globalThis.clickArrived = false;
  const arrive = ({ target }) => {
    const element = target.closest(selector);
    globalThis.clickArrived = Boolean(element) && !element.disabled && element.getAttribute("aria-disabled") !== "true";
  };
  document.addEventListener("click", arrive, { capture: true, once: true });
}
