use proptest::prelude::*;

use super::*;
use crate::money::{Decimal, Price};

const CAPTURE: &str = "07070707-0707-4707-8707-070707070707";

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn line(quantity: &str, price: &str) -> CartLine {
    CartLine {
        supplier_part_id: Some("PC-1".to_owned()),
        unit_price: Some(Price::each(decimal(price), TaxBasis::Net)),
        ..CartLine::new("Paper clips".to_owned(), decimal(quantity))
    }
}

/// What a file of one line is, the line changed by `change`.
fn exported(
    read: &CartLine,
    format: Format,
    change: impl FnOnce(&mut Exported<'_>),
) -> Result<File, Vec<Point>> {
    let capture = CaptureId::try_from(CAPTURE.to_owned()).unwrap();
    let totals = Totals::default();
    let mut cart = Exported {
        capture: &capture,
        host: "shop.example",
        captured_at: Timestamp(1_795_342_500_000),
        reader: &Reader::Generic,
        verdict: Verdict::Reconciled,
        currency: Some("CHF".parse().unwrap()),
        lines: vec![Line {
            number: 1,
            read,
            unit: Unit::Coded("H87".parse().unwrap()),
            tax: TaxBasis::Net,
            purpose: Purpose::Order,
        }],
        standing: Standing::AsOnThePage,
        totals: &totals,
        envelope: Envelope {
            payload_id: "1@shop.example".to_owned(),
            timestamp: Timestamp(1_795_342_560_000),
            deployment_mode: DeploymentMode::Test,
        },
    };
    change(&mut cart);
    export(&cart, format)
}

fn unchanged(_: &mut Exported<'_>) {}

fn text(read: &CartLine, format: Format) -> String {
    exported(read, format, unchanged).unwrap().text
}

fn refused(read: &CartLine, format: Format, change: impl FnOnce(&mut Exported<'_>)) -> Vec<What> {
    let points = exported(read, format, change).unwrap_err();
    points.into_iter().map(|point| point.what).collect()
}

fn remarks(read: &CartLine, format: Format, change: impl FnOnce(&mut Exported<'_>)) -> Vec<What> {
    let file = exported(read, format, change).unwrap();
    file.remarks.into_iter().map(|point| point.what).collect()
}

#[test]
fn a_file_is_named_by_shop_day_and_capture() {
    let name = |host| {
        let file = exported(&line("1", "1"), Format::Oci, |cart| cart.host = host);
        file.unwrap().name
    };
    assert_eq!(
        name("shop.example"),
        "cart-shop.example-2026-11-22-07070707-oci.txt"
    );
    assert_eq!(
        name("a/../ü:8080"),
        "cart-a-..---8080-2026-11-22-07070707-oci.txt"
    );
}

#[test]
fn what_would_be_a_formula_gets_an_apostrophe_and_numbers_do_not() {
    for start in ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"] {
        let mut line = line("3", "12.90");
        line.description = format!("{start}1+1");
        line.discount = Some(decimal("-5.00"));
        let text = text(&line, Format::Csv);
        assert!(text.contains(&format!("\"'{start}1+1\"")), "{text}");
        assert!(text.contains(",-5.00,"), "{text}");
    }
}

#[test]
fn an_order_is_refused_where_a_price_would_be_taken_for_another() {
    for format in [Format::Oci, Format::Cxml] {
        let of_tax = |tax| refused(&line("1", "1"), format, |cart| cart.lines[0].tax = tax);
        assert_eq!(of_tax(TaxBasis::Gross), [What::PriceGross]);
        assert_eq!(of_tax(TaxBasis::Unknown), [What::TaxUnknown]);
        let unpriced = CartLine {
            unit_price: None,
            ..line("1", "1")
        };
        assert_eq!(refused(&unpriced, format, unchanged), [What::PriceMissing]);
        let without = |cart: &mut Exported<'_>| cart.currency = None;
        assert_eq!(
            refused(&line("1", "1"), format, without),
            [What::CurrencyUnknown]
        );
        assert_eq!(
            refused(&line("1", "-1"), format, unchanged),
            [What::PriceNegative]
        );
    }
}

#[test]
fn lines_in_a_currency_of_their_own_are_ordered_in_it_or_refused_where_there_is_one_total() {
    let own = CartLine {
        currency: "EUR".parse().ok(),
        ..line("1", "1")
    };
    let of_cart: &CartLine = Box::leak(Box::new(line("2", "3")));
    let beside = |cart: &mut Exported<'_>| {
        cart.lines.push(Line {
            number: 2,
            read: of_cart,
            unit: Unit::Coded("H87".parse().unwrap()),
            tax: TaxBasis::Net,
            purpose: Purpose::Order,
        });
    };
    let oci = exported(&own, Format::Oci, beside).unwrap().text;
    assert!(oci.contains("CURRENCY%5B1%5D=EUR&"), "{oci}");
    assert!(oci.contains("CURRENCY%5B2%5D=CHF&"), "{oci}");
    let csv = exported(&own, Format::Csv, beside).unwrap().text;
    let codes: Vec<_> = csv
        .lines()
        .skip(1)
        .map(|row| row.contains(",\"EUR\","))
        .collect();
    assert_eq!(codes, [true, false], "{csv}");
    let json = exported(&own, Format::Json, beside).unwrap().text;
    assert_eq!(json.matches("\"currency\":\"EUR\"").count(), 1, "{json}");
    assert_eq!(json.matches("\"currency\":\"CHF\"").count(), 2, "{json}");
    assert_eq!(
        refused(&own, Format::Cxml, beside),
        [What::CurrenciesSeveral]
    );
}

#[test]
fn a_unit_is_a_code_or_is_refused_and_none_is_said_to_be_pieces() {
    for format in [Format::Oci, Format::Cxml] {
        let unknown = |cart: &mut Exported<'_>| cart.lines[0].unit = Unit::Unknown;
        assert_eq!(
            refused(&line("1", "1"), format, unknown),
            [What::UnitUnknown]
        );
        let unprinted = |cart: &mut Exported<'_>| cart.lines[0].unit = Unit::Unprinted;
        assert_eq!(
            remarks(&line("1", "1"), format, unprinted),
            [What::UnitAssumed]
        );
    }
}

#[test]
fn oci_refuses_digits_that_its_fields_have_no_room_for() {
    let whats = |quantity, price| {
        let made = exported(&line(quantity, price), Format::Oci, unchanged);
        made.map(|_| ()).map_err(|points| points[0].what)
    };
    assert_eq!(whats("0.125", "99999999999.999"), Ok(()));
    assert_eq!(whats("1.5000", "0.12500"), Ok(()));
    assert_eq!(whats("1", "0.1255"), Err(What::PriceDigits));
    assert_eq!(whats("1", "100000000000"), Err(What::PriceDigits));
    assert_eq!(whats("0.1255", "1"), Err(What::QuantityDigits));
    let per = |basis| {
        let mut line = line("1", "1");
        line.unit_price.as_mut().unwrap().basis = decimal(basis);
        refused(&line, Format::Oci, unchanged)
    };
    assert_eq!(per("0.5"), [What::BasisDigits]);
    assert_eq!(per("100000"), [What::BasisDigits]);
}

#[test]
fn oci_cuts_a_description_into_the_long_text_and_never_a_number() {
    let mut long = line("1", "1");
    long.description = "ä".repeat(41);
    let text = text(&long, Format::Oci);
    assert!(
        text.contains(&format!("={}&", "%C3%A4".repeat(40))),
        "{text}"
    );
    assert!(text.ends_with(&format!("LONGTEXT%5F1%3A132%5B%5D={}", "%C3%A4".repeat(41))));
    long.supplier_part_id = Some("9".repeat(41));
    assert_eq!(refused(&long, Format::Oci, unchanged), [What::PartIdLong]);
    long.supplier_part_id = None;
    long.manufacturer_part_id = Some("9".repeat(41));
    let left_out = [What::ManufacturerPartIdLeftOut];
    assert_eq!(remarks(&long, Format::Oci, unchanged), left_out);
}

#[test]
fn cxml_orders_by_the_suppliers_number() {
    let mut line = line("1", "1");
    line.supplier_part_id = None;
    assert_eq!(
        refused(&line, Format::Cxml, unchanged),
        [What::PartIdMissing]
    );
    assert!(exported(&line, Format::Oci, unchanged).is_ok());
}

#[test]
fn a_note_is_left_out_of_an_order_and_said_so() {
    let note = |cart: &mut Exported<'_>| {
        let mut note = cart.lines[0].clone();
        note.purpose = Purpose::Note;
        note.number = 2;
        cart.lines.push(note);
    };
    for format in [Format::Oci, Format::Cxml] {
        let only = |cart: &mut Exported<'_>| cart.lines[0].purpose = Purpose::Note;
        assert_eq!(
            refused(&line("1", "1"), format, only),
            [What::NothingToOrder]
        );
        let file = exported(&line("1", "1"), format, note).unwrap();
        assert_eq!(file.remarks, [What::NoteLeftOut.of_line(2)]);
    }
    let csv = exported(&line("1", "1"), Format::Csv, note).unwrap().text;
    assert!(csv.contains("\r\n2,\"no\","), "{csv}");
}

#[test]
fn an_order_says_where_the_pages_amounts_are_not_what_follows_from_it() {
    let mut reduced = line("3", "12.90");
    reduced.line_total = Some(decimal("38.70"));
    let charged = Totals {
        shipping: Some(decimal("9.00")),
        fees: Some(decimal("1.00")),
        ..Totals::default()
    };
    for format in [Format::Oci, Format::Cxml] {
        assert_eq!(remarks(&reduced, format, unchanged), []);
        let mut less = reduced.clone();
        less.line_total = Some(decimal("30.00"));
        assert_eq!(remarks(&less, format, unchanged), [What::LineTotalDiffers]);
        let capture = CaptureId::try_from(CAPTURE.to_owned()).unwrap();
        let file = exported(&reduced, format, |cart| {
            let lines = cart.lines.clone();
            let charged = Exported {
                capture: &capture,
                totals: &charged,
                lines,
                ..cart.clone()
            };
            let codes = export(&charged, format).unwrap().remarks;
            assert_eq!(codes, [What::ChargesLeftOut.of_cart()]);
        });
        assert!(file.is_ok());
    }
}

#[test]
fn a_price_for_a_hundred_keeps_its_hundred() {
    let mut clips = line("300", "12.90");
    clips.unit_price.as_mut().unwrap().basis = decimal("100");
    let oci = text(&clips, Format::Oci);
    assert!(
        oci.contains("PRICE%5B1%5D=12%2E90&") && oci.contains("PRICEUNIT%5B1%5D=100&"),
        "{oci}"
    );
    let cxml = text(&clips, Format::Cxml);
    assert!(
        cxml.contains(r#"<PriceBasisQuantity quantity="100" conversionFactor="1">"#),
        "{cxml}"
    );
    assert!(
        cxml.contains(r#"<Total><Money currency="CHF">38.70</Money></Total>"#),
        "{cxml}"
    );
}

/// The fields of a table by the letter of RFC 4180, written for this test.
fn fields(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut letters = csv.chars().peekable();
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => field.extend(letters.next()),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut field)),
            '\r' if !is_quoted => {
                letters.next();
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            _ => field.push(letter),
        }
    }
    rows
}

