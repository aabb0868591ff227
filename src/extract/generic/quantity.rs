//! Where a page says how many of something are ordered.

use crate::cart::LineField;
use crate::money::{CurrencyMark, Decimal, NumberStyle, Reading, Unreadable, read, read_quantity};
use crate::snapshot::{Entry, Node};

use super::columns::column;
use super::scene::{Scene, has_digit, multiplied};

/// A place that says a quantity.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quantity {
    /// The place.
    pub(super) place: usize,
    /// How many; `None` where the control is empty or holds what is no number.
    pub(super) value: Option<Decimal>,
    /// What its text means if the other sign begins decimals: `1.000` is one or a thousand.
    pub(super) otherwise: Option<Decimal>,
    /// How sure it is that this is a quantity.
    pub(super) kind: Kind,
}

/// What says a quantity, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A control that is named after quantities.
    Control,
    /// A text between buttons for less and more, or one that is marked as a quantity.
    Stepper,
    /// A control for numbers without such a name.
    Unnamed,
    /// A text: `Qty: 3`, `3 ×`, or a number below the heading of a column.
    Text,
}

/// Parts of names, classes and labels of quantity controls, in the languages of shops.
const NAMES: &[&str] = &[
    "qty",
    "quant",
    "menge",
    "anzahl",
    "cantid",
    "aantal",
    "antal",
    "ilosc",
    "ilość",
    "mennyis",
    "pocet",
    "počet",
    "mnozstv",
    "množst",
    "cantit",
    "kpl",
    "määrä",
    "数量",
    "個数",
    "updates[",
    "[am]",
    "kolich",
    "колич",
    "кільк",
    "stepper",
    "spin",
];

/// Parts of names of controls that hold something else.
const OTHERS: &[&str] = &[
    "search", "zip", "postal", "postcode", "plz", "coupon", "voucher", "promo", "gift", "phone",
    "year", "month", "day", "page", "sort", "limit", "country", "region", "currency", "lang",
    "rating",
];

/// The longest text that says a quantity, in bytes.
const LONGEST: usize = 40;

/// The greatest number that is taken for a quantity in a control without a name.
const MOST_UNNAMED: Decimal = Decimal::from_parts(99_999, 0, 0, false, 0);

/// Every place that says a quantity, of the surest kind that the page has with a number in it.
pub(super) fn quantities(scene: &Scene<'_>) -> Vec<Vec<Quantity>> {
    let found: Vec<Quantity> = scene
        .entries()
        .filter_map(|(place, entry)| quantity(scene, place, entry))
        .collect();
    let kinds = [Kind::Control, Kind::Stepper, Kind::Unnamed, Kind::Text];
    let of = |kind: Kind| -> Vec<Quantity> {
        let own = found.iter().filter(|quantity| quantity.kind == kind);
        own.copied().collect()
    };
    let is_useful = |list: &Vec<Quantity>| list.iter().any(|quantity| quantity.value.is_some());
    let mut lists: Vec<Vec<Quantity>> = kinds.into_iter().map(of).filter(is_useful).collect();
    // A cart can mix them: a product that is sold one at a time has a text where the others have a control.
    if lists.len() > 1 {
        lists.push(
            found
                .into_iter()
                .filter(|one| one.value.is_some())
                .collect(),
        );
    }
    lists
}

fn quantity(scene: &Scene<'_>, place: usize, entry: &Entry<'_>) -> Option<Quantity> {
    let node = entry.node;
    let (kind, text, style) = match node.name() {
        "input" => (
            control(scene, place, node)?,
            node.value()?,
            NumberStyle::Dot,
        ),
        "select" => (choice(node)?, chosen(node)?, NumberStyle::Dot),
        _ => return marked(node, place).or_else(|| printed(scene, place, entry)),
    };
    let value = read_quantity(&text, Some(style)).ok();
    let is_number = node.attr("type") == Some("number");
    // Without a name, only a number that a person could have typed as a quantity is one.
    let is_likely = value.is_some_and(|value| value <= MOST_UNNAMED);
    (kind == Kind::Control || is_number || is_likely).then_some(Quantity {
        place,
        value,
        otherwise: value
            .filter(|_| !is_number)
            .and_then(|value| other_meaning(&text, value)),
        kind,
    })
}

