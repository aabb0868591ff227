// Makes 16.png, 32.png, 48.png and 128.png of icon.svg with Chromium. The PNGs are committed; run this after a change:
//
//   npm install --no-save playwright-core@1.65.1
//   CHROMIUM=/path/to/chromium node extension/icons/render.mjs

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const beside = (name) => fileURLToPath(new URL(name, import.meta.url));
const svg = await readFile(beside("icon.svg"), "base64");

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const page = await browser.newPage();
for (const size of [16, 32, 48, 128]) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body { margin: 0 } img { display: block }</style>
     <img width="${size}" height="${size}" src="data:image/svg+xml;base64,${svg}">`,
  );
  await page.locator("img").evaluate((image) => image.decode());
  await page.screenshot({ path: beside(`${size}.png`), omitBackground: true });
}
await browser.close();
