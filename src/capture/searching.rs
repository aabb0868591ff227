//! What a buyer searches while typing: vendors for a cart, items for a line.
//!
//! What is here already is ranked at once. What is not is asked for, one question at a time, and an answer to what is no
//! longer typed is dropped. A search lies on the desk and never in the journal, and ends with whatever the buyer does next.

use serde::{Deserialize, Serialize};

use super::effect::Task;
use super::lists::{TokenRefused, failure_of};
use super::mapping::LONGEST_NUMBER;
use super::notice::Notice;
use super::step::Turn;
use super::world::{Books, List, Panel, Review, WindowId};
use crate::business_central::{
    CompanyId, DirectoryError, Item, ItemMatch, ListPage, MOST_FOUND, Searched, Vendor, read_page,
};
use crate::capture_id::CaptureId;
use crate::http::{Exchange, Request};
use crate::oauth::ApiName;

/// What is longer was not typed.
const LONGEST_TEXT: usize = 100;

/// Business Central is not asked for one letter: a third of everything holds it.
const SHORTEST_TEXT: usize = 2;

/// Items that were found for earlier texts of a search are kept, so that a longer text shows them at once; so many.
const MOST_KEPT: usize = 200;

/// What is searched, and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The vendor of the cart.
    Vendor,
    /// The vendor of one of the marketplace's sellers, by its place among them, from 0.
    Seller(u32),
    /// An item for a line, by its place in the cart, from 0.
    Line(u32),
}

/// By what Business Central is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SearchedBy {
    /// By the words of a name.
    Name,
    /// By a part of a number.
    Number,
    /// By a number that the vendor, the manufacturer or everybody (GTIN) uses.
    ForeignNumber,
}

/// A search under way in a window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// For which review.
    pub capture: CaptureId,
    /// What is searched.
    pub subject: Subject,
    /// What was typed.
    pub text: String,
    /// How many of its questions are answered.
    pub answered: usize,
    /// Whether Business Central has more than it answered.
    pub more: bool,
    /// Items that were found, for this text or an earlier one.
    pub items: Vec<Item>,
    /// Items that Business Central knows under this text.
    pub matches: Vec<ItemMatch>,
    /// Why it could not be asked.
    pub failure: Option<Notice>,
}

impl Search {
    /// What Business Central is asked, in this order. Where all vendors are here there is nothing to ask.
    fn questions(&self, books: &Books) -> &'static [SearchedBy] {
        const ALL: &[SearchedBy] = &[
            SearchedBy::Name,
            SearchedBy::Number,
            SearchedBy::ForeignNumber,
        ];
        let is_long = self.text.chars().count() >= SHORTEST_TEXT;
        let most = match self.subject {
            _ if !is_long || !self.text.contains(char::is_alphanumeric) => 0,
            Subject::Vendor | Subject::Seller(_)
                if matches!(books.vendors, List::Partial { .. }) =>
            {
                2
            }
            Subject::Vendor | Subject::Seller(_) => 0,
            Subject::Line(_) if self.text.encode_utf16().count() > LONGEST_NUMBER => 2,
            Subject::Line(_) => 3,
        };
        ALL.get(..most).unwrap_or_default()
    }

    /// The question that is to be answered next.
    pub(super) fn question(&self, books: &Books) -> Option<SearchedBy> {
        let open = self.questions(books).get(self.answered).copied();
        open.filter(|_| self.failure.is_none())
    }
}

