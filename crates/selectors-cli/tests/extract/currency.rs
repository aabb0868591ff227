//! Which currency a cart is in, and when that is not known.

use punchout::supplier::{Catalog, Words};
use selectors_cli::fixture::Page;
use selectors_cli::report::Report;
use serde_json::Value;

use super::{SHOP, codes, definition, line, read, shop};

#[test]
fn a_dollar_without_a_second_witness_has_no_currency() {
    let body = line("Chair", "2", "$10.50", "$21.00") + "<b class=subtotal>$21.00</b>";
    let report = shop(&body);
    assert_eq!(report["currency"], Value::Null);
    assert!(codes(&report).contains(&"currency_unknown"));
    let declared = format!("{SHOP}\n[currency.hosts]\n\"shop.example\" = \"CAD\"\n");
    let report = read(
        &[&declared],
        &format!("<html lang=en-US><body>{body}</body></html>"),
    );
    assert_eq!(report["currency"], "CAD");
    assert!(codes(&report).contains(&"currency_from_context"));
}

#[test]
fn two_currencies_in_one_cart_are_refused() {
    let body = line("Chair", "2", "€ 10.50", "€ 21.00") + "<b class=subtotal>CHF 21.00</b>";
    let report = shop(&body);
    assert_eq!(
        (&report["currency"], &report["verdict"]),
        (&Value::Null, &Value::from("unreconciled"))
    );
    assert!(codes(&report).contains(&"currency_mixed"));
}

#[test]
fn lines_in_several_currencies_keep_their_own_and_no_total_is_held_against_them() {
    let body = line("Chair", "2", "€ 10.50", "€ 21.00")
        + &line("Lamp", "1", "CHF 30.00", "CHF 30.00")
        + &line("Desk", "1", "$ 40.00", "$ 40.00");
    let totals = "<b class=subtotal>CHF 30.00</b>";
    let report = shop(&(body + totals));
    let lines = report["lines"].as_array().unwrap();
    let own: Vec<_> = lines.iter().map(|line| &line["currency"]).collect();
    assert_eq!(
        own,
        [&Value::from("EUR"), &Value::from("CHF"), &Value::Null]
    );
    assert_eq!(report["verdict"], "unreconciled");
    assert_eq!(
        codes(&report)
            .iter()
            .filter(|code| **code == "currency_mixed")
            .count(),
        1
    );
    assert!(!codes(&report).contains(&"total_mismatch"));
}

fn in_language(language: &str, url: &str, sign: &str) -> Value {
    let toml = SHOP.replace(
        "hosts = [\"shop.example\"]",
        "hosts = [\"shop.example\", \"laden.ch\"]",
    );
    let catalog = Catalog::new(vec![definition(&toml)], Words::default());
    let body = line(
        "Chair",
        "2",
        &format!("10,50 {sign}"),
        &format!("21,00 {sign}"),
    );
    let html = format!(
        "<html lang={language}><body>{body}<b class=subtotal>21,00 {sign}</b></body></html>"
    );
    let report = Report::of(
        &Page {
            url: url.to_owned(),
            html,
        },
        &catalog,
    )
    .unwrap();
    serde_json::from_str::<Value>(&report.to_json().unwrap()).unwrap()["currency"].clone()
}

#[test]
fn a_language_of_one_country_and_a_swiss_host_are_witnesses_and_english_is_none() {
    let shop = "https://shop.example/cart";
    assert_eq!(in_language("sv-SE", shop, "kr"), "SEK");
    assert_eq!(in_language("nb-NO", shop, "kr"), "NOK");
    assert_eq!(in_language("sv-FI", shop, "kr"), Value::Null);
    assert_eq!(in_language("en-US", shop, "$"), Value::Null);
    assert_eq!(in_language("sv-SE", shop, "$"), Value::Null);
    assert_eq!(in_language("en-AU", shop, "$"), "AUD");
    assert_eq!(in_language("fr-CA", shop, "$"), "CAD");
    assert_eq!(in_language("es-MX", shop, "$"), "MXN");
    assert_eq!(in_language("en-CA", "https://laden.ch/cart", "$"), "CAD");
    assert_eq!(in_language("en-AU", shop, "kr"), Value::Null);
    assert_eq!(in_language("en-AU", shop, ""), Value::Null);
    assert_eq!(in_language("de", "https://laden.ch/cart", "Fr."), "CHF");
    assert_eq!(in_language("de", shop, "Fr."), Value::Null);
    assert_eq!(in_language("de", "https://laden.ch/cart", "$"), Value::Null);
}

#[test]
fn a_code_elsewhere_decides_a_sign_and_contradicts_another() {
    let toml = format!(
        "{SHOP}\n[currency]\ncode = [{{ select = \".line\", attr = \"data-t\", json = \"/sum/code\" }}]\n"
    );
    let with = |sign: &str| {
        let line = line(
            "Chair",
            "2",
            &format!("{sign}10.50"),
            &format!("{sign}21.00"),
        );
        let line = line.replace(
            "<div class=line>",
            "<div class=line data-t='{\"sum\":{\"code\":\"AUD\"}}'>",
        );
        read(
            &[&toml],
            &format!("{line}<b class=subtotal>{sign}21.00</b>"),
        )
    };
    assert_eq!(with("$")["currency"], "AUD");
    assert_eq!(with("$")["verdict"], "reconciled");
    assert!(codes(&with("€")).contains(&"currency_mixed"));
    assert_eq!(with("€")["verdict"], "unreconciled");
}

/// The currency of a cart in dollars whose page begins with this switch.
fn with_switch(switch: &str) -> Value {
    let body = line("Chair", "2", "$10.50", "$21.00") + "<b class=subtotal>$21.00</b>";
    shop(&format!("{switch}{body}"))["currency"].clone()
}

#[test]
fn a_switch_of_currencies_says_which_dollars_the_page_is_in() {
    for (switch, currency) in [
        (
            "<a href=#>USD</a><ul><li><a class='item active' href='?currency=USD'>Dollar</a><li><a href='?currency=EUR'>Euro</a></ul>",
            "USD",
        ),
        (
            "<form action='/currency'><button>$</button><ul><li><button name=EUR>€ Euro</button><li><button name=CAD>$ Dollar</button></ul></form>",
            "CAD",
        ),
        (
            "<form id=form-currency><div><strong>$</strong> Currency</div><a href=EUR>€ Euro</a><a href=USD>$ Dollar</a></form>",
            "USD",
        ),
        (
            "<select name=currency><option value=EUR>Euro<option value=NZD selected>Dollar</select>",
            "NZD",
        ),
        (
            "<div><span>$ US Dollar</span><ul><li><a href='?currency=EUR'>Euro</a></ul></div>",
            "USD",
        ),
    ] {
        assert_eq!(with_switch(switch), currency, "{switch}");
    }
}

#[test]
fn a_switch_that_does_not_say_which_currency_is_in_use_proves_none() {
    for switch in [
        "<div><label>Currency</label><ul><li><a href='?currency=USD'>US Dollar</a><li><a href='?currency=EUR'>Euro</a></ul></div>",
        "<form action='/currency'><b>$</b><button name=USD>$ US</button><button name=CAD>$ Canada</button></form>",
        "<ul><li class=active><a href='?currency=USD'>USD</a><li class=active><a href='?currency=CAD'>CAD</a></ul>",
        "<ul><li class=active><a href='?currency=EUR'>EUR</a><li><a href='?currency=CAD'>CAD</a></ul>",
    ] {
        assert_eq!(with_switch(switch), Value::Null, "{switch}");
    }
}