/// The other meaning of a text that can mean two numbers. In boxes for numbers alone the dot always begins decimals.
fn other_meaning(text: &str, value: Decimal) -> Option<Decimal> {
    match read_quantity(text, None) {
        Err(Unreadable::Ambiguous { dot, comma, .. }) => {
            [dot, comma].into_iter().find(|other| *other != value)
        }
        _ => None,
    }
}

/// What kind of control an input is; `None` where it is for something else.
fn control(scene: &Scene<'_>, place: usize, node: Node<'_>) -> Option<Kind> {
    let kind = node.attr("type").unwrap_or("text");
    if !matches!(kind, "text" | "number" | "tel" | "") {
        return None;
    }
    let says = marks_of(node);
    let is_button = node.attr("value").is_some_and(is_step);
    if is_button || OTHERS.iter().any(|part| says.contains(part)) {
        return None;
    }
    if NAMES.iter().any(|part| says.contains(part)) {
        return Some(Kind::Control);
    }
    let is_named = column(scene, place) == Some(LineField::Quantity)
        || is_in_named(scene, place)
        || is_labelled(scene, place, node);
    if is_named || (kind != "number" && is_between_buttons(scene, place)) {
        return Some(Kind::Control);
    }
    Some(Kind::Unnamed)
}

/// Whether the element around a control, or the one around that, is named after quantities.
fn is_in_named(scene: &Scene<'_>, place: usize) -> bool {
    let around = scene.outline.ancestors(place).take(2);
    let is_small = |place: &usize| scene.is_short(*place, LONGEST);
    around
        .filter(is_small)
        .filter_map(|place| scene.node(place))
        .any(|node| {
            let says = marks_of(node);
            NAMES.iter().any(|part| says.contains(part))
        })
}

/// Whether a word for quantities labels a control: a label for it, or the text directly before it.
fn is_labelled(scene: &Scene<'_>, place: usize, node: Node<'_>) -> bool {
    let says = |place: usize| {
        let text = scene.short_text(place, LONGEST).unwrap_or_default();
        scene.words.columns.is(&text, LineField::Quantity)
    };
    let id = node.attr("id").unwrap_or_default();
    let is_its_label = |label: &Entry<'_>| !id.is_empty() && label.node.attr("for") == Some(id);
    let by_label = || {
        scene
            .entries()
            .any(|(label, entry)| is_its_label(entry) && says(label))
    };
    let inner = std::iter::once(place)
        .chain(scene.outline.ancestors(place))
        .take(3);
    let mut before = inner.filter_map(|inner| {
        let parent = scene.outline.parent(inner)?;
        scene
            .outline
            .children(parent)
            .take_while(|child| *child < inner)
            .last()
    });
    before.any(says) || by_label()
}

/// A select of numbers.
fn choice(node: Node<'_>) -> Option<Kind> {
    let says = marks_of(node);
    if OTHERS.iter().any(|part| says.contains(part)) {
        return None;
    }
    let named = NAMES.iter().any(|part| says.contains(part));
    Some(if named { Kind::Control } else { Kind::Unnamed })
}

fn chosen(node: Node<'_>) -> Option<String> {
    let text = node.visible_text();
    read_quantity(&text, None)
        .ok()
        .map(|_| text)
        .or_else(|| node.value())
}

/// What an element's names, classes and labels say, in small letters.
fn marks_of(node: Node<'_>) -> String {
    let names = [
        "name",
        "id",
        "class",
        "aria-label",
        "title",
        "data-role",
        "data-testid",
        "data-test",
        "data-qa",
        "placeholder",
    ];
    let texts = names.iter().filter_map(|name| node.attr(name));
    crate::letters::lower(&texts.collect::<Vec<_>>().join(" "))
}

/// An element that is no control of HTML, but one for assistive technology or of a script.
fn marked(node: Node<'_>, place: usize) -> Option<Quantity> {
    let spins = node.attr("role") == Some("spinbutton");
    let now = spins.then(|| node.attr("aria-valuenow")).flatten();
    let stepped = node.attr("data-steppervalue");
    let value = read_quantity(now.or(stepped)?, Some(NumberStyle::Dot)).ok()?;
    Some(Quantity {
        place,
        value: Some(value),
        otherwise: None,
        kind: Kind::Control,
    })
}

