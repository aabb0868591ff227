//! JSON that shop software writes into scripts.

use serde_json::{Value, json};

use super::{lines, page, read_at};
use crate::codes;

fn script(name: &str, value: &Value) -> String {
    format!("<script>var {name} = {value};</script>")
}

fn number(digits: &str) -> Value {
    serde_json::from_str(digits).unwrap()
}

/// PrestaShop's object on a page of this name.
pub fn prestashop(page_name: &str) -> String {
    let lamp = json!({"name": "Desk lamp", "reference": "DL-1", "cart_quantity": 2, "price": "€10.50", "price_amount": 10.5,
        "total": "€21.00", "ean13": "4006381333931", "url": "https://shop.example/desk-lamp", "attributes": {"Colour": "red"}});
    let cable = json!({"name": "Cable", "reference": "C-9", "cart_quantity": "1", "price_amount": 4, "total": "€4.00"});
    let amount = |amount: &str| json!({"amount": number(amount)});
    let shop = json!({
        "cart": {
            "products": [lamp, cable],
            "subtotals": {"products": amount("25"), "discounts": null, "shipping": amount("5.9"), "tax": amount("0")},
            "totals": {"total": amount("30.9")},
        },
        "currency": {"iso_code": "EUR", "sign": "€"},
        "customer": {"email": "someone@example.org"},
        "page": {"page_name": page_name},
    });
    script("prestashop", &shop)
}

#[test]
fn prestashop_is_read_from_its_object() {
    let html = page(&["€21.00", "€4.00", "€30.90"], &prestashop("cart"));
    let report = read_at("/en/basket-17", &html);
    assert_eq!(report["reader"], "structured:prestashop");
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(report["currency"], "EUR");
    assert_eq!(
        lines(&report),
        ["2 × Desk lamp at 10.50 = 21.00", "1 × Cable at 4.00 = 4.00"]
    );
    let lamp = &report["lines"][0];
    assert_eq!(lamp["supplier_part_id"], "DL-1");
    assert_eq!(lamp["gtin"], "4006381333931");
    assert_eq!(lamp["url"], "https://shop.example/desk-lamp");
    assert_eq!(report["totals"]["shipping"], "5.90");
    assert_eq!(report["totals"]["grand_total"], "30.90");
}

#[test]
fn data_that_the_page_does_not_show_are_not_taken_for_proved() {
    // The buyer has changed the lamps to three: the script still says two.
    let html = page(&["€31.50", "€4.00", "€41.40"], &prestashop("cart"));
    let report = read_at("/cart", &html);
    assert_eq!(report["verdict"], "unreconciled");
    assert!(codes(&report).contains(&"nothing_to_check_against"));
    // Another line has come: all that the script says of lines is still shown, but no total.
    let html = page(&["€21.00", "€4.00", "€8.00", "€38.90"], &prestashop("cart"));
    assert_eq!(read_at("/cart", &html)["verdict"], "unreconciled");
}

#[test]
fn a_total_that_the_data_do_not_hold_makes_them_old() {
    // A second mug of another kind costs as much as the first. The old total is still there, as that of a line.
    let shown = "<p>Total <b>38,70 €</b></p><p>Total <b>38,70 €</b></p><p>Total <b>77,40 €</b></p>";
    let html = format!("<html><body>{shown}{}</body></html>", shopify("EUR", 1290));
    let report = read_at("/cart", &html);
    assert_eq!(report["verdict"], "unreconciled", "{report:#}");
    assert!(codes(&report).contains(&"nothing_to_check_against"));
}

/// Magento's configuration with tax of a fifth.
pub fn magento() -> String {
    let item = json!({"name": "Chair", "sku": "CH-4", "qty": 2, "price": "50.0000", "row_total": "100.0000",
        "price_incl_tax": "60.0000", "row_total_incl_tax": "120.0000", "options": [{"label": "Seat", "value": "oak"}]});
    let segment = |code: &str, value: Value| json!({"code": code, "title": code, "value": value});
    let config = json!({
        "customerData": {"email": "someone@example.org"},
        "quoteItemData": [item],
        "totalsData": {
            "grand_total": 110,
            "quote_currency_code": "USD",
            "total_segments": [segment("subtotal", json!(100)), segment("shipping", json!(10)), segment("tax", json!(22)),
                segment("grand_total", json!(132)), segment("giftcard", Value::Null)],
        },
    });
    format!("<script>window.checkoutConfig = {config};</script>")
}

#[test]
fn magento_is_read_with_the_prices_that_the_page_shows() {
    let net = page(&["$100.00", "$132.00"], &magento());
    let report = read_at("/checkout/cart/", &net);
    assert_eq!(report["reader"], "structured:magento");
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(lines(&report), ["2 × Chair at 50.00 = 100.00"]);
    assert_eq!(report["lines"][0]["tax_basis"], "net");
    assert_eq!(report["totals"]["grand_total"], "132.00");

    let gross = page(&["$120.00", "$132.00"], &magento());
    let report = read_at("/checkout/cart/", &gross);
    assert_eq!(report["verdict"], "explained", "{report:#}");
    assert_eq!(lines(&report), ["2 × Chair at 60.00 = 120.00"]);
    assert_eq!(report["lines"][0]["tax_basis"], "gross");
}

