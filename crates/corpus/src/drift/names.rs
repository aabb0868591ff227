//! Names that people do not see: classes, ids, attributes, fields, data.

use std::collections::BTreeSet;

use crate::markup::{Element, Node};

use super::hashed;

/// Words in classes of sums.
const OF_SUMS: [&str; 8] = [
    "amount", "price", "shipping", "subtotal", "sum", "tax", "total", "totaal",
];

/// Whether a class speaks of sums.
pub(super) fn speaks_of_sums(class: &str) -> bool {
    let class = class.to_lowercase();
    OF_SUMS.iter().any(|word| class.contains(word))
}

/// Gives the classes that are meant other names.
pub(super) fn hash_classes(page: &mut Element, seed: u64, is_meant: fn(&str) -> bool) {
    page.change_all(&mut |element| {
        let Some(classes) = element.attribute("class") else {
            return;
        };
        let renamed: Vec<String> = classes
            .split_whitespace()
            .map(|class| {
                if is_meant(class) {
                    hashed(seed, class)
                } else {
                    class.to_owned()
                }
            })
            .collect();
        element.set("class", &renamed.join(" "));
    });
}

/// Attributes that refer to ids.
const REFERENCES: [&str; 8] = [
    "aria-controls",
    "aria-describedby",
    "aria-labelledby",
    "aria-owns",
    "for",
    "form",
    "headers",
    "list",
];

/// Removes ids that nothing refers to and renames the others; those of scripts are data and stay.
pub(super) fn drop_ids(page: &mut Element, seed: u64) {
    let mut referred = BTreeSet::new();
    page.look_at_all(&mut |element| {
        let values = REFERENCES.iter().filter_map(|name| element.attribute(name));
        referred.extend(values.flat_map(str::split_whitespace).map(str::to_owned));
        let anchor = element
            .attribute("href")
            .and_then(|href| href.strip_prefix('#'));
        referred.extend(anchor.map(str::to_owned));
    });
    page.change_all(&mut |element| {
        if element.name == "script" {
            return;
        }
        if let Some(id) = element.attribute("id").map(str::to_owned) {
            element.remove("id");
            if referred.contains(&id) {
                element.set("id", &hashed(seed, &id));
            }
        }
        for name in REFERENCES {
            if let Some(value) = element.attribute(name) {
                let renamed: Vec<String> = value
                    .split_whitespace()
                    .map(|id| hashed(seed, id))
                    .collect();
                element.set(name, &renamed.join(" "));
            }
        }
        let anchor = element
            .attribute("href")
            .and_then(|href| href.strip_prefix('#'));
        if let Some(id) = anchor.filter(|id| !id.is_empty()) {
            element.set("href", &format!("#{}", hashed(seed, id)));
        }
    });
}

/// Renames one half of the `data-` attributes and removes the other.
pub(super) fn rename_data(page: &mut Element, seed: u64) {
    page.change_all(&mut |element| {
        let renamed = element.attributes.drain(..).filter_map(|(name, value)| {
            if !name.starts_with("data-") {
                return Some((name, value));
            }
            let hashed = hashed(seed, &name);
            let stays = hashed.bytes().last().is_some_and(|letter| letter % 2 == 0);
            stays.then(|| (format!("data-{hashed}"), value))
        });
        element.attributes = renamed.collect();
    });
}

/// Gives fields of forms other names; those of OCI are a protocol and stay.
pub(super) fn rename_fields(page: &mut Element, seed: u64) {
    page.change_all(&mut |element| {
        let is_field = matches!(
            element.name.as_str(),
            "button" | "input" | "select" | "textarea"
        );
        let name = element.attribute("name").map(str::to_owned);
        let name = name.filter(|name| is_field && !name.starts_with("NEW_ITEM-"));
        if let Some(name) = name {
            element.set("name", &hashed(seed, &name));
        }
    });
}

/// Removes scripts that hold data, and microdata.
pub(super) fn drop_state(page: &mut Element) {
    page.replace_all(&mut |element| {
        let is_data = element.name == "script" && element.attribute("src").is_none();
        if is_data {
            Vec::new()
        } else {
            vec![Node::Element(element)]
        }
    });
    page.change_all(&mut |element| {
        if element.name != "meta" {
            for name in ["itemid", "itemprop", "itemref", "itemscope", "itemtype"] {
                element.remove(name);
            }
        }
    });
}
