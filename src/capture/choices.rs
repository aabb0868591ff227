//! What holds for a review: what the buyer chose, else what the shop's set-up in Business Central says, else what was
//! chosen before. Never what merely looks alike.

use super::step::Turn;
use super::world::Review;
use crate::business_central::{Mapping, SupplierSetup, TaxTreatment, Vendor, Worksheet};
use crate::cart::{Cart, CartLine};
use crate::letters::lower;
use crate::money::{Currency, TaxBasis};
use crate::sorted::SortedMap;

/// Fewer letters than this make no name alike.
const FEWEST_LETTERS: usize = 4;

/// What holds for all lines of a review.
#[derive(Clone, Debug)]
pub(super) struct Choices {
    /// `No.` of the vendor.
    pub(super) vendor: Option<String>,
    /// Vendors of sellers that are not the shop's, by the sellers' names.
    pub(super) sellers: SortedMap<String, String>,
    /// What lines without an item of their own become.
    pub(super) unmatched: Option<Mapping>,
    /// How prices stand to tax.
    pub(super) tax: Option<TaxTreatment>,
    /// The currency of amounts whose line has none of its own.
    pub(super) currency: Option<Currency>,
    /// The worksheet.
    pub(super) worksheet: Option<Worksheet>,
}

impl Choices {
    /// The currency of a line's amounts.
    pub(super) fn currency_of(&self, line: &CartLine) -> Option<Currency> {
        line.currency.or(self.currency)
    }
}

impl Turn<'_> {
    pub(super) fn choices(&self, review: &Review) -> Choices {
        let preferences = &self.world.journal.preferences;
        let books = &self.world.desk.books;
        let setup = books.setup(&review.host);
        let remembered = preferences.vendors.get(&review.host).cloned();
        let set_up = setup.as_ref().and_then(|s| stated(&s.vendor_number));
        let known = |number: &String| {
            !books.vendors.is_loaded()
                || books
                    .vendors
                    .entries()
                    .iter()
                    .any(|v| v.number == *number && v.may_be_ordered_from())
        };
        let vendor = review
            .vendor
            .clone()
            .or(set_up.clone())
            .or(remembered)
            .filter(&known);
        let of_set_up_vendor = setup
            .as_ref()
            .filter(|_| set_up.is_some() && set_up == vendor);
        let unmatched = review
            .unmatched
            .clone()
            .or_else(|| of_set_up_vendor.and_then(catch_all));
        let unmatched = unmatched.or_else(|| preferences.unmatched.get(vendor.as_ref()?).cloned());
        let worksheet = preferences.worksheet.clone().filter(|chosen| {
            books
                .worksheets
                .entries()
                .iter()
                .any(|worksheet| same(worksheet, chosen))
        });
        Choices {
            unmatched,
            tax: review
                .tax
                .clone()
                .or_else(|| tax_of(&review.cart, setup.as_ref())),
            currency: review.cart.currency.or(review.currency),
            worksheet,
            sellers: self.seller_vendors(review, known),
            vendor,
        }
    }

    /// The one vendor whose name looks like the shop's, to be offered where no vendor is known. Offered, never taken.
    pub(super) fn vendor_alike(&self, review: &Review, choices: &Choices) -> Option<&Vendor> {
        let vendors = &self.world.desk.books.vendors;
        if choices.vendor.is_some() || !vendors.is_loaded() {
            return None;
        }
        let mut alike = vendors
            .entries()
            .iter()
            .filter(|vendor| vendor.may_be_ordered_from() && looks_like(&review.host, vendor));
        alike.next().filter(|_| alike.next().is_none())
    }
}

/// Whether a vendor's name looks like a shop's host.
pub(super) fn looks_like(host: &str, vendor: &Vendor) -> bool {
    let shop = name_of_host(host).map(letters);
    shop.is_some_and(|shop| are_alike(&shop, &vendor.display_name))
}

fn stated(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn catch_all(setup: &SupplierSetup) -> Option<Mapping> {
    let item = stated(&setup.catch_all_item_number).map(|number| Mapping::CatchAll { number });
    item.or_else(|| stated(&setup.gl_account_number).map(|number| Mapping::GlAccount { number }))
}

fn same(one: &Worksheet, other: &Worksheet) -> bool {
    one.worksheet_template_name == other.worksheet_template_name && one.name == other.name
}

/// The part of a host that names the shop: the longest label but the last.
fn name_of_host(host: &str) -> Option<&str> {
    let (labels, _) = host.rsplit_once('.')?;
    labels.split('.').max_by_key(|label| label.len())
}

fn letters(text: &str) -> String {
    let text = lower(text);
    text.chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

/// Whether a vendor's name begins as the shop's does, or the other way round.
fn are_alike(shop: &str, vendor: &str) -> bool {
    let vendor = letters(vendor);
    let long_enough = shop.len() >= FEWEST_LETTERS && vendor.len() >= FEWEST_LETTERS;
    long_enough && (vendor.starts_with(shop) || shop.starts_with(&vendor))
}

/// How the page's prices stand to tax, if all stand alike; `None` where it shows no price.
pub(super) fn proved_basis(cart: &Cart) -> Option<TaxBasis> {
    let mut bases = cart
        .lines
        .iter()
        .filter_map(|line| Some(line.unit_price.as_ref()?.tax));
    let first = bases.next()?;
    Some(if bases.all(|basis| basis == first) {
        first
    } else {
        TaxBasis::Unknown
    })
}

/// What the page proves comes first, then the shop's set-up. A page that proves tax in its prices needs a rate from the
/// set-up or from the buyer.
fn tax_of(cart: &Cart, setup: Option<&SupplierSetup>) -> Option<TaxTreatment> {
    let proved = proved_basis(cart)?;
    let gross = || {
        let percent = setup?.tax_percent?;
        Some(TaxTreatment::Gross { percent })
    };
    match (proved, setup.map(|setup| setup.tax_basis.as_str())) {
        (TaxBasis::Net, _) | (TaxBasis::Unknown, Some("Net")) => Some(TaxTreatment::Net),
        (TaxBasis::Gross, _) | (TaxBasis::Unknown, Some("Gross")) => gross(),
        (TaxBasis::Unknown, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(host: &str, vendor: &str) -> bool {
        are_alike(&letters(name_of_host(host).unwrap()), vendor)
    }

    #[test]
    fn a_name_is_alike_where_one_begins_with_the_other() {
        assert!(alike("shop.fabrikam-office.example", "Fabrikam Office AG"));
        assert!(alike("www.fabrikam.co.example", "Fabrikam, Inc."));
        assert!(!alike("www.fabrikam.example", "Contoso"));
        assert!(
            !alike("www.fab.example", "Fab"),
            "too short to say anything"
        );
    }
}
