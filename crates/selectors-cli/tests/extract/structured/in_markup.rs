//! Data in the markup: form fields of OCI, JSON-LD, microdata.

use serde_json::Value;

use super::{lines, page, read_at};
use crate::codes;

fn oci(number: u32, fields: &[(&str, &str)]) -> String {
    let input = |(name, value): &(&str, &str)| {
        format!("<input type=hidden name='NEW_ITEM-{name}[{number}]' value='{value}'>")
    };
    fields.iter().map(input).collect()
}

const SCREWS: [(&str, &str); 8] = [
    ("DESCRIPTION", "Screws"),
    ("QUANTITY", "250.000"),
    ("UNIT", "EA"),
    ("PRICE", "12.900"),
    ("PRICEUNIT", "100"),
    ("CURRENCY", "CHF"),
    ("VENDORMAT", "S-100"),
    ("LEADTIME", "3"),
];

#[test]
fn oci_is_read_with_its_price_unit() {
    let long = "<textarea name='NEW_ITEM-LONGTEXT_2:132[]'>Glue, 1 l</textarea>";
    let glue = [("QUANTITY", "1"), ("PRICE", "7"), ("CURRENCY", "CHF")];
    let form = format!("<form>{}{}{long}</form>", oci(1, &SCREWS), oci(2, &glue));
    let report = read_at("/shop/punchout", &page(&[], &form));
    assert_eq!(report["reader"], "structured:oci");
    assert_eq!(
        lines(&report),
        ["250 × Screws at 12.90 = -", "1 × Glue, 1 l at 7.00 = -"]
    );
    assert_eq!(report["lines"][0]["price_basis"], "100");
    assert_eq!(report["lines"][0]["unit_of_measure"], "EA");
    assert_eq!(report["currency"], "CHF");
    // OCI has no totals: nothing proves the lines.
    assert_eq!(report["verdict"], "unreconciled");
}

#[test]
fn items_of_catalogs_that_are_in_several_currencies_keep_their_own() {
    let glue = [
        ("DESCRIPTION", "Glue"),
        ("QUANTITY", "1"),
        ("PRICE", "7"),
        ("CURRENCY", "EUR"),
    ];
    let form = format!("<form>{}{}</form>", oci(1, &SCREWS), oci(2, &glue));
    let item = ORDER.split("</PunchOutOrderMessageHeader>").nth(1).unwrap();
    let item = item.split("</PunchOutOrderMessage>").next().unwrap();
    let other = item.replace("EUR", "CHF").replace("S-100", "S-200");
    let message = ORDER.replace(item, &format!("{other}{item}"));
    for form in [form, cxml("cxml-urlencoded", &message)] {
        let report = read_at("/cart", &page(&[], &form));
        let own = |line: usize| report["lines"][line]["currency"].clone();
        assert_eq!((own(0), own(1)), ("CHF".into(), "EUR".into()), "{report:#}");
        assert_eq!(
            (&report["currency"], &report["verdict"]),
            (&Value::Null, &"unreconciled".into())
        );
        assert!(codes(&report).contains(&"currency_mixed"));
    }
}

#[test]
fn oci_fields_that_contradict_each_other_are_said() {
    let twice = oci(1, &SCREWS) + &oci(1, &[("PRICE", "13.90")]);
    let report = read_at("/cart", &page(&[], &format!("<form>{twice}</form>")));
    assert!(codes(&report).contains(&"field_ambiguous"), "{report:#}");
    let comma = oci(1, &SCREWS)
        + &oci(
            2,
            &[
                ("DESCRIPTION", "Nut"),
                ("QUANTITY", "1,000"),
                ("PRICE", "1"),
            ],
        );
    let report = read_at("/cart", &page(&[], &format!("<form>{comma}</form>")));
    assert_eq!(lines(&report).len(), 1);
    assert!(codes(&report).contains(&"field_missing"));
}

#[test]
fn oci_is_proved_by_the_totals_that_the_page_shows() {
    let form = format!("<form>{}</form>", oci(1, &SCREWS));
    let report = read_at("/cart", &page(&["CHF 32.25"], &form));
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(report["totals"]["grand_total"], "32.25");
    // Without its price unit the form would say a hundred times as much, which the page does not.
    let without = form.replace("PRICEUNIT", "OTHER");
    let report = read_at("/cart", &page(&["CHF 32.25"], &without));
    assert_eq!(report["verdict"], "unreconciled");
    assert_eq!(lines(&report), ["250 × Screws at 12.90 = -"]);
}

const ORDER: &str = r#"<?xml version="1.0"?><!DOCTYPE cXML SYSTEM "cXML.dtd"><cXML><Message><PunchOutOrderMessage>
    <PunchOutOrderMessageHeader operationAllowed="edit"><Total><Money currency="EUR">32.25</Money></Total></PunchOutOrderMessageHeader>
    <ItemIn quantity="250"><ItemID><SupplierPartID>S-100</SupplierPartID></ItemID><ItemDetail>
    <UnitPrice><Money currency="EUR">12.9</Money></UnitPrice><Description xml:lang="en">Screws &amp; nuts</Description>
    <UnitOfMeasure>EA</UnitOfMeasure><PriceBasisQuantity quantity="100"/><ManufacturerName>Bolt AG</ManufacturerName>
    </ItemDetail></ItemIn></PunchOutOrderMessage></Message></cXML>"#;

