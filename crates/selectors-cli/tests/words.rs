//! The words of all languages, held against each other.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test says what it expects by failing"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::path::Path;

use punchout::cart::TotalKind;
use punchout::supplier::{Vocabulary, Words, WordsFile, fold};
use selectors_cli::folder::Workshop;

#[path = "words/meanings.rs"]
mod meanings;

/// Every language that suppliers' pages are read in.
const LANGUAGES: [&str; 22] = [
    "cs", "da", "de", "el", "en", "es", "fi", "fr", "hu", "it", "ja", "nb", "nl", "pl", "pt", "ro",
    "ru", "sk", "sv", "tr", "uk", "zh",
];

fn files() -> Vec<WordsFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../selectors");
    let workshop = Workshop::open(&root).expect("the folder of definitions can be listed");
    let of_words = |problem: &&_| format!("{problem}").contains("/words/");
    let problems: Vec<String> = workshop
        .problems
        .iter()
        .filter(of_words)
        .map(ToString::to_string)
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    workshop.words
}

fn words() -> Words {
    Words::new(files())
}

/// The keys of a file, `marks.free`, that have at least one phrase.
fn keys(file: &WordsFile) -> BTreeSet<String> {
    fn of<K: Debug>(table: &str, key: &K, phrases: &[String]) -> Option<String> {
        (!phrases.is_empty()).then(|| format!("{table}.{key:?}"))
    }
    let totals = file.totals.iter();
    let columns = file.columns.iter();
    let marks = file.marks.iter();
    totals
        .filter_map(|(key, list)| of("totals", key, list))
        .chain(columns.filter_map(|(key, list)| of("columns", key, list)))
        .chain(marks.filter_map(|(key, list)| of("marks", key, list)))
        .collect()
}

#[test]
fn every_language_of_the_suppliers_has_its_words() {
    let languages: Vec<String> = files().into_iter().map(|file| file.language).collect();
    assert_eq!(languages, LANGUAGES);
}

#[test]
fn every_language_says_all_that_english_says() {
    let files = files();
    let english = files.iter().find(|file| file.language == "en").unwrap();
    let wanted = keys(english);
    for file in &files {
        let own = keys(file);
        let missing: Vec<&String> = wanted.difference(&own).collect();
        assert!(
            missing.is_empty(),
            "{}.toml lacks {missing:?}",
            file.language
        );
        assert!(file.units.len() >= 15, "{}.toml: units", file.language);
    }
}

#[test]
fn no_phrase_stands_twice_in_one_list_and_none_is_a_number() {
    for file in files() {
        let totals = file.totals.iter().map(|(_, list)| list);
        let columns = file.columns.iter().map(|(_, list)| list);
        let marks = file.marks.iter().map(|(_, list)| list);
        let units = file.units.iter().map(|(_, list)| list);
        for list in totals.chain(columns).chain(marks).chain(units) {
            let mut seen = BTreeSet::new();
            for phrase in list {
                let folded = fold(phrase);
                assert!(
                    !folded
                        .split(' ')
                        .all(|word| word.bytes().all(|byte| byte.is_ascii_digit())),
                    "{}: `{phrase}`",
                    file.language
                );
                assert!(seen.insert(folded), "{}: `{phrase}` twice", file.language);
            }
        }
    }
}

/// Phrases of two meanings, each with its meanings.
fn torn<T: Copy + Ord + Debug>(vocabulary: &Vocabulary<T>) -> BTreeMap<String, String> {
    let mut meanings: BTreeMap<String, BTreeSet<T>> = BTreeMap::new();
    for (phrase, meaning) in vocabulary.phrases() {
        meanings
            .entry(phrase.to_owned())
            .or_default()
            .insert(meaning);
    }
    meanings
        .into_iter()
        .filter(|(_, several)| several.len() > 1)
        .map(|(phrase, several)| (phrase, format!("{several:?}")))
        .collect()
}

#[test]
fn no_phrase_means_two_rows_of_the_totals() {
    assert_eq!(torn(&words().totals), BTreeMap::new());
}

