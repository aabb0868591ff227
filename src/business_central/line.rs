//! From a reviewed cart line to a requisition line.

mod flat;

use serde::{Deserialize, Serialize};

use flat::{MappingFields, TaxFields};

use crate::cart::CartLine;
use crate::money::arithmetic::{add, divide, multiply};
use crate::money::{Currency, Decimal};

/// `Description`, Text[100].
const DESCRIPTION: usize = 100;
/// `Description 2`, Text[50], and `Vendor Item No.`, Text[50].
const SHORT_TEXT: usize = 50;
/// `Quantity` and `Direct Unit Cost` hold five decimals.
const DECIMALS: u32 = 5;

/// What a cart line becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "to", try_from = "MappingFields")]
pub enum Mapping {
    /// An item that exists.
    Item {
        /// Its `No.`
        number: String,
        /// By what it was found, as the app names it; `None` where the buyer chose it.
        matched_by: Option<String>,
    },
    /// The item that stands for whatever has none of its own, with the cart's description.
    CatchAll {
        /// Its `No.`
        number: String,
    },
    /// A G/L account, with the cart's description.
    GlAccount {
        /// Its `No.`
        number: String,
    },
    /// A text that will not be ordered.
    Note,
}

/// How the page's prices stand to tax. Decided by the page's proof, the shop's set-up or the buyer, never guessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "prices", try_from = "TaxFields")]
pub enum TaxTreatment {
    /// Prices are without tax.
    Net,
    /// Prices contain tax at one rate, which is taken out.
    Gross {
        /// The rate in percent, for example 8.1.
        percent: Decimal,
    },
}

/// What all lines of an order share.
#[derive(Clone, Debug)]
pub struct OrderTerms<'a> {
    /// `Vendor No.`
    pub vendor_number: &'a str,
    /// The currency of the page's amounts.
    pub currency: Currency,
    /// What is done about tax.
    pub tax: &'a TaxTreatment,
}

/// A line as it is posted; the properties are those of `docs/business-central-api.md`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequisitionLine {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) vendor_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vendor_item_number: Option<String>,
    description: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description2: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) quantity: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) direct_unit_cost: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) currency_code: Option<Currency>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_of_measure_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due_date: Option<String>,
}

/// What is known of a line beside what the page says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineFacts {
    /// `Unit of Measure Code`, `Code[10]`; `None` for the item's base unit.
    pub unit_of_measure_code: Option<String>,
    /// `Due Date`, `YYYY-MM-DD`; `None` for the order date.
    pub due_date: Option<String>,
}

/// Why a cart line cannot be ordered as it stands. It can always become a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum LineProblem {
    /// The page shows no price for it.
    #[error("the page shows no unit price")]
    NoPrice,
    /// The quantity has more decimals than Business Central holds.
    #[error("the quantity has more than five decimals")]
    QuantityTooFine,
    /// The supplier's number is longer than `Vendor Item No.` holds; a part of it would be another number.
    #[error("the supplier's number has more than 50 characters")]
    NumberTooLong,
    /// The arithmetic leaves the range of exact decimals.
    #[error("the amounts are too large to be computed exactly")]
    OutOfRange,
}

/// Turns a cart line into a requisition line.
///
/// # Errors
/// [`LineProblem`] where nothing orderable can be made of it without guessing.
pub fn requisition_line(
    line: &CartLine,
    mapping: &Mapping,
    terms: &OrderTerms<'_>,
    facts: LineFacts,
) -> Result<RequisitionLine, LineProblem> {
    let (description, description2) = split_description(&line.description);
    let (kind, number) = match mapping {
        Mapping::Item { number, .. } | Mapping::CatchAll { number } => ("Item", number),
        Mapping::GlAccount { number } => ("G/L Account", number),
        Mapping::Note => return Ok(note(description, description2)),
    };
    if line.quantity.normalize().scale() > DECIMALS {
        return Err(LineProblem::QuantityTooFine);
    }
    let vendor_item_number = line.supplier_part_id.clone();
    if vendor_item_number
        .as_ref()
        .is_some_and(|id| id.encode_utf16().count() > SHORT_TEXT)
    {
        return Err(LineProblem::NumberTooLong);
    }
    Ok(RequisitionLine {
        kind,
        number: Some(number.clone()),
        vendor_number: Some(terms.vendor_number.to_owned()),
        vendor_item_number,
        description,
        description2,
        quantity: Some(line.quantity),
        direct_unit_cost: Some(direct_unit_cost(line, terms.tax)?),
        currency_code: Some(terms.currency),
        unit_of_measure_code: facts.unit_of_measure_code,
        due_date: facts.due_date,
    })
}

