//! The lists that the buyer chooses from.

use serde::de::DeserializeOwned;

use super::effect::Task;
use super::notice::{Notice, NoticeCode};
use super::step::Turn;
use super::world::{Books, Failure, List, Matches, Panel, Review};
use crate::business_central::{
    CompanyId, DirectoryError, ItemMatch, Service, SupplierSetup, read_page,
};
use crate::credits::{CreditError, read_account};
use crate::http::{Exchange, Request};
use crate::oauth::ApiName;
use crate::timestamp::Timestamp;

/// How many of a supplier's numbers one request looks for: its address stays below 2,000 characters.
const NUMBERS_PER_REQUEST: usize = 25;

impl Turn<'_> {
    pub(super) fn choose_company(&mut self, company: CompanyId) {
        let preferences = &mut self.world.journal.preferences;
        if preferences.company.as_ref() != Some(&company) {
            preferences.worksheet = None;
            preferences.company = Some(company);
            self.world.desk.books = Books::default();
        }
    }

    /// What failed is asked for again.
    pub(super) fn forget_failures(&mut self) {
        let desk = &mut self.world.desk;
        forget_failure(&mut desk.companies);
        forget_failure(&mut desk.credits);
        forget_failure(&mut desk.books.worksheets);
        forget_failure(&mut desk.books.vendors);
        forget_failure(&mut desk.books.catch_all_items);
        desk.books.setups.values_mut().for_each(forget_failure);
        desk.books.matches.values_mut().for_each(|matches| matches.failure = None);
    }

    pub(super) fn credits_told(&mut self, exchange: &Exchange) {
        self.world.desk.credits = match read_account(exchange) {
            Ok(credits) => List::Loaded { entries: vec![credits] },
            Err(error) => {
                if error == CreditError::TokenRefused {
                    self.reject_token(ApiName::Credits);
                }
                let again_at = matches!(error, CreditError::Unavailable { .. })
                    .then(|| self.later(3, None));
                List::Failed(Failure { notice: (&error).into(), again_at })
            }
        };
    }

    /// Puts an answer where it belongs. An answer for another company than the chosen one is late, and dropped.
    pub(super) fn listed(&mut self, task: Task, exchange: &Exchange) {
        let chosen = self.world.desk.books.company.clone();
        let later = self.later(2, None);
        let service = &self.machine.business_central;
        let books = &mut self.world.desk.books;
        let refused = match task {
            Task::Companies => put(&mut self.world.desk.companies, service, exchange, later),
            Task::Worksheets(company) if chosen == Some(company) => {
                put(&mut books.worksheets, service, exchange, later)
            }
            Task::Vendors(company) if chosen == Some(company) => {
                put(&mut books.vendors, service, exchange, later)
            }
            Task::CatchAllItems(company) if chosen == Some(company) => {
                put(&mut books.catch_all_items, service, exchange, later)
            }
            Task::SupplierSetup { company, host } if chosen == Some(company) => {
                put(books.setups.entry(host).or_default(), service, exchange, later)
            }
            Task::ItemMatches { company, vendor, part_ids } if chosen == Some(company) => {
                put_matches(books.matches.entry(vendor).or_default(), part_ids, exchange, later)
            }
            _ => TokenRefused::No,
        };
        if refused == TokenRefused::Yes {
            self.reject_token(ApiName::BusinessCentral);
        }
    }

    /// Lists are owed while somebody is signed in and a panel shows more than nothing.
    pub(super) fn owe_lists(&mut self) {
        let watched = self.world.desk.panels.values().any(|panel| *panel != Panel::Idle);
        if !watched {
            return;
        }
        self.owe_credits();
        if self.world.desk.companies.is_wanted(self.now) {
            let next = self.world.desk.companies.next_link().map(str::to_owned);
            self.owe_page(Task::Companies, next, Service::companies);
        }
        self.settle_company();
        self.settle_worksheet();
        let Some(company) = self.world.desk.books.company.clone() else { return };
        let (books, now) = (&self.world.desk.books, self.now);
        let mut wanted: Vec<(Task, Option<String>)> = Vec::new();
        let mut want = |task: Task, list: (bool, Option<&str>)| {
            if list.0 {
                wanted.push((task, list.1.map(str::to_owned)));
            }
        };
        want(Task::Worksheets(company.clone()), wish(&books.worksheets, now));
        want(Task::Vendors(company.clone()), wish(&books.vendors, now));
        want(Task::CatchAllItems(company.clone()), wish(&books.catch_all_items, now));
        for host in self.reviews().map(|review| &review.host) {
            let setup = books.setups.get(host).map_or((true, None), |list| wish(list, now));
            want(Task::SupplierSetup { company: company.clone(), host: host.clone() }, setup);
        }
        for (task, next) in wanted {
            self.owe_list(&company, task, next);
        }
        self.owe_matches(&company);
    }

    /// The company is the one chosen before, if the user still has it, or the only one.
    fn settle_company(&mut self) {
        let desk = &mut self.world.desk;
        if !desk.companies.is_loaded() {
            return;
        }
        let preferences = &mut self.world.journal.preferences;
        let companies = desk.companies.entries();
        let known = |id: &CompanyId| companies.iter().any(|company| company.id == *id);
        let chosen = preferences.company.clone().filter(known).or(match companies {
            [only] => Some(only.id.clone()),
            _ => None,
        });
        if desk.books.company != chosen {
            desk.books = Books { company: chosen.clone(), ..Books::default() };
        }
        preferences.company = chosen.or(preferences.company.take());
    }

    /// Where there is one worksheet there is nothing to choose.
    fn settle_worksheet(&mut self) {
        let worksheets = &self.world.desk.books.worksheets;
        if let ([only], true) = (worksheets.entries(), worksheets.is_loaded()) {
            self.world.journal.preferences.worksheet = Some(only.clone());
        }
    }

    fn owe_list(&mut self, company: &CompanyId, task: Task, next: Option<String>) {
        let host = match &task {
            Task::SupplierSetup { host, .. } => host.clone(),
            _ => String::new(),
        };
        let first = |service: &Service, token: &str| match &task {
            Task::Worksheets(_) => service.worksheets(company, token),
            Task::Vendors(_) => service.vendors(company, token),
            Task::SupplierSetup { .. } => service.supplier_setups(company, &host, token),
            _ => service.catch_all_items(company, token),
        };
        self.owe_page(task.clone(), next, first);
    }

    fn owe_page(
        &mut self,
        task: Task,
        next: Option<String>,
        first: impl Fn(&Service, &str) -> Request,
    ) {
        let Some(token) = self.token(ApiName::BusinessCentral) else { return };
        let service = &self.machine.business_central;
        let request = match next {
            Some(link) => service.next_page(&link, &token),
            None => Some(first(service, &token)),
        };
        if let Some(request) = request {
            self.fetch(task, request);
        }
    }

    fn owe_credits(&mut self) {
        let wanted = self.world.desk.credits.is_wanted(self.now);
        let Some(service) = self.machine.credit_service.as_ref().filter(|_| wanted) else { return };
        if let Some(token) = self.token(ApiName::Credits) {
            self.fetch(Task::Credits, service.account(&token));
        }
    }

    /// Looks for the items of the reviewed lines, once the vendor is known.
    fn owe_matches(&mut self, company: &CompanyId) {
        let mut wanted: Vec<(String, Vec<String>)> = Vec::new();
        for review in self.reviews() {
            let Some(vendor) = self.choices(review).vendor else { continue };
            let matches = self.world.desk.books.matches.get(&vendor);
            if matches.and_then(|m| m.failure.as_ref()).is_some_and(|f| !f.is_over(self.now)) {
                continue;
            }
            let known = |part: &&String| matches.is_some_and(|m| m.known.contains_key(*part));
            let parts = review.cart.lines.iter().filter_map(|line| line.supplier_part_id.as_ref());
            let mut missing: Vec<String> = parts.filter(|part| !known(part)).cloned().collect();
            missing.sort();
            missing.dedup();
            missing.truncate(NUMBERS_PER_REQUEST);
            if !missing.is_empty() {
                wanted.push((vendor, missing));
            }
        }
        for (vendor, part_ids) in wanted {
            let Some(token) = self.token(ApiName::BusinessCentral) else { return };
            let request =
                self.machine.business_central.item_matches(company, &vendor, &part_ids, &token);
            self.fetch(Task::ItemMatches { company: company.clone(), vendor, part_ids }, request);
        }
    }

    /// When a failed list is tried again by itself.
    pub(super) fn next_list_try(&self) -> Option<Timestamp> {
        let desk = &self.world.desk;
        let books = &desk.books;
        [
            desk.companies.again_at(),
            desk.credits.again_at(),
            books.worksheets.again_at(),
            books.vendors.again_at(),
            books.catch_all_items.again_at(),
        ]
        .into_iter()
        .chain(books.setups.values().map(List::again_at))
        .chain(books.matches.values().map(|matches| matches.failure.as_ref()?.again_at))
        .flatten()
        .filter(|moment| *moment > self.now)
        .min()
    }

    fn reviews(&self) -> impl Iterator<Item = &Review> {
        self.world.desk.panels.values().filter_map(|panel| match panel {
            Panel::Reviewing { review } => Some(&**review),
            _ => None,
        })
    }
}

