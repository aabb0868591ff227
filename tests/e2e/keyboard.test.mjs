// From a cart to the receipt by keyboard alone. The shortcut of the toolbar button is the browser's, not a page's, and the
// DevTools protocol cannot press it: the button's action is triggered in its place. From then on there are only keys.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { cartStandsOnceIn, creditsAre } from "./harness/expect.mjs";
import { BUYER, setStage } from "./harness/stage.mjs";

describe("a buyer with a keyboard alone", () => {
  let stage;
  before(async () => {
    stage = await setStage({ credits: 5 });
  });
  after(() => stage?.stop());

  /** A list is chosen from by the first letters, as in every list of the browser. */
  async function chooseByLetters(id, letters) {
    await stage.panel.until(`something to choose in ${id}`, (id) => document.getElementById(id)?.options.length > 1, id);
    await stage.panel.tabTo(`#${id}`);
    for (const letter of letters) await stage.panel.press(letter);
  }

  it("signs in", async () => {
    await stage.capture();
    await stage.panel.until("the cart", () => document.querySelector("#verdict"));
    await stage.panel.tabTo("#sign-in");
    const opened = stage.browser.context.waitForEvent("page");
    await stage.panel.press("Enter");
    const window = await opened;
    // The window is the provider's; only where the keys go is set.
    await window.locator('input[name="login"]').focus();
    await window.keyboard.type(BUYER);
    await window.keyboard.press("Tab");
    await window.keyboard.type("any");
    await window.keyboard.press("Enter");
    const closed = window.waitForEvent("close");
    await window.locator('input[name="login"]').waitFor({ state: "detached" });
    await window.locator('button[type="submit"]').focus();
    await window.keyboard.press("Enter").catch(() => {});
    await closed;
    await stage.panel.shows(BUYER);
  });

  it("chooses where the lines go", async () => {
    await chooseByLetters("company", "Alp");
    await chooseByLetters("worksheet", "R");
    // The first of them waits for an approval.
    await stage.panel.press("ArrowDown");
    await stage.panel.until("a cart that can be confirmed", () => {
      const confirm = document.querySelector("#confirm");
      return confirm && confirm.getAttribute("aria-disabled") !== "true";
    });
  });

  it("comes to every control of the review, and sees where it is", async () => {
    const stops = await stage.panel.tabTo("#confirm");
    for (const id of ["vendor", "unmatched"]) assert.ok(stops.includes(id), `${id} in ${stops.join(" | ")}`);
  });

  it("sends the cart by Ctrl+Enter, and reads the receipt", async () => {
    await stage.panel.press("Enter", { control: true });
    await stage.panel.shows("Sent to Business Central");
    assert.equal(await stage.panel.evaluate(() => document.activeElement.id), "title", "the focus is at the news");
    await stage.panel.tabTo("a[target]");
    await cartStandsOnceIn(stage);
    creditsAre(stage, 4);
  });

  it("captures another", async () => {
    await stage.panel.tabTo("#leave");
    await stage.panel.press(" ");
    await stage.panel.shows("Capture a cart");
  });
});
