// Which company of Business Central the lines go to: one of a list or, where listing is refused, the one whose id the
// buyer types.

import { button, chooser } from "./controls.js";
import { h } from "./dom.js";
import * as drafts from "./drafts.js";
import { words } from "./words.js";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let wrong = false;

/** The field, by what the destination says. */
export function companyField({ destination }, act) {
  if (destination.companies_refused) return typedField(destination, act);
  const said = destination.company;
  if (drafts.drafted("company", said) === said) drafts.forget("company");
  return chooser({
    id: "company",
    label: words("company"),
    options: destination.companies.map(({ id, displayName, name }) => ({ value: id, label: displayName || name })),
    value: drafts.drafted("company", said),
    blank: destination.companies.length === 0 ? words("nothing_to_choose") : words("choose_company"),
    choose(company) {
      drafts.keep("company", company);
      act({ type: "choose_company", company });
    },
  });
}

function typedField({ company }, act) {
  const take = () => {
    const id = document.getElementById("company").value.trim().toLowerCase();
    wrong = !ID.test(id);
    act(wrong ? undefined : { type: "choose_company", company: id });
  };
  return h(
    "div",
    { key: "company", class: "field" },
    h("label", { for: "company" }, words("company_id")),
    h("input", {
      id: "company",
      type: "text",
      autocomplete: "off",
      spellcheck: "false",
      maxlength: "36",
      placeholder: company ?? "",
      "aria-describedby": "company-hint",
      "aria-invalid": wrong && "true",
    }),
    button("secondary", words("company_take"), take, { key: "take", id: "company-take" }),
    h(
      "div",
      { key: "hint", id: "company-hint" },
      wrong && h("p", { key: "wrong", class: "error", role: "alert" }, words("company_id_wrong")),
      h("p", { key: "what", class: "hint" }, company ? words("company_id_said", company) : words("company_id_hint")),
    ),
  );
}