/// A text that says a quantity.
fn printed(scene: &Scene<'_>, place: usize, entry: &Entry<'_>) -> Option<Quantity> {
    if !has_digit(&entry.text) || entry.text.len() > LONGEST || entry.is_struck {
        return None;
    }
    let text = scene.short_text(place, LONGEST)?;
    if let Some((count, price)) = multiplied(&text) {
        let value = read_quantity(count, scene.style).ok();
        return is_price(scene, price).then_some(Quantity {
            place,
            value,
            otherwise: None,
            kind: Kind::Text,
        });
    }
    let value = read_quantity(without_times(&text), scene.style).ok()?;
    let is_bare = is_number_with_unit(scene, &text);
    let named = |node: Node<'_>| {
        let says = marks_of(node);
        NAMES.iter().any(|part| says.contains(part))
    };
    let is_called = || {
        let around = scene.outline.parent(place);
        let says = around.and_then(|around| scene.outline.get(around));
        says.is_some_and(|says| scene.words.columns.is(&says.text, LineField::Quantity))
    };
    let kind = if is_bare && (named(entry.node) || is_called() || is_between_buttons(scene, place))
    {
        Kind::Stepper
    } else if says_quantity(scene, &text)
        || (is_bare && column(scene, place) == Some(LineField::Quantity))
    {
        Kind::Text
    } else {
        return None;
    };
    Some(Quantity {
        place,
        value: Some(value),
        otherwise: None,
        kind,
    })
}

/// Whether a text is one amount of money: with a currency, or with two decimals.
fn is_price(scene: &Scene<'_>, text: &str) -> bool {
    let reading = Reading {
        style: scene.style,
        ..Reading::default()
    };
    read(text, reading)
        .is_ok_and(|printed| printed.currency != CurrencyMark::None || printed.amount.scale() == 2)
}

/// Whether a text is a number and nothing else than a unit: `2`, `2,5`, `3 Stk.`
fn is_number_with_unit(scene: &Scene<'_>, text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let unit = text.trim_start_matches(is_digit).trim();
    text.starts_with(|c: char| c.is_ascii_digit())
        && (unit.is_empty() || scene.words.units.exactly(unit).is_some())
}

/// The text without the sign for times at its end or start.
fn without_times(text: &str) -> &str {
    let is_times = |c: char| matches!(c, '×' | 'x' | 'X' | '✕') || c.is_whitespace();
    text.trim_matches(is_times)
}

/// Whether a text is a number with a word for quantities, or with the sign for times: `Qty: 3`, `3 ×`.
fn says_quantity(scene: &Scene<'_>, text: &str) -> bool {
    let bare = without_times(text);
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if bare.len() < text.len() && is_number(bare) && text.trim() != bare {
        return true;
    }
    let words: String = text
        .chars()
        .filter(|c| !c.is_ascii_digit() && !matches!(c, '.' | ','))
        .collect();
    scene.words.columns.is(&words, LineField::Quantity)
}

/// Whether a text is the sign of a button for less or more.
fn is_step(text: &str) -> bool {
    matches!(text.trim(), "-" | "−" | "–" | "+")
}

/// Whether buttons for less and more stand on both sides, or their signs.
fn is_between_buttons(scene: &Scene<'_>, place: usize) -> bool {
    let is_sign = |place: usize| {
        let entry = scene.outline.get(place);
        entry.is_some_and(|entry| {
            is_step(&entry.text) || entry.node.attr("value").is_some_and(is_step)
        })
    };
    let is_button = |place: usize| {
        is_sign(place)
            || scene.outline.within(place).any(|(_, entry)| {
                entry.node.name() == "button" || entry.node.attr("role") == Some("button")
            })
    };
    let around = std::iter::once(place)
        .chain(scene.outline.ancestors(place))
        .take(2);
    let mut pairs = around.filter_map(|inner| Some((inner, scene.outline.parent(inner)?)));
    pairs.any(|(inner, parent)| {
        let beside: Vec<usize> = scene.outline.children(parent).collect();
        let at = beside.iter().position(|child| *child == inner);
        let side = |step: Option<usize>| {
            step.and_then(|step| beside.get(step))
                .is_some_and(|child| is_button(*child))
        };
        side(at.and_then(|at| at.checked_sub(1))) && side(at.and_then(|at| at.checked_add(1)))
    })
}
