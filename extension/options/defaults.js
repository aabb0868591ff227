// Where new carts go, unless the buyer chooses otherwise beside a cart: the company and the worksheet that were used last.

import { worksheetField } from "../panel/choices.js";
import { companyField } from "../panel/company.js";
import * as core from "../panel/core.js";
import { h } from "../panel/dom.js";
import { words } from "../panel/words.js";

/** Both, while somebody is signed in: nobody else may ask Business Central what there is. */
export async function defaults(show) {
  const window = await core.ownWindow();
  const view = await core.viewOf(window);
  if (view.sign_in.state !== "signed_in") return [h("p", { key: "out" }, words("options_defaults_signed_out"))];
  const act = async (action) => {
    if (action) await core.act(window, action);
    await show();
  };
  return [companyField(view, act), view.destination.company && worksheetField(view, act)];
}
