// Which environment of Business Central is used, where the buyer may see several. It is a setting: the extension begins
// anew with another one.

import { read, write } from "../options/settings.js";
import { chooser } from "./controls.js";
import { words } from "./words.js";

const { own, policy } = await read();

/** The environments to choose from; nothing where an administrator chose, or no list is to be had. */
export function environmentField({ destination: { environments, environment } }) {
  if (typeof policy.environment === "string" || environments.length < 2) return null;
  return chooser({
    id: "environment",
    label: words("environment"),
    value: environment,
    blank: environment,
    options: environments.map(({ name, type }) => ({
      value: name,
      label: type === "Sandbox" ? words("environment_sandbox", name) : name,
    })),
    choose: async (name) => {
      await write({ ...own, environment: name });
      chrome.runtime.sendMessage({ kind: "configured" }).catch(() => {});
    },
    hint: words("environment_hint"),
  });
}
