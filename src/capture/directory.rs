//! The lists that the buyer chooses from.

use super::effect::Task;
use super::lists::{TokenRefused, forget_failure, put, put_matches, wish};
use super::mapping::{numbers, placed};
use super::notice::{Notice, NoticeCode};
use super::step::Turn;
use super::world::{Books, Failure, List, Panel, Review};
use crate::business_central::{CompanyId, Service, SupplierSetup};
use crate::cart::CartLine;
use crate::credits::{CreditError, read_account};
use crate::http::{Exchange, Request};
use crate::oauth::ApiName;
use crate::sorted::SortedMap;
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
        forget_failure(&mut desk.books.item_templates);
        forget_failure(&mut desk.environments);
        desk.books.setups.values_mut().for_each(forget_failure);
        desk.books
            .matches
            .values_mut()
            .for_each(|matches| matches.failure = None);
        for panel in desk.panels.values_mut() {
            if let Panel::Reviewing { review } = panel {
                review.details.forget_failures();
            }
        }
    }

    pub(super) fn credits_told(&mut self, exchange: &Exchange) {
        self.world.desk.credits = match read_account(exchange) {
            Ok(credits) => List::Loaded {
                entries: vec![credits],
            },
            Err(error) => {
                if error == CreditError::TokenRefused {
                    self.reject_token(ApiName::Credits);
                }
                let again_at =
                    matches!(error, CreditError::Unavailable { .. }).then(|| self.later(3, None));
                List::Failed(Failure {
                    notice: (&error).into(),
                    again_at,
                })
            }
        };
    }

    /// Puts an answer where it belongs. An answer for another company than the chosen one is late, and dropped.
    pub(super) fn listed(&mut self, task: Task, exchange: &Exchange) {
        let chosen = self.world.desk.books.company.clone();
        let later = (self.later(2, None), self.now);
        let service = &self.machine.business_central;
        let books = &mut self.world.desk.books;
        let refused = match task {
            Task::Companies => put(&mut self.world.desk.companies, service, exchange, later),
            Task::Environments => put(&mut self.world.desk.environments, service, exchange, later),
            Task::ItemTemplates(company) if chosen.as_ref() == Some(&company) => {
                put(&mut books.item_templates, service, exchange, later)
            }
            Task::Worksheets(company) if chosen.as_ref() == Some(&company) => {
                put(&mut books.worksheets, service, exchange, later)
            }
            Task::Vendors(company) if chosen.as_ref() == Some(&company) => {
                put(&mut books.vendors, service, exchange, later)
            }
            Task::CatchAllItems(company) if chosen.as_ref() == Some(&company) => {
                put(&mut books.catch_all_items, service, exchange, later)
            }
            Task::SupplierSetup { company, host } if chosen.as_ref() == Some(&company) => put(
                books.setups.entry(host).or_default(),
                service,
                exchange,
                later,
            ),
            Task::ItemMatches {
                company,
                vendor,
                part_ids,
            } if chosen.as_ref() == Some(&company) => put_matches(
                books.matches.entry(vendor).or_default(),
                part_ids,
                exchange,
                later,
            ),
            _ => TokenRefused::No,
        };
        if refused == TokenRefused::Yes {
            self.reject_token(ApiName::BusinessCentral);
        }
    }

    /// Lists are owed while somebody is signed in and a panel shows more than nothing. Before a worksheet was ever
    /// chosen, those to choose it from are.
    pub(super) fn owe_lists(&mut self) {
        let watched = self.world.desk.is_watched();
        let set_up = self.world.journal.preferences.worksheet.is_some();
        if !watched && (set_up || self.username().is_none()) {
            return;
        }
        self.owe_credits();
        if self.world.desk.companies.is_wanted(self.now) {
            let next = self.world.desk.companies.next_link().map(str::to_owned);
            self.owe_page(Task::Companies, next, |service, token| {
                Some(service.companies(token))
            });
        }
        if self.world.desk.environments.is_wanted(self.now) {
            let next = self.world.desk.environments.next_link().map(str::to_owned);
            self.owe_page(Task::Environments, next, Service::environments);
        }
        self.settle_company();
        self.settle_worksheet();
        let Some(company) = self.world.desk.books.company.clone() else {
            return;
        };
        let (books, now) = (&self.world.desk.books, self.now);
        let mut wanted: Vec<(Task, Option<String>)> = Vec::new();
        let mut want = |task: Task, list: (bool, Option<&str>)| {
            if list.0 {
                wanted.push((task, list.1.map(str::to_owned)));
            }
        };
        want(
            Task::Worksheets(company.clone()),
            wish(&books.worksheets, now),
        );
        if watched {
            // Of very many vendors the first are listed, and the others searched.
            let is_begun = books.vendors.next_link().is_some();
            let vendors = (!is_begun && books.vendors.is_wanted(now), None);
            want(Task::Vendors(company.clone()), vendors);
            want(
                Task::ItemTemplates(company.clone()),
                wish(&books.item_templates, now),
            );
            want(
                Task::CatchAllItems(company.clone()),
                wish(&books.catch_all_items, now),
            );
        }
        for host in self.reviews().map(|review| &review.host) {
            let setup = books
                .setups
                .get(host)
                .map_or((true, None), |list| wish(list, now));
            want(
                Task::SupplierSetup {
                    company: company.clone(),
                    host: host.clone(),
                },
                setup,
            );
        }
        self.owe_searches(&company);
        for (task, next) in wanted {
            self.owe_list(&company, task, next);
        }
        self.owe_matches(&company);
        self.owe_new_items();
        self.owe_checks();
    }

    /// The company is the one chosen before, if the user still has it, or the only one. Where no list is to be had it
    /// is the one whose id the buyer typed.
    fn settle_company(&mut self) {
        let desk = &mut self.world.desk;
        let refused = desk.companies.is_refused();
        if !desk.companies.is_loaded() && !refused {
            return;
        }
        let preferences = &mut self.world.journal.preferences;
        let companies = desk.companies.entries();
        let known = |id: &CompanyId| refused || companies.iter().any(|company| company.id == *id);
        let chosen = preferences
            .company
            .clone()
            .filter(known)
            .or(match companies {
                [only] => Some(only.id.clone()),
                _ => None,
            });
        if desk.books.company != chosen {
            desk.books = Books {
                company: chosen.clone(),
                ..Books::default()
            };
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
            Task::ItemTemplates(_) => service.item_templates(company, token),
            Task::SupplierSetup { .. } => service.supplier_setups(company, &host, token),
            _ => service.catch_all_items(company, token),
        };
        self.owe_page(task.clone(), next, |service, token| {
            Some(first(service, token))
        });
    }

    fn owe_page(
        &mut self,
        task: Task,
        next: Option<String>,
        first: impl Fn(&Service, &str) -> Option<Request>,
    ) {
        let Some(token) = self.token(ApiName::BusinessCentral) else {
            return;
        };
        let service = &self.machine.business_central;
        let request = match next {
            Some(link) => service.next_page(&link, &token),
            None => first(service, &token),
        };
        if let Some(request) = request {
            self.fetch(task, request);
        }
    }

    fn owe_credits(&mut self) {
        let wanted = self.world.desk.credits.is_wanted(self.now);
        let Some(service) = self.machine.credit_service.as_ref().filter(|_| wanted) else {
            return;
        };
        if let Some(token) = self.token(ApiName::Credits) {
            self.fetch(Task::Credits, service.account(&token));
        }
    }

    /// Looks for the items of the reviewed lines, once the vendor is known.
    fn owe_matches(&mut self, company: &CompanyId) {
        let mut wanted: Vec<(String, Vec<String>)> = Vec::new();
        for review in self.reviews() {
            let choices = self.choices(review);
            for vendor in self.vendors_of(review, &choices) {
                let lines = placed(review).map(|(_, line)| line);
                let lines = lines.filter(|line| choices.vendor_of(line) == Some(vendor));
                let missing = self.missing_numbers(vendor, lines);
                if !missing.is_empty() {
                    wanted.push((vendor.clone(), missing));
                }
            }
        }
        for (vendor, part_ids) in wanted {
            let Some(token) = self.token(ApiName::BusinessCentral) else {
                return;
            };
            let request = self
                .machine
                .business_central
                .item_matches(company, &vendor, &part_ids, &token);
            self.fetch(
                Task::ItemMatches {
                    company: company.clone(),
                    vendor,
                    part_ids,
                },
                request,
            );
        }
    }

    /// The next numbers of lines that a vendor's items were not looked for by.
    fn missing_numbers<'l>(
        &self,
        vendor: &str,
        lines: impl Iterator<Item = &'l CartLine>,
    ) -> Vec<String> {
        let matches = self.world.desk.books.matches.get(vendor);
        let failure = matches.and_then(|m| m.failure.as_ref());
        if failure.is_some_and(|f| !f.is_over(self.now)) {
            return Vec::new();
        }
        let known = |part: &&String| matches.is_some_and(|m| m.known.contains_key(*part));
        let missing = lines.flat_map(numbers).filter(|part| !known(part));
        let missing: SortedMap<&String, ()> = missing.map(|part| (part, ())).collect();
        let missing = missing.keys().take(NUMBERS_PER_REQUEST);
        missing.map(|part| (*part).clone()).collect()
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
            books.item_templates.again_at(),
            desk.environments.again_at(),
        ]
        .into_iter()
        .chain(books.setups.values().map(List::again_at))
        .chain(
            books
                .matches
                .values()
                .map(|matches| matches.failure.as_ref()?.again_at),
        )
        .chain(self.reviews().flat_map(|review| review.details.again_at()))
        .flatten()
        .filter(|moment| *moment > self.now)
        .min()
    }

    pub(super) fn reviews(&self) -> impl Iterator<Item = &Review> {
        self.world
            .desk
            .panels
            .values()
            .filter_map(|panel| match panel {
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

/// The notice of the first list that could not be fetched.
pub(super) fn trouble(companies: Option<&Notice>, books: &Books) -> Option<Notice> {
    let matches = books
        .matches
        .values()
        .find_map(|m| m.failure.as_ref())
        .map(|f| &f.notice);
    companies
        .or(books.worksheets.failure())
        .or(books.vendors.failure())
        .or(books.catch_all_items.failure())
        .or(books.setups.values().find_map(List::failure))
        .or(matches)
        .filter(|notice| notice.code != NoticeCode::SignInNeeded)
        .cloned()
}
