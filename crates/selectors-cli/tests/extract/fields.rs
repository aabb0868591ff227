//! Every field of a line, and every row of the totals, with where it came from.

use punchout::cart::{Cart, FindingCode, LineField, TotalKind, Verdict};
use punchout::extract::{extract, snapshot_plan};
use punchout::money::TaxBasis;
use punchout::snapshot;
use punchout::supplier::{Catalog, Location, Words, WordsFile};
use selectors_cli::saved_page::snapshot_by_plan;

use super::definition;

const FULL: &str = r#"
format = 1
id = "full"
name = "Full"
kind = "supplier"
hosts = ["full.example"]
paths = ["/cart"]
[verified]
state = "fixture"
on = "2026-11-22"
evidence = "A definition of these tests."
[lines]
each = ".line"
tax = "net"
[lines.fields]
description = [{ select = ".name" }]
supplier_part_id = [{ select = ".numbers li", label = "common" }]
manufacturer = [{ select = ".maker" }]
manufacturer_part_id = [{ select = ".numbers li", after = ["Hst.-Nr."], label = "common" }]
gtin = [{ select = ".numbers li", label = "common" }]
quantity = [
  { select = "[role=spinbutton]", attr = "aria-valuenow" },
  { select = "[data-steps]", attr = "data-steps" },
  { select = "select", take = "value" },
  { select = "[role=group]", attr = "aria-label" },
  { select = ".count" },
]
minimum_quantity = [{ select = ".least" }]
unit_price = [{ select = ".price" }]
line_total = [{ select = ".sum" }]
discount = [{ select = ".off" }]
options = [{ select = "dl dd" }, { select = ".option" }]
delivery = [{ select = ".when" }]
seller = [{ select = ".by", label = "common" }]
url = [{ select = ".name", attr = "href" }]
[[totals]]
each = ".totals tr"
label = [{ select = "th" }]
amount = [{ select = "td" }]
rate = [{ select = "small" }]
"#;

fn words() -> Words {
    let english = include_str!("../../../../selectors/words/en.toml");
    Words::new(vec![toml::from_str::<WordsFile>(english).unwrap()])
}

fn cart(body: &str) -> Cart {
    let catalog = Catalog::new(vec![definition(FULL)], words());
    let at = Location {
        host: "full.example",
        path: "/cart",
    };
    let wanted = snapshot_plan(&catalog, at);
    let html = format!("<!doctype html><html lang=en><body>{body}</body></html>");
    let snapshot = snapshot_by_plan(&html, &wanted.plan);
    let page = snapshot::Page::read(&snapshot, &wanted.attributes).unwrap();
    extract(&page, at, &catalog)
}

fn line(quantity: &str, more: &str) -> String {
    format!(
        "<div class=line><a class=name href=/p/7>Clamp</a>{quantity}<b class=price>€ 5.00</b>\
         <b class=sum>€ 15.00</b>{more}</div>"
    )
}

const THREE: &str = "<span class=count>3</span>";
const TOTALS: &str = "<table class=totals><tr><th>Subtotal</th><td>€ 15.00</td></tr></table>";

fn of_line(more: &str) -> Cart {
    cart(&(line(THREE, more) + TOTALS))
}

fn has(cart: &Cart, code: FindingCode) -> bool {
    cart.findings.iter().any(|finding| finding.code == code)
}

#[test]
fn every_field_of_a_line_is_read_with_its_place() {
    let read = of_line(
        "<i class=maker>Nordwerk</i><ul class=numbers><li>Item No.: CL-7</li><li>Hst.-Nr. NW/88</li>\
         <li>EAN 4006381333931</li></ul><p class=least>min. 10 pcs</p><p class=when>In stock</p>\
         <p class=by>Sold by: Eisen &amp; Co</p>\
         <dl><dt>Colour:</dt><dd>red</dd><dt>Size</dt><dd>L</dd></dl>",
    );
    let line = &read.lines[0];
    assert_eq!(line.supplier_part_id.as_deref(), Some("CL-7"));
    assert_eq!(line.manufacturer.as_deref(), Some("Nordwerk"));
    assert_eq!(line.manufacturer_part_id.as_deref(), Some("NW/88"));
    assert_eq!(line.gtin.as_deref(), Some("4006381333931"));
    assert_eq!(line.minimum_quantity, Some(10.into()));
    assert_eq!(line.delivery.as_deref(), Some("In stock"));
    assert_eq!(line.seller.as_deref(), Some("Eisen & Co"));
    assert_eq!(line.options, ["Colour: red", "Size: L"]);
    assert_eq!(line.unit_price.as_ref().unwrap().tax, TaxBasis::Net);
    for field in [
        LineField::Description,
        LineField::SupplierPartId,
        LineField::Manufacturer,
        LineField::ManufacturerPartId,
        LineField::Gtin,
        LineField::Quantity,
        LineField::MinimumQuantity,
        LineField::UnitPrice,
        LineField::LineTotal,
        LineField::Options,
        LineField::Delivery,
        LineField::Seller,
        LineField::Url,
    ] {
        assert!(line.provenance.contains_key(&field), "{field:?}");
    }
    assert_eq!(read.verdict, Verdict::Reconciled);
}

