//! Reads the text that `XMLSerializer` writes, part by part.
//!
//! That text is regular (every element closed, every value quoted) but not always XML: attribute names such as
//! `@click` and `:class` pass through. So any name is accepted here. The reader is total: whatever the text is, it
//! ends, and every byte is looked at a bounded number of times. What it cannot make sense of, it reads as text.

use std::borrow::Cow;

/// One part of the markup. Comments, declarations and processing instructions are passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// A start tag; its attributes are in [`Reader::attributes`] until the next part is asked for.
    Open {
        /// The name as written, prefix included.
        name: &'a str,
        /// Whether an end tag follows.
        body: Body,
    },
    /// An end tag.
    Close(&'a str),
    /// Text whose references are still to be decoded.
    Text(&'a str),
    /// Text of a CDATA section.
    Verbatim(&'a str),
}

/// Whether an element has an end tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// `<td>`
    Follows,
    /// `<br/>`
    None,
}

/// A cursor over markup.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    rest: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Reader<'a> {
    /// Starts at the beginning of `markup`.
    pub(super) fn new(markup: &'a str) -> Self {
        Self {
            rest: markup,
            attributes: Vec::new(),
        }
    }

    /// Names and undecoded values of the start tag that was read last.
    pub(super) fn attributes(&self) -> &[(&'a str, &'a str)] {
        &self.attributes
    }

    /// Passes over everything up to the end tag of an element named `name` that has just been opened, and tells
    /// whether there was an element or text in it.
    pub(super) fn skip_body(&mut self, name: &str) -> bool {
        let mut open = 1_usize;
        let mut held = false;
        while let Some(part) = self.next_part() {
            match part {
                Part::Open {
                    name: inner,
                    body: Body::Follows,
                } if inner == name => open += 1,
                Part::Close(inner) if inner == name => open -= 1,
                _ => {}
            }
            if open == 0 {
                break;
            }
            held = true;
        }
        held
    }

    /// The next part, or `None` at the end.
    pub(super) fn next_part(&mut self) -> Option<Part<'a>> {
        while !self.rest.is_empty() {
            let part = match self.rest.strip_prefix('<') {
                Some(after) => self.tag(after),
                None => Some(Part::Text(self.take_until('<'))),
            };
            if part.is_some() {
                return part;
            }
        }
        None
    }

    /// What follows a `<`; `None` where it has been passed over.
    fn tag(&mut self, after: &'a str) -> Option<Part<'a>> {
        match after.chars().next() {
            Some('!') => self.declaration(after),
            Some('?') => {
                self.rest = after;
                self.take_past("?>");
                None
            }
            Some('/') => {
                (_, self.rest) = cut(after, 1);
                let inside = self.take_past_sign('>');
                Some(Part::Close(
                    inside.split_ascii_whitespace().next().unwrap_or_default(),
                ))
            }
            Some(first) if first.is_alphabetic() || first == '_' || first == ':' => {
                self.rest = after;
                Some(self.start_tag())
            }
            _ => {
                let (text, rest) = cut(self.rest, 1);
                self.rest = rest;
                Some(Part::Text(text))
            }
        }
    }

    /// A comment, a CDATA section or a document type.
    fn declaration(&mut self, after: &'a str) -> Option<Part<'a>> {
        if let Some(comment) = after.strip_prefix("!--") {
            self.rest = comment;
            self.take_past("-->");
            None
        } else if let Some(section) = after.strip_prefix("![CDATA[") {
            self.rest = section;
            Some(Part::Verbatim(self.take_past("]]>")))
        } else {
            self.rest = after;
            self.take_past_sign('>');
            None
        }
    }

    fn start_tag(&mut self) -> Part<'a> {
        self.attributes.clear();
        let name = self.take_while(|byte| !ends_name(byte));
        loop {
            self.take_while(|byte| byte.is_ascii_whitespace());
            if let Some(rest) = self.rest.strip_prefix("/>") {
                self.rest = rest;
                return Part::Open {
                    name,
                    body: Body::None,
                };
            }
            if let Some(rest) = self.rest.strip_prefix('>') {
                self.rest = rest;
                return Part::Open {
                    name,
                    body: Body::Follows,
                };
            }
            if self.rest.is_empty() {
                return Part::Open {
                    name,
                    body: Body::None,
                };
            }
            self.attribute();
        }
    }

    /// One attribute. The first character may be anything, as HTML parsers allow `=`, and `/` is passed over.
    fn attribute(&mut self) {
        let first = self.rest.chars().next().map_or(0, char::len_utf8);
        let (_, after_first) = cut(self.rest, first);
        let more = after_first
            .bytes()
            .position(|byte| ends_name(byte) || byte == b'=')
            .unwrap_or(after_first.len());
        let (name, rest) = cut(self.rest, first + more);
        self.rest = rest;
        let value = match rest.strip_prefix('=') {
            Some(after) => self.attribute_value(after),
            None => "",
        };
        if name != "/" {
            self.attributes.push((name, value));
        }
    }

    fn attribute_value(&mut self, after: &'a str) -> &'a str {
        for quote in ['"', '\''] {
            if let Some(quoted) = after.strip_prefix(quote) {
                self.rest = quoted;
                return self.take_past_sign(quote);
            }
        }
        self.rest = after;
        self.take_while(|byte| !byte.is_ascii_whitespace() && byte != b'>')
    }

    fn take_until(&mut self, stop: char) -> &'a str {
        let end = self.rest.find(stop).unwrap_or(self.rest.len());
        self.take(end)
    }

    /// Takes what stands before `stop`, and passes over `stop`; everything where it never comes.
    fn take_past(&mut self, stop: &str) -> &'a str {
        let (before, after) = self.rest.split_once(stop).unwrap_or((self.rest, ""));
        self.rest = after;
        before
    }

    /// The same where one character stops: a page has one or two in each tag, and a search for texts has to be set up.
    fn take_past_sign(&mut self, stop: char) -> &'a str {
        let (before, after) = self.rest.split_once(stop).unwrap_or((self.rest, ""));
        self.rest = after;
        before
    }

    fn take_while(&mut self, keep: impl Fn(u8) -> bool) -> &'a str {
        let end = self
            .rest
            .bytes()
            .position(|byte| !keep(byte))
            .unwrap_or(self.rest.len());
        self.take(end)
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = cut(self.rest, length);
        self.rest = rest;
        taken
    }
}

fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'/' || byte == b'>'
}

/// Like `split_at`, but takes everything where the place is not one.
fn cut(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// Decodes the five references of XML, `&nbsp;` and numbers. Anything else stays as it is written.
pub(super) fn decode(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        match reference(after) {
            Some((character, tail)) => {
                text.push(character);
                rest = tail;
            }
            None => {
                text.push('&');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The longest reference is `&#x10FFFF;`; leading zeros are not worth more.
const LONGEST_REFERENCE: usize = 12;

fn reference(after: &str) -> Option<(char, &str)> {
    let end = after
        .bytes()
        .take(LONGEST_REFERENCE)
        .position(|byte| byte == b';')?;
    let (name, tail) = cut(after, end);
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => numeric(name.strip_prefix('#')?)?,
    };
    Some((character, tail.strip_prefix(';')?))
}

fn numeric(digits: &str) -> Option<char> {
    let (digits, radix) = match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => (hexadecimal, 16),
        None => (digits, 10),
    };
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let number = u32::from_str_radix(digits, radix).ok();
    let character = number
        .and_then(char::from_u32)
        .filter(|&character| character != '\0');
    Some(character.unwrap_or('\u{fffd}'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts(markup: &str) -> Vec<String> {
        let mut reader = Reader::new(markup);
        let mut seen = Vec::new();
        while let Some(part) = reader.next_part() {
            seen.push(match part {
                Part::Open { name, body } => format!("{name} {:?} {body:?}", reader.attributes()),
                Part::Close(name) => format!("/{name}"),
                Part::Text(raw) => decode(raw).into_owned(),
                Part::Verbatim(text) => format!("[{text}]"),
            });
        }
        seen
    }

    #[test]
    fn attribute_names_that_xml_refuses_are_accepted() {
        let markup = r#"<a @click="go()" :class="{a: b}" x-on:click.prevent="" =odd="1" a"b="2" a&lt;="3"/>"#;
        let expected = r#"a [("@click", "go()"), (":class", "{a: b}"), ("x-on:click.prevent", ""), ("=odd", "1"), ("a\"b", "2"), ("a&lt;", "3")] None"#;
        assert_eq!(parts(markup), [expected]);
    }

    #[test]
    fn comments_declarations_and_instructions_are_passed_over() {
        let markup = "<!DOCTYPE html><!-- <b> --><?php <i> ?>a<![CDATA[<u>&amp;]]>b";
        assert_eq!(parts(markup), ["a", "[<u>&amp;]", "b"]);
    }

    #[test]
    fn a_greater_sign_in_a_value_does_not_end_the_tag() {
        assert_eq!(
            parts("<p title='a>b'>x</p>"),
            [r#"p [("title", "a>b")] Follows"#, "x", "/p"]
        );
    }

    #[test]
    fn references_are_decoded_once_and_strangers_left_alone() {
        assert_eq!(
            decode("&amp;lt; &lt;&gt;&quot;&apos;&nbsp;|&#233;&#xE9;"),
            "&lt; <>\"'\u{a0}|éé"
        );
        assert_eq!(
            decode("&euro; & &; &#; &#x110000; &#0; &#55296;"),
            "&euro; & &; &#; \u{fffd} \u{fffd} \u{fffd}"
        );
    }

    #[test]
    fn unfinished_markup_ends() {
        for text in [
            "<",
            "</",
            "<a",
            "<a b",
            "<a b=",
            "<a b=\"",
            "<!--",
            "<![CDATA[",
            "<?",
            "<a /",
            "<a / b",
            "< b",
            "&",
        ] {
            parts(text);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(text in "(?s).{0,200}") {
            prop_assert!(parts(&text).len() <= text.len());
        }

        #[test]
        fn anything_that_looks_like_markup_is_read_to_its_end(text in r#"([<>/="'&;!?\[\]a-c é-]|<!--|-->|]]>|<!\[CDATA\[){0,80}"#) {
            prop_assert!(parts(&text).len() <= text.len());
        }
    }
}
