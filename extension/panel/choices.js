// What the buyer chooses: where the lines go, from whom they are ordered, what those without an item become.

import { h } from "./dom.js";
import { button, chooser } from "./controls.js";
import { combobox } from "./combobox.js";
import { companyField } from "./company.js";
import { environmentField } from "./environment.js";
import * as drafts from "./drafts.js";
import { mappingWords } from "./lines.js";
import { currencyField, taxField } from "./money_choices.js";
import { counted, words } from "./words.js";

/** The controls whose choice is a draft until the core says the same. */
export const CHOICES = ["company", "worksheet", "vendor", "unmatched", "differences"];

/** All choices of a review. */
export function choices(view, review, act) {
  return h(
    "section",
    { key: "choices", "aria-labelledby": "choices" },
    h("h2", { id: "choices" }, words("choices")),
    environmentField(view),
    companyField(view, act),
    worksheetField(view, act),
    vendorField(review, act),
    vendorOffer(review, act),
    sellerFields(review, act),
    unmatchedField(review, act),
    unitFields(review, act),
    taxField(review, act),
    currencyField(review, act),
    review.verdict === "unreconciled" && differencesField(review, act),
  );
}

/** A list whose choice is a draft until the core says the same. */
function choice({ id, label, said, options, choose, needed }) {
  if (drafts.drafted(id, said) === said) drafts.forget(id);
  return chooser({
    id,
    label,
    options,
    value: drafts.drafted(id, said),
    blank: options.length === 0 ? words("nothing_to_choose") : needed,
    choose(value) {
      drafts.keep(id, value);
      choose(options.find((option) => option.value === value));
    },
  });
}

/** In which of the company's worksheets. */
export function worksheetField({ destination }, act) {
  const key = ({ worksheetTemplateName, name }) => JSON.stringify([worksheetTemplateName, name]);
  return choice({
    id: "worksheet",
    label: words("worksheet"),
    said: destination.worksheet && key(destination.worksheet),
    needed: words("choose_worksheet"),
    options: destination.worksheets.map((worksheet) => ({
      value: key(worksheet),
      label: [worksheet.worksheetTemplateName, worksheet.name, worksheet.description].filter(Boolean).join(" · "),
      worksheet,
    })),
    choose: ({ worksheet }) => act({ type: "choose_worksheet", worksheet }),
  });
}

function vendorField({ capture, vendor, vendor_name: name }, act) {
  if (drafts.drafted("vendor", vendor) === vendor) drafts.forget("vendor");
  const chosen = drafts.drafted("vendor", vendor);
  return combobox(
    {
      id: "vendor",
      label: words("vendor"),
      capture,
      subject: "vendor",
      shown: chosen === vendor && name ? words("name_and_number", name, vendor) : chosen,
      placeholder: words("choose_vendor"),
      hint: words("search_vendor_hint"),
      choose({ number }) {
        drafts.keep("vendor", number);
        act({ type: "choose_vendor", number });
      },
    },
    act,
  );
}

/** A vendor whose name looks like the shop's is offered; nothing is taken for looking alike. */
function vendorOffer({ vendor_alike: alike }, act) {
  if (!alike) return null;
  const take = () => act({ type: "choose_vendor", number: alike.number });
  const label = words("vendor_alike", words("name_and_number", alike.displayName, alike.number));
  return button("secondary", label, take, { key: "vendor-alike", id: "vendor-alike" });
}