#[test]
fn a_quantity_is_read_wherever_shops_put_it() {
    for place in [
        "<div role=spinbutton aria-valuenow=3></div>",
        "<div data-steps=3></div>",
        "<select><option value=1>1</option><option value=3 selected>3</option></select>",
        "<div role=group aria-label=\"Quantity is 3\"></div>",
        "<span class=count>Qty: 3</span>",
        "<span class=count>3.00 pcs</span>",
    ] {
        let read = cart(&(line(place, "") + TOTALS));
        assert_eq!(read.lines[0].quantity, 3.into(), "{place}");
        assert_eq!(read.verdict, Verdict::Reconciled, "{place}");
    }
}

#[test]
fn a_gtin_with_a_wrong_check_digit_is_left_out_and_said() {
    let read = of_line("<ul class=numbers><li>EAN: 4006381333932</li></ul>");
    assert_eq!(read.lines[0].gtin, None);
    assert!(!read.lines[0].provenance.contains_key(&LineField::Gtin));
    assert!(has(&read, FindingCode::GtinInvalid));
    assert_eq!(read.verdict, Verdict::Reconciled);
}

#[test]
fn options_are_every_element_of_the_first_place_that_holds_one() {
    let read = of_line("<i class=option>red</i><i class=option>L</i><i class=option>red</i>");
    assert_eq!(read.lines[0].options, ["red", "L"]);
}

#[test]
fn a_discount_is_a_reduction_with_or_without_a_minus_and_a_percentage_is_none() {
    let read = |shown: &str| {
        let line = line(THREE, &format!("<i class=off>{shown}</i>"));
        let line = line.replace("€ 15.00", "€ 12.00");
        cart(&(line + &TOTALS.replace("15.00", "12.00")))
    };
    for shown in ["-€ 3.00", "€ 3.00", "You save € 1.00"] {
        assert_eq!(read(shown).verdict, Verdict::Reconciled, "{shown}");
        assert!(read(shown).lines[0].discount.unwrap().is_sign_negative());
    }
    assert_eq!(read("20 %").lines[0].discount, None);
    assert_eq!(read("20 %").verdict, Verdict::Unreconciled);
}

#[test]
fn rows_keep_the_order_of_the_page_their_rate_and_their_tax_basis() {
    let read = cart(
        &(line(THREE, "")
            + "<table class=totals>\
               <tr><th>Subtotal</th><td>€ 15.00</td></tr>\
               <tr><th>Shipping</th><td>Free</td></tr>\
               <tr><th>Total excl. VAT</th><td>€ 15.00</td></tr>\
               <tr><th>VAT (20%)</th><td>€ 2.00</td></tr>\
               <tr><th>VAT</th><td>€ 0.25<small>5 %</small></td></tr>\
               <tr><th>Rounding</th><td>€ 0.00</td></tr>\
               <tr><th>Total incl. VAT</th><td>€ 17.25</td></tr></table>"),
    );
    assert_eq!(read.verdict, Verdict::Reconciled, "{:#?}", read.findings);
    let kinds: Vec<TotalKind> = read.rows.iter().map(|row| row.kind).collect();
    assert_eq!(
        kinds,
        [
            TotalKind::Subtotal,
            TotalKind::Shipping,
            TotalKind::GrandTotal,
            TotalKind::Tax,
            TotalKind::Tax,
            TotalKind::Rounding,
            TotalKind::GrandTotal,
        ]
    );
    let bases: Vec<TaxBasis> = [0, 1, 2, 6].map(|row| read.rows[row].tax).to_vec();
    assert_eq!(
        bases,
        [TaxBasis::Net, TaxBasis::Net, TaxBasis::Net, TaxBasis::Gross]
    );
    assert_eq!(read.rows[3].rate, Some(20.into()));
    assert_eq!(read.rows[4].rate, Some(5.into()));
    assert_eq!(read.totals.shipping, Some(0.into()));
    assert_eq!(read.totals.grand_total.unwrap().to_string(), "17.25");
}

#[test]
fn a_delivery_that_is_calculated_later_is_absent() {
    let read = cart(
        &(line(THREE, "")
            + "<table class=totals><tr><th>Subtotal</th><td>€ 15.00</td></tr>\
               <tr><th>Shipping</th><td>Calculated at checkout</td></tr>\
               <tr><th>Total</th><td>€ 15.00</td></tr></table>"),
    );
    assert_eq!(read.verdict, Verdict::Reconciled);
    assert_eq!(read.totals.shipping, None);
}

#[test]
fn a_cart_is_stored_and_read_back_with_its_rows() {
    let read = of_line("");
    let stored = serde_json::to_string(&read).unwrap();
    assert_eq!(serde_json::from_str::<Cart>(&stored).unwrap(), read);
    let older = stored.replace("\"rows\"", "\"unknown\"");
    assert!(
        serde_json::from_str::<Cart>(&older)
            .unwrap()
            .rows
            .is_empty()
    );
}

#[test]
fn common_labels_belong_to_the_fields_of_lines() {
    use punchout::supplier::{Definition, SupplierFile};
    let wrong = FULL.replace("select = \"th\" }", "select = \"th\", label = \"common\" }");
    let file: SupplierFile = toml::from_str(&wrong).unwrap();
    let errors = Definition::new(file).unwrap_err();
    assert_eq!(errors[0].key, "totals.label");
}
