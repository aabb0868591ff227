//! A cart out of records, amounts and totals.

use crate::cart::{
    Cart, CartLine, Finding, FindingCode, Key, MOST_LINES, Reader, TotalKind, TotalRow, Verdict,
    reconcile,
};
use crate::money::{CurrencyMark, Decimal};

use super::super::choose::same;
use super::super::currency::{self, Witnesses};
use super::super::text::Change;
use super::super::total_rows::keep_each;
use super::line::{self, Read};
use super::prices::{self, Prices};
use super::rows::Record;
use super::scene::{Amount, Scene};
use super::sums::{self, line_amount};
use super::totals::Block;

/// Most blocks of totals that are tried alone.
const MOST_BLOCKS: usize = 6;

/// The longest text beside a box that says what it is for, in bytes.
const LONGEST_BOX: usize = 120;

/// What the highest tax makes of one.
const MOST_TAX: Decimal = Decimal::from_parts(13, 0, 0, false, 1);

/// What a cart is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Assembly<'s, 'p> {
    pub(super) scene: &'s Scene<'p>,
    pub(super) amounts: &'s [Amount],
    pub(super) records: &'s [Record],
    pub(super) blocks: &'s [Block],
}

/// A record that is ordered, and the line that it is; `None` where nothing describes it.
pub(super) type Ordered = (Record, Option<Read>);

impl Assembly<'_, '_> {
    /// The records that are ordered: not those with a quantity of zero or none.
    pub(super) fn ordered(&self) -> Vec<Ordered> {
        let is_any_ticked = self
            .records
            .iter()
            .any(|record| self.ticked(*record) == Some(true));
        let is_ordered = |record: &&Record| {
            let is_left = is_any_ticked && self.ticked(**record) == Some(false);
            let value = record.quantity.value;
            !is_left && value.is_some_and(|value| value > Decimal::ZERO)
        };
        self.records
            .iter()
            .filter(is_ordered)
            .take(MOST_LINES)
            .map(|record| prices::settled(self.scene, *record, self.amounts))
            .map(|record| (record, line::read(self.scene, self.amounts, record)))
            .collect()
    }

    /// Whether a line's one box is ticked; `None` where it has none, or several.
    fn ticked(&self, record: Record) -> Option<bool> {
        let inside = self.scene.outline.within(record.place);
        let mut boxes = inside.filter(|(place, entry)| {
            entry.node.attr("type") == Some("checkbox") && !self.buys_more(*place)
        });
        let (_, first) = boxes.next()?;
        boxes.next().is_none().then(|| first.node.checked())
    }

    /// Whether a box is for what costs more, such as gift wrapping: its label names an amount.
    fn buys_more(&self, place: usize) -> bool {
        let mut around = self.scene.outline.ancestors(place).take(2);
        let label = around.find(|around| {
            let node = self.scene.node(*around);
            node.is_some_and(|node| node.name() == "label")
        });
        let text = label.and_then(|label| self.scene.short_text(label, LONGEST_BOX));
        let text = text.unwrap_or_default();
        let mut parts = text.split(['(', ')', '+', ':']);
        parts.any(|part| self.scene.amount_in_text(place, part).is_some())
    }

