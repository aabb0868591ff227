//! What the extension's core sends to Business Central, and how it reads what comes back, for a test to carry.
//!
//! `odata-client requests BASE COMPANY` prints the core's own requests as JSON, by name; `odata-client next BASE COMPANY
//! LINK` prints the request for a list's next page; `odata-client capture|vendors` reads an answer, as JSON from
//! standard input, and prints what the core makes of it.
#![allow(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a helper of a test"
)]

use punchout::business_central::{
    CapturePost, CompanyId, LineFacts, Mapping, OrderTerms, RequisitionLine, Searched, Service,
    TaxTreatment, Vendor, Worksheet, read_capture, read_page, requisition_line,
};
use punchout::capture_id::CaptureId;
use punchout::cart::CartLine;
use punchout::http::{Answer, Request};
use punchout::money::{Price, TaxBasis};
use punchout::timestamp::Timestamp;
use serde_json::{Value, json};

const TOKEN: &str = "token";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let printed = match arguments.as_slice() {
        ["requests", base, company] => requests(base, company),
        ["next", base, link] => next(base, link),
        ["capture"] => json!(format!("{:?}", read_capture(&Ok(answer())))),
        ["vendors"] => vendors(),
        _ => json!("usage: odata-client requests|next|capture|vendors …"),
    };
    println!("{printed}");
}

fn requests(base: &str, company: &str) -> Value {
    let service = Service::new(base, "production");
    let company = &CompanyId::try_from(company.to_owned()).unwrap();
    let capture = CaptureId::from_random([7; 16]);
    let post = capture_post(&capture);
    let numbers = ["O'Hara|42".to_owned(), "A & B".to_owned()];
    json!({
        "companies": shown(&service.companies(TOKEN)),
        "worksheets": shown(&service.worksheets(company, TOKEN)),
        "vendors": shown(&service.vendors(company, TOKEN)),
        "vendorsByName": shown(&service.search_names(company, Searched::Vendors, "VEND r v3", TOKEN)),
        "vendorsByNumber": shown(&service.search_numbers(company, Searched::Vendors, "v3", TOKEN)),
        "vendorsByQuote": shown(&service.search_names(company, Searched::Vendors, "o'v3", TOKEN)),
        "catchAllItems": shown(&service.catch_all_items(company, TOKEN)),
        "supplierSetups": shown(&service.supplier_setups(company, "o'hara.test", TOKEN)),
        "itemMatches": shown(&service.item_matches(company, "V'1", &numbers, TOKEN)),
        "post": shown(&post.request(&service, company, TOKEN)),
        "read": shown(&service.capture(company, &capture, TOKEN)),
    })
}

fn next(base: &str, link: &str) -> Value {
    let request = Service::new(base, "production").next_page(link, TOKEN);
    request.as_ref().map_or(Value::Null, shown)
}

fn capture_post(id: &CaptureId) -> CapturePost {
    let worksheet = Worksheet {
        worksheet_template_name: "REQ.".to_owned(),
        name: "DEFAULT".to_owned(),
        description: String::new(),
    };
    CapturePost::new(
        id.clone(),
        ("shop.test", Timestamp(1_795_342_500_000)),
        &worksheet,
        &[line()],
    )
}

fn line() -> RequisitionLine {
    let line = CartLine {
        supplier_part_id: Some("O'Hara|42".to_owned()),
        unit_price: Some(Price::each("12.90".parse().unwrap(), TaxBasis::Net)),
        ..CartLine::new("Tape \"wide\", 5 m".to_owned(), 3.into())
    };
    let mapping = Mapping::CatchAll {
        number: "MISC".to_owned(),
    };
    let terms = OrderTerms {
        vendor_number: "V'1",
        currency: "CHF".parse().unwrap(),
        tax: &TaxTreatment::Net,
    };
    requisition_line(&line, &mapping, &terms, LineFacts::default()).unwrap()
}

fn shown(request: &Request) -> Value {
    json!({
        "method": request.method.token(), "url": request.url, "headers": request.headers,
        "body": request.body,
    })
}

/// `{"status", "body"}` on standard input.
fn answer() -> Answer {
    let sent: Value = serde_json::from_reader(std::io::stdin()).unwrap();
    Answer {
        status: sent["status"].as_u64().unwrap().try_into().unwrap(),
        headers: Vec::new(),
        body: sent["body"].as_str().unwrap().to_owned(),
    }
}

fn vendors() -> Value {
    match read_page::<Vendor>(&Ok(answer())) {
        Ok(page) => json!({
            "numbers": page.value.iter().map(|vendor| &vendor.number).collect::<Vec<_>>(),
            "next": page.next_link,
        }),
        Err(error) => json!({ "error": format!("{error:?}") }),
    }
}
