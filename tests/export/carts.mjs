// Carts as the core stores them, made up for these tests, and what writes them as files.
import { execFileSync } from "node:child_process";

const CLIENT = process.env.PUNCHOUT_EXPORT_CLIENT;

const NOTHING = {
  supplier_part_id: null, manufacturer: null, manufacturer_part_id: null, gtin: null, unit_price: null,
  unit_of_measure: null, line_total: null, discount: null, options: [], delivery: null, minimum_quantity: null,
  url: null, seller: null, provenance: {},
};

export const price = (amount, basis = "1", tax = "net") => ({ amount, basis, tax });

export const line = (description, quantity, fields) => ({ ...NOTHING, description, quantity, ...fields });

/** Three lines as a shop for businesses shows them. */
export const LINES = [
  line("Shelf «Nord», 80 × 40 cm, <grey> & \"white\"", "2", {
    supplier_part_id: "N-8040", manufacturer: "Möbel & Söhne", manufacturer_part_id: "MS/8040", gtin: "4006381333931",
    unit_of_measure: "pcs", unit_price: price("602.00"), line_total: "1204.00", options: ["Colour: grey", "L"],
    delivery: "2–3 days", minimum_quantity: "1", url: "/shelf?id=1&c=2",
  }),
  line("Screws 4 × 40, galvanised, cross recess, with a thread up to the head", "300", {
    supplier_part_id: "00123", unit_of_measure: "pcs", unit_price: price("12.90", "100"), line_total: "38.70", seller: "Eisen AG",
  }),
  line("Cable, by the metre", "1.500", {
    supplier_part_id: "C'7", unit_of_measure: "m", unit_price: price("3.455"), line_total: "5.18", discount: "-0.25",
  }),
];

export const cartOf = (lines, fields) => ({
  reader: "supplier:example", verdict: "reconciled", currency: "CHF", lines,
  totals: { subtotal: "1247.88", discount: null, shipping: "9.00", tax: "101.81", fees: null, grand_total: "1358.69" },
  rows: [], findings: [], ...fields,
});

/** What the core makes of a cart: `{ file }` or `{ refused }`. */
export function written(format, cart, { tax = "net", notes = [] } = {}) {
  const input = JSON.stringify({ cart, units: { pcs: "H87", m: "MTR" }, tax, notes });
  return JSON.parse(execFileSync(CLIENT, [format], { input, encoding: "utf8" }));
}

/** The text of a file that is made. */
export function textOf(format, cart, given) {
  const { file, refused } = written(format, cart, given);
  if (!file) throw new Error(`refused: ${JSON.stringify(refused)}`);
  return file.text;
}
