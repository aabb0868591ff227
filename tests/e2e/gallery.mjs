// The gallery: the extension in every state, theme and language, as pictures and one page that shows them side by side.
//
// usage: node tests/e2e/gallery.mjs FOLDER [LANGUAGE…]; PUNCHOUT_WORLD=WORDS walks those alone whose name has them
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { walk, WORLDS } from "./harness/faces.mjs";
import { media, THEMES } from "./harness/look.mjs";

const [folder = "target/gallery", ...wanted] = process.argv.slice(2);
const LANGUAGES = wanted.length > 0 ? wanted : ["en", "de", "fr", "it"];

const picture = (name, theme, language) => `${name}.${theme}.${language}.png`;

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** A row for each state, a column for each theme and language. */
function index(worlds) {
  const columns = LANGUAGES.flatMap((language) => THEMES.map((theme) => ({ theme, language })));
  const head = columns.map(({ theme, language }) => `<th scope="col">${language}, ${theme}</th>`).join("");
  const cell = (name) => ({ theme, language }) => {
    const file = picture(name, theme, language);
    return `<td><a href="${file}"><img loading="lazy" width="270" src="${file}" alt="${name}, ${theme}, ${language}"></a></td>`;
  };
  const row = (name) => `<tr id="${name}"><th scope="row">${name}</th>${columns.map(cell(name)).join("")}</tr>`;
  const part = ([world, names]) =>
    `<tbody><tr><th class="world" colspan="${columns.length + 1}">${escaped(world)}</th></tr>${names.map(row).join("\n")}</tbody>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Punchout: every state</title><style>
body { margin: 0; font: 14px/1.4 system-ui, sans-serif; color-scheme: light dark; }
table { border-collapse: collapse; }
th, td { padding: 6px; vertical-align: top; text-align: start; border-bottom: 1px solid #8888; }
thead th { position: sticky; top: 0; background: Canvas; }
.world { font-size: 1.3em; padding-top: 1.5em; }
img { border: 1px solid #8888; }
</style></head><body><table><thead><tr><th scope="col">state</th>${head}</tr></thead>
${[...worlds].map(part).join("\n")}
</table></body></html>
`;
}

if (!process.env.PUNCHOUT_WORLD) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const seen = new Map();
for (const language of LANGUAGES) {
  for (const world of WORLDS.filter(({ name }) => name.includes(process.env.PUNCHOUT_WORLD ?? ""))) {
    const names = new Set(seen.get(world.name));
    await walk(world, language, async (name, screen) => {
      names.add(name);
      for (const theme of THEMES) {
        await media(screen, { theme, motion: "reduce" });
        await screen.screenshot(join(folder, picture(name, theme, language)));
      }
    });
    seen.set(world.name, names);
    console.log(`   ${language}: ${world.name}: ${[...names].join(", ")}`);
  }
}
writeFileSync(join(folder, "index.html"), index(new Map([...seen].map(([world, names]) => [world, [...names]]))));
console.log(`   ${join(folder, "index.html")}`);
