// The demo: a shop, a sign-in server, Business Central's stand-in and the credit service on this machine, and a Chromium
// that has the extension. `--auto`, and by itself where there is no display, plays the whole story and keeps screenshots.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { BUYER, setStage } from "./harness/stage.mjs";

const SHOTS = join(process.cwd(), "target", "demo");
const auto = process.argv.includes("--auto") || !(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

const say = (text) => console.log(`   ${text}`);

/** Names screenshots in the order of the story. */
function album() {
  rmSync(SHOTS, { recursive: true, force: true });
  mkdirSync(SHOTS, { recursive: true });
  let number = 0;
  return async (name, take) => {
    number += 1;
    const path = join(SHOTS, `${number}-${name}.png`);
    await take(path);
    say(`screenshot: ${path}`);
  };
}

async function play(stage) {
  const shot = album();
  const panelShot = (name) => shot(name, (path) => stage.panel.screenshot(path));

  say("A buyer opens the cart of a shop and clicks the toolbar button.");
  await stage.capture();
  await stage.panel.shows("Kopierpapier");
  await shot("shop", (path) => stage.page.screenshot({ path }));
  await panelShot("panel-signed-out");

  say(`The buyer signs in as ${BUYER}.`);
  await stage.signIn(BUYER, (window) => shot("sign-in", (path) => window.screenshot({ path })));
  await stage.chooseDestination();
  await stage.panel.until("a cart that can be confirmed", () => document.querySelector("#confirm")?.getAttribute("aria-disabled") !== "true");
  await panelShot("panel-review");
  await stage.panel.evaluate(() => document.querySelector("#choices").scrollIntoView());
  await panelShot("panel-choices");

  say("The buyer confirms.");
  await stage.panel.click("#confirm");
  await stage.panel.shows("Sent to Business Central");
  await panelShot("panel-receipt");

  const link = await stage.panel.evaluate(() => document.querySelector("a[target]").href);
  const worksheet = await stage.browser.context.newPage();
  await worksheet.goto(link);
  await shot("worksheet", (path) => worksheet.screenshot({ path }));
}

async function watch(stage) {
  const page = await stage.browser.open(stage.address("/warenkorb/"));
  say("Chromium is open on the cart of a shop. In its window:");
  say("1. click Punchout's button in the toolbar (behind the puzzle piece, if it is not pinned)");
  say(`2. Sign in with the name ${BUYER} and any password, then continue`);
  say("3. choose the company Alpenblick and the worksheet DEFAULT");
  say("4. Send: the lines go to the stand-in of Business Central");
  say("Close the window to end the demo.");
  await new Promise((done) => page.context().once("close", done));
}

const stage = await setStage({ credits: 5, headless: auto });
try {
  const before = stage.credits();
  await (auto ? play : watch)(stage);
  console.log("\nRequisition lines in Business Central's stand-in:\n");
  console.log(stage.bc.table());
  console.log("What the credit service has received:\n");
  for (const { method, url, body, status } of stage.creditWire.requests) console.log(`  ${method} ${url} ${body} → ${status}`);
  const after = stage.credits();
  console.log(`\nCredits before: ${before.balance}, after: ${after.balance}`);
} finally {
  await stage.stop();
}
