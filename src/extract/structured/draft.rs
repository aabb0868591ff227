//! A cart as data say it, before it is held against the page.

use crate::cart::{
    Cart, CartLine, Finding, FindingCode, Key, Message, Reader, TotalKind, TotalRow, reconcile,
};
use crate::json::Value;
use crate::money::{Currency, Decimal};

use super::super::generic::Shown;
use super::amount::{Units, amount_at, decimals};

/// What a reader of data found.
#[derive(Debug)]
pub(super) struct Draft {
    kind: &'static str,
    pub(super) currency: Option<Currency>,
    pub(super) lines: Vec<CartLine>,
    pub(super) rows: Vec<TotalRow>,
    pub(super) findings: Vec<Finding>,
    /// The same with other amounts, where the data hold them twice and the page decides.
    pub(super) otherwise: Option<Box<Draft>>,
}

impl Draft {
    pub(super) fn new(kind: &'static str) -> Self {
        Self {
            kind,
            currency: None,
            lines: Vec::new(),
            rows: Vec::new(),
            findings: Vec::new(),
            otherwise: None,
        }
    }

    pub(super) fn reader(&self) -> Reader {
        Reader::Structured(self.kind.to_owned())
    }

    /// Whether there is a line, or a reason why there is none.
    pub(super) fn says_something(&self) -> bool {
        !self.lines.is_empty() || !self.findings.is_empty()
    }

    /// Takes the currency from the first of these pointers that holds a code.
    pub(super) fn currency_from(&mut self, value: &Value, pointers: &[&str]) {
        let codes = pointers.iter().filter_map(|pointer| value.pointer(pointer));
        let mut codes = codes.filter_map(|code| match code {
            Value::Text(code) => code.parse().ok(),
            _ => None,
        });
        self.currency = codes.next();
    }

    /// Adds the total at the first of these pointers that holds one. Reductions become negative; where nothing is to be
    /// paid beside the lines, there is no row.
    pub(super) fn total(
        &mut self,
        (kind, label): (TotalKind, &str),
        value: &Value,
        pointers: &[&str],
        units: Units,
    ) {
        for pointer in pointers {
            match amount_at(value, pointer, units, self.currency) {
                Ok(None) => {}
                Ok(Some(amount)) => return self.row(kind, label, amount),
                Err(reason) => {
                    let words = Key::TotalIs.with(vec![label.into(), reason.into()]);
                    let finding = Finding::of_cart(FindingCode::NumberUnreadable, words);
                    return self.findings.push(finding);
                }
            }
        }
    }

    pub(super) fn row(&mut self, kind: TotalKind, label: &str, amount: Decimal) {
        let is_sum = matches!(kind, TotalKind::Subtotal | TotalKind::GrandTotal);
        if is_sum || !amount.is_zero() {
            let is_reduction = kind == TotalKind::Discount;
            let amount = if is_reduction { -amount.abs() } else { amount };
            self.rows
                .push(TotalRow::new(kind, label.to_owned(), amount));
        }
    }

    /// An entry was not read: that is about the cart, since the cart has no such line.
    pub(super) fn refuse(&mut self, words: impl Into<Message>) {
        self.findings
            .push(Finding::of_cart(FindingCode::FieldMissing, words));
    }

    /// The price of the line that comes next was not read.
    pub(super) fn unreadable_price(&mut self, reason: Message) {
        let words = Key::UnitPriceIs.with(vec![reason.into()]);
        self.findings.push(Finding::of_line(
            FindingCode::NumberUnreadable,
            self.lines.len(),
            words,
        ));
    }

    /// Makes the currency that all lines have the one of the cart. Where they have several, each keeps its own.
    pub(super) fn settle_currency(&mut self) {
        let mut said = self.lines.iter().filter(|line| line.unit_price.is_some());
        let Some(first) = said.next().map(|line| line.currency) else {
            return;
        };
        if said.all(|line| line.currency == first) {
            self.lines.iter_mut().for_each(|line| line.currency = None);
            self.currency = first;
            return;
        }
        let words = Key::DataCurrencies.with(vec![self.kind.into()]);
        self.findings
            .push(Finding::of_cart(FindingCode::CurrencyMixed, words));
    }

    /// Checks the cart against its own totals and against what the page shows; where the data hold no total, against
    /// the page's.
    pub(super) fn finish(mut self, shown: &[Shown]) -> Cart {
        if let Some(other) = self.otherwise.take()
            && self.unshown(shown).is_some()
            && other.unshown(shown).is_none()
        {
            return other.finish(shown);
        }
        if self.rows.is_empty()
            && let [shown] = shown
        {
            self.rows.clone_from(&shown.rows);
        }
        if !self.lines.is_empty() && !self.rows.is_empty() {
            let finding = self.unshown(shown);
            self.findings.extend(finding);
        }
        if self.currency.is_none() && !self.lines.is_empty() {
            let words = Key::DataNoCurrency.with(vec![self.kind.into()]);
            self.findings
                .push(Finding::of_cart(FindingCode::CurrencyUnknown, words));
        }
        let mut cart = Cart {
            currency: self.currency,
            lines: self.lines,
            findings: self.findings,
            ..Cart::new(Reader::Structured(self.kind.to_owned()))
        };
        reconcile(&mut cart, &self.rows);
        cart
    }

    /// Each line's total, else quantity × unit price as a page would show it.
    pub(super) fn amounts(&self) -> impl Iterator<Item = Option<Decimal>> {
        let decimals = decimals(self.currency);
        self.lines.iter().map(move |line| {
            let product = || line.unit_price.as_ref()?.times(line.quantity);
            line.line_total
                .or_else(|| Some(product()?.round_dp(decimals)))
        })
    }

    /// What the page does not show of the data, or the data do not hold of the page, so that they prove nothing.
    fn unshown(&self, shown: &[Shown]) -> Option<Finding> {
        let mut ways = shown.iter().map(|shown| self.differs(shown));
        let what = ways.next()??;
        if ways.any(|what| what.is_none()) {
            return None;
        }
        let words = Key::MayBeOlder.with(vec![what.into(), self.kind.into()]);
        Some(Finding::of_cart(FindingCode::NothingToCheckAgainst, words))
    }

    fn differs(&self, shown: &Shown) -> Option<Message> {
        let is_sum = |kind| matches!(kind, TotalKind::Subtotal | TotalKind::GrandTotal);
        let mut totals = self.rows.iter().filter(|row| is_sum(row.kind));
        let is_held = |sum: &Decimal| {
            let in_rows = self.rows.iter().any(|row| row.amount == *sum);
            in_rows || self.amounts().any(|amount| amount == Some(*sum))
        };
        let lines = self.lines.iter().zip(self.amounts());
        let unshown = lines.into_iter().position(|(line, amount)| {
            let price = line.unit_price.as_ref().map(|price| price.amount);
            let is_free = amount.is_some_and(|amount| amount.is_zero());
            let mut either = [amount, price].into_iter().flatten();
            !is_free && !either.any(|amount| shown.holds(amount))
        });
        if let Some(place) = unshown {
            let number = place.saturating_add(1);
            return Some(Key::AmountNotShown.with(vec![number.into()]));
        }
        if let Some(sum) = shown.sums.iter().find(|sum| !is_held(sum)) {
            return Some(Key::TotalNotHeld.with(vec![(*sum).into()]));
        }
        let is_shown = totals.any(|row| shown.sums.contains(&row.amount));
        (!is_shown).then(|| Key::NoTotalShown.into())
    }
}
