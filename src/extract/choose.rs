//! The best of several readers' carts, and what the others add to it.

pub(super) mod both_bases;
mod joined;

use serde::Serialize;

use crate::cart::{Cart, CartLine, Finding, FindingCode, Key, Reader, Verdict};
use crate::supplier::fold;
use joined::joined;

/// How far a reader is trusted where its cart is proved no better than another's, the most trusted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// A definition of the supplier that somebody has seen to work.
    Supplier,
    /// A definition of the shop's software that somebody has seen to work.
    Platform,
    /// Data that the page holds for programs.
    Structured,
    /// A definition that rests on no page: it helps, and overrides nothing that the page proves.
    Unseen,
    /// The reader that knows no shop.
    Generic,
}

/// A reader's cart, reconciled with its own totals; the cart says which reader it is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// How far the reader is trusted.
    pub trust: Trust,
    /// What it read.
    pub cart: Cart,
}

/// The best cart; `None` where no reader applied.
///
/// A cart that its page proves comes before one that it does not, and a trusted reader before a less trusted one. Two
/// proved carts that order different things prove nothing. Where none is proved, the lines of one may be by the totals of
/// another. What the best one lacks is taken from others that read the same lines.
pub(super) fn best(candidates: &[Candidate]) -> Option<Cart> {
    let is_any_proved = candidates.iter().any(|one| one.cart.verdict.is_proved());
    let joined = (!is_any_proved).then(|| joined(candidates)).flatten();
    match joined {
        Some(joined) => best_of(&[&[joined], candidates].concat()),
        None => best_of(candidates),
    }
}

fn best_of(candidates: &[Candidate]) -> Option<Cart> {
    let place = candidates
        .iter()
        .enumerate()
        .min_by_key(|(_, candidate)| order(candidate, candidates))
        .map(|(place, _)| place)?;
    let best = candidates.get(place)?;
    let mut cart = best.cart.clone();
    let others = candidates.iter().enumerate();
    let others = others.filter(|(other, _)| *other != place);
    for (_, other) in others {
        if same(&cart, &other.cart) {
            complete(&mut cart, &other.cart);
            let missed: Vec<Finding> = unread(&other.cart).collect();
            if cart.verdict.is_proved() && !missed.is_empty() {
                cart.findings.extend(missed);
                cart.verdict = Verdict::Unreconciled;
            }
        } else if cart.verdict.is_proved()
            && other.cart.verdict.is_proved()
            && !both_bases::is_one_cart(&cart, &other.cart)
        {
            disagree(&mut cart, &other.cart);
        }
    }
    if cart.currency.is_none() && cart.verdict.is_proved() {
        // Sums that are right in a currency that nobody knows are not the cart's.
        cart.verdict = Verdict::Unreconciled;
    }
    Some(cart)
}

/// What decides: proved or not, then trust, then how well it is proved.
///
/// An empty cart that a definition knows by its mark comes before lines that nothing proves.
fn order(candidate: &Candidate, all: &[Candidate]) -> (u8, Trust, Verdict) {
    let cart = &candidate.cart;
    let has_currency = all
        .iter()
        .any(|other| other.cart.currency.is_some() && same(&other.cart, cart));
    let is_less = all.iter().any(|other| saw_more(other, cart));
    let is_known_empty = candidate.trust <= Trust::Platform
        && cart
            .findings
            .iter()
            .any(|finding| finding.code == FindingCode::CartEmpty);
    let class = match cart.verdict {
        Verdict::Reconciled | Verdict::Explained if has_currency && !is_less => 0,
        Verdict::NotACart if is_known_empty => 1,
        Verdict::Reconciled | Verdict::Explained | Verdict::Unreconciled => 2,
        Verdict::NotACart => 3,
    };
    (class, candidate.trust, cart.verdict)
}

/// Whether a definition saw more lines, read or not, than the reader that knows no shop made sums of: a gift that costs
/// nothing, or lines of which the one that was read is the sum.
fn saw_more(other: &Candidate, cart: &Cart) -> bool {
    let knows = matches!(other.cart.reader, Reader::Supplier(_) | Reader::Platform(_));
    let seen = other
        .cart
        .lines
        .len()
        .saturating_add(unread(&other.cart).count());
    cart.reader == Reader::Generic && knows && seen > cart.lines.len()
}

fn disagree(cart: &mut Cart, other: &Cart) {
    let message = Key::ReadersDiffer.with(vec![
        String::from(cart.reader.clone()).into(),
        cart.lines.len().into(),
        String::from(other.reader.clone()).into(),
        other.lines.len().into(),
    ]);
    cart.findings
        .push(Finding::of_cart(FindingCode::ReadersDisagree, message));
    cart.verdict = Verdict::Unreconciled;
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

/// Takes what a cart lacks from another that read the same lines.
fn complete(cart: &mut Cart, other: &Cart) {
    for (line, more) in cart.lines.iter_mut().zip(&other.lines) {
        if is_same_product(line, more) {
            fill(line, more);
        }
    }
    if cart.currency.is_none()
        && let Some(currency) = other.currency
    {
        cart.currency = Some(currency);
        cart.findings
            .retain(|finding| finding.code != FindingCode::CurrencyUnknown);
        let reader = String::from(other.reader.clone());
        cart.findings.push(Finding::of_cart(
            FindingCode::CurrencyFromContext,
            Key::CurrencyFromReader.with(vec![currency.into(), reader.into()]),
        ));
    }
}

/// What another reader saw of the cart and could not read, though it read the same lines.
fn unread(other: &Cart) -> impl Iterator<Item = Finding> {
    other
        .findings
        .iter()
        .filter(|finding| finding.code == FindingCode::FieldMissing && finding.line.is_none())
        .cloned()
}

/// Whether two readers mean the same product: one's words are among the other's.
fn is_same_product(one: &CartLine, two: &CartLine) -> bool {
    let (one, two) = (fold(&one.description), fold(&two.description));
    one.contains(&two) || two.contains(&one)
}

fn fill(line: &mut CartLine, more: &CartLine) {
    use crate::cart::LineField;
    let mut filled = Vec::new();
    let mut text = |own: &mut Option<String>, other: &Option<String>, field: LineField| {
        if own.is_none() && other.is_some() {
            own.clone_from(other);
            filled.push(field);
        }
    };
    text(
        &mut line.supplier_part_id,
        &more.supplier_part_id,
        LineField::SupplierPartId,
    );
    text(
        &mut line.manufacturer,
        &more.manufacturer,
        LineField::Manufacturer,
    );
    text(
        &mut line.manufacturer_part_id,
        &more.manufacturer_part_id,
        LineField::ManufacturerPartId,
    );
    text(&mut line.gtin, &more.gtin, LineField::Gtin);
    text(
        &mut line.unit_of_measure,
        &more.unit_of_measure,
        LineField::UnitOfMeasure,
    );
    text(&mut line.url, &more.url, LineField::Url);
    text(&mut line.seller, &more.seller, LineField::Seller);
    text(&mut line.delivery, &more.delivery, LineField::Delivery);
    if line.unit_price.is_none() && more.unit_price.is_some() {
        line.unit_price.clone_from(&more.unit_price);
        filled.push(LineField::UnitPrice);
    }
    if line.line_total.is_none() && more.line_total.is_some() {
        line.line_total = more.line_total;
        filled.push(LineField::LineTotal);
    }
    for field in filled {
        if let Some(source) = more.provenance.get(&field) {
            line.provenance.insert(field, source.clone());
        }
    }
}
