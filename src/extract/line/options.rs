//! What was chosen of a product.

use crate::cart::{FindingCode, Key, LineField};
use crate::snapshot::Node;

use super::super::field::{As, nodes, term_of, text_of};
use super::super::text::clean;
use super::LineReader;

/// Most options of a line.
const MOST_OPTIONS: usize = 20;

impl LineReader<'_, '_> {
    /// Every text at the first place that holds one, each once, in the page's order.
    ///
    /// What stands in a `dd` is given with the `dt` before it: `Colour: red`.
    pub(super) fn options(&mut self) -> Vec<String> {
        for place in self.fields(LineField::Options) {
            let mut options: Vec<String> = Vec::new();
            for node in nodes(place, self.scope) {
                let held = text_of(place, node, As::Text);
                let text = held.map(|held| with_term(node, held.text));
                let option = clean(&text.unwrap_or_default()).text;
                if !option.is_empty() && !options.contains(&option) {
                    options.push(option);
                }
            }
            if options.len() > MOST_OPTIONS {
                let message = Key::TooManyOptions.with(vec![
                    options.len().into(),
                    MOST_OPTIONS.into(),
                    place.locator.clone().into(),
                ]);
                self.report(FindingCode::TextCleaned, message);
                options.truncate(MOST_OPTIONS);
            }
            if !options.is_empty() {
                self.found_at(LineField::Options, &place.locator);
                return options;
            }
        }
        Vec::new()
    }
}

/// The text of an option, after that of its term.
fn with_term(option: Node<'_>, text: String) -> String {
    let term = term_of(option).map(|term| clean(&term.visible_text()).text);
    match term.as_deref().map(|term| term.trim_end_matches(':')) {
        Some(term) if !term.is_empty() => format!("{term}: {text}"),
        _ => text,
    }
}
