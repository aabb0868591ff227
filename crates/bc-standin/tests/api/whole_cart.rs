//! A cart of 500 lines in four currencies and three VAT modes: from the page's text, through the extension's own
//! reading and mapping, to purchase orders whose every amount is the page's.
//!
//! A vendor whose prices contain VAT gets the tax back that the mapping has taken out, so that its order shows the
//! page's amounts again. A cart with several currencies is several captures, as the extension announces.

use punchout::business_central::{
    CapturePost, CompanyId, LineFacts, Mapping, OrderTerms, Service, TaxTreatment, Worksheet,
    requisition_line,
};
use punchout::capture_id::CaptureId;
use punchout::cart::CartLine;
use punchout::money::{Decimal, Price, Reading, TaxBasis, read};
use punchout::timestamp::Timestamp;
use serde_json::Value;

use crate::http::Call;
use crate::world::{COMPANY, World};

const LINES_OF_A_SHOP: u32 = 125;

/// A shop, its way of writing amounts, and what is done about its tax.
struct Shop {
    vendor: &'static str,
    currency: &'static str,
    /// As Business Central stores it.
    stored_currency: &'static str,
    tax: TaxTreatment,
    printed: fn(u32, u32) -> String,
}

fn shops() -> [Shop; 4] {
    let shop = |vendor, currency, tax, printed| Shop {
        vendor,
        currency,
        stored_currency: if currency == "CHF" { "" } else { currency },
        tax,
        printed,
    };
    let with_vat = TaxTreatment::Gross {
        percent: "8.1".parse().unwrap(),
    };
    let tax_free = TaxTreatment::Gross {
        percent: Decimal::ZERO,
    };
    [
        shop("V10070", "CHF", with_vat, |whole, cents| {
            format!("CHF {}.{cents:02}", grouped(whole, "'"))
        }),
        shop("V10000", "EUR", TaxTreatment::Net, |whole, cents| {
            format!("{},{cents:02} €", grouped(whole, "."))
        }),
        shop("V10050", "USD", tax_free, |whole, cents| {
            format!("${}.{cents:02}", grouped(whole, ","))
        }),
        shop("V10020", "GBP", TaxTreatment::Net, |whole, cents| {
            format!("£{}.{cents:02}", grouped(whole, ","))
        }),
    ]
}

fn grouped(whole: u32, sign: &str) -> String {
    match (whole / 1000, whole % 1000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands}{sign}{rest:03}"),
    }
}

/// The texts that the page shows for a line: quantity, unit price, line total.
struct PageLine {
    quantity: u32,
    price: String,
    total: String,
}

/// Prices from some cents to some thousands, quantities from 1 to 24; the totals are the shop's own arithmetic.
fn page(shop: &Shop) -> Vec<PageLine> {
    (1..=LINES_OF_A_SHOP)
        .map(|number| {
            let cents = 7 + number * number * 31 % 399_989;
            let quantity = 1 + number * 7 % 24;
            let printed = |cents: u32| (shop.printed)(cents / 100, cents % 100);
            PageLine {
                quantity,
                price: printed(cents),
                total: printed(cents * quantity),
            }
        })
        .collect()
}

fn amount(text: &str) -> Decimal {
    read(text, Reading::default()).unwrap().amount
}

fn cart_line(line: &PageLine, number: usize) -> CartLine {
    CartLine {
        supplier_part_id: Some(format!("P-{number}")),
        unit_price: Some(Price::each(amount(&line.price), TaxBasis::Unknown)),
        ..CartLine::new(format!("Article {number}"), line.quantity.into())
    }
}

fn capture(shop: &Shop, page: &[PageLine], seed: u8) -> CapturePost {
    let terms = OrderTerms {
        vendor_number: shop.vendor,
        currency: shop.currency.parse().unwrap(),
        tax: &shop.tax,
    };
    let mappings = [
        Mapping::CatchAll {
            number: "MISC-TEST".to_owned(),
        },
        Mapping::GlAccount {
            number: "6500".to_owned(),
        },
    ];
    let lines: Vec<_> = (1..)
        .zip(page)
        .zip(mappings.iter().cycle())
        .map(|((number, line), mapping)| {
            let line = cart_line(line, number);
            requisition_line(&line, mapping, &terms, LineFacts::default()).unwrap()
        })
        .collect();
    let worksheet = Worksheet {
        worksheet_template_name: "REQ.".to_owned(),
        name: "DEFAULT".to_owned(),
        description: String::new(),
    };
    let id = CaptureId::from_random([seed; 16]);
    let noon = Timestamp(1_795_342_500_000);
    CapturePost::new(id, ("shop.test", noon), &worksheet, &lines)
}

/// The extension's own request, on the wire.
async fn post(world: &World, capture: &CapturePost) {
    let origin = format!("http://{}", world.standin.api);
    let service = Service::new(&format!("{origin}/v2.0/demo"), "production");
    let company = CompanyId::try_from(COMPANY.to_owned()).unwrap();
    let token = world.token_of(crate::world::BUYER);
    let request = capture.request(&service, &company, &token);
    let plain = world.call("POST", request.url.strip_prefix(&origin).unwrap());
    let body = request.body.unwrap_or_default();
    let answer = world.send(&Call { body, ..plain }).await;
    assert_eq!(answer.status, 201, "{:?}", answer.body);
}

fn decimal(value: &Value) -> Decimal {
    value.as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn five_hundred_lines_in_four_currencies_become_orders_with_the_amounts_of_the_page() {
    let world = World::start().await;
    for (seed, shop) in (1..).zip(shops()) {
        post(&world, &capture(&shop, &page(&shop), seed)).await;
    }
    assert_eq!(world.lines().await.len(), 500);
    let done = world.carry_out().await;
    assert_eq!(done.status, 200, "{:?}", done.body);
    let orders = world.orders().await;
    assert_eq!(orders.len(), 4);
    let mut compared = 0;
    for shop in shops() {
        let of_shop = |order: &&Value| order["vendorNo"] == shop.vendor;
        let order = orders.iter().find(of_shop).unwrap();
        assert_eq!(order["currencyCode"], shop.stored_currency);
        let lines = order["lines"].as_array().unwrap();
        for (ordered, line) in lines.iter().zip(&page(&shop)) {
            assert_eq!(decimal(&ordered["quantity"]), line.quantity.into());
            let cost = decimal(&ordered["directUnitCost"]).round_dp(2);
            assert_eq!(cost, amount(&line.price), "{}", line.price);
            let total = decimal(&ordered["lineAmount"]);
            assert_eq!(total, amount(&line.total), "{}", line.total);
            compared += 1;
        }
        assert_eq!(lines.len(), page(&shop).len());
    }
    assert_eq!(compared, 500);
    assert!(world.lines().await.is_empty());
}