impl Turn<'_> {
    /// The review of a window, and what is searched for it.
    pub(super) fn searched(&self, window: WindowId) -> Option<(&Review, &Search)> {
        let Panel::Reviewing { review } = self.world.desk.panels.get(&window)? else {
            return None;
        };
        let search = self.world.desk.searches.get(&window)?;
        (search.capture == review.capture).then_some((review, search))
    }

    /// The buyer typed something.
    pub(super) fn search(&mut self, window: WindowId, subject: Subject, text: &str) {
        let desk = &mut self.world.desk;
        let before = desk.searches.remove(&window);
        let Some(Panel::Reviewing { review }) = desk.panels.get(&window) else {
            return;
        };
        let capture = review.capture.clone();
        let items = before
            .filter(|search| search.capture == capture && search.items.len() <= MOST_KEPT)
            .map_or_else(Vec::new, |search| search.items);
        let search = Search {
            capture,
            subject,
            text: text.trim().chars().take(LONGEST_TEXT).collect(),
            answered: 0,
            more: false,
            items,
            matches: Vec::new(),
            failure: None,
        };
        desk.searches.insert(window, search);
    }

    /// Asks for what is searched and not here.
    pub(super) fn owe_searches(&mut self, company: &CompanyId) {
        let windows: Vec<WindowId> = self.world.desk.searches.keys().copied().collect();
        for window in windows {
            let Some((review, search)) = self.searched(window) else {
                self.world.desk.searches.remove(&window);
                continue;
            };
            let Some(by) = search.question(&self.world.desk.books) else {
                continue;
            };
            let vendor = self.vendor_searched(review, search.subject);
            let search = search.clone();
            let Some(token) = self.token(ApiName::BusinessCentral) else {
                return;
            };
            let request = self.search_request((company, vendor), (&search, by), &token);
            let task = Task::Search {
                window,
                company: company.clone(),
                by,
                text: search.text,
            };
            match request {
                Some(request) => self.fetch(task, request),
                None => self.skip_question(window),
            }
        }
    }

    /// Whose number it is that is typed for a line.
    fn vendor_searched(&self, review: &Review, subject: Subject) -> Option<String> {
        let Subject::Line(place) = subject else {
            return None;
        };
        let line = review.ordered_line(place)?;
        self.choices(review).vendor_of(line).cloned()
    }

    /// `None` where there is nobody whose number it could be.
    fn search_request(
        &self,
        (company, vendor): (&CompanyId, Option<String>),
        (search, by): (&Search, SearchedBy),
        token: &str,
    ) -> Option<Request> {
        let service = &self.machine.business_central;
        let searched = match search.subject {
            Subject::Vendor | Subject::Seller(_) => Searched::Vendors,
            Subject::Line(_) => Searched::Items,
        };
        let text = &search.text;
        Some(match by {
            SearchedBy::Name => service.search_names(company, searched, text, token),
            SearchedBy::Number => service.search_numbers(company, searched, text, token),
            SearchedBy::ForeignNumber => {
                let numbers = std::slice::from_ref(text);
                service.item_matches(company, &vendor?, numbers, token)
            }
        })
    }

    /// The question of a foreign number is the last one.
    fn skip_question(&mut self, window: WindowId) {
        if let Some(search) = self.world.desk.searches.get_mut(&window) {
            search.answered = search.answered.saturating_add(1);
        }
    }

    /// Puts what was found to what is known, unless something else is searched by now.
    pub(super) fn found(
        &mut self,
        (window, company): (WindowId, &CompanyId),
        (by, text): (SearchedBy, &str),
        exchange: &Exchange,
    ) {
        let later = self.later(2, None);
        let desk = &mut self.world.desk;
        let Some(search) = desk.searches.get_mut(&window) else {
            return;
        };
        let is_late = search.text != text || search.question(&desk.books) != Some(by);
        if is_late || desk.books.company.as_ref() != Some(company) {
            return;
        }
        let more = match (search.subject, by) {
            (_, SearchedBy::ForeignNumber) => put_page(&mut search.matches, exchange, |_, _| false),
            (Subject::Line(_), _) => put_page(&mut search.items, exchange, same_item),
            (Subject::Vendor | Subject::Seller(_), _) => match &mut desk.books.vendors {
                List::Partial { so_far, .. } => put_page(so_far, exchange, same_vendor),
                _ => return,
            },
        };
        match more {
            Ok(more) => {
                search.more |= more;
                search.answered = search.answered.saturating_add(1);
            }
            Err(error) => {
                let (failure, refused) = failure_of(&error, later, self.now);
                search.failure = Some(failure.notice);
                if refused == TokenRefused::Yes {
                    self.reject_token(ApiName::BusinessCentral);
                }
            }
        }
    }
}

fn same_item(one: &Item, other: &Item) -> bool {
    one.number == other.number
}

fn same_vendor(one: &Vendor, other: &Vendor) -> bool {
    one.number == other.number
}

/// Puts the entries of an answer to those that are here, and says whether there are more.
fn put_page<T: serde::de::DeserializeOwned>(
    known: &mut Vec<T>,
    exchange: &Exchange,
    same: fn(&T, &T) -> bool,
) -> Result<bool, DirectoryError> {
    let ListPage { value, next_link } = read_page::<T>(exchange)?;
    let more = next_link.is_some() || value.len() >= MOST_FOUND;
    for entry in value {
        if !known.iter().any(|here| same(here, &entry)) {
            known.push(entry);
        }
    }
    Ok(more)
}
