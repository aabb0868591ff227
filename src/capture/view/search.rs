//! What is found for what the buyer types, the best first.

use serde::Serialize;

use crate::capture::choices::looks_like;
use crate::capture::likeness::{Likeness, Typed};
use crate::capture::notice::Notice;
use crate::capture::searching::{Search, Subject};
use crate::capture::step::Turn;
use crate::capture::world::{Review, WindowId};
use crate::sorted::sort_by_key;

/// Whoever wants to see more types more.
const MOST_SHOWN: usize = 50;

/// What is found.
#[derive(Debug, Serialize)]
pub(super) struct SearchView<'w> {
    subject: Subject,
    text: &'w str,
    hits: Vec<Hit<'w>>,
    /// Whether there are more than are shown.
    more: bool,
    /// Whether Business Central is still asked.
    under_way: bool,
    /// Why it could not be asked.
    notice: Option<&'w Notice>,
}

/// A vendor or an item.
#[derive(Debug, Serialize)]
struct Hit<'w> {
    number: &'w str,
    name: &'w str,
    likeness: Likeness,
    /// By which number Business Central knows it, where that is why.
    matched_by: Option<&'w str>,
    /// Nothing may be ordered of it: it is shown and cannot be chosen.
    blocked: bool,
}

impl Turn<'_> {
    pub(super) fn search_view(&self, window: WindowId) -> Option<SearchView<'_>> {
        let (review, search) = self.searched(window)?;
        let books = &self.world.desk.books;
        let mut hits = match search.subject {
            Subject::Vendor | Subject::Seller(_) => self.vendor_hits(review, search),
            Subject::Line(_) => item_hits(search),
        };
        sort_by_key(&mut hits, |hit| (hit.likeness, hit.blocked));
        let more = search.more || hits.len() > MOST_SHOWN;
        hits.truncate(MOST_SHOWN);
        Some(SearchView {
            subject: search.subject,
            text: &search.text,
            hits,
            more,
            under_way: search.question(books).is_some(),
            notice: search.failure.as_ref(),
        })
    }

    fn vendor_hits<'w>(&'w self, review: &Review, search: &Search) -> Vec<Hit<'w>> {
        let typed = Typed::new(&search.text);
        let vendors = self.world.desk.books.vendors.entries().iter();
        let hit = |vendor: &'w crate::business_central::Vendor| {
            let blocked = !vendor.may_be_ordered_from();
            let likeness = typed.likeness(&vendor.number, &vendor.display_name)?;
            let is_alike = likeness == Likeness::Listed && !blocked;
            Some(Hit {
                number: &vendor.number,
                name: &vendor.display_name,
                likeness: if is_alike && looks_like(&review.host, vendor) {
                    Likeness::Host
                } else {
                    likeness
                },
                matched_by: None,
                blocked,
            })
        };
        vendors.filter_map(hit).collect()
    }
}

/// Items are shown for what was typed, and not before.
fn item_hits(search: &Search) -> Vec<Hit<'_>> {
    let mut hits: Vec<Hit<'_>> = Vec::new();
    if search.text.is_empty() {
        return hits;
    }
    for found in &search.matches {
        if hits.iter().all(|hit| hit.number != found.item_number) {
            hits.push(Hit {
                number: &found.item_number,
                name: &found.display_name,
                likeness: Likeness::Known,
                matched_by: Some(&found.matched_by),
                blocked: false,
            });
        }
    }
    let typed = Typed::new(&search.text);
    for item in &search.items {
        let Some(likeness) = typed.likeness(&item.number, &item.display_name) else {
            continue;
        };
        if hits.iter().all(|hit| hit.number != item.number) {
            hits.push(Hit {
                number: &item.number,
                name: &item.display_name,
                likeness,
                matched_by: None,
                blocked: item.blocked,
            });
        }
    }
    hits
}
