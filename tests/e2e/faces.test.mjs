// Every state has a face: words of its language, what to do, and nothing in the way of anybody who uses it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { walk, WORLDS } from "./harness/faces.mjs";
import { complaints, untranslated } from "./harness/look.mjs";

/** The longest words, and those that everything is written in first; `./build.sh gallery` shows the others. */
const LANGUAGES = ["en", "de"];

const messages = (language) =>
  JSON.parse(readFileSync(new URL(`../../extension/_locales/${language}/messages.json`, import.meta.url), "utf8"));

for (const language of LANGUAGES) {
  describe(`in ${language}`, () => {
    for (const world of WORLDS) {
      it(`${world.name}: every screen passes axe in both themes, fits, and is translated`, async () => {
        const found = {};
        await walk(world, language, async (name, screen) => {
          const foreign = await untranslated(screen, messages("en"), messages(language));
          const all = [...(await complaints(screen)), ...foreign.map((text) => `not translated: ${text}`)];
          if (all.length > 0) found[name] = all;
        });
        assert.deepEqual(found, {});
      });
    }
  });
}
