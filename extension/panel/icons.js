// Signs beside words. They repeat what the words say, so they are hidden from assistive technology.

import { h } from "./dom.js";

const DRAWINGS = {
  good: "M3.5 8.5l3 3 6-7",
  information: "M8 7.2v4.3M8 4.4v.3",
  warning: "M8 4.6v4.2M8 11.3v.3",
  bad: "M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6",
};

/** `good`, `information`, `warning` or `bad`. */
export function icon(kind) {
  return h(
    "svg",
    { key: kind, class: `icon ${kind}`, viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" },
    kind === "warning"
      ? h("path", { key: "frame", class: "frame", d: "M8 1.2L15.2 14.4H.8z" })
      : h("circle", { key: "frame", class: "frame", cx: "8", cy: "8", r: "7.2" }),
    h("path", { key: "sign", class: "sign", d: DRAWINGS[kind] }),
  );
}
