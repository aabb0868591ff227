//! The switch with which a buyer chooses the currency, read without knowing the shop.
//!
//! It is a witness where amounts carry a sign of several currencies only, so what it says is taken where that sign
//! admits it, and where all of the page's switches say the same.

use crate::css::Selector;

use crate::money::{Currency, CurrencyMark};
use crate::snapshot::{Node, Page};

/// What a buyer chooses from, and what opens it: parts of whatever calls itself a currency.
const OPTIONS: &str = ":is([class*='currenc' i], [id*='currenc' i], [action*='currenc' i], select[name*='currenc' i]) \
                       :is(a, button, option), a[href*='currency' i], button[data-currency], a[data-currency]";

/// Attributes of an entry that name its currency.
const NAMED_BY: [&str; 7] = [
    "data-code",
    "data-currency",
    "data-currency-code",
    "data-value",
    "href",
    "name",
    "value",
];

/// Classes of the entry in use.
const CHOSEN: [&str; 6] = [
    "active",
    "checked",
    "current",
    "is-active",
    "is-selected",
    "selected",
];

/// Attributes of the entry in use that are not `false`.
const STATED: [&str; 4] = [
    "aria-checked",
    "aria-current",
    "aria-pressed",
    "aria-selected",
];

/// Attributes of what opens a list.
const OPENS: [&str; 4] = [
    "aria-expanded",
    "aria-haspopup",
    "data-bs-toggle",
    "data-toggle",
];

/// What switches call dollars where they name no code.
const DOLLARS: [(&str, &str); 4] = [
    ("US Dollar", "USD"),
    ("U.S. Dollar", "USD"),
    ("Canadian Dollar", "CAD"),
    ("Australian Dollar", "AUD"),
];

/// Most steps from an entry to the element that holds what the switch shows.
const MOST_STEPS: usize = 4;

/// Most bytes of what a switch shows.
const LONGEST_SHOWN: usize = 60;

/// The currency that the page's switches show as the one in use.
pub(super) fn in_use(page: &Page, mark: CurrencyMark) -> Option<Currency> {
    let CurrencyMark::Symbol(sign) = mark else {
        return None;
    };
    let selector = Selector::parse(OPTIONS).ok()?;
    let parts = page.select(&selector);
    let (openers, options): (Vec<Node<'_>>, Vec<Node<'_>>) =
        parts.into_iter().partition(|part| is_opener(part, sign));
    let marked = options.iter().filter(|option| is_chosen(option));
    let codes = marked.filter_map(|option| code_of(option, mark));
    let mut said: Vec<Currency> = codes.collect();
    let opened = openers.iter().map(Node::text);
    let beside = options.iter();
    let beside = beside.filter_map(|option| shown_beside(option, &selector));
    for shown in opened.chain(beside) {
        said.extend(code_in(&shown, mark));
        if shown.split_whitespace().any(|word| word == sign) {
            said.extend(begins_with(sign, &options, mark));
        }
    }
    the_one(said.into_iter())
}

/// Whether it opens the entries rather than being one: it shows what is in use.
fn is_opener(part: &Node<'_>, sign: &str) -> bool {
    let classes = part.attr("class").unwrap_or_default();
    let opens = OPENS.iter().any(|name| part.attr(name).is_some());
    opens || classes.contains("toggle") || part.text() == sign
}

/// The one code among them, or `None` where they differ.
fn the_one(mut codes: impl Iterator<Item = Currency>) -> Option<Currency> {
    let code = codes.next()?;
    codes.all(|other| other == code).then_some(code)
}

fn is_chosen(option: &Node<'_>) -> bool {
    if option.name() == "option" {
        let mut around = option.parent();
        while let Some(node) = around {
            if node.name() == "select" {
                return node.value() == option.value();
            }
            around = node.parent();
        }
        return false;
    }
    let item = option.parent().filter(|parent| parent.name() == "li");
    is_marked(option) || item.is_some_and(|item| is_marked(&item))
}

fn is_marked(node: &Node<'_>) -> bool {
    let classes = node.attr("class").unwrap_or_default();
    let stated = |name: &&str| node.attr(name).is_some_and(|said| said != "false");
    classes.split_whitespace().any(|own| CHOSEN.contains(&own)) || STATED.iter().any(stated)
}

/// The currency of an entry: the one code in what it is called and in what it asks for.
fn code_of(option: &Node<'_>, mark: CurrencyMark) -> Option<Currency> {
    let attributes = NAMED_BY.iter().filter_map(|name| option.attr(name));
    let texts = attributes.map(str::to_ascii_uppercase);
    let mut codes: Vec<Currency> = texts.filter_map(|text| code_in(&text, mark)).collect();
    codes.extend(code_in(&option.text(), mark));
    the_one(codes.into_iter())
}

/// The one code that a text holds as a word of its own, or the one that it names.
fn code_in(text: &str, mark: CurrencyMark) -> Option<Currency> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    let written = words.filter(|word| word.bytes().all(|byte| byte.is_ascii_uppercase()));
    let named = DOLLARS.iter().filter(|(name, _)| text.contains(name));
    let codes = written.chain(named.map(|(_, code)| *code));
    the_one(
        codes
            .filter_map(|code| code.parse::<Currency>().ok())
            .filter(|code| mark.admits(*code)),
    )
}

/// What stands beside the entries in the nearest element that holds anything else.
fn shown_beside(option: &Node<'_>, options: &Selector) -> Option<String> {
    let mut around = option.parent();
    for _ in 0..MOST_STEPS {
        let node = around?;
        let shown = node.text_without(Some(options));
        if !shown.is_empty() {
            return (shown.len() <= LONGEST_SHOWN).then_some(shown);
        }
        around = node.parent();
    }
    None
}

/// The code of the one entry that begins with the sign.
fn begins_with(sign: &str, options: &[Node<'_>], mark: CurrencyMark) -> Option<Currency> {
    let begins = |option: &&Node<'_>| option.text().split_whitespace().next() == Some(sign);
    let codes = options.iter().filter(begins);
    the_one(codes.filter_map(|option| code_of(option, mark)))
}