impl Books {
    /// How a shop is set up, once that is known; the default where nothing is set up.
    pub(super) fn setup(&self, host: &str) -> Option<SupplierSetup> {
        let list = self.setups.get(host).filter(|list| list.is_loaded())?;
        Some(list.entries().first().cloned().unwrap_or_default())
    }
}

impl<T> List<T> {
    fn next_link(&self) -> Option<&str> {
        match self {
            Self::Partial { next_link, .. } => Some(next_link),
            _ => None,
        }
    }

    fn again_at(&self) -> Option<Timestamp> {
        match self {
            Self::Failed(failure) => failure.again_at,
            _ => None,
        }
    }
}

#[derive(PartialEq, Eq)]
enum TokenRefused {
    Yes,
    No,
}

fn wish<T>(list: &List<T>, now: Timestamp) -> (bool, Option<&str>) {
    (list.is_wanted(now), list.next_link())
}

fn forget_failure<T>(list: &mut List<T>) {
    if matches!(list, List::Failed(_)) {
        *list = List::Absent;
    }
}

/// Puts a page behind those that are here. A list whose next page is said to be elsewhere is refused whole: the token
/// goes nowhere else, and half a list is not shown as one.
fn put<T: DeserializeOwned>(
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
                Some(next_link) => List::Partial { so_far: entries, next_link },
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
fn put_matches(
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
            (Failure { notice, again_at: Some(again_at) }, TokenRefused::No)
        }
        DirectoryError::TokenRefused(_) => (Failure { notice, again_at: None }, TokenRefused::Yes),
        DirectoryError::Refused(_) | DirectoryError::Unreadable => {
            (Failure { notice, again_at: None }, TokenRefused::No)
        }
    }
}

/// The notice of the first list that could not be fetched.
pub(super) fn trouble(companies: Option<&Notice>, books: &Books) -> Option<Notice> {
    let matches = books.matches.values().find_map(|m| m.failure.as_ref()).map(|f| &f.notice);
    companies
        .or(books.worksheets.failure())
        .or(books.vendors.failure())
        .or(books.catch_all_items.failure())
        .or(books.setups.values().find_map(List::failure))
        .or(matches)
        .filter(|notice| notice.code != NoticeCode::SignInNeeded)
        .cloned()
}
