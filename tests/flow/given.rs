//! Where the scenarios begin: somebody is signed in and reviews a cart that could be confirmed.

use punchout::sorted::SortedMap;

use punchout::business_central::{CompanyId, Mapping, TaxTreatment, Vendor, Worksheet};
use punchout::capture::{
    Books, Desk, Details, List, Machine, Matches, Panel, Preferences, Review, SignIn, World,
};
use punchout::capture_id::CaptureId;
use punchout::cart::{Cart, CartLine, Reader, Verdict};
use punchout::deployment::Deployment;
use punchout::http::Answer;
use punchout::money::{Decimal, Price, TaxBasis};
use punchout::oauth::{AuthorizationRequest, Prompt, Session, SignInMaterial};
use punchout::supplier::Catalog;
use punchout::timestamp::Timestamp;
use serde_json::json;

use crate::browser::{Browser, WINDOW};
use crate::outside::Outside;

pub const REDIRECT: &str = "https://extension.chromiumapp.org/";

pub fn deployment() -> Deployment {
    let text = json!({
        "authorization_endpoint": "https://sign-in.test/authorize",
        "token_endpoint": "https://sign-in.test/token",
        "tenant": "t", "client_id": "c",
        "business_central": {"base": "https://bc.test/v2.0", "environment": "production", "api": {"scopes": ["bc"]}},
        "credits": {"base": "https://credits.test", "api": {"scopes": ["credits"]}}
    });
    Deployment::from_json(&text.to_string()).unwrap()
}

pub fn machine_of(deployment: Deployment) -> Machine {
    Machine::new(Catalog::default(), deployment, REDIRECT).unwrap()
}

/// A browser in which a cart of two lines is reviewed and nothing is waiting.
pub fn a_reviewed_cart(credits: i64) -> Browser {
    let machine = machine_of(deployment());
    let outside = Outside {
        credits,
        ..Outside::default()
    };
    let company = CompanyId::try_from("11111111-2222-3333-4444-555555555555".to_owned()).unwrap();
    let mut world = World {
        desk: desk(&company),
        ..World::default()
    };
    world.journal.preferences = Preferences {
        username: Some(String::new()),
        company: Some(company),
        worksheet: Some(worksheet()),
        ..Preferences::default()
    };
    world.desk.panels.insert(
        WINDOW,
        Panel::Reviewing {
            review: Box::new(review()),
        },
    );
    Browser::new(machine, world, outside)
}

fn desk(company: &CompanyId) -> Desk {
    let known = SortedMap::from(["A-1", "B-2"].map(|part| (part.to_owned(), Vec::new())));
    Desk {
        sign_in: SignIn::SignedIn { session: session() },
        companies: List::Loaded {
            entries: vec![
                serde_json::from_value(json!({"id": company, "name": "Muster AG"})).unwrap(),
            ],
        },
        books: Books {
            company: Some(company.clone()),
            worksheets: List::Loaded {
                entries: vec![worksheet()],
            },
            vendors: List::Loaded {
                entries: vec![vendor()],
            },
            catch_all_items: List::Loaded {
                entries: Vec::new(),
            },
            item_templates: List::Loaded {
                entries: Vec::new(),
            },
            setups: SortedMap::from([(
                "shop.test".to_owned(),
                List::Loaded {
                    entries: Vec::new(),
                },
            )]),
            matches: SortedMap::from([(
                "V1".to_owned(),
                Matches {
                    known,
                    failure: None,
                },
            )]),
        },
        ..Desk::default()
    }
}

/// A session whose access token has run out: the first request must renew it.
fn session() -> Session {
    let authority = deployment().authority().unwrap();
    let material = SignInMaterial {
        state: "s".repeat(43),
        code_verifier: "v".repeat(43),
        nonce: "n".repeat(43),
        claims: None,
    };
    let request = AuthorizationRequest::new(&authority, REDIRECT, Prompt::First, material).unwrap();
    let body = json!({"access_token": "access-0", "token_type": "Bearer", "expires_in": 1, "refresh_token": "refresh-0"});
    let exchange = Ok(Answer {
        status: 200,
        headers: Vec::new(),
        body: body.to_string(),
    });
    Session::begin(&request.pending, &exchange, Timestamp(0)).unwrap()
}

pub fn worksheet() -> Worksheet {
    Worksheet {
        worksheet_template_name: "REQ.".to_owned(),
        name: "DEFAULT".to_owned(),
        description: String::new(),
    }
}

fn vendor() -> Vendor {
    Vendor {
        number: "V1".to_owned(),
        display_name: "Shop".to_owned(),
        currency_code: String::new(),
        blocked: String::new(),
    }
}

fn review() -> Review {
    Review {
        capture: CaptureId::from_random([9; 16]),
        host: "shop.test".to_owned(),
        captured_at: Timestamp(1_795_342_400_000),
        cart: Cart {
            verdict: Verdict::Reconciled,
            currency: "CHF".parse().ok(),
            lines: vec![line("Staples", "A-1"), line("Binders", "B-2")],
            ..Cart::new(Reader::Generic)
        },
        vendor: Some("V1".to_owned()),
        unmatched: Some(Mapping::CatchAll {
            number: "MISC".to_owned(),
        }),
        tax: Some(TaxTreatment::Net),
        currency: None,
        differences_accepted: false,
        came_back: None,
        details: Details::default(),
    }
}

fn line(description: &str, part: &str) -> CartLine {
    CartLine {
        supplier_part_id: Some(part.to_owned()),
        unit_price: Some(Price::each("12.90".parse().unwrap(), TaxBasis::Net)),
        ..CartLine::new(description.to_owned(), Decimal::TWO)
    }
}