    /// The cart with the block of totals that proves the most.
    pub(super) fn cart(&self, ordered: &[Ordered], way: &[Prices<'_>]) -> Cart {
        let read = self.lines(ordered, way);
        let with_totals = |block: &Block| self.with_totals(read.clone(), block, (ordered, way));
        let together = with_totals(&self.together());
        let leaves_out = |cart: &Cart| {
            cart.findings
                .iter()
                .any(|finding| finding.code == FindingCode::ChargeNotAdded)
        };
        if self.blocks.len() < 2 || (together.verdict.is_proved() && !leaves_out(&together)) {
            return together;
        }
        let carts = self.blocks.iter().take(MOST_BLOCKS).map(with_totals);
        let proved =
            carts.filter(|cart| cart.verdict.is_proved() && cart.totals.grand_total.is_some());
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
        let marks = self
            .blocks
            .iter()
            .flat_map(|block| block.marks.iter().copied());
        Block {
            place: 0,
            rows,
            marks: marks.collect(),
        }
    }

    fn with_totals(
        &self,
        (mut lines, mut findings): (Vec<CartLine>, Vec<Finding>),
        block: &Block,
        (ordered, way): (&[Ordered], &[Prices<'_>]),
    ) -> Cart {
        let mut rows = sums::of_whole(self.scene.words, &block.rows, &lines);
        if !self.shows_less(ordered, way) {
            sums::one_basis(self.scene.words, &mut rows, &lines);
        }
        for kind in [TotalKind::Subtotal, TotalKind::GrandTotal] {
            keep_each(kind, &mut rows);
        }
        findings.extend(self.contradicting(block, &lines));
        let used = way
            .iter()
            .flat_map(|prices| prices.unit.into_iter().chain(prices.total));
        let mut marks: Vec<_> = used.map(|amount| amount.printed.currency).collect();
        // Lines can carry a sign only and their total the code, or lines nothing at all.
        let of_block = merged(&block.marks);
        if merged(&marks).is_some_and(|own| own == CurrencyMark::None || is_told(own, of_block)) {
            marks.extend(&block.marks);
        }
        let (currency, finding) = currency::decide(
            &marks,
            Witnesses {
                page: self.scene.page,
                at: self.scene.at,
                definition: self.scene.known.first().copied(),
                words: self.scene.words,
            },
        );
        findings.extend(finding);
        currency::keep_own(&mut lines, &marks);
        let mut cart = Cart {
            currency,
            lines,
            findings,
            ..Cart::new(Reader::Generic)
        };
        reconcile(&mut cart, &rows);
        let is_doubtful = cart.findings.iter().any(is_doubtful) || lacks_end(&cart);
        if cart.verdict.is_proved() && is_doubtful {
            cart.verdict = Verdict::Unreconciled;
        }
        cart
    }

    /// Whether a line shows an amount that could be one of those taken without its tax: then they are not the net ones.
    fn shows_less(&self, ordered: &[Ordered], way: &[Prices<'_>]) -> bool {
        ordered.iter().zip(way).any(|((record, _), prices)| {
            let shown = self.scene.amounts_in(record.place, self.amounts);
            let mut taken = prices.unit.into_iter().chain(prices.total);
            taken.any(|taken| shown.iter().any(|amount| may_be_net_of(amount, taken)))
        })
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
        let words = Key::AlsoShown.with(vec![
            other.amount.into(),
            other.label.trim_end_matches(':').into(),
        ]);
        Some(Finding::of_cart(FindingCode::TotalMismatch, words))
    }

    fn lines(&self, ordered: &[Ordered], way: &[Prices<'_>]) -> (Vec<CartLine>, Vec<Finding>) {
        let mut lines: Vec<CartLine> = Vec::new();
        let mut findings = Vec::new();
        let mut is_sure = true;
        for ((_, read), prices) in ordered.iter().zip(way) {
            let Some(read) = read else {
                findings.push(Finding::of_cart(
                    FindingCode::FieldMissing,
                    Key::NoDescription,
                ));
                continue;
            };
            findings.extend(read.change.map(|change| {
                let words = match change {
                    Change::Cut => Key::DescriptionCut,
                    Change::Cleaned => Key::DescriptionCleaned,
                };
                Finding::of_line(FindingCode::TextCleaned, lines.len(), words)
            }));
            // The one text of each of several lines is what tells them apart.
            is_sure &= read.is_sure || (read.is_alone && ordered.len() > 1);
            lines.push(read.priced(self.scene, *prices));
        }
        findings.extend(unsure(&lines, is_sure));
        (lines, findings)
    }
}

/// What a definition may explain, and a reader that knows the labels of no shop may not: its totals could be others.
fn is_doubtful(finding: &Finding) -> bool {
    matches!(
        finding.code,
        FindingCode::TotalUnrecognised | FindingCode::ChargeNotAdded
    )
}

/// Whether nothing but a subtotal proves that something was taken off: it could be the total after it.
fn lacks_end(cart: &Cart) -> bool {
    let of = |kind: TotalKind| {
        let rows = cart.rows.iter().filter(move |row| row.kind == kind);
        rows.map(|row| row.amount)
    };
    let reduced: Decimal = of(TotalKind::Discount).sum();
    let before: Decimal = cart.lines.iter().filter_map(line_amount).sum();
    let shows = |sum: Decimal| of(TotalKind::Subtotal).any(|amount| amount == sum);
    let shows_both = shows(before) && shows(before + reduced);
    cart.totals.grand_total.is_none() && !reduced.is_zero() && !shows_both
}

/// The one mark of several; `None` where they contradict each other.
fn merged(marks: &[CurrencyMark]) -> Option<CurrencyMark> {
    let mut marks = marks.iter();
    marks.try_fold(CurrencyMark::None, |merged, mark| merged.and(*mark))
}

/// Whether the code of the totals tells which of its currencies the sign of the lines is for.
fn is_told(sign: CurrencyMark, of_block: Option<CurrencyMark>) -> bool {
    let is_sign = matches!(sign, CurrencyMark::Symbol(_));
    let code = of_block.filter(|mark| matches!(mark, CurrencyMark::Code(_)));
    is_sign && code.is_some_and(|code| sign.and(code).is_some())
}

/// That what the lines are of is not told: nothing marks it as a name, or it is the same everywhere.
fn unsure(lines: &[CartLine], is_sure: bool) -> Option<Finding> {
    let mut texts = lines.iter().map(|line| (&line.description, &line.url));
    let first = texts.next()?;
    let is_same = lines.len() > 1 && texts.all(|other| other == first);
    let words = if !is_sure {
        Key::DescriptionUnsure
    } else if is_same {
        Key::DescriptionsAlike
    } else {
        return None;
    };
    Some(Finding::of_cart(FindingCode::FieldAmbiguous, words))
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
        let words = Key::TwoCarts;
        first
            .findings
            .push(Finding::of_cart(FindingCode::ReadersDisagree, words));
        first.verdict = Verdict::Unreconciled;
    }
    Some(first)
}

/// Whether an amount could be another without its tax.
fn may_be_net_of(amount: &Amount, other: &Amount) -> bool {
    let gross = amount.value().checked_mul(MOST_TAX);
    amount.value() < other.value() && gross.is_some_and(|gross| gross >= other.value())
}

/// A cart whose numbers can be read in two ways, of which neither or both add up.
pub(super) fn ambiguous(mut cart: Cart) -> Cart {
    let words = Key::PointOrComma;
    cart.findings
        .push(Finding::of_cart(FindingCode::NumberUnreadable, words));
    cart.verdict = Verdict::Unreconciled;
    cart
}
