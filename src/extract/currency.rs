//! Which currency a page's amounts are in: what they say themselves, else what a second witness says.

use crate::cart::{Finding, FindingCode};
use crate::money::{Currency, CurrencyMark};
use crate::snapshot::Page;
use crate::supplier::{Definition, Location, Menu, Words};

use super::field::{As, Scope, held};

/// Languages that are spoken in one country of those that share a sign.
const LANGUAGES: &[(&str, &str)] = &[
    ("sv", "SEK"),
    ("sv-se", "SEK"),
    ("da", "DKK"),
    ("da-dk", "DKK"),
    ("nb", "NOK"),
    ("nb-no", "NOK"),
    ("nn", "NOK"),
    ("nn-no", "NOK"),
    ("no", "NOK"),
    ("no-no", "NOK"),
    ("is", "ISK"),
    ("is-is", "ISK"),
    ("ja", "JPY"),
    ("ja-jp", "JPY"),
    ("zh-cn", "CNY"),
    ("zh-hans", "CNY"),
    ("zh-hans-cn", "CNY"),
    ("de-ch", "CHF"),
    ("fr-ch", "CHF"),
    ("it-ch", "CHF"),
    ("rm-ch", "CHF"),
];

/// Where a currency is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Witnesses<'w> {
    pub(super) page: &'w Page,
    pub(super) at: Location<'w>,
    pub(super) definition: Option<&'w Definition>,
    pub(super) words: &'w Words,
}

/// The one currency of a cart's amounts, and what is to be said about it.
pub(super) fn decide(
    marks: &[CurrencyMark],
    witnesses: Witnesses<'_>,
) -> (Option<Currency>, Option<Finding>) {
    let merged = marks
        .iter()
        .try_fold(CurrencyMark::None, |merged, mark| merged.and(*mark));
    let Some(mark) = merged else {
        let words = "the cart shows amounts in more than one currency";
        return (
            None,
            Some(Finding::of_cart(FindingCode::CurrencyMixed, words)),
        );
    };
    match mark {
        CurrencyMark::Code(code) => (Some(code), contradiction(code, witnesses)),
        CurrencyMark::Symbol(sign) => by_witness(mark, Some(sign), witnesses),
        CurrencyMark::None => by_witness(mark, None, witnesses),
    }
}

/// A code that the page holds for its cart and that is not the currency of its amounts.
fn contradiction(code: Currency, witnesses: Witnesses<'_>) -> Option<Finding> {
    let other = codes_in(witnesses)
        .into_iter()
        .find(|(other, _)| *other != code)?;
    let message = format!(
        "the amounts are shown in {code}, but {} says {}",
        other.1, other.0
    );
    Some(Finding::of_cart(FindingCode::CurrencyMixed, message))
}

fn by_witness(
    mark: CurrencyMark,
    sign: Option<&str>,
    witnesses: Witnesses<'_>,
) -> (Option<Currency>, Option<Finding>) {
    let shown = sign.map_or_else(
        || "no currency sign".to_owned(),
        |sign| format!("only `{sign}`"),
    );
    let mut said = codes_in(witnesses);
    said.extend(menu_code(witnesses));
    said.extend(meta_code(witnesses.page));
    let declared = witnesses
        .definition
        .and_then(|definition| definition.currency_of(witnesses.at.host));
    said.extend(declared.map(|code| (code, format!("the definition of {}", witnesses.at.host))));
    if said.is_empty() && sign.is_some() {
        said.extend(language_code(witnesses.page));
        said.extend(swiss_host(witnesses.at.host));
    }
    said.retain(|(code, _)| mark.admits(*code));
    let unknown = |words: String| {
        (
            None,
            Some(Finding::of_cart(FindingCode::CurrencyUnknown, words)),
        )
    };
    let Some((code, by)) = said.first().cloned() else {
        return unknown(format!(
            "the amounts carry {shown}, and nothing else on the page proves a currency"
        ));
    };
    if let Some((other, by_other)) = said.iter().find(|(other, _)| *other != code) {
        return unknown(format!(
            "the amounts carry {shown}; {by} says {code}, {by_other} says {other}"
        ));
    }
    let message = format!("the amounts carry {shown}; {code} is what {by} says");
    (
        Some(code),
        Some(Finding::of_cart(FindingCode::CurrencyFromContext, message)),
    )
}

/// Codes at the places that the definition names.
fn codes_in(witnesses: Witnesses<'_>) -> Vec<(Currency, String)> {
    let places = witnesses
        .definition
        .into_iter()
        .flat_map(|definition| &definition.currency_code);
    let found = places.flat_map(|field| {
        let texts = held(field, Scope::Page(witnesses.page), As::Text);
        texts
            .into_iter()
            .filter_map(move |held| Some((held.text.parse().ok()?, field.locator.clone())))
    });
    found.collect()
}

fn menu_code(witnesses: Witnesses<'_>) -> Option<(Currency, String)> {
    witnesses
        .definition?
        .currency_menus
        .iter()
        .find_map(|menu| {
            let code = chosen_in(menu, witnesses.page)?;
            Some((code, "the page's currency menu".to_owned()))
        })
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

fn meta_code(page: &Page) -> Option<(Currency, String)> {
    let names = [
        "product:price:currency",
        "og:price:currency",
        "pricecurrency",
    ];
    names.iter().find_map(|name| {
        Some((
            page.meta(name)?.parse().ok()?,
            format!("the page's meta {name}"),
        ))
    })
}

fn language_code(page: &Page) -> Option<(Currency, String)> {
    let language = page.lang()?.trim().to_ascii_lowercase().replace('_', "-");
    let (_, code) = LANGUAGES.iter().find(|(known, _)| *known == language)?;
    Some((
        code.parse().ok()?,
        format!("the page's language {language}"),
    ))
}

fn swiss_host(host: &str) -> Option<(Currency, String)> {
    let swiss = [".ch", ".li", ".swiss"]
        .iter()
        .any(|end| host.ends_with(end));
    swiss
        .then(|| "CHF".parse().ok())
        .flatten()
        .map(|code| (code, format!("the host {host}")))
}
