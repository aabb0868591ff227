// The words of the extension: each that is used exists, each that exists is used, and its arguments fit.

import assert from "node:assert/strict";
import { test } from "node:test";
import { callsOf, documentedValues, fields, pages, read, variants } from "./sources.mjs";

const LANGUAGES = ["en", "de", "fr", "it"];
const byLanguage = Object.fromEntries(
  LANGUAGES.map((language) => [language, JSON.parse(read(`extension/_locales/${language}/messages.json`))]),
);
const messages = byLanguage.en;

/** Pages for those who write definitions are in English only; the browser falls back to it. */
const ENGLISH_ONLY = /^(workshop|trust)_/;

/** What may stand at the gap of a composed name, from the sources that decide it. */
const FAMILIES = {
  "notice_{}": variants("src/capture/notice.rs", "NoticeCode"),
  "advice_{}": variants("src/capture/notice.rs", "NoticeCode"),
  // Of the items it is said how many are known, by a call of its own.
  "waiting_{}": variants("src/capture/mapping.rs", "Waiting").filter((name) => name !== "items"),
  "reason_{}": ["chosen", "remembered"],
  "stage_{}": variants("src/capture/world.rs", "Stage"),
  "stage_short_{}": variants("src/capture/world.rs", "Stage"),
  "export_{}": ["csv", "json", "oci", "cxml"],
  "export_{}_hint": ["csv", "json", "oci", "cxml"],
  "export_what_{}": variants("src/export.rs", "What"),
  "history_state_{}": ["any", "open", "returned", "done"],
  "problem_{}": variants("src/business_central/line.rs", "LineProblem"),
  "tax_{}": variants("src/business_central/line.rs", "TaxTreatment"),
  "found_{}": findingKeys(),
  "verdict_{}": variants("src/cart.rs", "Verdict"),
  "verdict_hint_{}": variants("src/cart.rs", "Verdict"),
  "finding_{}": variants("src/cart.rs", "FindingCode"),
  "total_{}": fields("src/cart.rs", "Totals"),
  "tax_basis_{}": variants("src/money.rs", "TaxBasis"),
  "matched_by_{}": documentedValues("src/business_central/directory.rs", "matched_by"),
  "likeness_{}": variants("src/capture/likeness.rs", "Likeness").filter((name) => name !== "known" && name !== "listed"),
  "options_{}": [...fields("src/deployment.rs", "Overrides"), ...looks("CHOICES")],
  "options_choice_{}": ["auto", "light", "dark"],
  "options_{}_hint": fields("src/deployment.rs", "Overrides"),
  "trust_{}": variants("src/extract/choose.rs", "Trust"),
  "workshop_{}": ["no_page", "not_taken", "no_snapshot"],
  "field_{}": variants("src/cart.rs", "LineField"),
  "edit_refused_{}": variants("src/capture/typed.rs", "EditProblem"),
  "source_{}": ["supplier", "platform", "structured"],
  "way_step_{}": ["held", "posted", "confirmed"],
  "way_state_{}": ["done", "now", "stuck", "later"],
};

/** The names of a table of `extension/preferences.js`. */
function looks(table) {
  const body = read("extension/preferences.js").match(new RegExp(`const ${table} = \\{([^}]+)\\}`))?.[1] ?? "";
  return [...body.matchAll(/^\s*(\w+):/gm)].map(([, name]) => name);
}

/** The keys of what findings say. */
function findingKeys() {
  return [...read("src/cart/message.rs").matchAll(/^ {4}\w+ (\w+) \d,$/gm)].map(([, name]) => name);
}

/**
 * Every use of a message: `{ where, name, values }`, where `values` is the number of arguments, if it is known: those of findings
 * are held by `crates/selectors-cli/tests/findings.rs`.
 */
const uses = () => [...usesInManifest(), ...usesInMarkup(), ...usesInScripts()];

function usesInManifest() {
  const names = read("manifest.json").matchAll(/__MSG_(\w+)__/g);
  return [...names].map(([, name]) => ({ where: "manifest.json", name, values: 0 }));
}

function usesInMarkup() {
  return pages(".html").flatMap((where) =>
    [...read(where).matchAll(/data-i18n="(\w+)"/g)].map(([, name]) => ({ where, name, values: 0 })),
  );
}

function usesInScripts() {
  return pages(".js").flatMap((where) => {
    const script = read(where);
    const singles = callsOf("words", script).flatMap(([name, ...values]) =>
      namesOf(name, where).map((known) => ({ where, name: known, values: isSpread(values) ? undefined : values.length })),
    );
    const plurals = callsOf("counted", script).flatMap(([name, ...values]) =>
      namesOf(name, where).flatMap((known) => [
        { where, name: `${known}_one`, values: values.length },
        { where, name: `${known}_other`, values: values.length },
      ]),
    );
    const direct = [...script.matchAll(/getMessage\("(\w+)"\)/g)].map(([, name]) => ({ where, name, values: 0 }));
    return [...singles, ...plurals, ...direct];
  });
}

/** Whether the arguments are not counted where they are written. */
const isSpread = (values) => values.some((value) => value.startsWith("..."));

