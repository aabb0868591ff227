//! What makes a definition brittle, and which definitions stand in each other's way.

use super::definition::selectors;
use super::error::Problem;
use super::place::overlap;
use super::{Definition, DefinitionError, SupplierFile};

/// Everything in a file that works today and will break tomorrow.
#[must_use]
pub fn brittle(file: &SupplierFile) -> Vec<DefinitionError> {
    let problems = selectors(file).into_iter().flat_map(|(key, selector)| {
        brittle_selector(selector)
            .into_iter()
            .map(move |p| (key, selector, p))
    });
    problems
        .map(|(key, selector, problem)| DefinitionError {
            id: file.id.clone(),
            key: key.to_owned(),
            text: selector.to_owned(),
            problem,
        })
        .collect()
}

/// Suppliers that claim the same pages, and ids that are used twice.
#[must_use]
pub fn overlaps(definitions: &[Definition]) -> Vec<DefinitionError> {
    let mut found = Vec::new();
    for (place, one) in definitions.iter().enumerate() {
        for two in definitions.iter().skip(place.saturating_add(1)) {
            if one.id() == two.id() {
                let what = format!("the id `{}` is used twice", one.id());
                found.push(error(
                    two,
                    "id",
                    one.id(),
                    Problem::new(what, "give one of them another"),
                ));
            } else if let Some(host) = shared_host(one, two) {
                let what = format!(
                    "`{}` and `{}` both claim pages of {host}",
                    one.id(),
                    two.id()
                );
                found.push(error(
                    two,
                    "hosts",
                    host,
                    Problem::new(what, "keep the host in one of them"),
                ));
            }
        }
    }
    found
}

fn shared_host<'d>(one: &Definition, two: &'d Definition) -> Option<&'d str> {
    let (one, two) = (one.file(), two.file());
    let paths = || {
        one.paths
            .iter()
            .any(|path| two.paths.iter().any(|other| overlap(path, other)))
    };
    let host = two
        .hosts
        .iter()
        .find(|host| one.hosts.iter().any(|other| overlap(host, other)))?;
    paths().then_some(host)
}

fn error(definition: &Definition, key: &str, text: &str, problem: Problem) -> DefinitionError {
    DefinitionError {
        id: definition.id().to_owned(),
        key: key.to_owned(),
        text: text.to_owned(),
        problem,
    }
}

fn brittle_selector(selector: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    if selector.contains("[class=") || selector.contains("[style") {
        let what = format!("`{selector}` depends on the whole class or style attribute");
        problems.push(Problem::new(
            what,
            "select by one class: `.name`, or by a data attribute",
        ));
    }
    let positions = selector.matches(":nth-").count();
    if positions > 1 {
        let what = format!("`{selector}` is a chain of positions");
        problems.push(Problem::new(
            what,
            "anchor it at an id, a data attribute or a class",
        ));
    }
    if let Some(class) = classes(selector).find(|class| is_hashed(class)) {
        let what = format!(
            "`.{class}` in `{selector}` looks made by a build and changes with the next one"
        );
        problems.push(Problem::new(
            what,
            "use a data attribute, an id, or `[class*=stable-part]`",
        ));
    }
    problems
}

fn classes(selector: &str) -> impl Iterator<Item = &str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    selector
        .split('.')
        .skip(1)
        .map(move |rest| rest.split(|c| !is_name(c)).next().unwrap_or_default())
}

/// Whether a class looks like `css-1x8dj2k`, `sc-aXZVg`, `product_product__pvcUf` or `yKh3Ra`.
fn is_hashed(class: &str) -> bool {
    let tail = class.rsplit(['_', '-']).next().unwrap_or_default();
    let digits = tail.chars().filter(char::is_ascii_digit).count();
    let letters = tail.chars().filter(char::is_ascii_alphabetic).count();
    let inner_capitals = tail
        .chars()
        .skip(1)
        .filter(char::is_ascii_uppercase)
        .count();
    let small = tail.chars().filter(char::is_ascii_lowercase).count();
    let mixed_digits = tail.len() >= 5 && digits >= 2 && letters >= 2 && !ends_in_number(tail);
    let module = class.contains("__") && tail.len() == 5 && inner_capitals > 0 && small > 0;
    let styled = class.starts_with("sc-") && inner_capitals > 0;
    mixed_digits || module || styled
}

/// `column12` is a name with a number, `x1y2z` is not.
fn ends_in_number(tail: &str) -> bool {
    tail.trim_end_matches(|c: char| c.is_ascii_digit())
        .chars()
        .all(|c| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_builds_are_told_from_names() {
        for class in [
            "css-1x8dj2k",
            "sc-aXZVg",
            "product_product__pvcUf",
            "yK3h2Ra",
        ] {
            assert!(is_hashed(class), "{class}");
        }
        for class in [
            "cart_item",
            "woocommerce-Price-amount",
            "col-sm-12",
            "column12",
            "sc-list-item",
        ] {
            assert!(!is_hashed(class), "{class}");
        }
    }

    #[test]
    fn chains_of_positions_and_whole_class_attributes_are_brittle() {
        assert_eq!(
            brittle_selector("div:nth-child(2) > span:nth-child(3)").len(),
            1
        );
        assert_eq!(brittle_selector("[class=\"a b\"]").len(), 1);
        assert_eq!(brittle_selector("#total td:nth-last-child(2)"), []);
    }
}
