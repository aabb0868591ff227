//! Where the values of a reviewed cart came from.
//!
//! A page's lines mostly have a field from the same place each. What is stored of a long cart was more of that than of the
//! cart, so equal lines of places are kept once.

use serde::{Deserialize, Serialize};

use crate::cart::{Cart, LineField, Source};
use crate::sorted::SortedMap;

/// The places of one line's values.
type Places = SortedMap<LineField, Source>;

/// How far back the same places are looked for: a cart has a few kinds of lines, or a place of its own for each.
const NEAR: usize = 8;

/// The places of each line's values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sources {
    kinds: Vec<Places>,
    /// The kind of each line, in order of the page's lines.
    of_lines: Vec<usize>,
}

impl Sources {
    /// Takes out of a cart where its values came from.
    #[must_use]
    pub fn taken_from(cart: &mut Cart) -> Self {
        let mut sources = Self::default();
        for line in &mut cart.lines {
            let places = std::mem::take(&mut line.provenance);
            let kind = sources.kind_of(places);
            sources.of_lines.push(kind);
        }
        sources
    }

    fn kind_of(&mut self, places: Places) -> usize {
        let mut near = self.kinds.iter().enumerate().rev().take(NEAR);
        if let Some((kind, _)) = near.find(|(_, known)| **known == places) {
            return kind;
        }
        self.kinds.push(places);
        self.kinds.len().saturating_sub(1)
    }

    /// Where the values of a line came from, by the line's place on the page.
    pub(super) fn of(&self, place: u32) -> Option<&Places> {
        let kind = self.of_lines.get(usize::try_from(place).ok()?)?;
        self.kinds.get(*kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cart::{CartLine, Reader};
    use crate::money::Decimal;

    fn line(locator: &str) -> CartLine {
        let source = Source {
            reader: Reader::Generic,
            locator: locator.to_owned(),
        };
        CartLine {
            provenance: SortedMap::from([(LineField::Quantity, source)]),
            ..CartLine::new("Staples".to_owned(), Decimal::TWO)
        }
    }

    fn taken(lines: &[CartLine]) -> Sources {
        let mut cart = Cart::new(Reader::Generic);
        cart.lines = lines.to_vec();
        let sources = Sources::taken_from(&mut cart);
        assert!(cart.lines.iter().all(|line| line.provenance.is_empty()));
        sources
    }

    #[test]
    fn each_line_keeps_its_places_and_equal_ones_are_kept_once() {
        let lines = [line("td.qty"), line("input"), line("td.qty")];
        let sources = taken(&lines);
        assert_eq!(sources.kinds.len(), 2);
        for (place, line) in (0..).zip(&lines) {
            assert_eq!(sources.of(place), Some(&line.provenance));
        }
        assert_eq!(sources.of(3), None);
    }

    #[test]
    fn lines_with_a_place_of_their_own_each_keep_it() {
        let lines: Vec<CartLine> = (0..40)
            .map(|place| line(&format!("/items/{place}")))
            .collect();
        let sources = taken(&lines);
        for (place, line) in (0..).zip(&lines) {
            assert_eq!(sources.of(place), Some(&line.provenance));
        }
    }
}