/// A cart of Shopify in hundredths.
pub fn shopify(currency: &str, each: u32) -> String {
    let item = json!({"product_title": "Mug", "title": "Mug - blue", "sku": "M-1", "vendor": "Potter", "quantity": 3,
        "price": each, "final_price": each, "final_line_price": each * 3, "url": "/products/mug", "variant_title": "blue"});
    let cart = json!({"items": [item], "item_count": 3, "currency": currency, "items_subtotal_price": each * 3,
        "total_price": each * 3, "cart_level_discount_applications": []});
    format!("<script type=application/json id=cart-data>{cart}</script>")
}

#[test]
fn shopify_counts_hundredths_in_every_currency() {
    let report = read_at("/cart", &page(&["38,70 €"], &shopify("EUR", 1290)));
    assert_eq!(report["reader"], "structured:shopify");
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(lines(&report), ["3 × Mug at 12.90 = 38.70"]);

    let report = read_at("/cart", &page(&["¥3,600"], &shopify("JPY", 120_000)));
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(lines(&report), ["3 × Mug at 1200 = 3600"]);
}

fn event(items: &Value, value: &str) -> String {
    format!(
        r#"{{"event":"view_cart","user":"x","ecommerce":{{"currency":"CHF","value":{value},"items":{items}}}}}"#
    )
}

#[test]
fn an_event_is_proved_by_its_value_and_by_the_page() {
    let items = json!([{"item_id": "A-1", "item_name": "Bolt", "price": 0.35, "quantity": 40, "item_variant": "M4"}]);
    let push = |value: &str| {
        format!(
            "<script>dataLayer = dataLayer || []; dataLayer.push({});</script>",
            event(&items, value)
        )
    };
    let report = read_at("/cart", &page(&["CHF 14.00"], &push("14.0")));
    assert_eq!(report["reader"], "structured:data_layer");
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(lines(&report), ["40 × Bolt at 0.35 = -"]);
    assert_eq!(report["lines"][0]["supplier_part_id"], "A-1");
    let changed = read_at("/cart", &page(&["CHF 17.50"], &push("14.0")));
    assert_eq!(changed["verdict"], "unreconciled");
    let wrong = read_at("/cart", &page(&["CHF 14.00", "CHF 15.00"], &push("15.0")));
    assert_eq!(wrong["verdict"], "unreconciled");
}

#[test]
fn the_call_of_gtag_is_read_and_two_events_that_differ_are_not() {
    let call = |name: &str, value: u32| {
        format!(
            r#"gtag("event", "view_cart", {{"currency":"EUR","value":{value},"items":[{{"item_name":"{name}","price":"8.00","quantity":1}}]}});"#
        )
    };
    let one = format!("<script>{}</script>", call("Pen", 8));
    let report = read_at("/cart", &page(&["8,00 €"], &one));
    assert_eq!(lines(&report), ["1 × Pen at 8.00 = -"]);
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    let two = format!("<script>{}{}</script>", call("Pen", 8), call("Pot", 8));
    super::assert_not_a_cart(&read_at("/cart", &page(&["8,00 €"], &two)));
}

#[test]
fn entries_of_a_headless_shop_are_found_in_its_state() {
    let money =
        |value: &str| json!({"value": number(value), "currencyIso": "EUR", "formattedValue": "x"});
    let entry = json!({"quantity": 4, "basePrice": money("2.25"), "totalPrice": money("9.0"),
        "product": {"code": "7781", "name": "Hinge", "url": "/p/7781"}});
    let state = json!({"props": {"pageProps": {
        "cart": {"net": false, "entries": [entry], "subTotal": money("9.0"), "totalTax": money("1.44"), "totalPriceWithTax": money("9.0")},
        "recommendations": {"cartProducts": [{"name": "Screw", "quantity": 1, "price": 1}]},
    }}});
    let script = format!("<script id=__NEXT_DATA__ type=application/json>{state}</script>");
    let report = read_at("/de/cart", &page(&["9,00 €"], &script));
    assert_eq!(report["reader"], "structured:json_walk");
    // The data say that the tax is in the total, and nothing proves how much it is.
    assert_eq!(report["verdict"], "explained", "{report:#}");
    assert_eq!(report["totals"]["tax"], "1.44");
    assert_eq!(lines(&report), ["4 × Hinge at 2.25 = 9.00"]);
    assert_eq!(report["lines"][0]["supplier_part_id"], "7781");
}

#[test]
fn minor_units_count_as_the_data_say() {
    let unit = json!({"currency_code": "EUR", "currency_minor_unit": 2});
    let with = |more: Value| {
        let mut all = unit.clone();
        all.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        all
    };
    let item = json!({"name": "Vase", "sku": "V", "quantity": 2, "permalink": "https://shop.example/vase",
        "prices": with(json!({"price": "1999"})), "totals": with(json!({"line_subtotal": "3998"}))});
    let state = json!({"cart": {"items": [item], "totals": with(json!({"total_items": "3998", "total_price": "3998"}))}});
    let script = format!("<script>window.__INITIAL_STATE__ = {state}</script>");
    let report = read_at("/cart", &page(&["39.98 €"], &script));
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(lines(&report), ["2 × Vase at 19.99 = 39.98"]);
}

#[test]
fn of_two_lists_that_could_be_the_cart_none_is() {
    let list = |name: &str| json!([{"name": name, "quantity": 1, "price": 5}]);
    let state = json!({"cart": {"items": list("A"), "total": 5}, "basket": {"items": list("B"), "total": 5}});
    let script = format!("<script>window.__INITIAL_STATE__ = {state}</script>");
    super::assert_not_a_cart(&read_at("/cart", &page(&["5.00"], &script)));
}
