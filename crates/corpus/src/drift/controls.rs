//! Controls: how a quantity is chosen, and where buttons and fields carry their texts.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::markup::{Element, Node};

/// Makes a menu of every field that holds a number.
pub(super) fn inputs_to_menus(page: &mut Element) {
    page.replace_all(&mut |element| {
        let Some(value) = quantity_of(&element).map(str::to_owned) else {
            return vec![Node::Element(element)];
        };
        let mut numbers = vec!["1", "2", "3", "5", "10"];
        numbers.retain(|number| *number != value);
        numbers.push(&value);
        let options = numbers.into_iter().map(|number| {
            let mut option = Element::new("option", "", vec![Node::Text(number.to_owned())]);
            option.attributes = vec![("value".to_owned(), number.to_owned())];
            if number == value {
                option.set("selected", "");
            }
            Node::Element(option)
        });
        let mut menu = Element::new("select", "", options.collect());
        menu.attributes = without(
            &element,
            &[
                "inputmode",
                "max",
                "maxlength",
                "min",
                "size",
                "step",
                "type",
                "value",
            ],
        );
        vec![Node::Element(menu)]
    });
}

/// Makes text between two buttons of every field that holds a number.
pub(super) fn inputs_to_steppers(page: &mut Element) {
    page.replace_all(&mut |element| {
        let Some(value) = quantity_of(&element).map(str::to_owned) else {
            return vec![Node::Element(element)];
        };
        let button = |sign: &str| {
            let mut button = Element::new("button", "step", vec![Node::Text(sign.to_owned())]);
            button.set("type", "button");
            Node::Element(button)
        };
        let mut text = Element::new("span", "step-value", vec![Node::Text(value)]);
        if let Some(label) = element.attribute("aria-label") {
            text.set("aria-label", label);
        }
        let mut stepper = Element::new("span", "", Vec::new());
        let kept = without(&element, &["aria-label", "name", "type", "value"]);
        stepper.attributes = kept
            .into_iter()
            .filter(|(name, _)| name == "class" || name == "id" || name.starts_with("data-"))
            .collect();
        stepper.children = vec![button("−"), Node::Element(text), button("+")];
        vec![Node::Element(stepper)]
    });
}

/// Makes a field of every menu of numbers.
pub(super) fn menus_to_inputs(page: &mut Element) {
    page.replace_all(&mut |element| {
        let Some(value) = chosen_number(&element) else {
            return vec![Node::Element(element)];
        };
        let mut input = Element::new("input", "", Vec::new());
        input.attributes = without(&element, &[]);
        input.set("type", "number");
        input.set("value", &value);
        vec![Node::Element(input)]
    });
}

/// Moves the texts of buttons, and of labels that name a field, to `aria-label`.
pub(super) fn text_to_attributes(page: &mut Element) {
    let mut labels = BTreeMap::new();
    page.look_at_all(&mut |element| {
        let target = element.attribute("for").filter(|_| element.name == "label");
        labels.extend(target.map(|id| (id.to_owned(), element.text())));
    });
    page.change_all(&mut |element| {
        let text = element.text();
        let has_digit = text.chars().any(|letter| letter.is_ascii_digit());
        let has_letter = text.chars().any(char::is_alphabetic);
        if element.name == "button" && has_letter && !has_digit && !element.is_hidden() {
            element.set("aria-label", &text);
            element.children = vec![Node::Element(Element::new("svg", "icon", Vec::new()))];
        }
        let label = element.attribute("id").and_then(|id| labels.get(id));
        if let Some(label) = label.filter(|_| is_field(element)) {
            element.set("aria-label", label);
        }
    });
    page.replace_all(&mut |element| {
        let is_moved = element.name == "label"
            && element.attribute("for").is_some()
            && element.elements().all(|inner| !is_field(inner));
        if is_moved {
            Vec::new()
        } else {
            vec![Node::Element(element)]
        }
    });
}

fn is_field(element: &Element) -> bool {
    matches!(element.name.as_str(), "input" | "select" | "textarea")
}

/// The number in a field that people can see and change.
fn quantity_of(element: &Element) -> Option<&str> {
    let kind = element.attribute("type").unwrap_or("text");
    let is_open = element.name == "input"
        && matches!(kind, "number" | "tel" | "text")
        && !element.is_hidden();
    let value = element.attribute("value").filter(|_| is_open)?;
    number(value)?;
    Some(value)
}

/// The chosen number of a menu that holds nothing but numbers.
fn chosen_number(element: &Element) -> Option<String> {
    if element.name != "select" {
        return None;
    }
    let options: Vec<&Element> = element.elements().collect();
    let all = options
        .iter()
        .all(|option| number(&option.text()).is_some());
    let chosen = options
        .iter()
        .find(|option| option.attribute("selected").is_some());
    let chosen = chosen.or(options.first()).filter(|_| all)?;
    Some(chosen.text())
}

fn number(text: &str) -> Option<Decimal> {
    let number: Decimal = text.trim().replace(',', ".").parse().ok()?;
    (number > Decimal::ZERO).then_some(number)
}

fn without(element: &Element, names: &[&str]) -> Vec<(String, String)> {
    let mut kept = element.attributes.clone();
    kept.retain(|(name, _)| !names.contains(&name.as_str()));
    kept
}
