//! One line of a cart.

use crate::cart::{CartLine, Finding, FindingCode, LineField, Source};
use crate::money::{Decimal, Price, TaxBasis, read_quantity};
use crate::snapshot::Node;
use crate::sorted::SortedMap;
use crate::supplier::{Definition, Derive, Field, Take};

use super::field::{As, Scope, held};
use super::number::{Outcome, Tally, amount, quoted};
use super::text::{Cleaned, INVISIBLE, clean};

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
        let quantity = self.quantity(tally);
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
            gtin: self.text(LineField::Gtin).filter(|text| is_gtin(text)),
            unit_of_measure: self.text(LineField::UnitOfMeasure),
            delivery: self.text(LineField::Delivery),
            url: self.text(LineField::Url).filter(|text| is_link(text)),
            seller: self.text(LineField::Seller),
            ..CartLine::new(description, quantity)
        };
        self.amounts(&mut line, tally);
        self.availability(row);
        line.provenance = self.provenance;
        Row::Line(Box::new(line), self.findings)
    }

    /// The line was not read: what was found about it is about the cart, since the cart has no such line.
    fn unread(self) -> Row {
        let words = "a line shows no quantity or no description that could be read, so it is not among the lines";
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

    fn report(&mut self, code: FindingCode, message: String) {
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
                        self.report(
                            FindingCode::TextCleaned,
                            format!("the text at {} {change}", place.locator),
                        );
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
                        format!("{} holds several texts: {}", place.locator, quoted(&shown));
                    self.report(FindingCode::FieldAmbiguous, message);
                    return None;
                }
            }
        }
        None
    }

    fn quantity(&mut self, tally: &Tally) -> Option<Decimal> {
        for place in self.fields(LineField::Quantity) {
            let texts = held(place, self.scope, As::Number);
            let mut found: Vec<Decimal> = Vec::new();
            for held in &texts {
                match read_quantity(&held.text, tally.style_for(held)) {
                    Ok(quantity) if !found.contains(&quantity) => found.push(quantity),
                    Ok(_) => {}
                    Err(reason) => {
                        self.report(
                            FindingCode::NumberUnreadable,
                            format!("quantity: {reason}, at {}", place.locator),
                        );
                        return None;
                    }
                }
            }
            match found.as_slice() {
                [] => {}
                [one] => {
                    self.found_at(LineField::Quantity, &place.locator);
                    return Some(*one);
                }
                _ => {
                    let shown: Vec<&str> = texts.iter().map(|held| held.text.as_str()).collect();
                    let message = format!(
                        "{} holds several quantities: {}",
                        place.locator,
                        quoted(&shown)
                    );
                    self.report(FindingCode::FieldAmbiguous, message);
                    return None;
                }
            }
        }
        None
    }

    fn amounts(&mut self, line: &mut CartLine, tally: &mut Tally) {
        if let Some((amount, basis, unit)) = self.amount(LineField::UnitPrice, tally) {
            line.unit_price = Some(Price {
                amount,
                basis,
                tax: TaxBasis::Unknown,
            });
            if line.unit_of_measure.is_none() && unit.is_some() {
                line.unit_of_measure = unit;
                let source = self.provenance.get(&LineField::UnitPrice).cloned();
                if let Some(source) = source {
                    self.provenance.insert(LineField::UnitOfMeasure, source);
                }
            }
        }
        line.line_total = self
            .amount(LineField::LineTotal, tally)
            .map(|(amount, ..)| amount);
        if line.line_total.is_none()
            && self.derives(LineField::LineTotal, Derive::QuantityTimesUnitPrice)
        {
            line.line_total = line
                .unit_price
                .as_ref()
                .and_then(|price| exact_product(price, line.quantity));
        }
        if line.unit_price.is_none()
            && self.derives(LineField::UnitPrice, Derive::LineTotalByQuantity)
        {
            let amount = line
                .line_total
                .and_then(|total| exact_quotient(total, line.quantity));
            line.unit_price = amount.map(|amount| Price::each(amount, TaxBasis::Unknown));
        }
    }

    fn amount(
        &mut self,
        field: LineField,
        tally: &mut Tally,
    ) -> Option<(Decimal, Decimal, Option<String>)> {
        let name = if field == LineField::UnitPrice {
            "unit price"
        } else {
            "line total"
        };
        match amount(self.fields(field), self.scope, tally) {
            Outcome::Found(printed, locator) => {
                self.found_at(field, &locator);
                let (basis, unit) = printed
                    .basis
                    .map_or((Decimal::ONE, None), |basis| (basis.quantity, basis.unit));
                Some((printed.amount, basis, unit))
            }
            Outcome::Nothing => None,
            Outcome::Ambiguous(words) => {
                self.report(FindingCode::FieldAmbiguous, format!("{name}: {words}"));
                None
            }
            Outcome::Unreadable(words) => {
                self.report(FindingCode::NumberUnreadable, format!("{name}: {words}"));
                None
            }
        }
    }

    /// Whether the definition derives the field so, and nothing that stands there forbids it.
    fn derives(&mut self, field: LineField, derive: Derive) -> bool {
        let refused = [FindingCode::FieldAmbiguous, FindingCode::NumberUnreadable];
        if self
            .findings
            .iter()
            .any(|finding| refused.contains(&finding.code))
        {
            return false;
        }
        let place = self
            .fields(field)
            .iter()
            .find(|place| place.take == Take::Derived(derive));
        if let Some(place) = place {
            self.found_at(field, &place.locator);
        }
        place.is_some()
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
                let words = if said.is_empty() {
                    String::new()
                } else {
                    format!(": `{said}`")
                };
                let message =
                    format!("the shop says that this line cannot be ordered as it stands{words}");
                self.findings.push(Finding::of_line(
                    FindingCode::LineUnavailable,
                    self.place,
                    message,
                ));
            }
        }
    }
}

