//! One line out of a record and its prices.

use crate::cart::{CartLine, LineField, Reader, Source};
use crate::money::{CurrencyMark, Decimal, Price, TaxBasis};
use crate::snapshot::Node;
use crate::supplier::Mark;

use super::super::currency;
use super::super::line::{gtin::is_gtin, is_link, text_in};
use super::super::text::{Change, clean};
use super::describe::describe;
use super::identify::{labelled, number, part_id};
use super::prices::Prices;
use super::rows::Record;
use super::scene::{Amount, Scene};

/// A line without its amounts, which can be read in several ways, and what is to be said of it.
#[derive(Debug)]
pub(super) struct Read {
    line: CartLine,
    tax: TaxBasis,
    /// What was done to its description.
    pub(super) change: Option<Change>,
    /// Whether something tells that its description is one.
    pub(super) is_sure: bool,
    /// Whether nothing else in the line could be one.
    pub(super) is_alone: bool,
}

/// The line that a record is; `None` where nothing describes it.
pub(super) fn read(scene: &Scene<'_>, amounts: &[Amount], record: Record) -> Option<Read> {
    let named = record.preface.unwrap_or(record.place);
    let described = describe(scene, named, amounts)?;
    let cleaned = clean(described.text.trim_end_matches(['*', ' ']));
    let mut line = CartLine::new(cleaned.text, record.quantity.value?);
    found(scene, &mut line, LineField::Description, described.place);
    found(scene, &mut line, LineField::Quantity, record.quantity.place);
    line.url = described.url.filter(|url| is_link(url));
    if line.url.is_some() {
        found(scene, &mut line, LineField::Url, described.place);
    }
    identify(scene, named, &mut line);
    by_definitions(scene, named, &mut line);
    Some(Read {
        line,
        tax: tax_basis(scene, record.place),
        change: cleaned.change,
        is_sure: described.is_sure,
        is_alone: described.is_alone,
    })
}

/// The numbers that the line is known by.
fn identify(scene: &Scene<'_>, row: usize, line: &mut CartLine) {
    let named = [
        (LineField::SupplierPartId, part_id(scene, row)),
        (
            LineField::ManufacturerPartId,
            number(scene, row, LineField::ManufacturerPartId),
        ),
        (LineField::Gtin, number(scene, row, LineField::Gtin)),
        (
            LineField::Manufacturer,
            labelled(scene, row, LineField::Manufacturer, is_text),
        ),
        (
            LineField::Seller,
            labelled(scene, row, LineField::Seller, is_text),
        ),
        (
            LineField::UnitOfMeasure,
            labelled(scene, row, LineField::UnitOfMeasure, is_unit),
        ),
    ];
    for (field, value) in named {
        let Some((place, text)) = value else {
            continue;
        };
        let text = clean(&text).text;
        let own = match field {
            LineField::SupplierPartId => &mut line.supplier_part_id,
            LineField::ManufacturerPartId => &mut line.manufacturer_part_id,
            LineField::Gtin if is_gtin(&text) => &mut line.gtin,
            LineField::Manufacturer => &mut line.manufacturer,
            LineField::Seller => &mut line.seller,
            LineField::UnitOfMeasure => &mut line.unit_of_measure,
            _ => continue,
        };
        *own = Some(text);
        found(scene, line, field, place);
    }
}

/// What definitions name in the line where nothing on the page does.
fn by_definitions(scene: &Scene<'_>, row: usize, line: &mut CartLine) {
    let Some(node) = scene.node(row) else {
        return;
    };
    for definition in &scene.known {
        let fields = [
            (LineField::SupplierPartId, &mut line.supplier_part_id),
            (
                LineField::ManufacturerPartId,
                &mut line.manufacturer_part_id,
            ),
            (LineField::Manufacturer, &mut line.manufacturer),
            (LineField::Gtin, &mut line.gtin),
            (LineField::Seller, &mut line.seller),
        ];
        for (field, own) in fields {
            let found = own.is_none().then(|| text_in(definition, node, field));
            let found = found
                .flatten()
                .filter(|(text, _)| *text != line.description);
            if let Some((text, source)) = found {
                *own = Some(text);
                line.provenance.insert(field, source);
            }
        }
    }
}

fn is_text(text: &str) -> bool {
    !text.is_empty()
}

/// Whether a text can be a unit: a word, without the number that a pack has.
fn is_unit(text: &str) -> bool {
    is_text(text)
        && text.len() <= 20
        && text
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '.' | ' ' | '²' | '³'))
}

impl Read {
    /// The line with these amounts.
    pub(super) fn priced(&self, scene: &Scene<'_>, prices: Prices<'_>) -> CartLine {
        let mut line = self.line.clone();
        price(scene, prices, self.tax, &mut line);
        let used = prices.unit.into_iter().chain(prices.total);
        let marks: Vec<CurrencyMark> = used.map(|amount| amount.printed.currency).collect();
        line.currency = currency::of_line(&marks);
        line
    }
}

fn price(scene: &Scene<'_>, prices: Prices<'_>, tax: TaxBasis, line: &mut CartLine) {
    if let Some(unit) = prices.unit {
        let basis = unit.printed.basis.clone();
        let unit_of_price = basis.as_ref().and_then(|basis| basis.unit.clone());
        line.unit_of_measure = line.unit_of_measure.take().or(unit_of_price);
        let quantity = basis.map(|basis| basis.quantity).or(prices.basis);
        line.unit_price = Some(Price {
            amount: unit.value(),
            basis: quantity.unwrap_or(Decimal::ONE),
            tax,
        });
        found(scene, line, LineField::UnitPrice, unit.place);
    }
    if let Some(total) = prices.total {
        line.line_total = Some(total.value());
        found(scene, line, LineField::LineTotal, total.place);
    }
}

/// What the words beside a line's amounts say of tax, where they all say the same.
fn tax_basis(scene: &Scene<'_>, row: usize) -> TaxBasis {
    let marks = &scene.words.marks;
    let texts = scene.outline.within(row).map(|(_, entry)| &entry.text);
    let short: Vec<&String> = texts
        .filter(|text| !text.is_empty() && text.len() < 40)
        .collect();
    Mark::tax_basis(|mark| short.iter().any(|text| marks.meaning(text) == Some(mark)))
}

fn found(scene: &Scene<'_>, line: &mut CartLine, field: LineField, place: usize) {
    let source = Source {
        reader: Reader::Generic,
        locator: scene.node(place).map(locator).unwrap_or_default(),
    };
    line.provenance.insert(field, source);
}

/// The element in words: its name, its id or first class, and those of the element around it.
fn locator(node: Node<'_>) -> String {
    let short = |node: Node<'_>| {
        let id = node.attr("id").map(|id| format!("#{id}"));
        let class = || {
            Some(format!(
                ".{}",
                node.attr("class")?.split_whitespace().next()?
            ))
        };
        format!("{}{}", node.name(), id.or_else(class).unwrap_or_default())
    };
    let around = node.parent().map(|parent| format!("{} > ", short(parent)));
    format!("{}{}", around.unwrap_or_default(), short(node))
}