#[test]
fn phrases_of_two_meanings_in_other_tables_are_those_that_were_reviewed() {
    let words = words();
    let found: Vec<String> = torn(&words.columns)
        .into_iter()
        .chain(torn(&words.marks))
        .chain(torn(&words.units))
        .map(|(phrase, several)| format!("{phrase} {several}"))
        .collect();
    assert_eq!(found, meanings::REVIEWED, "{found:#?}");
}

#[test]
fn a_name_of_the_tax_alone_says_neither_net_nor_gross() {
    let words = words();
    for name in [
        "VAT 23%",
        "MwSt. 8.1%",
        "TVA",
        "IVA 22%",
        "Btw",
        "Moms",
        "Mva",
        "ALV",
        "DPH",
        "Áfa",
        "ΦΠΑ",
        "НДС",
        "ПДВ",
        "KDV",
        "消費税",
        "增值税",
        "GST",
    ] {
        assert_eq!(words.marks.meaning(name), None, "{name}");
        assert_eq!(words.total_kind(name), Some(TotalKind::Tax), "{name}");
    }
}

#[test]
fn labels_that_shop_software_prints_are_told_apart() {
    let words = words();
    let wrong: Vec<String> = meanings::LABELS
        .iter()
        .filter(|(label, kind)| words.total_kind(label) != Some(*kind))
        .map(|(label, kind)| format!("{label}: {:?}, not {kind:?}", words.total_kind(label)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(words.total_kind("Kundennummer"), None::<TotalKind>);
}

#[test]
fn free_is_said_in_every_language_by_the_whole_text() {
    let words = words();
    for text in [
        "Free",
        "FREE!",
        "gratis",
        "Kostenlos",
        "Gratuit",
        "Offert",
        "Gratuita",
        "Grátis",
        "Ilmainen",
        "Za darmo",
        "Zdarma",
        "Ingyenes",
        "Gratuită",
        "無料",
        "免费",
        "Δωρεάν",
        "Бесплатно",
        "Безкоштовно",
        "Ücretsiz",
        "versandkostenfrei",
        "Fri frakt",
    ] {
        assert!(words.is_free(text), "{text}");
    }
    for text in [
        "",
        "0.00",
        "Free delivery from CHF 50",
        "kostenlose Rückgabe",
        "freeze",
    ] {
        assert!(!words.is_free(text), "{text}");
    }
}

#[test]
fn units_of_shops_have_their_code() {
    let words = words();
    for (unit, code) in [
        ("Stk.", "H87"),
        ("Stück", "H87"),
        ("St.", "H87"),
        ("pcs", "H87"),
        ("pièce(s)", ""),
        ("pièces", "H87"),
        ("pz.", "H87"),
        ("stuks", "H87"),
        ("szt.", "H87"),
        ("ks", "H87"),
        ("db", "H87"),
        ("buc.", "H87"),
        ("шт.", "H87"),
        ("adet", "H87"),
        ("個", "H87"),
        ("件", "H87"),
        ("EA", "EA"),
        ("each", "EA"),
        ("Paar", "PR"),
        ("paire", "PR"),
        ("m", "MTR"),
        ("Meter", "MTR"),
        ("m²", "MTK"),
        ("kg", "KGM"),
        ("Liter", "LTR"),
        ("l", "LTR"),
        ("Rolle", "XRO"),
        ("Packung", "XPK"),
        ("Karton", "XCT"),
        ("Box", "XBX"),
        ("Set", "SET"),
        ("Dutzend", "DZN"),
        ("5×500", ""),
        ("Pack of 5", ""),
        ("Farbe", ""),
    ] {
        let found = words.unit_code(unit, None).map(|code| code.to_string());
        assert_eq!(found.unwrap_or_default(), code, "{unit}");
    }
}

#[test]
fn the_page_says_which_of_two_languages_a_unit_is_in() {
    let words = words();
    let code = |language| {
        words
            .unit_code("kpl", language)
            .map(|code| code.to_string())
    };
    assert_eq!(code(Some("fi-FI")).as_deref(), Some("H87"));
    assert_eq!(code(Some("pl")).as_deref(), Some("SET"));
    assert_eq!(code(None), None);
}
