//! One cart that two readers read in the two bases that its page shows: net the one, gross the other.

use crate::cart::{Cart, CartLine, TotalKind, line_amount};
use crate::money::{Decimal, TaxBasis};

/// Whether the one cart is the other without tax, both proved: the same quantities, no line dearer without tax, no more
/// between the sums than the tax that the page adds, and one amount to pay.
pub(super) fn is_one_cart(one: &Cart, two: &Cart) -> bool {
    is_without_tax(one, two) || is_without_tax(two, one)
}

/// Whether the first is the second without tax.
pub(in crate::extract) fn is_without_tax(net: &Cart, gross: &Cart) -> bool {
    let Some((paid, tax)) = net.totals.grand_total.zip(net.totals.tax) else {
        return false;
    };
    let is_net = net.lines.iter().all(|line| basis(line) == TaxBasis::Net);
    let pays_the_same = gross
        .rows
        .iter()
        .any(|row| row.kind == TotalKind::GrandTotal && row.amount == paid);
    let lines = net.lines.iter().zip(&gross.lines);
    let contained: Option<Vec<Decimal>> = lines.map(|(net, gross)| tax_of(net, gross)).collect();
    is_net
        && pays_the_same
        && net.lines.len() == gross.lines.len()
        && contained.is_some_and(|taxes| taxes.into_iter().sum::<Decimal>() <= tax)
}

/// The tax that a line contains in the one basis and not in the other; `None` where they are not one line.
fn tax_of(net: &CartLine, gross: &CartLine) -> Option<Decimal> {
    let most = Decimal::MAX_SCALE;
    let tax = line_amount(gross, most)?.checked_sub(line_amount(net, most)?)?;
    let is_line =
        net.quantity == gross.quantity && basis(gross) != TaxBasis::Net && tax >= Decimal::ZERO;
    is_line.then_some(tax)
}

fn basis(line: &CartLine) -> TaxBasis {
    let price = line.unit_price.as_ref();
    price.map_or(TaxBasis::Unknown, |price| price.tax)
}
