//! The words of findings: every key that the core can send, in every language.

#![allow(clippy::unwrap_used, reason = "tests")]

use punchout::cart::{Argument, Key, Message};
use punchout::money::Decimal;
use selectors_cli::english::sentence;
use serde_json::Value;

const LANGUAGES: [(&str, &str); 4] = [
    (
        "en",
        include_str!("../../../extension/_locales/en/messages.json"),
    ),
    (
        "de",
        include_str!("../../../extension/_locales/de/messages.json"),
    ),
    (
        "fr",
        include_str!("../../../extension/_locales/fr/messages.json"),
    ),
    (
        "it",
        include_str!("../../../extension/_locales/it/messages.json"),
    ),
];

fn name_of(key: Key) -> String {
    format!("found_{}", key.name())
}

#[test]
fn every_key_has_words_for_all_its_values_in_every_language() {
    for (language, words) in LANGUAGES {
        let words: Value = serde_json::from_str(words).unwrap();
        for (key, count) in Key::ALL {
            let name = name_of(*key);
            let template = words.get(&name);
            let template = template.unwrap_or_else(|| panic!("{language}: no words for {name}"));
            let placeholders = template
                .get("placeholders")
                .and_then(Value::as_object)
                .map_or(0, serde_json::Map::len);
            assert_eq!(placeholders, *count, "{language}: {name}");
        }
    }
}

#[test]
fn no_words_are_kept_for_keys_that_are_gone() {
    let words: Value = serde_json::from_str(LANGUAGES[0].1).unwrap();
    let known: Vec<String> = Key::ALL.iter().map(|(key, _)| name_of(*key)).collect();
    let found = words.as_object().unwrap().keys();
    let gone = found.filter(|name| name.starts_with("found_") && !known.contains(name));
    assert_eq!(gone.collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn every_value_of_a_finding_is_told_in_english() {
    for (key, count) in Key::ALL {
        let values: Vec<String> = (0..*count).map(|place| format!("value-{place}")).collect();
        let arguments = values.iter().cloned().map(Argument::Text).collect();
        let told = sentence(&key.with(arguments));
        assert!(
            values.iter().all(|value| told.contains(value)),
            "{key:?}: {told}"
        );
        assert!(!told.contains("$"), "{key:?}: {told}");
    }
}

#[test]
fn parts_lists_and_sums_stand_in_the_sentence_and_signs_of_a_page_stay_what_they_are() {
    let row = |label: &str, cents| {
        let values = vec![label.into(), Decimal::new(cents, 2).into()];
        Argument::from(Key::NamedAmount.with(values))
    };
    let rows = || vec![row("Delivery $LABEL$", 450), row("Fee", 100)];
    let told = |key: Key, value| sentence(&key.with(vec![value]));
    assert!(
        told(Key::NotAdded, Argument::List(rows()))
            .ends_with("`Delivery $LABEL$` 4.50, `Fee` 1.00")
    );
    assert!(told(Key::TaxUnproved, Argument::Sum(rows())).contains("4.50 + `Fee` 1.00"));
}

#[test]
fn a_finding_survives_the_worker() {
    let part = Key::OnlySign.with(vec!["€".into()]);
    let message: Message = Key::CurrencyUnproved.with(vec![part.into()]);
    let kept = serde_json::to_string(&message).unwrap();
    assert_eq!(
        kept,
        r#"{"key":"currency_unproved","values":[{"message":{"key":"only_sign","values":[{"text":"€"}]}}]}"#
    );
    assert_eq!(serde_json::from_str::<Message>(&kept).unwrap(), message);
}
