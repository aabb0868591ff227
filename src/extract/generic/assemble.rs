//! A cart out of records, amounts and totals.

use crate::cart::{
    Cart, CartLine, Finding, FindingCode, LineField, MOST_LINES, Reader, Source, TotalKind,
    TotalRow, Verdict, reconcile,
};
use crate::money::{Decimal, Price, TaxBasis};
use crate::snapshot::Node;
use crate::supplier::Mark;

use super::super::choose::same;
use super::super::currency::{self, Witnesses};
use super::super::line::is_link;
use super::super::text::clean;
use super::super::total_rows::keep_each;
use super::describe::{describe, labelled, part_id};
use super::is_proved;
use super::prices::Prices;
use super::rows::Record;
use super::scene::{Amount, Scene};
use super::totals::Block;

/// Most blocks of totals that are tried alone.
const MOST_BLOCKS: usize = 6;

/// What a cart is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Assembly<'s, 'p> {
    pub(super) scene: &'s Scene<'p>,
    pub(super) amounts: &'s [Amount],
    pub(super) records: &'s [Record],
    pub(super) blocks: &'s [Block],
}

impl Assembly<'_, '_> {
    /// The records that are ordered: not those with a quantity of zero or none.
    pub(super) fn ordered(&self) -> Vec<Record> {
        let is_ordered = |record: &&Record| {
            record
                .quantity
                .value
                .is_some_and(|value| value > Decimal::ZERO)
        };
        self.records
            .iter()
            .filter(is_ordered)
            .take(MOST_LINES)
            .copied()
            .collect()
    }

