//! Where objects of data hold the fields of a line.

use crate::cart::{CartLine, Finding, FindingCode, Key, LineField, MOST_LINES, Message, Source};
use crate::json::Value;
use crate::money::{Decimal, Price, TaxBasis};

use super::super::line::gtin::is_gtin;
use super::super::line::is_link;
use super::super::number::at;
use super::super::text::clean;
use super::amount::{Units, amount_at, key_of, quantity_of};
use super::draft::Draft;

/// Where one kind of object holds the fields of a line.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    /// JSON Pointers within the object, the best first.
    pub(super) fields: &'static [(LineField, &'static [&'static str])],
    pub(super) units: Units,
    /// What the data say of tax in the prices.
    pub(super) tax: TaxBasis,
}

impl Shape {
    fn pointers(&self, field: LineField) -> &'static [&'static str] {
        let found = self.fields.iter().find(|(own, _)| *own == field);
        found.map_or(&[], |(_, pointers)| pointers)
    }

    /// Whether an object holds a name, a quantity and an amount.
    pub(super) fn fits(&self, item: &Value) -> bool {
        let has = |field| {
            let mut pointers = self.pointers(field).iter();
            pointers.any(|pointer| {
                item.pointer(pointer)
                    .is_some_and(|value| !is_nothing(value))
            })
        };
        has(LineField::Description)
            && has(LineField::Quantity)
            && (has(LineField::UnitPrice) || has(LineField::LineTotal))
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) | Value::List(_) => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::Number(_) | Value::Object(_) => false,
    }
}

impl Draft {
    /// Reads objects as lines; `path` is where the list stands in the data.
    pub(super) fn read_lines(&mut self, items: &[Value], shape: &Shape, path: &str) {
        if items.len() > MOST_LINES {
            let words = Key::DataTooManyLines.with(vec![items.len().into(), MOST_LINES.into()]);
            self.findings
                .push(Finding::of_cart(FindingCode::LimitExceeded, words));
        }
        for (place, item) in items.iter().take(MOST_LINES).enumerate() {
            let reader = LineReader {
                item,
                shape,
                path: format!("{path}/{place}"),
            };
            reader.read_into(self);
        }
    }
}

struct LineReader<'d> {
    item: &'d Value,
    shape: &'d Shape,
    path: String,
}

impl<'d> LineReader<'d> {
    fn read_into(&self, draft: &mut Draft) {
        let quantity = match self.quantity() {
            Ok(Some((quantity, _))) if quantity.is_zero() => return,
            Ok(quantity) => quantity,
            Err(reason) => return draft.refuse(reason),
        };
        let description = self.text(LineField::Description);
        let (Some((description, name_at)), Some((quantity, quantity_at))) = (description, quantity)
        else {
            return draft.refuse(Key::EntryUnread);
        };
        let mut line = CartLine::new(description, quantity);
        self.note(LineField::Description, name_at, draft, &mut line);
        self.note(LineField::Quantity, quantity_at, draft, &mut line);
        self.texts(draft, &mut line);
        self.amounts(draft, &mut line);
        draft.lines.push(line);
    }

    fn note(&self, field: LineField, pointer: &str, draft: &Draft, line: &mut CartLine) {
        let source = Source {
            reader: draft.reader(),
            locator: format!("{}{pointer}", self.path),
        };
        line.provenance.insert(field, source);
    }

    fn quantity(&self) -> Result<Option<(Decimal, &'static str)>, Message> {
        for pointer in self.shape.pointers(LineField::Quantity) {
            let Some(value) = self.item.pointer(pointer) else {
                continue;
            };
            let quantity = quantity_of(value)
                .map_err(|reason| Key::EntryQuantity.with(vec![reason.into()]))?;
            if let Some(quantity) = quantity {
                return Ok(Some((quantity, pointer)));
            }
        }
        Ok(None)
    }

    fn texts(&self, draft: &Draft, line: &mut CartLine) {
        for (field, _) in self.shape.fields {
            let Some((text, pointer)) = self.text(*field) else {
                continue;
            };
            let place = match field {
                LineField::SupplierPartId => &mut line.supplier_part_id,
                LineField::Manufacturer => &mut line.manufacturer,
                LineField::ManufacturerPartId => &mut line.manufacturer_part_id,
                LineField::Gtin if is_gtin(&text) => &mut line.gtin,
                LineField::UnitOfMeasure => &mut line.unit_of_measure,
                LineField::Url if is_link(&text) => &mut line.url,
                LineField::Seller => &mut line.seller,
                _ => continue,
            };
            *place = Some(text);
            self.note(*field, pointer, draft, line);
        }
        for pointer in self.shape.pointers(LineField::Options) {
            let found = self.item.pointer(pointer).map(options).unwrap_or_default();
            if !found.is_empty() {
                line.options = found;
                return self.note(LineField::Options, pointer, draft, line);
            }
        }
    }

    fn text(&self, field: LineField) -> Option<(String, &'static str)> {
        let mut pointers = self.shape.pointers(field).iter();
        pointers.find_map(|pointer| Some((plain(self.item.pointer(pointer)?)?, *pointer)))
    }

    fn amounts(&self, draft: &mut Draft, line: &mut CartLine) {
        if let Some((amount, pointer)) = self.amount(LineField::UnitPrice, draft) {
            line.unit_price = Some(Price::each(amount, self.shape.tax));
            self.note(LineField::UnitPrice, pointer, draft, line);
        }
        if let Some((amount, pointer)) = self.amount(LineField::LineTotal, draft) {
            line.line_total = Some(amount);
            self.note(LineField::LineTotal, pointer, draft, line);
        }
    }

    fn amount(&self, field: LineField, draft: &mut Draft) -> Option<(Decimal, &'static str)> {
        for pointer in self.shape.pointers(field) {
            match amount_at(self.item, pointer, self.shape.units, draft.currency) {
                Ok(None) => {}
                Ok(Some(amount)) => return Some((amount, pointer)),
                Err(reason) => {
                    let words = key_of(field).with(vec![at(reason, pointer).into()]);
                    draft.findings.push(Finding::of_line(
                        FindingCode::NumberUnreadable,
                        draft.lines.len(),
                        words,
                    ));
                    return None;
                }
            }
        }
        None
    }
}

/// A text or a number, made safe to show; `None` where it is another value or empty.
fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::Text(text) => clean(text).text,
        Value::Number(digits) => digits.clone(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// What was chosen: a text, `{"Colour": "red"}`, `[{"label": "Colour", "value": "red"}]`.
fn options(value: &Value) -> Vec<String> {
    let named =
        |name: &str, value: &Value| Some(format!("{}: {}", clean(name).text, plain(value)?));
    let one = |value: &Value| {
        let part = |names: [&str; 2]| names.iter().find_map(|name| plain(value.property(name)?));
        match (part(["label", "name"]), part(["value", "print_value"])) {
            (Some(name), Some(chosen)) => Some(format!("{name}: {chosen}")),
            _ => plain(value),
        }
    };
    match value {
        Value::List(values) => values.iter().filter_map(one).collect(),
        Value::Object(entries) => entries
            .iter()
            .filter_map(|(name, value)| named(name, value))
            .collect(),
        _ => one(value).into_iter().collect(),
    }
}
