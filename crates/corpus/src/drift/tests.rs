use serde_json::json;

use super::{DAMAGES, Damage, combination, damaged};
use crate::markup::Element;

const PAGE: &str = r#"<html lang="en"><head><style>.gone { display: none }</style></head><body>
<h1>Cart</h1>
<table class="lines"><thead><tr><th>Product</th><th>Price</th><th>Quantity</th><th>Total</th></tr></thead>
<tbody id="rows">
<tr class="line"><td><a href="/1">Screws</a></td><td><span class="price">£2.00</span></td><td><input name="q" value="3"></td><td>£6.00</td></tr>
<tr class="line"><td><a href="/2">Nails</a></td><td><span class="price">£1.00</span></td><td><input name="q" value="5"></td><td>£5.00</td></tr>
</tbody></table>
<p class="gone">Saved £99</p>
<ul class="sums"><li>Total <b>£11.00</b></li></ul>
<button type="button">Checkout</button>
</body></html>"#;

fn after(damage: Damage) -> Option<(Element, Vec<String>)> {
    let truth = json!({ "lines": [{ "description": "Screws" }, { "description": "Nails" }] });
    let (html, truth) = damaged(PAGE, &truth, &[damage], 7)?;
    let lines = truth["lines"].as_array().unwrap().iter();
    let names = lines.map(|line| line["description"].as_str().unwrap().to_owned());
    Some((Element::parse(&html), names.collect()))
}

#[test]
fn every_amount_and_name_is_still_there_to_be_read() {
    for damage in DAMAGES {
        let Some((page, _)) = after(damage) else {
            continue;
        };
        for text in [
            "Screws", "Nails", "£2.00", "£6.00", "£5.00", "£11.00", "Quantity",
        ] {
            assert!(
                page.text().contains(text),
                "{damage:?}: {text} in {}",
                page.text()
            );
        }
        assert!(
            !page.text().contains("Saved"),
            "{damage:?} shows what was hidden"
        );
    }
}

#[test]
fn reversed_lines_have_a_reversed_truth() {
    let (page, names) = after(Damage::RowsReversed).unwrap();
    assert_eq!(names, ["Nails", "Screws"]);
    assert!(page.text().find("Nails") < page.text().find("Screws"));
}

#[test]
fn columns_that_are_the_lines_themselves_stay_where_they_are() {
    let page = "<body><div><section><p>a</p><div>1 A 5</div><div>2 B 6</div></section>\
                <section><p>b</p><div>1 C 5</div><div>2 D 6</div></section></div></body>";
    let truth = json!({ "lines": [{ "description": "A" }, { "description": "B" }] });
    assert!(damaged(page, &truth, &[Damage::ColumnsMoved], 1).is_none());
}

#[test]
fn a_moved_column_takes_its_heading_along() {
    let (page, _) = after(Damage::ColumnsMoved).unwrap();
    assert!(
        page.text().contains("Total Product Price Quantity"),
        "{}",
        page.text()
    );
    assert!(
        page.text().contains("£6.00 Screws £2.00"),
        "{}",
        page.text()
    );
}

#[test]
fn a_class_gets_one_new_name_everywhere() {
    let html = after(Damage::ClassesHashed).unwrap().0.to_html();
    assert!(!html.contains("\"line\"") && !html.contains("\"price\""));
    let name = html
        .split("<tr class=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    assert_eq!(
        html.matches(&format!("<tr class=\"{}\"", name.unwrap()))
            .count(),
        2
    );
}

#[test]
fn quantities_become_menus_and_steppers_with_the_same_number() {
    let menus = after(Damage::InputsToMenus).unwrap().0.to_html();
    assert!(
        menus.contains("<option selected=\"\" value=\"5\">5</option>"),
        "{menus}"
    );
    let steppers = after(Damage::InputsToSteppers).unwrap().0.text();
    assert!(
        steppers.contains("− 3 +") && steppers.contains("− 5 +"),
        "{steppers}"
    );
}

#[test]
fn a_damage_without_anything_to_change_gives_no_page() {
    assert!(after(Damage::MenusToInputs).is_none());
}

#[test]
fn a_seed_always_gives_the_same_three_to_six_damages() {
    for seed in 0..50 {
        let chosen = combination(seed);
        assert!((3..=6).contains(&chosen.len()));
        assert_eq!(chosen, combination(seed));
    }
    assert_ne!(combination(1), combination(2));
}
