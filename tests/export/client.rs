//! Writes carts as files with the extension's own code, for tests to hold against what nobody here wrote.
//!
//! `export-client csv|json|oci|cxml` reads `{"cart", "units", "tax", "notes"}` from standard input: a cart as the core
//! stores one, the code of each printed unit, how its prices stand to tax, and the places of lines that are notes. It
//! prints `{"file"}` or `{"refused"}`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a helper of a test"
)]

use punchout::capture_id::CaptureId;
use punchout::cart::{Cart, CartLine};
use punchout::export::{
    DeploymentMode, Envelope, Exported, Format, Line, Purpose, Standing, Unit, export,
};
use punchout::money::{TaxBasis, UnitCode};
use punchout::sorted::SortedMap;
use punchout::timestamp::Timestamp;
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Given {
    cart: Cart,
    units: SortedMap<String, UnitCode>,
    tax: TaxBasis,
    notes: Vec<u32>,
}

fn main() {
    let format = std::env::args().nth(1).unwrap_or_default();
    let format: Format = serde_json::from_value(json!(format)).unwrap();
    let given: Given = serde_json::from_reader(std::io::stdin()).unwrap();
    let capture = CaptureId::from_random([7; 16]);
    let cart = Exported {
        capture: &capture,
        host: "shop.example",
        captured_at: Timestamp(1_795_342_500_000),
        reader: &given.cart.reader,
        verdict: given.cart.verdict,
        currency: given.cart.currency,
        lines: (1..)
            .zip(&given.cart.lines)
            .map(|line| given.line(line))
            .collect(),
        standing: Standing::AsOnThePage,
        totals: &given.cart.totals,
        envelope: Envelope {
            payload_id: format!("1795342560000.{capture}@shop.example"),
            timestamp: Timestamp(1_795_342_560_000),
            deployment_mode: DeploymentMode::Test,
        },
    };
    let printed = match export(&cart, format) {
        Ok(file) => json!({ "file": file }),
        Err(points) => json!({ "refused": points }),
    };
    println!("{printed}");
}

impl Given {
    fn line<'a>(&self, (number, read): (u32, &'a CartLine)) -> Line<'a> {
        let unit = read.unit_of_measure.as_ref();
        let unit = unit.map(|unit| self.units.get(unit).copied());
        Line {
            number,
            read,
            unit: match unit {
                None => Unit::Unprinted,
                Some(None) => Unit::Unknown,
                Some(Some(code)) => Unit::Coded(code),
            },
            tax: self.tax,
            purpose: if self.notes.contains(&number) {
                Purpose::Note
            } else {
                Purpose::Order
            },
        }
    }
}
