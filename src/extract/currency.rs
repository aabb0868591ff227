//! Which currency a page's amounts are in: what they say themselves, else what a second witness says.

use crate::cart::{Argument, CartLine, Finding, FindingCode, Key, Message};
use crate::money::{Currency, CurrencyMark};
use crate::snapshot::Page;
use crate::supplier::{Definition, Location, Menu, Words};

use super::field::{As, Scope, held};

mod switch;

/// Languages that are spoken in one country of those that share a sign.
const LANGUAGES: &[(&str, &str)] = &[
    ("sv", "SEK"),
    ("da", "DKK"),
    ("nb", "NOK"),
    ("nn", "NOK"),
    ("no", "NOK"),
    ("is", "ISK"),
    ("ja", "JPY"),
    ("zh-hans", "CNY"),
    ("zh-hans-cn", "CNY"),
];

/// Countries whose currency shares its sign with others. The United States are none of them: `en-US` is what shop
/// software says where nobody has set a language.
const COUNTRIES: &[(&str, &str)] = &[
    ("ar", "ARS"),
    ("au", "AUD"),
    ("by", "BYN"),
    ("ca", "CAD"),
    ("ch", "CHF"),
    ("cl", "CLP"),
    ("cn", "CNY"),
    ("co", "COP"),
    ("dk", "DKK"),
    ("hk", "HKD"),
    ("in", "INR"),
    ("is", "ISK"),
    ("jp", "JPY"),
    ("li", "CHF"),
    ("lk", "LKR"),
    ("md", "MDL"),
    ("mu", "MUR"),
    ("mx", "MXN"),
    ("no", "NOK"),
    ("np", "NPR"),
    ("nz", "NZD"),
    ("pk", "PKR"),
    ("ro", "RON"),
    ("ru", "RUB"),
    ("se", "SEK"),
    ("sg", "SGD"),
    ("swiss", "CHF"),
    ("tw", "TWD"),
    ("uy", "UYU"),
    ("za", "ZAR"),
];

/// The end of hosts that is sold all over the world.
const EVERYWHERE: &str = "co";

/// Where a currency is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Witnesses<'w> {
    pub(super) page: &'w Page,
    pub(super) at: Location<'w>,
    pub(super) definition: Option<&'w Definition>,
    pub(super) words: &'w Words,
}

/// A code that is said of a cart, and where.
pub(super) type Said = (Currency, Argument);

/// The one currency of a cart's amounts, and what is to be said about it.
pub(super) fn decide(
    marks: &[CurrencyMark],
    witnesses: Witnesses<'_>,
) -> (Option<Currency>, Option<Finding>) {
    decide_with(marks, &[], witnesses)
}

/// The same with codes that the reader has found for this cart, in markup or in embedded JSON.
pub(super) fn decide_with(
    marks: &[CurrencyMark],
    found: &[Said],
    witnesses: Witnesses<'_>,
) -> (Option<Currency>, Option<Finding>) {
    let mut said = found.to_vec();
    said.extend(codes_in(witnesses));
    let Some(mark) = together(marks) else {
        let words = Key::SeveralCurrencies;
        return (
            None,
            Some(Finding::of_cart(FindingCode::CurrencyMixed, words)),
        );
    };
    match mark {
        CurrencyMark::Code(code) => (Some(code), contradiction(code, &said)),
        _ => by_witness(mark, said, witnesses),
    }
}

/// What marks prove together; `None` where they are of several currencies.
fn together(marks: &[CurrencyMark]) -> Option<CurrencyMark> {
    let mut marks = marks.iter();
    marks.try_fold(CurrencyMark::None, |merged, mark| merged.and(*mark))
}

/// The currency that a line's own marks prove.
pub(super) fn of_line(marks: &[CurrencyMark]) -> Option<Currency> {
    match together(marks)? {
        CurrencyMark::Code(code) => Some(code),
        _ => None,
    }
}

/// Leaves lines the currencies of their own only where all marks are not of one.
pub(super) fn keep_own(lines: &mut [CartLine], marks: &[CurrencyMark]) {
    if together(marks).is_some() {
        lines.iter_mut().for_each(|line| line.currency = None);
    }
}

/// A code that the page holds for its cart and that is not the currency of its amounts.
fn contradiction(code: Currency, said: &[Said]) -> Option<Finding> {
    let (other, by) = said.iter().find(|(other, _)| *other != code)?.clone();
    let message = Key::CurrencyContradicted.with(vec![code.into(), by, other.into()]);
    Some(Finding::of_cart(FindingCode::CurrencyMixed, message))
}

