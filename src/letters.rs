//! Letters of pages: small ones, for comparing words that pages print with words that are known, and what sets texts apart.
//!
//! [`str::to_lowercase`] brings a table for every script of Unicode: twelve kilobytes of the wasm. Words are compared
//! here in the scripts that have two cases and that shops print: Latin, Greek and Cyrillic.

/// A space that no page's text holds, since white space becomes U+0020. It sets the texts of different elements apart:
/// `3` and `120.00` in two of them are no 3120.
pub const BORDER: char = '\u{2003}';

/// The text in small letters; other scripts stay as they are.
///
/// Unlike in [`str::to_lowercase`], a sigma is the same at the end of a word, and the Turkish dotted I becomes one
/// letter, so that words compare equal whichever case they are printed in, and a letter always becomes one letter.
#[must_use]
pub fn lower(text: &str) -> String {
    text.chars().map(lower_letter).collect()
}

/// One letter as [`lower`] makes it.
#[must_use]
pub fn lower_letter(letter: char) -> char {
    // Most letters of most pages.
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    let distance = match letter {
        'İ' => return 'i',
        'ς' => return 'σ',
        'Ÿ' => return 'ÿ',
        'ẞ' => return 'ß',
        'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => 32,
        'Ά' => 38,
        'Έ'..='Ί' => 37,
        'Ό' => 64,
        'Ύ' | 'Ώ' => 63,
        'Ѐ'..='Џ' => 80,
        'Ӏ' => 15,
        // Pairs, the capital first: at even places, or at odd ones.
        'Ā'..='Į' | 'Ĳ'..='Ķ' | 'Ŋ'..='Ŷ' | 'Ș'..='Ț' | 'Ḁ'..='Ẕ' | 'Ạ'..='Ỿ' => {
            u32::from(letter).wrapping_add(1) & 1
        }
        'Ґ'..='Ҿ' | 'Ӑ'..='Ԯ' => u32::from(letter).wrapping_add(1) & 1,
        'Ĺ'..='Ň' | 'Ź'..='Ž' | 'Ǎ'..='Ǜ' | 'Ӂ'..='Ӎ' => u32::from(letter) & 1,
        _ => return letter,
    };
    char::from_u32(u32::from(letter).wrapping_add(distance)).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters that differ from the standard library's on purpose.
    const OWN: [char; 2] = ['İ', 'ς'];

    #[test]
    fn letters_that_shops_print_become_small_as_in_unicode() {
        let blocks = [
            '\0'..='ſ',
            'Ǎ'..='ǜ',
            'Ș'..='ț',
            'Ά'..='ώ',
            'Ѐ'..='џ',
            'Ґ'..='ӿ',
            'Ḁ'..='ỿ',
        ];
        for letter in blocks.into_iter().flatten().filter(|c| !OWN.contains(c)) {
            let standard: String = letter.to_lowercase().collect();
            assert_eq!(lower(&letter.to_string()), standard, "{letter}");
        }
    }

    #[test]
    fn small_letters_and_other_scripts_stay_as_they_are() {
        for text in ["grüße", "ελλάδα", "корзина", "カート", "购物车", "سلة"]
        {
            assert_eq!(lower(text), text);
        }
    }

    #[test]
    fn a_word_is_the_same_in_any_case() {
        assert_eq!(lower("ΣΎΝΟΛΟΣ"), lower("Σύνολος"));
        assert_eq!(lower("İNDİRİM"), "indirim");
    }
}
