//! SAP's Open Catalog Interface: the form fields `NEW_ITEM-…[n]` by which a catalog hands its basket over.
//!
//! They are part of the live page. OCI knows no totals.

use crate::css::Selector;

use crate::cart::{CartLine, Finding, FindingCode, Key, LineField, MOST_LINES, Source};
use crate::money::{Decimal, Price, TaxBasis};
use crate::snapshot::Page;
use crate::sorted::SortedMap;

use super::super::text::clean;
use super::amount::{standard_amount, standard_number};
use super::draft::Draft;

/// The fields of one item, by the name that OCI gives them.
type Item = SortedMap<String, String>;

/// The items of the page's form.
pub(super) fn read(page: &Page) -> Vec<Draft> {
    let mut draft = Draft::new("oci");
    let items = draft.items(page);
    if items.len() > MOST_LINES {
        let words = Key::FormTooLong;
        draft
            .findings
            .push(Finding::of_cart(FindingCode::LimitExceeded, words));
    }
    for (number, item) in items.iter().take(MOST_LINES) {
        draft.read_item(*number, item);
    }
    draft.settle_currency();
    vec![draft]
}

/// Number and field of `NEW_ITEM-PRICE[3]` and of `NEW_ITEM-LONGTEXT_3:132[]`.
fn parts_of(name: &str) -> Option<(u32, String)> {
    let (field, rest) = name.strip_prefix("NEW_ITEM-")?.split_once('[')?;
    if let Some((field, number)) = field.split_once('_').filter(|_| rest == "]") {
        let number = number.split(':').next()?;
        return Some((number.parse().ok()?, field.to_owned()));
    }
    let number = rest.strip_suffix(']')?;
    Some((number.parse().ok()?, field.to_owned()))
}

impl Draft {
    /// The items by their number.
    fn items(&mut self, page: &Page) -> SortedMap<u32, Item> {
        let mut items: SortedMap<u32, Item> = SortedMap::new();
        let fields = Selector::parse("[name^='NEW_ITEM-']").map(|named| page.select(&named));
        for node in fields.unwrap_or_default() {
            let parts = node.attr("name").and_then(parts_of);
            let (Some((number, name)), Some(value)) = (parts, node.value()) else {
                continue;
            };
            let words = Key::FormDifferent.with(vec![format!("NEW_ITEM-{name}[{number}]").into()]);
            let before = items.entry(number).or_default().insert(name, value.clone());
            if before.is_some_and(|before| before != value) {
                self.findings
                    .push(Finding::of_cart(FindingCode::FieldAmbiguous, words));
            }
        }
        items
    }

    fn read_item(&mut self, number: u32, item: &Item) {
        let quantity = match standard_number(field(item, "QUANTITY")) {
            Ok(Some(quantity)) if quantity.is_zero() => return,
            Ok(Some(quantity)) if quantity.is_sign_positive() => quantity,
            _ => return self.refuse(Key::FormItemQuantity),
        };
        let Some(description) = text(item, "DESCRIPTION").or_else(|| text(item, "LONGTEXT")) else {
            return self.refuse(Key::FormItemDescription);
        };
        let mut line = CartLine {
            supplier_part_id: text(item, "VENDORMAT"),
            manufacturer: text(item, "MANUFACTCODE"),
            manufacturer_part_id: text(item, "MANUFACTMAT"),
            unit_of_measure: text(item, "UNIT"),
            delivery: text(item, "LEADTIME"),
            currency: field(item, "CURRENCY").trim().parse().ok(),
            ..CartLine::new(description, quantity.normalize())
        };
        line.unit_price = self.price(item);
        self.note_sources(number, item, &mut line);
        self.lines.push(line);
    }

    /// The price for as many units as `PRICEUNIT` says.
    fn price(&mut self, item: &Item) -> Option<Price> {
        let read = standard_amount(field(item, "PRICE"))
            .and_then(|amount| Ok((amount, standard_number(field(item, "PRICEUNIT"))?)));
        let reason = match read {
            Ok((None, _)) => return None,
            Ok((Some(amount), basis)) => match basis.unwrap_or(Decimal::ONE) {
                basis if basis > Decimal::ZERO => {
                    return Some(Price {
                        amount,
                        basis: basis.normalize(),
                        tax: TaxBasis::Unknown,
                    });
                }
                basis => Key::PriceUnitNoNumber.with(vec![basis.into()]),
            },
            Err(reason) => reason,
        };
        self.unreadable_price(reason);
        None
    }

    fn note_sources(&self, number: u32, item: &Item, line: &mut CartLine) {
        let fields = [
            (LineField::Description, "DESCRIPTION"),
            (LineField::SupplierPartId, "VENDORMAT"),
            (LineField::Manufacturer, "MANUFACTCODE"),
            (LineField::ManufacturerPartId, "MANUFACTMAT"),
            (LineField::Quantity, "QUANTITY"),
            (LineField::UnitPrice, "PRICE"),
            (LineField::UnitOfMeasure, "UNIT"),
            (LineField::Delivery, "LEADTIME"),
        ];
        for (known, name) in fields {
            if !field(item, name).is_empty() {
                let source = Source {
                    reader: self.reader(),
                    locator: format!("NEW_ITEM-{name}[{number}]"),
                };
                line.provenance.insert(known, source);
            }
        }
    }
}

fn field<'i>(item: &'i Item, name: &str) -> &'i str {
    item.get(name).map(String::as_str).unwrap_or_default()
}

fn text(item: &Item, name: &str) -> Option<String> {
    let text = clean(field(item, name)).text;
    (!text.is_empty()).then_some(text)
}
