// How the pages look and how they write numbers.

import { chooser, say } from "../panel/controls.js";
import { h } from "../panel/dom.js";
import { words } from "../panel/words.js";
import * as preferences from "../preferences.js";

const LARGE = "1234567.5";

/** The choices; those that an administrator made are shown and cannot be changed. */
export async function looks(show) {
  const { own, policy } = await preferences.read();
  return Object.entries(preferences.CHOICES).map(([name, values]) => {
    const held = { ...own, ...policy }[name] ?? "auto";
    if (name in policy) return locked(name, held);
    const choose = async (value) => {
      await preferences.choose(name, value);
      say(words("options_saved"));
      show();
    };
    const options = values.map((value) => ({ value, label: label(name, value) }));
    return chooser({ id: name, label: words(`options_${name}`), options, value: held, choose });
  });
}

function locked(name, value) {
  return h(
    "div",
    { key: name, class: "field" },
    h("label", { for: name }, words(`options_${name}`)),
    h("input", { id: name, type: "text", readonly: true, value: label(name, value), "aria-describedby": `${name}-locked` }),
    h("p", { key: "locked", id: `${name}-locked`, class: "locked" }, words("options_by_policy")),
  );
}

/** A number format is shown by an example of itself, a language by its own name. */
function label(name, value) {
  if (name === "language" && value !== "auto") return new Intl.DisplayNames([value], { type: "language" }).of(value);
  if (name === "theme" || value === "auto") return words(`options_choice_${value}`);
  return new Intl.NumberFormat(value, { minimumFractionDigits: 2 }).format(LARGE);
}
