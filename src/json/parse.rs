//! The parser: RFC 8259 to the letter, and numbers as they are written.

use super::Value;

/// Lists and objects within each other, as many as `serde_json` reads.
const DEEPEST: u8 = 127;

/// Reads a text; where it is no JSON, gives the byte where that shows.
#[inline(never)]
pub(super) fn parse(text: &str) -> Result<Value, usize> {
    let mut parser = Parser {
        rest: text,
        room: DEEPEST,
    };
    let value = parser.value();
    parser.blank();
    match value {
        Some(value) if parser.rest.is_empty() => Ok(value),
        _ => Err(text.len().saturating_sub(parser.rest.len())),
    }
}

/// What is still to be read. A method that gives `None` leaves it where the text is no JSON.
struct Parser<'t> {
    rest: &'t str,
    /// How many lists and objects may still open within the present one.
    room: u8,
}

impl Parser<'_> {
    fn value(&mut self) -> Option<Value> {
        self.blank();
        match self.rest.as_bytes().first()? {
            b'n' => self.word("null", Value::Null),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'"' => self.text().map(Value::Text),
            b'[' => self.list().map(Value::List),
            b'{' => self.object().map(Value::Object),
            _ => self.number().map(Value::Number),
        }
    }

    fn blank(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    /// Takes a token, if it is next.
    fn take(&mut self, token: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(token)?;
        Some(())
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        self.take(word)?;
        Some(value)
    }

    fn list(&mut self) -> Option<Vec<Value>> {
        let mut values = Vec::new();
        let mut more = self.opened("[", "]")?;
        while more {
            values.push(self.value()?);
            more = self.goes_on("]")?;
        }
        Some(values)
    }

    fn object(&mut self) -> Option<Vec<(String, Value)>> {
        let mut properties = Vec::new();
        let mut more = self.opened("{", "}")?;
        while more {
            self.blank();
            let name = self.text()?;
            self.blank();
            self.take(":")?;
            properties.push((name, self.value()?));
            more = self.goes_on("}")?;
        }
        Some(properties)
    }

    /// Opens a list or an object, and says whether anything is in it.
    fn opened(&mut self, opening: &str, closing: &str) -> Option<bool> {
        let room = self.room.checked_sub(1)?;
        self.take(opening)?;
        self.blank();
        if self.take(closing).is_some() {
            return Some(false);
        }
        self.room = room;
        Some(true)
    }

    /// Says whether a list or an object goes on after an entry, and closes it where not.
    fn goes_on(&mut self, closing: &str) -> Option<bool> {
        self.blank();
        if self.take(closing).is_some() {
            self.room = self.room.saturating_add(1);
            return Some(false);
        }
        self.take(",")?;
        Some(true)
    }

    fn number(&mut self) -> Option<String> {
        let start = self.rest;
        let _sign = self.take("-");
        if self.take("0").is_none() {
            self.digits()?;
        }
        if self.take(".").is_some() {
            self.digits()?;
        }
        if self.take("e").or_else(|| self.take("E")).is_some() {
            let _sign = self.take("+").or_else(|| self.take("-"));
            self.digits()?;
        }
        // By length: comparing what is left would read the rest of the text for every number.
        let length = start.len().checked_sub(self.rest.len())?;
        start.get(..length).map(str::to_owned)
    }

    /// Takes the digits that are next, at least one.
    fn digits(&mut self) -> Option<()> {
        let rest = self.rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let any = rest.len() < self.rest.len();
        self.rest = rest;
        any.then_some(())
    }

    fn text(&mut self) -> Option<String> {
        self.take("\"")?;
        let mut text = String::new();
        loop {
            let end = plain_length(self.rest.as_bytes())?;
            let (plain, rest) = self.rest.split_at_checked(end)?;
            text.push_str(plain);
            self.rest = rest;
            if self.take("\"").is_some() {
                return Some(text);
            }
            self.take("\\")?;
            text.push(self.escaped()?);
        }
    }

    /// The character that an escape stands for, after its backslash.
    fn escaped(&mut self) -> Option<char> {
        let mut rest = self.rest.chars();
        let escape = rest.next()?;
        let character = match escape {
            '"' | '\\' | '/' => escape,
            'b' => '\x08',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.unicode(),
            _ => return None,
        };
        self.rest = rest.as_str();
        Some(character)
    }

    /// A character by its one or two UTF-16 code units; a half of a pair alone is none.
    fn unicode(&mut self) -> Option<char> {
        let first = self.code_unit("u")?;
        let second = match first {
            0xD800..=0xDBFF => Some(self.code_unit("\\u")?),
            _ => None,
        };
        char::decode_utf16(std::iter::once(first).chain(second))
            .next()?
            .ok()
    }

    fn code_unit(&mut self, prefix: &str) -> Option<u16> {
        self.take(prefix)?;
        let (digits, rest) = self.rest.split_at_checked(4)?;
        // The standard library would also take a sign.
        let unit = digits
            .bytes()
            .all(|digit| digit.is_ascii_hexdigit())
            .then(|| u16::from_str_radix(digits, 16).ok())??;
        self.rest = rest;
        Some(unit)
    }
}

