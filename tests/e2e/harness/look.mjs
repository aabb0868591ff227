// Looks at a screen as people with different eyes do: themes, sizes, forced colours, axe-core's rules for WCAG 2.2 AA.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export const THEMES = ["light", "dark"];

/** A narrow side panel, and the same at 200 %: half as many CSS pixels. */
export const WIDTHS = { "360 px": 360, "200 %": 180 };

const TALLEST = 2600;

/** Shows a screen as wide as `width`, and as tall as it needs. */
export async function resize(screen, width, lowest = 640) {
  const set = (height) =>
    screen.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
  await set(lowest);
  const needed = await screen.evaluate(() => document.documentElement.scrollHeight);
  if (needed > lowest) await set(Math.min(needed, TALLEST));
}

/** What the person's system asks of pages. */
export function media(screen, { theme = "light", forcedColors = "none", motion = "no-preference" } = {}) {
  return screen.send("Emulation.setEmulatedMedia", {
    features: [
      { name: "prefers-color-scheme", value: theme },
      { name: "forced-colors", value: forcedColors },
      { name: "prefers-reduced-motion", value: motion },
    ],
  });
}

/** Everything of a screen that keeps somebody from using it, in words: nothing where it is as it should be. */
export async function complaints(screen) {
  const found = [];
  for (const theme of THEMES) {
    await media(screen, { theme });
    for (const complaint of await axe(screen)) found.push(`${theme}: ${complaint}`);
  }
  for (const [name, width] of Object.entries(WIDTHS)) {
    await resize(screen, width);
    for (const element of await screen.evaluate(stickingOut)) found.push(`${name}: sticks out: ${element}`);
  }
  await media(screen, { motion: "reduce" });
  const moving = await screen.evaluate(() => document.getAnimations().filter(({ playState }) => playState === "running").length);
  if (moving > 0) found.push(`reduced motion: ${moving} animations run`);
  await media(screen, { forcedColors: "active" });
  for (const element of await screen.evaluate(faint)) found.push(`forced colours: nothing shows that this can be pressed: ${element}`);
  await media(screen);
  await resize(screen, WIDTHS["360 px"]);
  return found;
}

async function axe(screen) {
  const isThere = await screen.evaluate(() => "axe" in globalThis);
  if (!isThere) await screen.send("Runtime.evaluate", { expression: AXE });
  return screen.evaluate(async (rules) => {
    const { violations } = await globalThis.axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, any }) => `${id} (${help}) at ${target.join(" ")}: ${any.map(({ message }) => message).join("; ")}`),
    );
  }, RULES);
}

/** Elements that are wider than the page; runs in the page. */
function stickingOut() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > width + 0.5);
  const inmost = wide.filter((element) => !wide.some((other) => other !== element && element.contains(other)));
  return inmost.slice(0, 5).map((element) => `${element.tagName} #${element.id} .${element.className}: ${element.textContent.slice(0, 60)}`);
}

/** Buttons without any border and underline, of which only a ground tells that they are some; runs in the page. */
function faint() {
  const bordered = (style) => style.borderTopStyle !== "none" && style.borderTopWidth !== "0px" && style.borderTopColor !== "rgba(0, 0, 0, 0)";
  return [...document.querySelectorAll("button")]
    .filter((button) => button.checkVisibility())
    .filter((button) => !bordered(getComputedStyle(button)) && !getComputedStyle(button).textDecorationLine.includes("underline"))
    .slice(0, 3)
    .map((button) => button.textContent);
}

/** Texts of a page that are English where the language has its own; runs against both sets of messages. */
export async function untranslated(screen, english, own) {
  const theirs = Object.keys(own).filter((name) => english[name].message !== own[name].message);
  const foreign = theirs.map((name) => english[name].message).filter((text) => !text.includes("$"));
  const known = new Set(Object.values(own).map(({ message }) => message));
  const shown = await screen.evaluate(() => {
    const texts = [...document.querySelectorAll("body *")].flatMap((element) => [
      ...[...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map(({ data }) => data.trim()),
      ...["aria-label", "title", "placeholder"].map((name) => element.getAttribute(name) ?? ""),
    ]);
    return texts.filter(Boolean);
  });
  return shown.filter((text) => foreign.includes(text) && !known.has(text));
}
