use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::*;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Shape {
    Plain,
    Newtype(u32),
    Named {
        list: Vec<Option<i64>>,
        text: String,
    },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Tagged {
    One { flag: bool },
    Two,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
struct Key(i64);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Whole {
    shapes: Vec<Shape>,
    tagged: Vec<Tagged>,
    by_number: BTreeMap<Key, String>,
    pair: (u8, String),
    #[serde(default)]
    absent: Option<String>,
}

#[test]
fn what_serde_json_writes_is_read_back() {
    let whole = Whole {
        shapes: vec![
            Shape::Plain,
            Shape::Newtype(7),
            Shape::Named {
                list: vec![Some(-1), None],
                text: "ä \"quoted\"".to_owned(),
            },
        ],
        tagged: vec![Tagged::One { flag: true }, Tagged::Two],
        by_number: BTreeMap::from([(Key(-5), "x".to_owned())]),
        pair: (1, "two".to_owned()),
        absent: None,
    };
    let text = serde_json::to_string(&whole).unwrap();
    assert_eq!(read::<Whole>(&text), Ok(whole));
}

#[test]
fn an_error_never_repeats_what_was_there() {
    for text in [
        r#""secret""#,
        r#"{"secret":1}"#,
        r#"["secret"]"#,
        r#"{"list":"secret"}"#,
        "secret",
    ] {
        let error = read::<Shape>(text).unwrap_err().to_string();
        assert!(!error.contains("secret"), "{error}");
    }
}

#[test]
fn a_number_with_a_fraction_is_handed_on_by_its_digits() {
    let text = Ok(serde_json::Value::String("8.10".to_owned()));
    assert_eq!(read::<serde_json::Value>("8.10"), text);
    assert!(read::<String>("true").is_err());
}

#[derive(Debug, PartialEq, Deserialize)]
struct Tolerant {
    needed: String,
    optional: Option<String>,
    #[serde(default)]
    list: Vec<String>,
    #[serde(default)]
    inner: Inner,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Inner {
    flag: bool,
    count: u8,
}

#[test]
fn what_may_be_absent_is_left_to_the_type() {
    let read = read::<Tolerant>(r#"{"inner":{"count":3},"needed":"x"}"#);
    let expected = Tolerant {
        needed: "x".to_owned(),
        optional: None,
        list: Vec::new(),
        inner: Inner {
            flag: false,
            count: 3,
        },
    };
    assert_eq!(read, Ok(expected));
}

#[test]
fn an_absent_property_is_named() {
    let error = read::<Tolerant>(r#"{"list":["x"]}"#).unwrap_err();
    assert_eq!(error.to_string(), "missing field `needed`");
}

#[test]
fn null_is_no_list() {
    let error = read::<Tolerant>(r#"{"needed":"x","list":null}"#).unwrap_err();
    assert_eq!(error.to_string(), "expected a list");
}

#[test]
fn an_unknown_property_is_passed_over_or_refused_at_any_depth() {
    for text in [
        r#"{"needed":"x","other":1}"#,
        r#"{"needed":"x","inner":{"other":1}}"#,
    ] {
        assert!(read::<Tolerant>(text).is_ok(), "{text}");
        let error = read_strictly::<Tolerant>(text).unwrap_err().to_string();
        assert!(error.starts_with("unknown field `other`"), "{error}");
    }
}

#[test]
fn a_number_out_of_range_is_refused() {
    assert!(read::<u8>("256").is_err());
    assert!(read::<u32>("-1").is_err());
    assert!(read::<i64>("9223372036854775808").is_err());
    assert_eq!(read("18446744073709551615"), Ok(u64::MAX));
    assert_eq!(read("-9223372036854775808"), Ok(i64::MIN));
}

#[test]
fn a_variant_without_content_takes_none() {
    assert_eq!(read::<Shape>(r#"{"plain":null}"#), Ok(Shape::Plain));
    assert_eq!(
        read::<Shape>(r#"{"plain":{}}"#).unwrap_err().to_string(),
        "expected a variant without content"
    );
    assert!(read::<Shape>(r#""newtype""#).is_err());
    assert!(read::<Shape>(r#"{"plain":null,"newtype":1}"#).is_err());
}
