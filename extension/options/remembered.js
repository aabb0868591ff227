// What is remembered for the next time: what each shop is in Business Central, and what its numbers and units become.

import { button, say } from "../panel/controls.js";
import * as core from "../panel/core.js";
import { h } from "../panel/dom.js";
import { keep } from "../panel/export.js";
import { mappingWords } from "../panel/lines.js";
import { counted, words } from "../panel/words.js";

let asked = false;

/** The list, shop by shop, and what can be done with it. */
export async function remembered(show) {
  const window = await core.ownWindow();
  const { file } = await core.exported(window, "remembered");
  const groups = grouped(JSON.parse(file.text));
  const forget = async (what, news) => {
    await core.act(window, { type: "forget", what });
    asked = false;
    say(news);
    document.getElementById("remembered").focus();
    await show();
  };
  if (groups.length === 0) return [h("p", { key: "none" }, words("remembered_none"))];
  return [groups.map((group) => shop(group, forget)), actions(file, groups, { forget, show })];
}

/** What is remembered of each vendor, and for which shops; a vendor may be several. */
function grouped({ vendors, sellers, unmatched, items, units, vendor_names: names }) {
  const ofSellers = Object.entries(sellers).flatMap(([host, of]) =>
    Object.entries(of).map(([seller, vendor]) => ({ host, seller, vendor })),
  );
  const numbers = new Set([
    ...Object.values(vendors),
    ...ofSellers.map(({ vendor }) => vendor),
    ...[unmatched, items, units].flatMap(Object.keys),
  ]);
  return [...numbers].sort().map((vendor) => {
    const name = names[vendor] ? words("name_and_number", names[vendor], vendor) : vendor;
    const hosts = Object.keys(vendors).filter((host) => vendors[host] === vendor);
    const all = [
      hosts.map((host) => ({ what: { shop: { host } }, text: words("remembered_shop", host, name) })),
      ofSellers
        .filter((one) => one.vendor === vendor)
        .map(({ host, seller }) => ({
          what: { seller: { host, seller } },
          text: words("remembered_seller", seller, host, name),
        })),
      vendor in unmatched && {
        what: { unmatched: { vendor } },
        text: words("remembered_unmatched", mappingWords(unmatched[vendor])),
      },
      Object.entries(items[vendor] ?? {}).map(([number, mapping]) => ({
        what: { item: { vendor, number } },
        text: words("remembered_item", number, mappingWords(mapping)),
      })),
      Object.entries(units[vendor] ?? {}).map(([unit, code]) => ({
        what: { unit: { vendor, unit } },
        text: words("remembered_unit", unit, code || words("unit_base")),
      })),
    ];
    return { vendor, name, hosts, entries: all.flat().filter(Boolean) };
  });
}

function shop({ vendor, name, hosts, entries }, forget) {
  const id = `vendor-${vendor}`;
  const entry = ({ what, text }) =>
    h(
      "li",
      { key: JSON.stringify(what) },
      h("span", { key: "text" }, text),
      button("secondary", words("remembered_forget"), () => forget(what, words("remembered_forgotten", text)), {
        "aria-label": words("remembered_forget_of", text),
      }),
    );
  return h(
    "div",
    { key: vendor, role: "group", "aria-labelledby": id },
    h("h3", { id }, hosts.length > 0 ? hosts.join(", ") : words("remembered_vendor", name)),
    h("ul", { key: "entries", class: "shops" }, entries.map(entry)),
  );
}

function actions(file, groups, { forget, show }) {
  const count = groups.reduce((sum, { entries }) => sum + entries.length, 0);
  const save = () => {
    keep({ ...file, text: JSON.stringify(JSON.parse(file.text), null, 2) });
    say(words("export_saved", file.name));
  };
  const ask = (wanted, focus) => async () => {
    asked = wanted;
    await show();
    document.getElementById(focus)?.focus();
  };
  const all = () => forget("all", words("remembered_none"));
  const sure = [
    h("p", { key: "sure", id: "forget-choices-sure" }, counted("remembered_sure", count)),
    button("secondary", words("options_forget_keep"), ask(false, "forget-choices"), { key: "keep", id: "keep-choices" }),
    button("secondary", words("remembered_forget_yes"), all, { key: "yes", id: "forget-choices-yes" }),
  ];
  return h(
    "div",
    { key: "actions", class: "actions", role: "group", "aria-labelledby": asked ? "forget-choices-sure" : "remembered" },
    button("secondary", words("remembered_export"), save, { key: "export", id: "export-choices" }),
    asked
      ? sure
      : button("secondary", words("remembered_forget_all"), ask(true, "keep-choices"), { key: "all", id: "forget-choices" }),
  );
}
