//! What an answer does to a list.

use serde::de::DeserializeOwned;

use super::notice::Notice;
use super::world::{Failure, List, Matches};
use crate::business_central::{DirectoryError, ItemMatch, Service, read_page};
use crate::http::Exchange;
use crate::timestamp::Timestamp;

impl<T> List<T> {
    pub(super) fn next_link(&self) -> Option<&str> {
        match self {
            Self::Partial { next_link, .. } => Some(next_link),
            _ => None,
        }
    }

    pub(super) fn again_at(&self) -> Option<Timestamp> {
        match self {
            Self::Failed(failure) => failure.again_at,
            _ => None,
        }
    }
}

/// Whether an answer said that the access token was not accepted.
#[derive(PartialEq, Eq)]
pub(super) enum TokenRefused {
    Yes,
    No,
}

/// Whether a list is to be fetched, and from where it goes on.
pub(super) fn wish<T>(list: &List<T>, now: Timestamp) -> (bool, Option<&str>) {
    (list.is_wanted(now), list.next_link())
}

/// What failed is wanted again.
pub(super) fn forget_failure<T>(list: &mut List<T>) {
    if matches!(list, List::Failed(_)) {
        *list = List::Absent;
    }
}

/// Puts a page behind those that are here. A list whose next page is said to be elsewhere is refused whole: the token
/// goes nowhere else, and half a list is not shown as one.
pub(super) fn put<T: DeserializeOwned>(
    list: &mut List<T>,
    service: &Service,
    exchange: &Exchange,
    later: Timestamp,
) -> TokenRefused {
    let page = read_page::<T>(exchange).and_then(|page| match &page.next_link {
        Some(link) if service.next_page(link, "").is_none() => Err(DirectoryError::Unreadable),
        _ => Ok(page),
    });
    match page {
        Ok(page) => {
            let mut entries = match std::mem::take(list) {
                List::Partial { so_far, .. } => so_far,
                _ => Vec::new(),
            };
            entries.extend(page.value);
            *list = match page.next_link {
                Some(next_link) => List::Partial {
                    so_far: entries,
                    next_link,
                },
                None => List::Loaded { entries },
            };
            TokenRefused::No
        }
        Err(error) => {
            let (failure, refused) = failure_of(&error, later);
            *list = List::Failed(failure);
            refused
        }
    }
}

/// A number that stands for one item is known; one that stands for none or for several is not decided here.
pub(super) fn put_matches(
    matches: &mut Matches,
    part_ids: Vec<String>,
    exchange: &Exchange,
    later: Timestamp,
) -> TokenRefused {
    match read_page::<ItemMatch>(exchange) {
        Ok(page) => {
            matches.failure = None;
            for part_id in part_ids {
                let mut found = page.value.iter().filter(|m| m.supplier_part_id == part_id);
                let first = found.next().cloned().filter(|_| page.next_link.is_none());
                let only = first.filter(|f| found.all(|other| other.item_number == f.item_number));
                matches.known.insert(part_id, only);
            }
            TokenRefused::No
        }
        Err(error) => {
            let (failure, refused) = failure_of(&error, later);
            matches.failure = Some(failure);
            refused
        }
    }
}

/// A failure that passes by itself is tried again later; one that needs somebody is not.
fn failure_of(error: &DirectoryError, later: Timestamp) -> (Failure, TokenRefused) {
    let notice = Notice::from(error);
    match error {
        DirectoryError::Unavailable { retry_after } => {
            let again_at = retry_after.map_or(later, |seconds| later.plus_seconds(seconds));
            (
                Failure {
                    notice,
                    again_at: Some(again_at),
                },
                TokenRefused::No,
            )
        }
        DirectoryError::TokenRefused(_) => (
            Failure {
                notice,
                again_at: None,
            },
            TokenRefused::Yes,
        ),
        DirectoryError::Refused(_) | DirectoryError::Unreadable => (
            Failure {
                notice,
                again_at: None,
            },
            TokenRefused::No,
        ),
    }
}