/// The texts of a place, each once.
fn different_texts(place: &Field, scope: Scope<'_>) -> Vec<Cleaned> {
    let mut texts: Vec<Cleaned> = Vec::new();
    for held in held(place, scope, As::Text) {
        let Cleaned { text, change } = clean(&held.text);
        let change = change.or(held.cleaned.then_some(INVISIBLE));
        if !text.is_empty() && texts.iter().all(|other| other.text != text) {
            texts.push(Cleaned { text, change });
        }
    }
    texts
}

/// Quantity × unit price, where it needs no rounding to the decimals of the price.
fn exact_product(price: &Price, quantity: Decimal) -> Option<Decimal> {
    let mut product = price.times(quantity)?.normalize();
    if product.scale() > price.amount.scale() {
        return None;
    }
    product.rescale(price.amount.scale());
    Some(product)
}

/// Line total ÷ quantity, where the quotient is exact.
fn exact_quotient(total: Decimal, quantity: Decimal) -> Option<Decimal> {
    let mut quotient = Price {
        amount: total,
        basis: quantity,
        tax: TaxBasis::Unknown,
    }
    .per_unit()?
    .normalize();
    if quotient.scale() < total.scale() {
        quotient.rescale(total.scale());
    }
    Some(quotient)
}

/// Eight to fourteen digits.
fn is_gtin(text: &str) -> bool {
    (8..=14).contains(&text.len()) && text.chars().all(|character| character.is_ascii_digit())
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

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn derived_amounts_are_exact_or_absent() {
        let price = Price::each(decimal("18.99"), TaxBasis::Unknown);
        assert_eq!(
            exact_product(&price, decimal("3")).unwrap().to_string(),
            "56.97"
        );
        assert_eq!(exact_product(&price, decimal("0.333")), None);
        assert_eq!(
            exact_quotient(decimal("58.28"), decimal("4"))
                .unwrap()
                .to_string(),
            "14.57"
        );
        assert_eq!(
            exact_quotient(decimal("10.00"), decimal("4"))
                .unwrap()
                .to_string(),
            "2.50"
        );
        assert_eq!(exact_quotient(decimal("10.00"), decimal("3")), None);
    }

    #[test]
    fn scripts_are_no_links() {
        assert!(is_link("/p/1?x=a:b"));
        assert!(is_link("HTTPS://shop.example/p"));
        assert!(!is_link("javascript:alert(1)"));
        assert!(!is_link("data:text/html,x"));
    }
}
