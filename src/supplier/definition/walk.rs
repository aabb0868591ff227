//! Every selector and every attribute that a file names.

use crate::sorted::SortedMap;
use crate::supplier::file::{FieldFile, SupplierFile};

/// Every selector of a file, with its key.
pub(in crate::supplier) fn selectors(file: &SupplierFile) -> Vec<(&'static str, &str)> {
    let mut found: Vec<(&'static str, &str)> = vec![("lines.each", &file.lines.each)];
    let lists = [
        ("detect.any", file.detect.as_ref().map(|detect| &detect.any)),
        ("cart.roots", Some(&file.cart.roots)),
        ("cart.empty", Some(&file.cart.empty)),
        ("lines.skip", Some(&file.lines.skip)),
        ("lines.unavailable", Some(&file.lines.unavailable)),
        ("lines.net", Some(&file.lines.net)),
        ("lines.gross", Some(&file.lines.gross)),
    ];
    for (key, list) in lists {
        found.extend(list.into_iter().flatten().map(|text| (key, text.as_str())));
    }
    let singles = [&file.lines.outside, &file.lines.skip_when_hidden];
    found.extend(
        singles
            .into_iter()
            .flatten()
            .map(|text| ("lines", text.as_str())),
    );
    for menu in &file.currency.menu {
        found.extend([
            ("currency.menu", menu.current.as_str()),
            ("currency.menu", menu.option.as_str()),
        ]);
    }
    found.extend(
        file.totals
            .iter()
            .map(|totals| ("totals.each", totals.each.as_str())),
    );
    for (key, place) in places(file) {
        let chosen = place
            .chosen
            .iter()
            .flat_map(|chosen| [&chosen.option, &chosen.control]);
        let places = [&place.select, &place.outside, &place.without];
        let texts = places.into_iter().flatten().chain(chosen);
        found.extend(texts.map(|text| (key, text.as_str())));
    }
    found
}

fn places(file: &SupplierFile) -> impl Iterator<Item = (&'static str, &FieldFile)> {
    let lines = file
        .lines
        .fields
        .values()
        .flatten()
        .map(|place| ("lines.fields", place));
    let currency = file
        .currency
        .code
        .iter()
        .map(|place| ("currency.code", place));
    let totals = file.totals.iter().flat_map(|totals| {
        totals
            .label
            .iter()
            .chain(&totals.amount)
            .chain(&totals.rate)
    });
    lines
        .chain(currency)
        .chain(totals.map(|place| ("totals", place)))
}

/// Every attribute that a file reads by name or selects by, in alphabetical order.
pub(in crate::supplier) fn attributes(file: &SupplierFile) -> Vec<String> {
    let mut names: Vec<String> = places(file)
        .filter_map(|(_, place)| place.attr.clone())
        .collect();
    names.extend(file.currency.menu.iter().map(|menu| menu.code.clone()));
    for (_, selector) in selectors(file) {
        names.extend(attribute_names(selector));
    }
    let distinct: SortedMap<String, ()> = names.into_iter().map(|name| (name, ())).collect();
    distinct.keys().cloned().collect()
}

/// The names in `[name…]` of a selector.
fn attribute_names(selector: &str) -> impl Iterator<Item = String> {
    let is_name = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':');
    let after_brackets = selector.split('[').skip(1);
    after_brackets
        .map(move |rest| {
            rest.trim_start()
                .chars()
                .take_while(is_name)
                .collect::<String>()
        })
        .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_attributes_of_a_selector_are_named() {
        let names: Vec<String> =
            attribute_names("tr[data-sku] input[name^=\"cart[\"]:not([ type=hidden ])").collect();
        assert_eq!(names, ["data-sku", "name", "type"]);
    }
}