/// The lines in their canonical form: the text that is posted and whose SHA-256 is stated.
#[must_use]
pub fn lines_json(lines: &[RequisitionLine]) -> String {
    // A list of structs of texts always serialises.
    serde_json::to_string(lines).unwrap_or_default()
}

fn note(description: String, description2: String) -> RequisitionLine {
    RequisitionLine {
        kind: "Note",
        number: None,
        vendor_number: None,
        vendor_item_number: None,
        description,
        description2,
        quantity: None,
        direct_unit_cost: None,
        currency_code: None,
        unit_of_measure_code: None,
        due_date: None,
    }
}

/// `Direct Unit Cost` is for one unit, without tax, in the line's currency. It keeps the page's digits where no
/// arithmetic is needed, and is otherwise rounded, half away from zero, to the decimals that Business Central holds.
fn direct_unit_cost(line: &CartLine, tax: &TaxTreatment) -> Result<Decimal, LineProblem> {
    let price = line.unit_price.as_ref().ok_or(LineProblem::NoPrice)?;
    let needs_no_arithmetic = price.basis == Decimal::ONE && *tax == TaxTreatment::Net;
    if needs_no_arithmetic && price.amount.scale() <= DECIMALS {
        return Ok(price.amount);
    }
    let (factor, divisor) = match tax {
        TaxTreatment::Net => (Decimal::ONE, price.basis),
        TaxTreatment::Gross { percent } => {
            let divisor = add(Decimal::ONE_HUNDRED, *percent)
                .and_then(|with_tax| multiply(with_tax, price.basis))
                .ok_or(LineProblem::OutOfRange)?;
            (Decimal::ONE_HUNDRED, divisor)
        }
    };
    multiply(price.amount, factor)
        .and_then(|amount| divide(amount, divisor))
        .map(|cost| {
            let rounded = cost.round_dp_with_strategy(
                DECIMALS,
                rust_decimal::RoundingStrategy::MidpointAwayFromZero,
            );
            rounded.normalize()
        })
        .ok_or(LineProblem::OutOfRange)
}

/// The first 100 characters, and the next 50. What does not fit is cut; see [`cut_of`].
fn split_description(text: &str) -> (String, String) {
    let (first, rest) = cut(text, DESCRIPTION);
    let (second, _) = cut(rest.trim_start(), SHORT_TEXT);
    (first, second)
}

/// The end of a description that Business Central's two fields have no room for, so that the buyer sees what is cut.
#[must_use]
pub fn cut_of(description: &str) -> Option<&str> {
    let (_, rest) = cut(description, DESCRIPTION);
    let (_, lost) = cut(rest.trim_start(), SHORT_TEXT);
    Some(lost.trim()).filter(|lost| !lost.is_empty())
}

/// The beginning of a text that a field has room for.
pub(super) fn cut_to(text: &str, limit: usize) -> String {
    cut(text, limit).0
}

