//! One line of a cart.

mod amounts;
mod control;
pub(in crate::extract) mod gtin;
mod options;

use crate::cart::{CartLine, Finding, FindingCode, Key, LineField, Message, Source};
use crate::money::{Decimal, Unreadable, read_quantity};
use crate::snapshot::Node;
use crate::sorted::SortedMap;
use crate::supplier::{Definition, Field};

use super::field::{As, Held, Scope, held};
use super::number::{Tally, at, quoted, unreadable};
use super::text::{Change, Cleaned, clean};

/// What a row of the page is.
pub(super) enum Row {
    /// A line.
    Line(Box<CartLine>, Vec<Finding>),
    /// Nothing is ordered: its quantity is zero.
    NotOrdered,
    /// A line that cannot be read, and why.
    Unread(Vec<Finding>),
}

/// Reads one line; `place` is its index in the cart, `tally` what is known about the page's numbers.
pub(super) fn read(definition: &Definition, row: Node<'_>, place: usize, tally: &mut Tally) -> Row {
    let reader = LineReader {
        definition,
        scope: Scope::Element(row),
        place,
        findings: Vec::new(),
        provenance: SortedMap::new(),
    };
    reader.read(row, tally)
}

struct LineReader<'d, 'p> {
    definition: &'d Definition,
    scope: Scope<'p>,
    place: usize,
    findings: Vec<Finding>,
    provenance: SortedMap<LineField, Source>,
}

impl<'d> LineReader<'d, '_> {
    fn read(mut self, row: Node<'_>, tally: &mut Tally) -> Row {
        let description = self.text(LineField::Description);
        let quantity = self.quantity(tally).or_else(|| self.changed_quantity(row));
        if quantity.is_some_and(|quantity| quantity.is_zero()) {
            return Row::NotOrdered;
        }
        let (Some(description), Some(quantity)) = (description, quantity) else {
            return self.unread();
        };
        let mut line = CartLine {
            supplier_part_id: self.text(LineField::SupplierPartId),
            manufacturer: self.text(LineField::Manufacturer),
            manufacturer_part_id: self.text(LineField::ManufacturerPartId),
            gtin: self.gtin(),
            options: self.options(),
            unit_of_measure: self.text(LineField::UnitOfMeasure),
            delivery: self.text(LineField::Delivery),
            url: self.url(),
            seller: self.text(LineField::Seller),
            ..CartLine::new(description, quantity)
        };
        if is_named_by_number(&line) {
            self.report(
                FindingCode::FieldAmbiguous,
                Key::NumberAsDescription.with(vec![line.description.into()]),
            );
            return self.unread();
        }
        self.amounts(&mut line, tally);
        line.minimum_quantity = self.minimum_quantity(tally);
        self.availability(row);
        line.provenance = self.provenance;
        Row::Line(Box::new(line), self.findings)
    }

    /// The line was not read: what was found about it is about the cart, since the cart has no such line.
    fn unread(self) -> Row {
        let words = Key::LineUnread;
        let mut findings = vec![Finding::of_cart(FindingCode::FieldMissing, words)];
        findings.extend(self.findings.into_iter().map(|finding| Finding {
            line: None,
            ..finding
        }));
        Row::Unread(findings)
    }

    fn fields(&self, field: LineField) -> &'d [Field] {
        self.definition
            .lines
            .fields
            .get(&field)
            .map_or(&[], Vec::as_slice)
    }

    fn found_at(&mut self, field: LineField, locator: &str) {
        let source = Source {
            reader: self.definition.reader(),
            locator: locator.to_owned(),
        };
        self.provenance.insert(field, source);
    }

    fn report(&mut self, code: FindingCode, message: Message) {
        self.findings
            .push(Finding::of_line(code, self.place, message));
    }

    fn text(&mut self, field: LineField) -> Option<String> {
        for place in self.fields(field) {
            let texts = different_texts(place, self.scope);
            match texts.as_slice() {
                [] => {}
                [one] => {
                    if let Some(change) = one.change {
                        let key = match change {
                            Change::Cut => Key::TextCut,
                            Change::Cleaned => Key::TextCleaned,
                        };
                        let message = key.with(vec![place.locator.clone().into()]);
                        self.report(FindingCode::TextCleaned, message);
                    }
                    self.found_at(field, &place.locator);
                    return Some(one.text.clone());
                }
                several => {
                    let shown: Vec<&str> = several
                        .iter()
                        .map(|cleaned| cleaned.text.as_str())
                        .collect();
                    let message =
                        Key::SeveralTexts.with(vec![place.locator.clone().into(), quoted(&shown)]);
                    self.report(FindingCode::FieldAmbiguous, message);
                    return None;
                }
            }
        }
        None
    }

    fn url(&mut self) -> Option<String> {
        let url = self.text(LineField::Url).filter(|text| is_link(text));
        if url.is_none() {
            self.provenance.remove(&LineField::Url);
        }
        url
    }

    fn quantity(&mut self, tally: &Tally) -> Option<Decimal> {
        for place in self.fields(LineField::Quantity) {
            let texts = held(place, self.scope, As::Number);
            match one_quantity(&texts, tally) {
                Ok(None) => {}
                Ok(Some(quantity)) => {
                    self.found_at(LineField::Quantity, &place.locator);
                    return Some(quantity);
                }
                Err(Some(reason)) => {
                    let message =
                        Key::QuantityIs.with(vec![at(unreadable(reason), &place.locator).into()]);
                    self.report(FindingCode::NumberUnreadable, message);
                    return None;
                }
                Err(None) => {
                    let shown: Vec<&str> = texts.iter().map(|held| held.text.as_str()).collect();
                    let message = Key::SeveralQuantities
                        .with(vec![place.locator.clone().into(), quoted(&shown)]);
                    self.report(FindingCode::FieldAmbiguous, message);
                    return None;
                }
            }
        }
        None
    }

    /// The quantity where its place is gone; none where it is there and holds what is no quantity.
    fn changed_quantity(&mut self, row: Node<'_>) -> Option<Decimal> {
        let is_reported = self.findings.iter().any(|finding| {
            matches!(
                finding.code,
                FindingCode::NumberUnreadable | FindingCode::FieldAmbiguous
            )
        });
        let quantity = (!is_reported).then(|| control::quantity(row)).flatten();
        if quantity.is_some() {
            self.found_at(LineField::Quantity, control::LOCATOR);
        }
        quantity
    }

    /// The least quantity. Words that limit (`min. 10`) are its label; one that cannot be read is left out.
    fn minimum_quantity(&mut self, tally: &Tally) -> Option<Decimal> {
        for place in self.fields(LineField::MinimumQuantity) {
            let mut texts = held(place, self.scope, As::Number);
            for held in &mut texts {
                let number = |c: &char| c.is_ascii_digit();
                held.text = held.text.chars().skip_while(|c| !number(c)).collect();
            }
            texts.retain(|held| !held.text.is_empty());
            if let Ok(Some(quantity)) = one_quantity(&texts, tally) {
                self.found_at(LineField::MinimumQuantity, &place.locator);
                return Some(quantity);
            }
        }
        None
    }

    fn availability(&mut self, row: Node<'_>) {
        for selector in &self.definition.lines.unavailable {
            let marks = row.select(selector);
            let mark = row
                .matches(selector)
                .then_some(row)
                .or_else(|| marks.into_iter().find(Node::is_visible));
            if let Some(mark) = mark {
                let said = if mark.id() == row.id() {
                    String::new()
                } else {
                    mark.visible_text()
                };
                let said = clean(&said).text;
                let message = if said.is_empty() {
                    Key::Unavailable.into()
                } else {
                    Key::UnavailableSaid.with(vec![said.into()])
                };
                self.findings.push(Finding::of_line(
                    FindingCode::LineUnavailable,
                    self.place,
                    message,
                ));
            }
        }
    }
}