fn cxml(name: &str, value: &str) -> String {
    let value = value.replace('&', "&amp;").replace('"', "&quot;");
    format!("<form><input type=hidden name={name} value=\"{value}\"></form>")
}

#[test]
fn an_order_message_of_cxml_is_read_with_its_price_basis() {
    let base64 = "PGNYTUw+PE1lc3NhZ2U+PFB1bmNoT3V0T3JkZXJNZXNzYWdlPjxJdGVtSW4gcXVhbnRpdHk9IjIiPjxJdGVtRGV0YWlsPjxVbml0UHJpY2U+\
                  PE1vbmV5IGN1cnJlbmN5PSJVU0QiPjEuNTA8L01vbmV5PjwvVW5pdFByaWNlPjxEZXNjcmlwdGlvbj5QZW48L0Rlc2NyaXB0aW9uPjwvSXRlbURl\
                  dGFpbD48L0l0ZW1Jbj48L1B1bmNoT3V0T3JkZXJNZXNzYWdlPjwvTWVzc2FnZT48L2NYTUw+";
    for form in [
        cxml("cxml-urlencoded", ORDER),
        cxml(
            "cXML-urlencoded",
            &ORDER
                .replace('%', "%25")
                .replace('<', "%3C")
                .replace(' ', "+"),
        ),
    ] {
        let report = read_at("/punchout", &page(&["€32.25"], &form));
        assert_eq!(report["reader"], "structured:cxml");
        assert_eq!(report["verdict"], "reconciled", "{report:#}");
        assert_eq!(lines(&report), ["250 × Screws & nuts at 12.90 = -"]);
        let line = &report["lines"][0];
        assert_eq!(
            (&line["price_basis"], &line["supplier_part_id"]),
            (&"100".into(), &"S-100".into())
        );
        assert_eq!(report["totals"]["subtotal"], "32.25");
    }
    let report = read_at("/cart", &page(&["$3.00"], &cxml("cxml-base64", base64)));
    assert_eq!(lines(&report), ["2 × Pen at 1.50 = -"]);
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
}

#[test]
fn what_is_no_order_message_is_passed_over() {
    for value in ["", "%%%", "<cXML>", "<a>".repeat(2000).as_str(), "no xml"] {
        super::assert_not_a_cart(&read_at(
            "/cart",
            &page(&["$3.00"], &cxml("cxml-base64", value)),
        ));
        super::assert_not_a_cart(&read_at(
            "/cart",
            &page(&["$3.00"], &cxml("cxml-urlencoded", value)),
        ));
    }
}

#[test]
fn ordered_items_in_json_ld_are_a_cart_and_products_are_none() {
    let ordered = r#"<script type=application/ld+json>{"@type":"Order","totalPaymentDue":{"price":"42.00","priceCurrency":"GBP"},
        "orderedItem":[{"@type":"OrderItem","orderQuantity":3,
        "orderedItem":{"@type":"Product","name":"Kettle","sku":"K","offers":{"price":"14.00"}}}]}</script>"#;
    let report = read_at("/basket", &page(&["£42.00"], ordered));
    assert_eq!(report["reader"], "structured:json_ld");
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(lines(&report), ["3 × Kettle at 14.00 = -"]);
    let placed = ordered.replace("\"Order\"", "\"Order\",\"orderNumber\":\"17\"");
    super::assert_not_a_cart(&read_at("/basket", &page(&["£42.00"], &placed)));
    let products = r#"<script type=application/ld+json>{"@type":"ItemList","itemListElement":[
        {"@type":"Product","name":"Kettle","offers":{"price":"14.00","priceCurrency":"GBP"}}]}</script>"#;
    super::assert_not_a_cart(&read_at("/basket", &page(&["£14.00"], products)));
}

#[test]
fn ordered_items_in_microdata_are_read_as_json_ld_is() {
    let item = |name: &str, quantity: u32, price: &str| {
        format!(
            "<li itemscope itemtype=https://schema.org/OrderItem itemprop=orderedItem><meta itemprop=orderQuantity content={quantity}>\
             <div itemscope itemprop=orderedItem itemtype=https://schema.org/Product><b itemprop=name>{name}</b>\
             <i itemprop=sku>{name}-1</i><div itemscope itemprop=offers><span itemprop=price content={price}>x</span></div></div></li>"
        )
    };
    let order = format!(
        "<ul itemscope itemtype=https://schema.org/Order>{}{}<li><meta itemprop=priceCurrency content=EUR>\
         <meta itemprop=totalPaymentDue content=25.00></li></ul>",
        item("Plate", 2, "10.00"),
        item("Fork", 1, "5.00")
    );
    let report = read_at("/cart", &page(&["20.00", "5.00", "25.00"], &order));
    assert_eq!(report["reader"], "structured:microdata");
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(
        lines(&report),
        ["2 × Plate at 10.00 = -", "1 × Fork at 5.00 = -"]
    );
    assert_eq!(report["lines"][0]["supplier_part_id"], "Plate-1");
}