/// Cuts by UTF-16 code units, as the fields of Business Central count, and never inside a character.
fn cut(text: &str, limit: usize) -> (String, &str) {
    let mut units = 0;
    let end = text
        .char_indices()
        .find(|(_, letter)| {
            units += letter.len_utf16();
            units > limit
        })
        .map_or(text.len(), |(index, _)| index);
    let (head, tail) = text.split_at_checked(end).unwrap_or((text, ""));
    (head.trim_end().to_owned(), tail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{Price, TaxBasis};

    fn line(amount: &str, basis: &str) -> CartLine {
        CartLine {
            supplier_part_id: Some("PC-1".to_owned()),
            unit_price: Some(Price {
                amount: amount.parse().unwrap(),
                basis: basis.parse().unwrap(),
                tax: TaxBasis::Unknown,
            }),
            ..CartLine::new("Paper clips".to_owned(), "3".parse().unwrap())
        }
    }

    fn cost(line: &CartLine, tax: &TaxTreatment) -> String {
        direct_unit_cost(line, tax).unwrap().to_string()
    }

    #[test]
    fn a_net_price_each_keeps_the_digits_of_the_page() {
        assert_eq!(cost(&line("602.00", "1"), &TaxTreatment::Net), "602.00");
    }

    #[test]
    fn a_price_per_hundred_becomes_a_hundredth_each() {
        assert_eq!(cost(&line("12.90", "100"), &TaxTreatment::Net), "0.129");
    }

    #[test]
    fn tax_is_taken_out_of_a_gross_price_and_rounded_to_five_decimals() {
        let gross = TaxTreatment::Gross {
            percent: "8.1".parse().unwrap(),
        };
        assert_eq!(cost(&line("108.10", "1"), &gross), "100");
        assert_eq!(cost(&line("104.90", "1"), &gross), "97.03978");
    }

    #[test]
    fn a_line_without_a_price_is_not_ordered_for_nothing() {
        let mut line = line("1", "1");
        line.unit_price = None;
        assert_eq!(
            direct_unit_cost(&line, &TaxTreatment::Net),
            Err(LineProblem::NoPrice)
        );
    }

    #[test]
    fn what_has_no_room_is_named_and_a_number_is_never_cut() {
        let long = format!("{}{}tail", "a".repeat(100), "b".repeat(50));
        assert_eq!(cut_of(&long), Some("tail"));
        assert_eq!(cut_of("short"), None);
        let mut line = line("1", "1");
        line.supplier_part_id = Some("9".repeat(51));
        let mapping = Mapping::CatchAll {
            number: "M".to_owned(),
        };
        let terms = OrderTerms {
            vendor_number: "V1",
            currency: "CHF".parse().unwrap(),
            tax: &TaxTreatment::Net,
        };
        assert_eq!(
            requisition_line(&line, &mapping, &terms, LineFacts::default()),
            Err(LineProblem::NumberTooLong)
        );
    }

    #[test]
    fn a_quantity_finer_than_business_central_holds_is_a_problem_of_the_line() {
        let mut line = line("1", "1");
        line.quantity = "0.123456".parse().unwrap();
        let terms = OrderTerms {
            vendor_number: "V1",
            currency: "CHF".parse().unwrap(),
            tax: &TaxTreatment::Net,
        };
        let mapping = Mapping::GlAccount {
            number: "6110".to_owned(),
        };
        let mut made = |quantity: &str| {
            line.quantity = quantity.parse().unwrap();
            requisition_line(&line, &mapping, &terms, LineFacts::default()).err()
        };
        assert_eq!(made("0.123456"), Some(LineProblem::QuantityTooFine));
        assert_eq!(made("0.1234500"), None);
    }

    #[test]
    fn a_note_carries_nothing_that_would_block_carry_out() {
        let terms = OrderTerms {
            vendor_number: "V1",
            currency: "CHF".parse().unwrap(),
            tax: &TaxTreatment::Net,
        };
        let facts = LineFacts {
            unit_of_measure_code: Some("PCS".to_owned()),
            due_date: Some("2026-12-01".to_owned()),
        };
        let note = requisition_line(&line("1", "1"), &Mapping::Note, &terms, facts).unwrap();
        assert_eq!(
            lines_json(&[note]),
            r#"[{"kind":"Note","description":"Paper clips"}]"#
        );
    }

    #[test]
    fn unit_and_due_date_go_where_they_are_known_and_stay_away_where_not() {
        let terms = OrderTerms {
            vendor_number: "V1",
            currency: "CHF".parse().unwrap(),
            tax: &TaxTreatment::Net,
        };
        let item = Mapping::Item {
            number: "1000".to_owned(),
            matched_by: None,
        };
        let json =
            |facts| lines_json(&[requisition_line(&line("1", "1"), &item, &terms, facts).unwrap()]);
        let known = json(LineFacts {
            unit_of_measure_code: Some("BOX".to_owned()),
            due_date: Some("2026-12-01".to_owned()),
        });
        assert!(
            known.contains(r#""unitOfMeasureCode":"BOX","dueDate":"2026-12-01""#),
            "{known}"
        );
        let unknown = json(LineFacts::default());
        assert!(
            !unknown.contains("unitOf") && !unknown.contains("dueDate"),
            "{unknown}"
        );
    }

    #[test]
    fn a_long_description_goes_on_in_the_second_field_and_counts_utf16() {
        let (first, second) = split_description(&format!("{} tail", "😀".repeat(50)));
        assert_eq!(first, "😀".repeat(50));
        assert_eq!(second, "tail");
    }
}