/// The one text that a definition finds for a field in an element, and where; `None` where it finds several.
pub(super) fn text_in(
    definition: &Definition,
    row: Node<'_>,
    field: LineField,
) -> Option<(String, Source)> {
    let mut places = definition.lines.fields.get(&field)?.iter();
    let (place, texts) = places.find_map(|place| {
        let texts = different_texts(place, Scope::Element(row));
        (!texts.is_empty()).then_some((place, texts))
    })?;
    let [one] = <[Cleaned; 1]>::try_from(texts).ok()?;
    let source = Source {
        reader: definition.reader(),
        locator: place.locator.clone(),
    };
    let fits = field != LineField::Gtin || gtin::is_gtin(&one.text);
    fits.then_some((one.text, source))
}

/// Whether what was read as a description is one of the line's own numbers: its place holds another thing now.
fn is_named_by_number(line: &CartLine) -> bool {
    let numbers = [
        &line.supplier_part_id,
        &line.manufacturer_part_id,
        &line.gtin,
    ];
    let is_own = |number: &String| *number == line.description;
    !line.description.chars().any(char::is_alphabetic) && numbers.into_iter().flatten().any(is_own)
}

/// The one quantity that texts hold, if any; `Err(None)` where they hold several.
fn one_quantity(texts: &[Held], tally: &Tally) -> Result<Option<Decimal>, Option<Unreadable>> {
    let mut found = None;
    for held in texts {
        let quantity = read_quantity(&held.text, tally.style_for(held))?;
        if found.is_some_and(|found| found != quantity) {
            return Err(None);
        }
        found = Some(quantity);
    }
    Ok(found)
}

/// The texts of a place, each once.
fn different_texts(place: &Field, scope: Scope<'_>) -> Vec<Cleaned> {
    let mut texts: Vec<Cleaned> = Vec::new();
    for held in held(place, scope, As::Text) {
        let Cleaned { text, change } = clean(&held.text);
        let change = change.or(held.cleaned.then_some(Change::Cleaned));
        if !text.is_empty() && texts.iter().all(|other| other.text != text) {
            texts.push(Cleaned { text, change });
        }
    }
    texts
}

/// An address on the web or within the shop, never a script.
pub(super) fn is_link(text: &str) -> bool {
    let scheme = text.split(['/', '?', '#']).next().unwrap_or_default();
    let lower = text.to_ascii_lowercase();
    !scheme.contains(':') || lower.starts_with("http://") || lower.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_no_links() {
        assert!(is_link("/p/1?x=a:b"));
        assert!(is_link("HTTPS://shop.example/p"));
        assert!(!is_link("javascript:alert(1)"));
        assert!(!is_link("data:text/html,x"));
    }
}
