//! Where the stories begin: somebody is signed in and reviews a cart that could be confirmed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, Method, Uri};
use bc_standin::access::{Authenticate, Authenticated, Identity};
use bc_standin::odata::Mount;
use bc_standin::service::{Asked, Service};
use bc_standin::store::{Company, MasterData, NewPosting, Rights, Seed, Store, User, Worksheet};
use punchout::business_central::{Mapping, TaxTreatment};
use punchout::capture::{Details, Machine, Review};
use punchout::capture_id::CaptureId;
use punchout::cart::{Cart, CartLine, Reader, Verdict};
use punchout::deployment::Deployment;
use punchout::money::{Price, TaxBasis};
use punchout::supplier::Catalog;
use punchout::timestamp::Timestamp;
use serde_json::{Value, json};

/// Where the sign-in window comes back to.
pub const REDIRECT: &str = "https://extension.chromiumapp.org/";
/// Who buys.
pub const BUYER: &str = "anna.buyer@example.test";
/// Who else may sign in on the same machine.
pub const COLLEAGUE: &str = "carl.colleague@example.test";
/// Words of the cart, which may stand nowhere but in the desk, in a capture on its way, and in Business Central.
pub const CART_WORDS: [&str; 4] = ["Staples", "Binders", "STP-246", "BND-070"];
/// The moment at which all stories begin.
pub const MORNING: i64 = 1_795_342_500_000;
/// The vendor of the cart.
pub const VENDOR: &str = "V10010";
/// Where the cart goes.
pub const COMPANY: &str = "a1b2c3d4-0001-4000-8000-000000000001";

/// The books of Business Central.
const SEED: &str = include_str!("../seed.toml");

/// Whether the deployment has a credit service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paying {
    /// It has.
    WithCredits,
    /// It has none.
    Free,
}

/// The stand-in itself, which is asked once for each list.
pub struct Lists {
    service: Service,
    runtime: tokio::runtime::Runtime,
    told: Mutex<BTreeMap<String, (u16, String)>>,
}

impl std::fmt::Debug for Lists {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Lists")
    }
}

#[derive(Debug)]
struct Everybody;

impl Authenticate for Everybody {
    fn authenticate<'a>(&'a self, _authorization: Option<&'a str>) -> Authenticated<'a> {
        let logins = vec![BUYER.to_owned()];
        Box::pin(async { Ok(Identity { logins }) })
    }
}

impl Lists {
    /// The stand-in's answer to a GET: status and body.
    ///
    /// # Panics
    /// Where another thread died over it.
    #[must_use]
    pub fn answer(&self, url: &str) -> (u16, String) {
        let mut told = self.told.lock().expect("nobody died");
        if let Some(answer) = told.get(url) {
            return answer.clone();
        }
        let (status, body) = self.ask(Method::GET, url, "");
        let answer = (status, body.to_string());
        told.insert(url.to_owned(), answer.clone());
        answer
    }

    /// Status and body of the stand-in's answer to any request.
    ///
    /// # Panics
    /// Where the address is none of this test's.
    #[must_use]
    pub fn ask(&self, method: Method, url: &str, body: &str) -> (u16, Value) {
        let (_, path) = url.split_once(".test").expect("a test address");
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let asked = Asked {
            method,
            uri: path.parse::<Uri>().expect("an address"),
            headers,
            body: body.to_owned().into(),
        };
        match self.runtime.block_on(self.service.answer(&asked)) {
            Ok((status, body)) => (status.as_u16(), body),
            Err(refused) => (
                refused.status.as_u16(),
                refused.envelope(&uuid::Uuid::nil()),
            ),
        }
    }
}

/// The books of Business Central, as the stand-in has them.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The stand-in, for its lists.
    pub lists: Arc<Lists>,
    /// The company.
    pub company: Arc<Company>,
    /// Who may do what.
    pub users: Vec<User>,
    /// The worksheets that the stories know.
    pub worksheets: Vec<Worksheet>,
    /// Vendors, items and accounts.
    pub master_data: Arc<MasterData>,
}

impl Ground {
    /// Opens the stand-in in memory and reads its books.
    ///
    /// # Panics
    /// Where the seed is broken.
    #[must_use]
    pub fn open() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let (store, company, worksheets, master_data) = runtime.block_on(async {
            let seed = Seed::parse(SEED).expect("a seed");
            let store = Store::open("memory", &seed).await.expect("a store");
            let company = store.company(COMPANY).await.expect("companies");
            let company = company.expect("the company");
            let mut transaction = store.lock().await.expect("a transaction");
            let mut worksheets = Vec::new();
            for name in ["DEFAULT", "OFFICE"] {
                let found = NewPosting::worksheet(COMPANY, ("REQ.", name), &mut transaction).await;
                worksheets.extend(found.expect("worksheets"));
            }
            let books = MasterData::read(&company, &mut transaction).await;
            transaction.commit().await.expect("nothing was written");
            (store, company, worksheets, books.expect("master data"))
        });
        let service = Service {
            store,
            access: Arc::new(Everybody),
            mount: Mount {
                base_path: "/v2.0".to_owned(),
                environment: "production".to_owned(),
            },
            page_size: 200,
            web_client: "http://web.test".to_owned(),
        };
        let user = |login: &str| User {
            login: login.to_owned(),
            user_name: login.to_uppercase(),
            rights: Rights::Full,
        };
        Self {
            lists: Arc::new(Lists {
                service,
                runtime,
                told: Mutex::default(),
            }),
            company: Arc::new(company),
            users: vec![user(BUYER), user(COLLEAGUE)],
            worksheets,
            master_data: Arc::new(master_data),
        }
    }
}

/// The state machine of a deployment.
///
/// # Panics
/// Where the deployment cannot be read.
#[must_use]
pub fn machine(paying: Paying) -> Machine {
    let mut text = json!({
        "authorization_endpoint": "https://sign-in.test/authorize",
        "token_endpoint": "https://sign-in.test/token",
        "tenant": "t", "client_id": "c",
        "business_central": {"base": "https://bc.test/v2.0", "environment": "production", "api": {"scopes": ["bc"]}},
    });
    if paying == Paying::WithCredits {
        text["credits"] = json!({"base": "https://credits.test", "api": {"scopes": ["credits"]}});
    }
    let deployment = Deployment::from_json(&text.to_string()).expect("a deployment");
    Machine::new(Catalog::default(), deployment, REDIRECT).expect("a machine")
}

/// A cart of two lines under review, as reading a page leaves it.
#[must_use]
pub fn review(capture: [u8; 16]) -> Review {
    Review {
        capture: CaptureId::from_random(capture),
        host: "papeterie.test".to_owned(),
        captured_at: Timestamp(MORNING - 60_000),
        cart: Cart {
            verdict: Verdict::Reconciled,
            currency: "CHF".parse().ok(),
            lines: vec![line("Staples", "STP-246"), line("Binders", "BND-070")],
            ..Cart::new(Reader::Generic)
        },
        vendor: Some(VENDOR.to_owned()),
        unmatched: Some(Mapping::GlAccount {
            number: "6500".to_owned(),
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
        unit_price: Some(Price::each(
            "12.90".parse().expect("a price"),
            TaxBasis::Net,
        )),
        ..CartLine::new(description.to_owned(), punchout::money::Decimal::TWO)
    }
}
