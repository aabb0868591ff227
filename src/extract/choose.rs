//! The best of several readers' carts.

use crate::cart::{Cart, CartLine, Finding, FindingCode, Verdict};

/// The best proved cart, the earlier reader before the later; `None` where no reader applied.
pub(super) fn best(carts: Vec<Cart>) -> Option<Cart> {
    let best = carts.iter().min_by_key(|cart| cart.verdict)?;
    let proved = |cart: &&Cart| matches!(cart.verdict, Verdict::Reconciled | Verdict::Explained);
    let disagrees = carts
        .iter()
        .filter(proved)
        .find(|other| !same(best, other))
        .cloned();
    let mut best = best.clone();
    if let Some(other) = disagrees {
        let message = format!(
            "{} read {} lines and {} read {} lines, both add up, and they differ",
            String::from(best.reader.clone()),
            best.lines.len(),
            String::from(other.reader),
            other.lines.len(),
        );
        best.findings
            .push(Finding::of_cart(FindingCode::ReadersDisagree, message));
        best.verdict = Verdict::Unreconciled;
    }
    Some(best)
}

/// Whether two carts order the same things at the same prices.
pub(super) fn same(one: &Cart, two: &Cart) -> bool {
    let alike = |(one, two): (&CartLine, &CartLine)| {
        let numbers_agree = match (&one.unit_price, &two.unit_price) {
            (Some(one), Some(two)) => one.amount == two.amount && one.basis == two.basis,
            _ => true,
        };
        let totals_agree = one
            .line_total
            .zip(two.line_total)
            .is_none_or(|(one, two)| one == two);
        one.quantity == two.quantity && numbers_agree && totals_agree
    };
    one.lines.len() == two.lines.len() && one.lines.iter().zip(&two.lines).all(alike)
}
