// Product, credits, who is signed in; and the way to sign in.

import { h } from "./dom.js";
import { button, copyButton } from "./controls.js";
import { notice, plainNotice } from "./notice.js";
import { counted, words } from "./words.js";

/** The bar at the top. */
export function header(view, act) {
  const { sign_in: signIn, credits } = view;
  return [
    h(
      "div",
      { key: "bar", class: "bar" },
      h("p", { class: "product" }, words("product")),
      credits && creditsLeft(credits),
      button("quiet", words("settings"), () => chrome.runtime.openOptionsPage(), { id: "settings" }),
    ),
    signIn.state === "signed_in" &&
      h(
        "div",
        { key: "account", class: "account" },
        h("span", { class: "username" }, signIn.username),
        h(
          "div",
          { class: "account-actions" },
          button("quiet", words("switch_account"), () => act({ type: "switch_account" }), { id: "switch-account" }),
          button("quiet", words("sign_out"), () => act({ type: "sign_out" }), { id: "sign-out" }),
        ),
      ),
  ];
}

function creditsLeft({ available }) {
  const look = available < 1 ? "credits none" : "credits";
  return h("p", { id: "credits", class: look, tabindex: "-1" }, counted("credits", available));
}

/** The sign-in button with why the last try failed. Nothing where somebody is signed in, or nothing is set up. */
export function signInPart(view, act) {
  const { sign_in: signIn, trouble } = view;
  if (signIn.state === "signed_in" || trouble?.code === "not_configured") return null;
  if (signIn.state === "busy") {
    return h("p", { key: "signing-in", class: "working", id: "sign-in", tabindex: "-1" }, words("signing_in"));
  }
  return h(
    "section",
    { key: "sign-in-part", class: "sign-in" },
    signIn.notice?.code === "sign_in_needed" && ended(),
    signIn.notice && signIn.notice.code !== "sign_in_needed" && notice(signIn.notice, { kind: kindOf(signIn.notice) }),
    signIn.admin_consent_url && consent(signIn.admin_consent_url),
    button("primary large", words("sign_in"), () => act({ type: "sign_in" }), { id: "sign-in" }),
    h("p", { class: "hint" }, words("sign_in_hint")),
  );
}

/** Only what went wrong is bad. */
const kindOf = ({ code }) => (code === "sign_in_cancelled" ? "information" : "bad");

/** A session that ended by itself is nobody's fault. */
const ended = () => plainNotice("ended", "information", [words("session_ended"), words("session_ended_advice")]);

/** The page where an administrator allows the application: to be opened, or passed on. */
function consent(url) {
  return h(
    "p",
    { key: "consent", id: "admin-consent" },
    h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, words("admin_consent")),
    copyButton(url),
  );
}

/** What the whole extension waits for while this computer has no network. */
export function offlinePart() {
  if (navigator.onLine) return null;
  return plainNotice("offline", "warning", [words("offline"), words("offline_advice")]);
}

/** Trouble that concerns no capture in particular. */
export function troublePart({ trouble }, act) {
  if (!trouble) return null;
  const retry = button("secondary", words("try_again"), () => act({ type: "retry" }), { key: "retry" });
  const settings = button("primary", words("open_settings"), () => chrome.runtime.openOptionsPage(), { key: "open" });
  const actions = [trouble.code === "not_configured" ? settings : retry];
  return notice(trouble, { key: "trouble", kind: trouble.code === "not_configured" ? "information" : "bad", actions });
}
