//! What holds of every cart: a consistent one is proved, and no single wrong number leaves it proved.

mod orders;

use proptest::prelude::*;

use orders::{Order, Subtotal, Tax, cents, orders};

use super::*;
use crate::cart::{CartLine, Reader, TotalKind, Verdict};
use crate::money::{Decimal, Price};

fn checked((mut cart, rows): (Cart, Vec<TotalRow>)) -> Cart {
    reconcile(&mut cart, &rows);
    cart
}

fn is_proved(cart: &Cart) -> bool {
    matches!(cart.verdict, Verdict::Reconciled | Verdict::Explained)
}

/// Whether the amount is one that the page itself shows as a charge, a discount or a tax, or a sum of a few of them: a
/// difference of that, or of that and the tax on charges, is what a page looks like that treats it in another way.
fn is_named(amount: i64, rows: &[TotalRow], bound: i64) -> bool {
    let named: Vec<Decimal> = rows
        .iter()
        .filter(|row| !matches!(row.kind, TotalKind::Subtotal | TotalKind::GrandTotal))
        .map(|row| row.amount)
        .collect();
    let charges = rows.iter().filter(|row| {
        matches!(
            row.kind,
            TotalKind::Shipping | TotalKind::Fee | TotalKind::Discount
        )
    });
    let tax_on_charges: Decimal = charges
        .map(|row| row.amount.abs() * Decimal::new(27, 2))
        .sum();
    let is_taxed = rows.iter().any(|row| row.kind.is_tax());
    let bound = cents(bound)
        + if is_taxed {
            tax_on_charges
        } else {
            Decimal::ZERO
        };
    let near = |sum: Decimal| (sum.abs() - cents(amount.abs())).abs() <= bound;
    (0_usize..1 << named.len()).any(|chosen| {
        let parts = named
            .iter()
            .enumerate()
            .filter(|(place, _)| chosen & (1 << place) != 0);
        near(parts.map(|(_, amount)| *amount).sum())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2500, max_global_rejects: 25_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_consistent_cart_is_reconciled_or_explained(order in orders()) {
        let cart = checked(order.cart());
        prop_assert!(is_proved(&cart), "{:#?}", cart.findings);
    }

    #[test]
    fn a_consistent_cart_without_specialties_is_reconciled(order in orders()) {
        let order = Order { subtotal: Subtotal::Before, has_grand_total: true, coin: None, ..order };
        let one_rate = order.lines.iter().all(|line| !line.3);
        prop_assume!(order.tax != Tax::Contained || one_rate);
        prop_assume!(order.tax != Tax::GrossLines);
        let cart = checked(order.cart());
        prop_assert_eq!(cart.verdict, Verdict::Reconciled, "{:#?}", cart.findings);
        let basis = match order.tax {
            Tax::None => TaxBasis::Unknown,
            Tax::Added => TaxBasis::Net,
            Tax::Contained | Tax::GrossLines => TaxBasis::Gross,
        };
        prop_assert_eq!(cart.lines[0].unit_price.as_ref().unwrap().tax, basis);
    }

    #[test]
    fn a_wrong_amount_of_the_totals_is_never_reconciled(order in orders(), which in any::<prop::sample::Index>(), off in 1_i64..6000, less in any::<bool>()) {
        let (cart, mut rows) = order.cart();
        let off = if less { -off } else { off };
        let place = which.index(rows.len());
        let bound = order.bound(&rows);
        prop_assume!(!is_named(off, &rows, bound));
        rows[place].amount += cents(off);
        let shown = rows[place].clone();
        prop_assume!(!is_named(off, &rows, bound));
        let cart = checked((cart, rows));
        prop_assert_ne!(cart.verdict, Verdict::Reconciled, "{:?} off by {}", shown, off);
        // Without a grand total nothing is there that could contradict a charge: it is said to be unproved.
        if order.has_grand_total {
            prop_assert_eq!(cart.verdict, Verdict::Unreconciled, "{:?} off by {}: {:#?}", shown, off, cart.findings);
        }
    }

    #[test]
    fn a_wrong_quantity_is_never_proved(order in orders(), which in any::<prop::sample::Index>(), quantity in 1_i64..300) {
        let (mut cart, rows) = order.cart();
        let place = which.index(cart.lines.len());
        let (right, price, ..) = order.lines[place];
        let off = (quantity - right) * price;
        let rounding = if order.has_line_totals { quantity.max(right) } else { order.bound(&rows) };
        prop_assume!(off.abs() > rounding + order.bound(&rows) && !is_named(off, &rows, order.bound(&rows)));
        let discount = cart.lines[place].discount.unwrap_or_default().abs();
        prop_assume!((cents(off.abs()) - discount).abs() > cents(2 * rounding) && (cents(off.abs()) - discount * Decimal::from(quantity)).abs() > cents(2 * rounding));
        prop_assume!((cents(off.abs()) - discount * Decimal::from(quantity - 1)).abs() > cents(2 * rounding));
        cart.lines[place].quantity = Decimal::from(quantity);
        let cart = checked((cart, rows));
        prop_assert_eq!(cart.verdict, Verdict::Unreconciled, "{} for {} at {}: {:#?}", quantity, right, price, cart.findings);
    }

    #[test]
    fn a_wrong_unit_price_or_line_total_is_never_proved(order in orders(), which in any::<prop::sample::Index>(), off in 1_i64..5000, is_price in any::<bool>()) {
        let (mut cart, rows) = order.cart();
        let place = which.index(cart.lines.len());
        let (quantity, ..) = order.lines[place];
        let change = if is_price || !order.has_line_totals { off * quantity } else { off };
        let hidden = quantity + order.bound(&rows);
        prop_assume!(change > hidden && !is_named(change, &rows, order.bound(&rows)));
        let line = &mut cart.lines[place];
        let discount = line.discount.unwrap_or_default().abs();
        let discounts = [discount, discount * Decimal::from(quantity), discount * Decimal::from(quantity - 1)];
        prop_assume!(discounts.iter().all(|discount| (cents(change) - discount).abs() > cents(2 * hidden)));
        if is_price || !order.has_line_totals {
            line.unit_price.as_mut().unwrap().amount += cents(off);
        } else {
            line.line_total = line.line_total.map(|total| total + cents(off));
        }
        let cart = checked((cart, rows));
        prop_assert_eq!(cart.verdict, Verdict::Unreconciled, "{:#?}", cart.findings);
    }

    #[test]
    fn a_lost_or_doubled_line_is_never_proved(order in orders(), which in any::<prop::sample::Index>(), doubled in any::<bool>()) {
        let (mut cart, rows) = order.cart();
        prop_assume!(cart.lines.len() > 1);
        let place = which.index(cart.lines.len());
        let off = order.line_total(order.lines[place]);
        prop_assume!(off > order.bound(&rows) && !is_named(off, &rows, order.bound(&rows)));
        if doubled {
            let line = cart.lines[place].clone();
            cart.lines.push(line);
        } else {
            cart.lines.remove(place);
        }
        let cart = checked((cart, rows));
        prop_assert_eq!(cart.verdict, Verdict::Unreconciled, "{:#?}", cart.findings);
    }

    #[test]
    fn a_lost_row_of_charges_or_taxes_is_never_reconciled(order in orders(), which in any::<prop::sample::Index>()) {
        let order = Order { has_grand_total: true, ..order };
        let (cart, mut rows) = order.cart();
        let bound = cents(order.bound(&rows));
        let is_charge = |row: &TotalRow| !matches!(row.kind, TotalKind::Subtotal | TotalKind::GrandTotal | TotalKind::IncludedTax);
        let places: Vec<usize> = (0..rows.len()).filter(|place| is_charge(&rows[*place]) && rows[*place].amount.abs() > bound).collect();
        prop_assume!(!places.is_empty());
        let lost = rows.remove(places[which.index(places.len())]);
        let off = i64::try_from((lost.amount * Decimal::ONE_HUNDRED).mantissa() / 10_i128.pow(2)).unwrap_or(0);
        prop_assume!(!is_named(off, &rows, order.bound(&rows)));
        let cart = checked((cart, rows));
        prop_assert_ne!(cart.verdict, Verdict::Reconciled, "without {:?}: {:#?}", lost, cart.findings);
    }

    #[test]
    fn amounts_are_never_changed(order in orders(), off in -500_i64..500) {
        let (mut cart, rows) = order.cart();
        cart.lines[0].line_total = cart.lines[0].line_total.map(|total| total + cents(off));
        let before = cart.lines.clone();
        let after = checked((cart, rows));
        for (one, two) in before.iter().zip(&after.lines) {
            prop_assert_eq!(one.quantity, two.quantity);
            prop_assert_eq!(one.line_total, two.line_total);
            prop_assert_eq!(one.unit_price.as_ref().map(|p| p.amount), two.unit_price.as_ref().map(|p| p.amount));
        }
    }

    #[test]
    fn nothing_overflows_whatever_the_page_claims(numbers in prop::collection::vec(extreme(), 12), kinds in prop::collection::vec(kind(), 6), swiss in any::<bool>()) {
        let line = |place: usize| CartLine {
            unit_price: Some(Price { amount: numbers[place], basis: numbers[place + 1], tax: TaxBasis::Unknown }),
            line_total: (place % 2 == 0).then_some(numbers[place + 2]),
            discount: Some(numbers[place + 3]),
            ..CartLine::new("A thing".to_owned(), numbers[place + 1])
        };
        let rows: Vec<TotalRow> = kinds
            .iter()
            .zip(&numbers)
            .map(|(kind, amount)| TotalRow::new(*kind, format!("{amount} %"), *amount))
            .collect();
        let mut cart = Cart::new(Reader::Generic);
        cart.currency = swiss.then(|| "CHF".parse().unwrap());
        cart.lines = (0..8).map(line).collect();
        let cart = checked((cart, rows));
        prop_assert_ne!(cart.verdict, Verdict::NotACart);
    }
}

/// Numbers at the limits of what a decimal, and a cart, can hold.
fn extreme() -> impl Strategy<Value = Decimal> {
    let any = (any::<i128>(), 0_u32..=28).prop_map(|(mantissa, scale)| {
        let mantissa = mantissa >> 32;
        Decimal::try_from_i128_with_scale(mantissa, scale).unwrap_or(Decimal::MAX)
    });
    prop_oneof![
        any,
        Just(Decimal::MAX),
        Just(Decimal::MIN),
        Just(Decimal::ZERO),
        Just(Decimal::new(1, 28)),
        Just(Decimal::new(999_999_999_999, 0)),
        Just(Decimal::new(-999_999_999_999_999, 9)),
        Just(Decimal::new(9_999_999, 0)),
        Just(Decimal::new(1, 9)),
    ]
}

fn kind() -> impl Strategy<Value = TotalKind> {
    prop::sample::select(vec![
        TotalKind::Subtotal,
        TotalKind::Discount,
        TotalKind::Shipping,
        TotalKind::Tax,
        TotalKind::IncludedTax,
        TotalKind::Fee,
        TotalKind::Levy,
        TotalKind::GrandTotal,
        TotalKind::Rounding,
        TotalKind::Unrecognised,
    ])
}