/** The sellers of a marketplace: each may be a vendor of its own; else its lines are ordered from the shop's. */
function sellerFields({ capture, sellers }, act) {
  if (sellers.length < 2) return null;
  const field = ({ seller, vendor, vendor_name: name }, place) => {
    const id = `seller-${place}`;
    const choose = ({ number }) => act({ type: "choose_seller_vendor", seller, number });
    return [
      combobox(
        {
          id,
          label: words("seller_vendor", seller),
          capture,
          subject: { seller: place },
          shown: vendor && (name ? words("name_and_number", name, vendor) : vendor),
          placeholder: words("seller_as_shop"),
          hint: words("search_vendor_hint"),
          choose,
        },
        act,
      ),
      vendor &&
        button("secondary", words("seller_use_shop"), () => choose({ number: "" }), {
          key: `${id}-shop`,
          id: `${id}-shop`,
          "aria-label": words("seller_use_shop_of", seller),
        }),
    ];
  };
  return h(
    "details",
    { key: "sellers", id: "sellers", class: "sellers" },
    h("summary", null, counted("sellers", sellers.length)),
    sellers.map(field),
  );
}

/** Units that the page prints: what each is called in Business Central. */
function unitFields({ units }, act) {
  if (units.length === 0) return null;
  const field = ({ unit, code }, index) => {
    const id = index === 0 ? "units" : `unit-${index}`;
    const save = () => {
      const text = document.getElementById(id).value.trim().toUpperCase();
      act({ type: "choose_unit", unit, code: text });
    };
    return h(
      "div",
      { key: unit, class: "field" },
      h("label", { for: id }, words("unit_is", unit)),
      h("input", { id, class: "short code", maxlength: "10", autocomplete: "off", placeholder: code ?? "" }),
      button("secondary", words("unit_take"), save, { key: "take", id: `${id}-take` }),
      code !== null && h("p", { key: "said", class: "hint" }, code ? words("unit_said", code) : words("unit_base")),
    );
  };
  return [units.map(field), h("p", { key: "units-hint", class: "hint" }, words("unit_hint"))];
}

/** What a set-up or an earlier choice says stays on offer, also after something else was chosen. */
let offered = { vendor: undefined, mappings: new Map() };

function unmatchedField(review, act) {
  if (offered.vendor !== review.vendor) offered = { vendor: review.vendor, mappings: new Map() };
  const key = ({ to, number, matched_by: matchedBy }) => JSON.stringify([to, number ?? null, matchedBy ?? null]);
  const option = (mapping, label) => ({ value: key(mapping), label, mapping });
  const items = review.catch_all_items.map(({ number, displayName }) =>
    option({ to: "catch_all", number }, words("name_and_number", displayName || number, number)),
  );
  const note = option({ to: "note" }, words("becomes_note"));
  const made = newItems(review);
  const standing = new Set([...items, note].map(({ value }) => value));
  const said = review.unmatched && key(review.unmatched);
  if (said && !standing.has(said)) offered.mappings.set(said, option(review.unmatched, mappingWords(review.unmatched)));
  const earlier = [...offered.mappings.values()].filter(({ value }) => !standing.has(value));
  return choice({
    id: "unmatched",
    label: words("unmatched"),
    said,
    needed: words("choose_unmatched"),
    options: [...items, ...earlier, ...made, note],
    choose({ mapping, template }) {
      if (mapping) return act({ type: "choose_unmatched", mapping });
      // What is made belongs to single lines, and the rest of them stays as it was.
      drafts.forget("unmatched");
      act({ type: "create_items", template });
    },
  });
}

/** A new item from a template, for each line without one that has a number by which it is found again. */
function newItems({ item_templates: templates, makeable }) {
  if (makeable === 0) return [];
  return templates.map(({ code, displayName }) => ({
    value: JSON.stringify(["template", code]),
    label: counted("unmatched_new_items", makeable, displayName || code),
    template: code,
  }));
}

function differencesField({ differences_accepted: said }, act) {
  if (drafts.drafted("differences", said) === said) drafts.forget("differences");
  const change = ({ target }) => {
    drafts.keep("differences", target.checked);
    act({ type: "accept_differences", accepted: target.checked });
  };
  return h(
    "div",
    { key: "differences", class: "check" },
    h("input", { id: "differences", type: "checkbox", checked: drafts.drafted("differences", said), on: { change } }),
    h("label", { for: "differences" }, words("differences")),
  );
}