    /// The cart with the block of totals that proves the most.
    pub(super) fn cart(&self, ordered: &[Record], way: &[Prices<'_>]) -> Cart {
        let (lines, findings) = self.lines(ordered, way);
        let together = self.with_totals(lines.clone(), findings.clone(), &self.together(), way);
        if is_proved(&together) || self.blocks.len() < 2 {
            return together;
        }
        let alone = self.blocks.iter().take(MOST_BLOCKS);
        let carts =
            alone.map(|block| self.with_totals(lines.clone(), findings.clone(), block, way));
        let proved = carts.filter(is_proved);
        proved.min_by_key(rank).unwrap_or(together)
    }

    /// All blocks as one: a total that stands in several counts once.
    fn together(&self) -> Block {
        let mut rows: Vec<TotalRow> = Vec::new();
        for block in self.blocks {
            let is_known = |row: &TotalRow| {
                rows.iter()
                    .any(|own| own.kind == row.kind && own.amount == row.amount)
            };
            let new: Vec<TotalRow> = block
                .rows
                .iter()
                .filter(|row| !is_known(row))
                .cloned()
                .collect();
            rows.extend(new);
        }
        Block { place: 0, rows }
    }

    fn with_totals(
        &self,
        lines: Vec<CartLine>,
        mut findings: Vec<Finding>,
        block: &Block,
        way: &[Prices<'_>],
    ) -> Cart {
        let mut rows = block.rows.clone();
        for kind in [TotalKind::Subtotal, TotalKind::GrandTotal] {
            keep_each(kind, &mut rows);
        }
        findings.extend(self.contradicting(block, &lines));
        let used = way
            .iter()
            .flat_map(|prices| prices.unit.into_iter().chain(prices.total));
        let marks: Vec<_> = used.map(|amount| amount.printed.currency).collect();
        let (currency, finding) = currency::decide(
            &marks,
            Witnesses {
                page: self.scene.page,
                at: self.scene.at,
                definition: None,
                words: self.scene.words,
            },
        );
        findings.extend(finding);
        let mut cart = Cart {
            currency,
            lines,
            findings,
            ..Cart::new(Reader::Generic)
        };
        reconcile(&mut cart, &rows);
        cart
    }

    /// A total of another block that neither the chosen one nor the lines explain.
    fn contradicting(&self, chosen: &Block, lines: &[CartLine]) -> Option<Finding> {
        let is_total =
            |row: &&TotalRow| matches!(row.kind, TotalKind::Subtotal | TotalKind::GrandTotal);
        let sum: Decimal = lines.iter().filter_map(line_amount).sum();
        let is_known = |row: &TotalRow| {
            row.amount == sum || chosen.rows.iter().any(|own| own.amount == row.amount)
        };
        let others = self
            .blocks
            .iter()
            .filter(|block| block.place != chosen.place);
        let other = others
            .flat_map(|block| block.rows.iter())
            .filter(is_total)
            .find(|row| !is_known(row))?;
        let words = format!(
            "the page also shows {} as {}, which its other totals do not",
            other.amount,
            other.label.trim_end_matches(':')
        );
        Some(Finding::of_cart(FindingCode::TotalMismatch, words))
    }

    fn lines(&self, ordered: &[Record], way: &[Prices<'_>]) -> (Vec<CartLine>, Vec<Finding>) {
        let mut lines = Vec::new();
        let mut findings = Vec::new();
        for (record, prices) in ordered.iter().zip(way) {
            let place = lines.len();
            match self.line(*record, *prices) {
                Some((line, change)) => {
                    findings.extend(change.map(|change| {
                        let words = format!("the description {change}");
                        Finding::of_line(FindingCode::TextCleaned, place, words)
                    }));
                    lines.push(line);
                }
                None => findings.push(Finding::of_cart(
                    FindingCode::FieldMissing,
                    "something with a quantity shows no description, so it is not among the lines",
                )),
            }
        }
        (lines, findings)
    }

    fn line(&self, record: Record, prices: Prices<'_>) -> Option<(CartLine, Option<&'static str>)> {
        let described = describe(self.scene, record.place, self.amounts)?;
        let cleaned = clean(described.text.trim_end_matches(['*', ' ']));
        let mut line = CartLine::new(cleaned.text, record.quantity.value?);
        self.found(&mut line, LineField::Description, described.place);
        self.found(&mut line, LineField::Quantity, record.quantity.place);
        line.url = described.url.filter(|url| is_link(url));
        if line.url.is_some() {
            self.found(&mut line, LineField::Url, described.place);
        }
        if let Some((place, id)) = part_id(self.scene, record.place) {
            line.supplier_part_id = Some(clean(&id).text);
            self.found(&mut line, LineField::SupplierPartId, place);
        }
        if let Some((place, id)) = labelled(self.scene, record.place, LineField::ManufacturerPartId)
        {
            line.manufacturer_part_id = Some(clean(&id).text);
            self.found(&mut line, LineField::ManufacturerPartId, place);
        }
        if let Some(unit) = prices.unit {
            let basis = unit.printed.basis.clone();
            line.unit_of_measure = basis.as_ref().and_then(|basis| basis.unit.clone());
            line.unit_price = Some(Price {
                amount: unit.value(),
                basis: basis.map_or(Decimal::ONE, |basis| basis.quantity),
                tax: self.tax_basis(record.place),
            });
            self.found(&mut line, LineField::UnitPrice, unit.place);
        }
        if let Some(total) = prices.total {
            line.line_total = Some(total.value());
            self.found(&mut line, LineField::LineTotal, total.place);
        }
        Some((line, cleaned.change))
    }

    /// What the words beside a line's amounts say of tax, where they all say the same.
    fn tax_basis(&self, row: usize) -> TaxBasis {
        let marks = &self.scene.words.marks;
        let texts = self.scene.outline.within(row).map(|(_, entry)| &entry.text);
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

    fn found(&self, line: &mut CartLine, field: LineField, place: usize) {
        let source = Source {
            reader: Reader::Generic,
            locator: self.scene.node(place).map(locator).unwrap_or_default(),
        };
        line.provenance.insert(field, source);
    }
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

fn line_amount(line: &CartLine) -> Option<Decimal> {
    line.line_total
        .or_else(|| line.unit_price.as_ref()?.times(line.quantity))
}

/// The better proved before the less, then the one with more totals.
fn rank(cart: &Cart) -> (Verdict, usize) {
    let totals = &cart.totals;
    let absent = [
        totals.grand_total,
        totals.subtotal,
        totals.tax,
        totals.shipping,
        totals.discount,
        totals.fees,
    ];
    (
        cart.verdict,
        absent.iter().filter(|total| total.is_none()).count(),
    )
}

/// The one proved cart; where there are several that differ, the first with that finding, so that it proves nothing.
pub(super) fn only(proved: Vec<Cart>) -> Option<Cart> {
    let mut carts = proved.into_iter();
    let mut first = carts.next()?;
    if carts.any(|other| !same(&first, &other)) {
        let words = "the page can be read as two carts, and both add up";
        first
            .findings
            .push(Finding::of_cart(FindingCode::ReadersDisagree, words));
        first.verdict = Verdict::Unreconciled;
    }
    Some(first)
}

/// A cart whose numbers can be read in two ways, of which neither or both add up.
pub(super) fn ambiguous(mut cart: Cart) -> Cart {
    let words = "the page's numbers can be read with a decimal point or with a decimal comma, and its sums do not tell which";
    cart.findings
        .push(Finding::of_cart(FindingCode::NumberUnreadable, words));
    cart.verdict = Verdict::Unreconciled;
    cart
}
