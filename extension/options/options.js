// The settings page: where people sign in and which environment is used, how the pages look, which shops are allowed, what
// is remembered and kept.

import { button, copyButton } from "../panel/controls.js";
import * as core from "../panel/core.js";
import { h, render } from "../panel/dom.js";
import { translatePage, words } from "../panel/words.js";
import { allowed } from "./allowed.js";
import { defaults } from "./defaults.js";
import { kept } from "./kept.js";
import { looks } from "./looks.js";
import { remembered } from "./remembered.js";
import { isWritable, NAMES, read, write } from "./settings.js";

const { own, policy } = await read();
const values = Object.fromEntries(NAMES.map((name) => [name, own[name] ?? ""]));
let wrong = [];
let failed = false;

const isLocked = (name) => typeof policy[name] === "string";

function show() {
  render(form, [
    NAMES.map(field),
    failed && h("p", { key: "failed", class: "error", role: "alert" }, words("options_save_failed")),
    h("p", { key: "hint", id: "save-hint", class: "hint" }, words("options_save_hint")),
    h(
      "div",
      { key: "save", class: "actions" },
      button("primary", words("options_save"), () => {}, { type: "submit", id: "save", "aria-describedby": "save-hint" }),
    ),
  ]);
}

function field(name) {
  const locked = isLocked(name);
  const isWrong = wrong.includes(name);
  const input = ({ target }) => {
    values[name] = target.value;
  };
  return h(
    "div",
    { key: name, class: "field" },
    h("label", { for: name }, words(`options_${name}`)),
    h("input", {
      id: name,
      type: "text",
      autocomplete: "off",
      spellcheck: "false",
      readonly: locked,
      value: locked ? policy[name] : values[name],
      "aria-describedby": `${name}-hint`,
      "aria-invalid": isWrong && "true",
      on: { input },
    }),
    h(
      "div",
      { key: "hint", id: `${name}-hint` },
      isWrong && h("p", { key: "wrong", class: "error", role: "alert" }, words("options_invalid")),
      locked && h("p", { key: "locked", class: "locked" }, words("options_by_policy")),
      h("p", { key: "what", class: "hint" }, words(`options_${name}_hint`)),
    ),
  );
}

async function save(event) {
  event.preventDefault();
  for (const name of NAMES) values[name] = values[name].trim();
  wrong = NAMES.filter((name) => !isLocked(name) && !isWritable(values[name]));
  failed = false;
  if (wrong.length === 0) {
    await write(values).then(restart, () => {
      failed = true;
    });
  }
  show();
  document.getElementById(wrong[0])?.focus();
}

/** The extension begins anew with what is stored; nobody is left to answer. */
function restart() {
  chrome.runtime.sendMessage({ kind: "configured" }).catch(() => {});
}

/** A part that asks before it can be shown: it is shown again when what it asked for has changed. */
function part(id, describe) {
  const showPart = async () => render(document.getElementById(id), await describe(showPart));
  return showPart;
}

translatePage();
const form = document.getElementById("form");
form.addEventListener("submit", save);
const address = chrome.identity.getRedirectURL();
render(document.getElementById("address"), [h("code", null, address), copyButton(address)]);
render(document.getElementById("version"), words("options_version", chrome.runtime.getManifest().version));
show();

const showDefaults = part("destination", defaults);
const showShops = part("allowed", allowed);
const showKept = part("kept", kept);
const showRemembered = part("choices", remembered);
chrome.permissions.onAdded.addListener(showShops);
chrome.permissions.onRemoved.addListener(showShops);
core.onChange(showDefaults);
core.onChange(showKept);
core.onChange(showRemembered);
await Promise.all([part("looks", looks)(), showDefaults(), showShops(), showRemembered(), showKept()]);
