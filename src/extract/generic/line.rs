//! One line out of a record and its prices.

use crate::cart::{CartLine, LineField, Reader, Source};
use crate::money::{Decimal, Price, TaxBasis};
use crate::snapshot::Node;
use crate::supplier::Mark;

use super::super::line::{gtin::is_gtin, is_link};
use super::super::text::clean;
use super::describe::describe;
use super::identify::{labelled, number, part_id};
use super::prices::Prices;
use super::rows::Record;
use super::scene::{Amount, Scene};

/// A line, and what is to be said of it.
pub(super) struct Read {
    pub(super) line: CartLine,
    /// What was done to its description.
    pub(super) change: Option<&'static str>,
    /// Whether something tells that its description is one.
    pub(super) is_sure: bool,
}

/// The line that a record is; `None` where nothing describes it.
pub(super) fn read(
    scene: &Scene<'_>,
    amounts: &[Amount],
    record: Record,
    prices: Prices<'_>,
) -> Option<Read> {
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
    price(scene, record, prices, &mut line);
    Some(Read {
        line,
        change: cleaned.change,
        is_sure: described.is_sure,
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
            labelled(scene, row, LineField::Manufacturer),
        ),
        (LineField::Seller, labelled(scene, row, LineField::Seller)),
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
            _ => continue,
        };
        *own = Some(text);
        found(scene, line, field, place);
    }
}

fn price(scene: &Scene<'_>, record: Record, prices: Prices<'_>, line: &mut CartLine) {
    if let Some(unit) = prices.unit {
        let basis = unit.printed.basis.clone();
        line.unit_of_measure = basis.as_ref().and_then(|basis| basis.unit.clone());
        line.unit_price = Some(Price {
            amount: unit.value(),
            basis: basis.map_or(Decimal::ONE, |basis| basis.quantity),
            tax: tax_basis(scene, record.place),
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
    let says = |mark: Mark| short.iter().any(|text| marks.meaning(text) == Some(mark));
    match (says(Mark::Net), says(Mark::Gross)) {
        (true, false) => TaxBasis::Net,
        (false, true) => TaxBasis::Gross,
        _ => TaxBasis::Unknown,
    }
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
