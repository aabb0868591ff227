//! What an answer does to a list.

use serde::de::DeserializeOwned;

use super::notice::Notice;
use super::world::{Failure, List, Matches};
use crate::business_central::{DirectoryError, ItemMatch, ListPage, Service, read_page};
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

    /// Whether it cannot be had until somebody does something.
    pub(super) fn is_refused(&self) -> bool {
        matches!(self, Self::Failed(failure) if failure.again_at.is_none())
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
    (later, now): (Timestamp, Timestamp),
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
            let (failure, refused) = failure_of(&error, later, now);
            *list = List::Failed(failure);
            refused
        }
    }
}

/// What each number stands for is known then: one item, none, or several, among which the buyer decides.
pub(super) fn put_matches(
    matches: &mut Matches,
    part_ids: Vec<String>,
    exchange: &Exchange,
    (later, now): (Timestamp, Timestamp),
) -> TokenRefused {
    let whole = |page: ListPage<ItemMatch>| match page.next_link {
        // Half of the items that a number stands for could look like the only one.
        Some(_) => Err(DirectoryError::Unreadable),
        None => Ok(page),
    };
    match read_page::<ItemMatch>(exchange).and_then(whole) {
        Ok(page) => {
            matches.failure = None;
            for part_id in part_ids {
                let found = page.value.iter().filter(|m| m.supplier_part_id == part_id);
                matches
                    .known
                    .insert(part_id.clone(), found.cloned().collect());
            }
            TokenRefused::No
        }
        Err(error) => {
            let (failure, refused) = failure_of(&error, later, now);
            matches.failure = Some(failure);
            refused
        }
    }
}

/// A failure that passes by itself is tried again later; one that needs somebody is not.
pub(super) fn failure_of(
    error: &DirectoryError,
    later: Timestamp,
    now: Timestamp,
) -> (Failure, TokenRefused) {
    let notice = Notice::from(error);
    match error {
        DirectoryError::Unavailable { retry_after } => {
            let asked = retry_after.map_or(now, |seconds| now.plus_seconds(seconds));
            let again_at = later.max(asked);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::business_central::Vendor;
    use crate::http::Answer;

    const NOW: (Timestamp, Timestamp) = (Timestamp(1000), Timestamp(0));

    fn page(next_link: &str) -> Exchange {
        let vendor = serde_json::json!({"number": "V1", "displayName": "Shop"});
        let matched =
            serde_json::json!({"supplierPartId": "A", "itemNumber": "1", "matchedBy": "GTIN"});
        let value = if next_link.contains("itemMatches") {
            matched
        } else {
            vendor
        };
        let body = serde_json::json!({"value": [value], "@odata.nextLink": next_link});
        Ok(Answer {
            status: 200,
            headers: Vec::new(),
            body: body.to_string(),
        })
    }

    #[test]
    fn a_list_that_goes_on_elsewhere_is_refused_whole() {
        let service = Service::new("https://bc.example/v2.0", "production");
        let mut list: List<Vendor> = List::Absent;
        put(
            &mut list,
            &service,
            &page("https://bc.example/v2.0/more"),
            NOW,
        );
        assert_eq!(list.next_link(), Some("https://bc.example/v2.0/more"));
        put(&mut list, &service, &page("https://evil.example/more"), NOW);
        assert!(matches!(list, List::Failed(_)));
    }

    #[test]
    fn matches_that_go_on_on_another_page_are_not_taken_for_all() {
        let mut matches = Matches::default();
        let whole = page("https://bc.example/itemMatches?$skiptoken=1");
        put_matches(&mut matches, vec!["A".to_owned()], &whole, NOW);
        assert!(matches.known.get("A").is_none() && matches.failure.is_some());
    }

    #[test]
    fn a_list_is_asked_for_again_when_the_server_said_and_not_sooner_than_the_pause() {
        let unavailable = |seconds| DirectoryError::Unavailable {
            retry_after: seconds,
        };
        let again = |seconds| failure_of(&unavailable(seconds), NOW.0, NOW.1).0.again_at;
        assert_eq!(again(None), Some(Timestamp(1000)));
        assert_eq!(again(Some(0)), Some(Timestamp(1000)));
        assert_eq!(again(Some(60)), Some(Timestamp(60_000)));
    }
}