/// How many bytes are before the first that ends the plain part of a text: a quote, a backslash, a control character.
///
/// Eight at a time, as a page's markup is one text of megabytes: subtracting from each byte of a word shows in its highest
/// bit which were less, and what is borrowed from the next byte only shows behind one that was.
fn plain_length(bytes: &[u8]) -> Option<usize> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGHEST: u64 = EACH << 7;
    let below =
        |word: u64, limit: u64| word.wrapping_sub(EACH.wrapping_mul(limit)) & !word & HIGHEST;
    let is_end = |byte: u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
    let holds_end = |bytes: &[u8; 8]| {
        let word = u64::from_le_bytes(*bytes);
        let is = |byte| below(word ^ EACH.wrapping_mul(byte), 1);
        is(u64::from(b'"')) | is(u64::from(b'\\')) | below(word, 0x20) != 0
    };
    let (words, _) = bytes.as_chunks();
    let passed = words
        .iter()
        .take_while(|word| !holds_end(word))
        .count()
        .wrapping_mul(8);
    let end = bytes.get(passed..)?.iter().position(|byte| is_end(*byte))?;
    passed.checked_add(end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What `serde_json` makes of the same text.
    fn reference(text: &str) -> Option<serde_json::Value> {
        serde_json::from_str(text).ok()
    }

    /// Whether `serde_json` stopped at a number that no binary float holds,
    /// such as `100e412`. Our reader keeps a number's digits as they stand,
    /// so there it has no limit, and the two part on purpose.
    fn too_large_for_a_float(text: &str) -> bool {
        let read = serde_json::from_str::<serde_json::Value>(text);
        read.is_err_and(|error| error.to_string().starts_with("number out of range"))
    }

    fn same(own: &Value, reference: &serde_json::Value) -> bool {
        use serde_json::Value as Reference;
        match (own, reference) {
            (Value::Null, Reference::Null) => true,
            (Value::Bool(own), Reference::Bool(reference)) => own == reference,
            (Value::Text(own), Reference::String(reference)) => own == reference,
            (Value::Number(own), Reference::Number(reference)) => {
                serde_json::from_str::<serde_json::Number>(own).is_ok_and(|own| own == *reference)
            }
            (Value::List(own), Reference::Array(reference)) => {
                own.len() == reference.len() && own.iter().zip(reference).all(|(a, b)| same(a, b))
            }
            (Value::Object(own), Reference::Object(reference)) => {
                own.iter().all(|(name, _)| reference.contains_key(name))
                    && reference.iter().all(|(name, value)| {
                        let own = own.iter().rfind(|(own, _)| own == name);
                        own.is_some_and(|(_, own)| same(own, value))
                    })
            }
            _ => false,
        }
    }

    fn agrees(text: &str) -> bool {
        if too_large_for_a_float(text) {
            return true;
        }
        match (parse(text), reference(text)) {
            (Ok(own), Some(reference)) => same(&own, &reference),
            (Err(_), None) => true,
            _ => false,
        }
    }

    /// Pieces from which texts are made that are JSON now and then.
    const PIECES: &[&str] = &[
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\"",
        "\\",
        "\\u",
        "\\ud83d",
        "\\ude00",
        "00e4",
        "\\n",
        "\\/",
        "\"a\"",
        "\"a\":",
        "null",
        "true",
        "fals",
        "0",
        "-",
        "1",
        "12",
        ".",
        "5",
        "e",
        "E+",
        "e-3",
        " ",
        "\n",
        "\t",
        "\u{a0}",
        "\0",
        "ä",
        "😀",
        "[]",
        "{}",
        "[1]",
        "{\"a\":1}",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn any_text_is_read_as_serde_json_reads_it(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12),
        ) {
            let text: String = pieces.concat();
            prop_assert!(agrees(&text), "{text}");
            let text = format!("\"{text}\"");
            prop_assert!(agrees(&text), "{text}");
        }

        #[test]
        fn what_serde_json_writes_is_read(text in any::<String>(), number in any::<i64>()) {
            let value = serde_json::json!({"text": text, "list": [number, null, {"": [true, text]}]});
            prop_assert!(agrees(&value.to_string()));
            prop_assert!(agrees(&serde_json::to_string_pretty(&value).unwrap()));
        }
    }

    #[test]
    fn it_goes_as_deep_as_serde_json() {
        for depth in [126, 127, 128, 129, 100_000] {
            let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            assert_eq!(parse(&text).is_ok(), reference(&text).is_some(), "{depth}");
        }
        let wide = format!("[{}[]]", "[[]],".repeat(1000));
        assert!(agrees(&wide));
    }

    #[test]
    fn a_number_keeps_its_digits() {
        for text in [
            "602.00",
            "-0.10",
            "1e-7",
            "100e412",
            "123456789012345678901234567890",
        ] {
            assert!(matches!(parse(text), Ok(Value::Number(own)) if own == text));
        }
    }

    #[test]
    fn the_place_where_it_is_no_json_is_told() {
        assert!(matches!(parse("[1,\n x]"), Err(5)));
        assert!(matches!(parse(""), Err(0)));
        assert!(matches!(parse("{} {}"), Err(3)));
    }
}