proptest! {
    #[test]
    fn any_text_comes_back_from_a_table_and_is_no_formula(described in any::<String>(), seller in any::<String>()) {
        let mut read = line("1", "1");
        read.description = described.clone();
        read.seller = Some(seller.clone());
        let csv = text(&read, Format::Csv);
        let rows = fields(csv.strip_prefix('\u{feff}').unwrap());
        prop_assert_eq!(rows.len(), 2);
        prop_assert_eq!(rows[1].len(), rows[0].len());
        for (field, wanted) in [(&rows[1][2], described), (&rows[1][19], seller)] {
            let guarded = field.strip_prefix('\'').filter(|rest| *rest == wanted);
            prop_assert!(guarded.is_some() || *field == wanted);
            prop_assert!(!field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']));
        }
    }

    #[test]
    fn no_text_of_a_page_becomes_markup_or_a_field(described in any::<String>(), part_id in "\\PC{1,40}") {
        let mut read = line("1", "1");
        read.description = described;
        read.supplier_part_id = Some(part_id);
        let cxml = text(&read, Format::Cxml);
        let plain = text(&line("1", "1"), Format::Cxml);
        prop_assert_eq!(cxml.matches('<').count(), plain.matches('<').count());
        let legal = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..);
        prop_assert!(cxml.chars().all(legal));
        let oci = text(&read, Format::Oci);
        prop_assert!(oci.is_ascii());
        prop_assert!(oci.split('&').all(|pair| pair.starts_with("NEW%5FITEM%2D") && pair.matches('=').count() == 1));
    }

    #[test]
    fn an_oci_number_is_the_number_within_its_field(digits in 0_i64..=99_999_999_999_999, scale in 0_u32..=6) {
        let number = Decimal::new(digits, scale);
        let made = exported(&line(&number.to_string(), &number.to_string()), Format::Oci, unchanged);
        let Ok(file) = made else {
            prop_assert!(number.normalize().scale() > 3 || number >= decimal("100000000000"));
            return Ok(());
        };
        let price = file.text.split('&').find_map(|pair| pair.strip_prefix("NEW%5FITEM%2DPRICE%5B1%5D="));
        let price = price.unwrap().replace("%2E", ".");
        prop_assert_eq!(decimal(&price), number);
        let (whole, fraction) = price.split_once('.').unwrap_or((&price, ""));
        prop_assert!(whole.len() <= 11 && fraction.len() <= 3);
    }
}
