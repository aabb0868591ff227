//! The sellers of a marketplace: each may be a vendor of its own, and then its lines become an order of their own.

use serde::Serialize;

use super::choices::Choices;
use super::mapping::placed;
use super::step::Turn;
use super::world::Review;
use crate::business_central::{Order, orders_of};
use crate::cart::CartLine;
use crate::sorted::SortedMap;

/// A seller whose lines are ordered, as the panel shows it.
#[derive(Debug, Serialize)]
pub(super) struct SellerView<'w> {
    seller: &'w str,
    /// How many lines it has.
    lines: u32,
    /// `No.` of the vendor of its own; `None` for the shop's.
    vendor: Option<String>,
    /// The name of that vendor, where it is known.
    vendor_name: Option<&'w str>,
}

impl Choices {
    /// Of which vendor a line is ordered: its seller's, else the shop's.
    pub(super) fn vendor_of(&self, line: &CartLine) -> Option<&String> {
        let own = line
            .seller
            .as_ref()
            .and_then(|seller| self.sellers.get(seller));
        own.or(self.vendor.as_ref())
    }
}

impl Review {
    /// The buyer chooses a vendor for a seller; blank for the shop's. Another vendor has other items.
    pub(super) fn choose_seller_vendor(&mut self, seller: String, number: String) {
        let lines = self.cart.lines.iter().enumerate();
        let of_seller = lines.filter(|(_, line)| line.seller.as_ref() == Some(&seller));
        for place in of_seller.filter_map(|(place, _)| u32::try_from(place).ok()) {
            self.details.choose_line(place, None);
        }
        self.details.sellers.insert(seller, number);
    }
}

impl Turn<'_> {
    /// Vendors of sellers by their names, as the buyer chose them for this cart or for an earlier one of the shop.
    pub(super) fn seller_vendors(
        &self,
        review: &Review,
        known: impl Fn(&String) -> bool,
    ) -> SortedMap<String, String> {
        let remembered = self.world.journal.preferences.sellers.get(&review.host);
        let vendor = |seller: &String| {
            let earlier = || remembered?.get(seller);
            review.details.sellers.get(seller).or_else(earlier)
        };
        let mut vendors = SortedMap::new();
        for seller in review
            .cart
            .lines
            .iter()
            .filter_map(|line| line.seller.as_ref())
        {
            if let Some(vendor) =
                vendor(seller).filter(|number| !number.is_empty() && known(number))
            {
                vendors.insert(seller.clone(), vendor.clone());
            }
        }
        vendors
    }

    /// The vendors of a review's lines.
    pub(super) fn vendors_of<'c>(&self, review: &Review, choices: &'c Choices) -> Vec<&'c String> {
        let mut vendors = Vec::new();
        for vendor in placed(review).filter_map(|(_, line)| choices.vendor_of(line)) {
            if !vendors.contains(&vendor) {
                vendors.push(vendor);
            }
        }
        vendors
    }

    /// The sellers that the page names, in the order of their first lines.
    pub(super) fn seller_views<'w>(
        &'w self,
        review: &'w Review,
        choices: &Choices,
    ) -> Vec<SellerView<'w>> {
        let mut views: Vec<SellerView<'w>> = Vec::new();
        for seller in placed(review).filter_map(|(_, line)| line.seller.as_ref()) {
            if let Some(view) = views.iter_mut().find(|view| view.seller == *seller) {
                view.lines = view.lines.saturating_add(1);
            } else {
                let vendor = choices.sellers.get(seller).cloned();
                let lines = 1;
                views.push(SellerView {
                    seller,
                    lines,
                    vendor_name: vendor.as_deref().and_then(|number| self.name_of(number)),
                    vendor,
                });
            }
        }
        views
    }

    /// The purchase orders that a review becomes, once it is known of each line what it becomes.
    pub(super) fn orders(&self, review: &Review, choices: &Choices) -> Vec<Order> {
        let lines: Option<Vec<_>> = placed(review)
            .map(|line| self.line(review, line, choices)?.ok())
            .collect();
        orders_of(&lines.unwrap_or_default(), review.cart.decimals())
    }
}
