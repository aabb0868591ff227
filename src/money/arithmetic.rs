//! Exact arithmetic, each operation compiled once: `rust_decimal` has its own inlined wherever one stands, which is a
//! kilobyte of wasm each time. `None` where the range of exact decimals is left, as in its `checked_*`.

use rust_decimal::Decimal;

/// `one` + `two`.
#[inline(never)]
#[must_use]
pub fn add(one: Decimal, two: Decimal) -> Option<Decimal> {
    one.checked_add(two)
}

/// `one` − `two`.
#[must_use]
pub fn subtract(one: Decimal, two: Decimal) -> Option<Decimal> {
    add(one, -two)
}

/// `one` × `two`.
#[inline(never)]
#[must_use]
pub fn multiply(one: Decimal, two: Decimal) -> Option<Decimal> {
    one.checked_mul(two)
}

/// `one` ÷ `two`; also `None` where `two` is zero.
#[inline(never)]
#[must_use]
pub fn divide(one: Decimal, two: Decimal) -> Option<Decimal> {
    one.checked_div(two)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimals() -> impl Strategy<Value = Decimal> {
        let parts = (any::<i64>(), 0_u32..=28);
        let usual = parts.prop_map(|(digits, scale)| Decimal::new(digits, scale));
        prop_oneof![
            usual,
            Just(Decimal::ZERO),
            Just(Decimal::MAX),
            Just(Decimal::MIN)
        ]
    }

    proptest! {
        #[test]
        fn every_operation_is_that_of_the_decimals(one in decimals(), two in decimals()) {
            prop_assert_eq!(add(one, two), one.checked_add(two));
            prop_assert_eq!(subtract(one, two), one.checked_sub(two));
            prop_assert_eq!(multiply(one, two), one.checked_mul(two));
            prop_assert_eq!(divide(one, two), one.checked_div(two));
        }
    }
}