fn by_witness(
    mark: CurrencyMark,
    mut said: Vec<Said>,
    witnesses: Witnesses<'_>,
) -> (Option<Currency>, Option<Finding>) {
    let (page, host) = (witnesses.page, witnesses.at.host);
    let shown = match mark {
        CurrencyMark::Symbol(sign) => Key::OnlySign.with(vec![sign.to_string().into()]).into(),
        _ => Argument::from(Key::NoSign),
    };
    said.extend(menu_code(witnesses).or_else(|| switch_code(page, mark)));
    said.extend(meta_code(page));
    said.extend(declared(witnesses));
    if said.is_empty() && mark != CurrencyMark::None {
        said.extend(language_code(page));
        said.extend(host_code(host));
    }
    said.retain(|(code, _)| mark.admits(*code));
    let unknown = |words: Message| {
        (
            None,
            Some(Finding::of_cart(FindingCode::CurrencyUnknown, words)),
        )
    };
    let Some((code, by)) = said.first().cloned() else {
        return unknown(Key::CurrencyUnproved.with(vec![shown]));
    };
    if let Some((other, by_other)) = said.into_iter().find(|(other, _)| *other != code) {
        let values = vec![shown, by, code.into(), by_other, other.into()];
        return unknown(Key::CurrencySaidTwice.with(values));
    }
    let message = Key::CurrencySaid.with(vec![shown, code.into(), by]);
    (
        Some(code),
        Some(Finding::of_cart(FindingCode::CurrencyFromContext, message)),
    )
}

/// Codes at the places that the definition names.
fn codes_in(witnesses: Witnesses<'_>) -> Vec<Said> {
    let mut found = Vec::new();
    let places = witnesses.definition.into_iter();
    for field in places.flat_map(|definition| &definition.currency_code) {
        let texts = held(field, Scope::Page(witnesses.page), As::Text);
        let codes = texts.into_iter().filter_map(|held| held.text.parse().ok());
        found.extend(codes.map(|code| (code, field.locator.clone().into())));
    }
    found
}

fn declared(witnesses: Witnesses<'_>) -> Option<Said> {
    let host = witnesses.at.host;
    let code = witnesses.definition?.currency_of(host)?;
    Some((code, Key::ByDefinition.with(vec![host.into()]).into()))
}

fn menu_code(witnesses: Witnesses<'_>) -> Option<Said> {
    let mut menus = witnesses.definition?.currency_menus.iter();
    menus.find_map(|menu| {
        let code = chosen_in(menu, witnesses.page)?;
        Some((code, Key::ByMenu.into()))
    })
}

fn switch_code(page: &Page, mark: CurrencyMark) -> Option<Said> {
    let code = switch::in_use(page, mark)?;
    Some((code, Key::ByMenu.into()))
}

/// The code of the one entry that begins with the sign that the menu shows.
fn chosen_in(menu: &Menu, page: &Page) -> Option<Currency> {
    let shown: Vec<String> = page
        .select(&menu.current)
        .into_iter()
        .map(|node| node.text())
        .collect();
    let [sign] = shown.as_slice() else {
        return None;
    };
    let options = page.select(&menu.option);
    let mut codes = options.into_iter().filter_map(|option| {
        let text = option.text();
        let begins = text.split_whitespace().next() == Some(sign.as_str());
        begins
            .then(|| option.attr(&menu.code)?.parse::<Currency>().ok())
            .flatten()
    });
    let code = codes.next()?;
    codes.all(|other| other == code).then_some(code)
}

fn meta_code(page: &Page) -> Option<Said> {
    let names = [
        "product:price:currency",
        "og:price:currency",
        "pricecurrency",
    ];
    names.iter().find_map(|name| {
        Some((
            page.meta(name)?.parse().ok()?,
            Key::ByMeta.with(vec![(*name).into()]).into(),
        ))
    })
}

/// The currency of a language that one country speaks, or of the country that the language is said with: `en-AU`.
fn language_code(page: &Page) -> Option<Said> {
    let language = page.lang()?.trim().to_ascii_lowercase().replace('_', "-");
    let region = language.rsplit_once('-').map(|(_, region)| region);
    let code = match region.and_then(|region| code_of(COUNTRIES, region)) {
        Some(code) => code,
        None => code_of(LANGUAGES, &language)?,
    };
    Some((code, Key::ByLanguage.with(vec![language.into()]).into()))
}

/// The currency of the country whose hosts end so.
fn host_code(host: &str) -> Option<Said> {
    let (rest, end) = host.rsplit_once('.')?;
    if end == EVERYWHERE && !rest.ends_with(".com") {
        return None;
    }
    Some((
        code_of(COUNTRIES, end)?,
        Key::ByHost.with(vec![host.into()]).into(),
    ))
}

fn code_of(table: &[(&str, &str)], key: &str) -> Option<Currency> {
    let (_, code) = table.iter().find(|(known, _)| *known == key)?;
    code.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_host(host: &str) -> Option<String> {
        host_code(host).map(|(code, _)| code.to_string())
    }

    #[test]
    fn hosts_of_a_country_speak_for_its_currency_and_hosts_of_the_world_for_none() {
        for (host, code) in [
            ("shop.example.com.au", "AUD"),
            ("shop.example.se", "SEK"),
            ("example.ca", "CAD"),
            ("shop.example.swiss", "CHF"),
            ("tienda.example.com.co", "COP"),
        ] {
            assert_eq!(of_host(host).as_deref(), Some(code), "{host}");
        }
        for host in [
            "shop.example.com",
            "example.co",
            "example.io",
            "example.us",
            "localhost",
        ] {
            assert_eq!(of_host(host), None, "{host}");
        }
    }

    #[test]
    fn every_table_holds_currency_codes() {
        for (key, code) in LANGUAGES.iter().chain(COUNTRIES) {
            assert!(code.parse::<Currency>().is_ok(), "{key}: {code}");
        }
    }
}