/** The names that the first argument of a call can stand for. */
function namesOf(argument, where) {
  const literal = argument.match(/^"(\w+)"$/)?.[1];
  if (literal) return [literal];
  const composed = argument.match(/^`([^`]+)`$/)?.[1].replace(/\$\{[^}]+\}/, "{}");
  assert.ok(composed in FAMILIES, `${where}: a message's name is a literal or of a known family, not ${argument}`);
  return FAMILIES[composed].map((member) => composed.replace("{}", member));
}

test("the enums of the core are found in its sources", () => {
  for (const [family, members] of Object.entries(FAMILIES)) assert.ok(members.length > 1, family);
  assert.ok(FAMILIES["notice_{}"].includes("bc_no_permission"));
  assert.ok(FAMILIES["stage_{}"].includes("confirming"));
});

test("every message that is used exists", () => {
  const missing = uses().filter(({ name }) => !Object.hasOwn(messages, name));
  assert.deepEqual(missing.map(({ where, name }) => `${where}: ${name}`), []);
});

test("no message is unused", () => {
  const used = new Set(uses().map(({ name }) => name));
  assert.deepEqual(Object.keys(messages).filter((name) => !used.has(name)), []);
});

test("the arguments of a message are its placeholders", () => {
  for (const { where, name, values } of uses().filter(({ values }) => values !== undefined)) {
    const placeholders = Object.keys(messages[name]?.placeholders ?? {}).length;
    assert.equal(values, placeholders, `${where}: ${name}`);
  }
});

test("every language has every message that buyers and administrators read, and no other", () => {
  const expected = Object.keys(messages).filter((name) => !ENGLISH_ONLY.test(name));
  for (const language of LANGUAGES.slice(1)) {
    assert.deepEqual(Object.keys(byLanguage[language]).sort(), expected.toSorted(), language);
    assert.equal(byLanguage[language].language.message, language);
  }
});

test("a message has the same placeholders in every language", () => {
  for (const language of LANGUAGES) {
    for (const [name, { placeholders = {} }] of Object.entries(byLanguage[language])) {
      assert.deepEqual(placeholders, messages[name].placeholders ?? {}, `${language}: ${name}`);
    }
  }
});

/** What is the same word in several languages, or no word at all. */
const SAME_AS_ENGLISH = new Set([
  ...["product", "line_total", "options_version", "unit_said", "options_tenant", "environment_sandbox"],
  ...["with_currency", "name_and_number", "line_choice_known", "found_part_named"],
  ...["field_line_total", "field_gtin", "field_description", "field_options"],
]);

test("what reads as in English is meant to", () => {
  for (const language of LANGUAGES.slice(1)) {
    const same = Object.entries(byLanguage[language]).filter(([name, { message }]) => message === messages[name].message);
    assert.deepEqual(same.map(([name]) => name).filter((name) => !SAME_AS_ENGLISH.has(name)), [], language);
  }
});

test("a message that depends on a number has what its language needs", () => {
  for (const language of LANGUAGES) {
    const names = Object.keys(byLanguage[language]);
    for (const stem of names.filter((name) => name.endsWith("_other")).map((name) => name.replace(/_other$/, ""))) {
      // A word that a language declines further falls back to `other`; none may lack both.
      assert.ok(names.includes(`${stem}_one`), `${language}: ${stem}_one`);
    }
  }
});

test("numbers and moments are written by words.js alone", () => {
  // The settings page shows number formats by examples.
  const others = pages(".js").filter((path) => !["extension/panel/words.js", "extension/options/looks.js"].includes(path));
  for (const path of others) assert.doesNotMatch(read(path), /\bIntl\.|\.toLocale|\.toFixed\(/, path);
});

test("each notice is told in words of its own", () => {
  for (const language of LANGUAGES) {
    const notices = Object.entries(byLanguage[language]).filter(([name]) => name.startsWith("notice_"));
    const words = new Set(notices.map(([, { message }]) => message));
    assert.equal(words.size, notices.length, language);
  }
});

const everyMessage = LANGUAGES.flatMap((language) =>
  Object.entries(byLanguage[language]).map(([name, message]) => [`${language}: ${name}`, message]),
);

test("the placeholders of a message are those in its text, numbered without a gap", () => {
  for (const [name, { message, placeholders = {} }] of everyMessage) {
    const inText = [...message.matchAll(/\$(\w+)\$/g)].map(([, key]) => key.toLowerCase());
    assert.deepEqual([...new Set(inText)].sort(), Object.keys(placeholders).sort(), name);
    const contents = Object.values(placeholders).map(({ content }) => content);
    assert.deepEqual(contents, contents.map((_, index) => `$${index + 1}`), name);
  }
});

test("no message is blank, and the store's limits are kept", () => {
  for (const [name, { message }] of everyMessage) assert.match(message, /\S/, name);
  for (const { extension_name: name, extension_description: description } of Object.values(byLanguage)) {
    assert.ok(name.message.length <= 75);
    assert.ok(description.message.length <= 132);
  }
});
