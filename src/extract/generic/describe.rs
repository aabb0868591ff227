//! What a line is of: its description and its link.

use crate::cart::LineField;
use crate::snapshot::{Entry, Node};
use crate::supplier::{Mark, fold};

use super::columns::column;
use super::prices::label_before;
use super::scene::{Amount, Scene};

/// A description and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Described {
    /// The place of its element.
    pub(super) place: usize,
    /// Its text.
    pub(super) text: String,
    /// The address that the element links, else the first that the line links.
    pub(super) url: Option<String>,
    /// Whether a link, a heading, a name or a column tells that it is the description.
    pub(super) is_sure: bool,
    /// Whether nothing else in the element could be one.
    pub(super) is_alone: bool,
}

/// What may be a description, and how likely it is.
struct Candidate {
    place: usize,
    text: String,
    score: u32,
}

/// The longest description, in bytes.
const LONGEST: usize = 600;

/// The longest text that is taken for the name of which a link holds a part, in bytes.
const LONGEST_NAME: usize = 120;

/// Less is no more than a text with letters.
const SURE: u32 = 30;

/// Parts of classes and ids of descriptions.
const NAMES: &[&str] = &["name", "title", "desc", "label", "product"];

/// The best description in an element.
pub(super) fn describe(scene: &Scene<'_>, row: usize, amounts: &[Amount]) -> Option<Described> {
    let amounts = scene.amounts_in(row, amounts);
    let candidates: Vec<Candidate> = candidates(scene, row, amounts).collect();
    let first = candidates.iter().reduce(|best, other| {
        if other.score > best.score {
            other
        } else {
            best
        }
    })?;
    let best = fuller(scene, first, &candidates).unwrap_or(first);
    let own = scene.node(best.place)?;
    let url = own
        .attr("href")
        .or_else(|| enclosing_link(scene, row, best.place)?.attr("href"))
        .or_else(|| inner_link(scene, best.place))
        .or_else(|| inner_link(scene, row));
    Some(Described {
        place: best.place,
        text: heading_around(scene, (row, amounts), best)
            .or_else(|| name(scene, best.place))
            .unwrap_or_else(|| best.text.clone()),
        url: url.map(str::to_owned),
        is_sure: first.score >= SURE && !is_code(&best.text),
        is_alone: is_alone(scene, (row, amounts), &candidates),
    })
}

/// The text of the heading that a description is a part of: a heading names as a whole.
fn heading_around(
    scene: &Scene<'_>,
    (row, amounts): (usize, &[Amount]),
    best: &Candidate,
) -> Option<String> {
    let mut around = scene.outline.ancestors(best.place).take(2);
    let heading =
        around.find(|place| *place > row && scene.node(*place).is_some_and(is_heading))?;
    let is_name =
        scene.is_short(heading, LONGEST_NAME) && scene.amounts_in(heading, amounts).is_empty();
    let node = scene.node(heading).filter(|_| is_name)?;
    let text = node.visible_text_without(scene.additions.as_ref());
    (text.len() > best.text.len() && text.contains(&best.text)).then_some(text)
}

/// Whether all that may describe is one text, of several words, and neither a picture nor another text says more.
fn is_alone(
    scene: &Scene<'_>,
    (row, amounts): (usize, &[Amount]),
    candidates: &[Candidate],
) -> bool {
    let Some(Candidate { text, .. }) = candidates.first() else {
        return false;
    };
    let own = fold(text);
    let is_other = |said: &str| {
        let letters = said.chars().filter(|c| c.is_alphabetic()).count();
        letters > 2 && !own.contains(&fold(said)) && is_description(scene, said)
    };
    let mut inside = scene.outline.within(row);
    candidates.iter().all(|other| other.text == *text)
        && text.split_whitespace().nth(1).is_some()
        && !is_code(text)
        && !inside.any(|(place, entry)| {
            let is_control = matches!(entry.node.name(), "button" | "option" | "label");
            !is_control
                && !is_amount(amounts, scene, place)
                && (is_other(&entry.text) || entry.node.attr("alt").is_some_and(is_other))
        })
}

/// Whether an element holds what may be a description.
pub(super) fn has_description(scene: &Scene<'_>, row: usize, amounts: &[Amount]) -> bool {
    let amounts = scene.amounts_in(row, amounts);
    candidates(scene, row, amounts).next().is_some()
}

/// Whether an element links a product's page.
pub(super) fn links(scene: &Scene<'_>, place: usize) -> bool {
    inner_link(scene, place).is_some()
}

fn candidates(
    scene: &Scene<'_>,
    row: usize,
    amounts: &[Amount],
) -> impl Iterator<Item = Candidate> {
    scene
        .outline
        .within(row)
        .filter(move |(place, entry)| may_describe(scene, row, *place, entry))
        .filter_map(move |(place, entry)| {
            let text = scene.short_text(place, LONGEST)?;
            let describes = !is_amount(amounts, scene, place) && is_description(scene, &text);
            describes.then(|| Candidate {
                place,
                score: score(scene, row, place, entry, &text),
                text,
            })
        })
}

fn is_amount(amounts: &[Amount], scene: &Scene<'_>, place: usize) -> bool {
    let holds = |amount: &Amount| !amount.is_part && scene.outline.holds(amount.place, place);
    amounts.iter().any(holds)
}

/// Whether an element is one that names things: text or a link, no button, no value of a label.
fn may_describe(scene: &Scene<'_>, row: usize, place: usize, entry: &Entry<'_>) -> bool {
    // A link around the whole line names nothing.
    let is_link = is_link(entry.node) && !holds_control(scene, place);
    if !is_link && entry.text.is_empty() {
        return false;
    }
    let in_link = |around: usize| {
        let is_link = scene.node(around).is_some_and(|node| node.name() == "a");
        is_link && !holds_control(scene, around)
    };
    let around = scene.outline.ancestors(place);
    let mut around = around.take_while(|around| *around > row);
    if !is_link && !is_heading(entry.node) && around.any(in_link) {
        return false;
    }
    let is_button = |place: usize| {
        scene.node(place).is_some_and(|node| {
            matches!(node.name(), "button" | "label" | "option")
                || node.attr("role") == Some("button")
        })
    };
    let around = scene.outline.ancestors(place).take(3);
    !std::iter::once(place).chain(around).any(is_button) && !is_value(scene, row, place)
}

/// Whether what changes a quantity, or takes the line out, stands in an element.
fn holds_control(scene: &Scene<'_>, place: usize) -> bool {
    let mut inside = scene.outline.within(place);
    inside.any(|(_, entry)| matches!(entry.node.name(), "input" | "select" | "button"))
}

/// Whether an element is the value of a label that names something else than a product.
fn is_value(scene: &Scene<'_>, row: usize, place: usize) -> bool {
    let label = label_before(scene, row, place).unwrap_or_default();
    let field = scene.words.columns.meaning(&label);
    field.is_some_and(|field| {
        field != LineField::Description && scene.words.columns.is(&label, field)
    })
}

fn score(scene: &Scene<'_>, row: usize, place: usize, entry: &Entry<'_>, text: &str) -> u32 {
    let node = entry.node;
    let around = |most: usize| scene.outline.ancestors(place).take(most);
    let is_any = |most: usize, is: fn(Node<'_>) -> bool| {
        is(node) || around(most).filter_map(|place| scene.node(place)).any(is)
    };
    let points = [
        (is_link(node), 40),
        (is_any(2, is_heading), 25),
        (is_any(1, is_named), 20),
        (
            node.attr("href")
                .is_some_and(|link| repeats(scene, row, place, link)),
            10,
        ),
        (column(scene, place) == Some(LineField::Description), 25),
        (is_said_again(scene, row, text), 40),
    ];
    let named = points.iter().filter(|(is, _)| *is);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let score = named.map(|(_, points)| *points).sum::<u32>();
    let score = score.saturating_add(u32::try_from(letters.min(12)).unwrap_or_default());
    if is_code(text) || is_maker(node) {
        score.saturating_sub(35)
    } else {
        score
    }
}

/// Whether the line's picture is called by a text, or one of its controls: `Remove Oak shelf 80 cm`.
fn is_said_again(scene: &Scene<'_>, row: usize, text: &str) -> bool {
    let own = fold(text);
    if !own.trim().contains(' ') {
        return false;
    }
    scene.outline.within(row).any(|(_, entry)| {
        let is = |name: &str, says: fn(&str, &str) -> bool| {
            let said = entry.node.attr(name);
            said.is_some_and(|said| said.len() <= LONGEST && says(&fold(said), &own))
        };
        // A picture is called by the maker too, or by what is chosen of the product.
        is("alt", |said, own| {
            said.contains(own.trim()) && said.len() <= own.len().saturating_mul(2)
        }) || is("aria-label", |said, own| {
            said.len() > own.len() && said.contains(own.trim())
        })
    })
}

/// A text elsewhere in the line that holds the whole of the best one, as a name holds its maker's.
fn fuller<'c>(scene: &Scene<'_>, best: &Candidate, all: &'c [Candidate]) -> Option<&'c Candidate> {
    let own = format!(" {} ", fold(&best.text));
    all.iter().find(|other| {
        let outline = &scene.outline;
        let apart =
            !outline.holds(best.place, other.place) && !outline.holds(other.place, best.place);
        let text = format!(" {} ", fold(&other.text));
        apart && other.text.len() <= LONGEST_NAME && text.len() > own.len() && text.contains(&own)
    })
}

fn is_link(node: Node<'_>) -> bool {
    node.name() == "a" && node.attr("href").is_some_and(is_product_link)
}

/// The text of a name without what only adds to it: options, numbers, small print.
fn name(scene: &Scene<'_>, place: usize) -> Option<String> {
    let own = scene.outline.get(place)?;
    if own.text.is_empty() {
        return principal(scene, place);
    }
    let text = own.node.visible_text_without(scene.additions.as_ref());
    text.chars().any(char::is_alphabetic).then_some(text)
}

/// Whether a class or an address tells that an element names a maker or a seller.
fn is_maker(node: Node<'_>) -> bool {
    let says = [node.attr("class"), node.attr("href"), node.attr("itemprop")];
    says.into_iter().flatten().any(|says| {
        let says = says.to_ascii_lowercase();
        ["brand", "manufacturer", "vendor", "seller"]
            .iter()
            .any(|part| says.contains(part))
    })
}

/// Whether a text is a number of an article rather than its name.
fn is_code(text: &str) -> bool {
    !text.contains(' ') && text.chars().any(|c| c.is_ascii_digit())
}

/// Of an element that holds a maker and a name, or a name and its shortened form, each in an element of its own, the
/// name; `None` where it holds one text.
fn principal(scene: &Scene<'_>, place: usize) -> Option<String> {
    let own = scene.outline.get(place)?;
    let parts: Vec<&str> = scene
        .outline
        .within(place)
        .skip(1)
        .map(|(_, entry)| entry.text.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    let longest = parts
        .iter()
        .max_by_key(|part| part.trim_end_matches('…').chars().count())?;
    let is_minor = |part: &&str| {
        let shortened = part.trim_end_matches(['…', '.', ' ']);
        part == longest
            || longest.starts_with(shortened)
            || longest.chars().count() > part.chars().count().saturating_mul(2)
    };
    let whole = own.text.is_empty() && parts.len() == 2 && parts.iter().all(is_minor);
    whole.then(|| longest.trim_end_matches('…').to_owned())
}

fn is_heading(node: Node<'_>) -> bool {
    matches!(node.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_named(node: Node<'_>) -> bool {
    let says = [
        node.attr("class"),
        node.attr("itemprop"),
        node.attr("data-testid"),
    ];
    says.into_iter().flatten().any(|says| {
        let says = says.to_ascii_lowercase();
        NAMES.iter().any(|part| says.contains(part))
    })
}

/// Whether another link of the line leads to the same page: picture and name.
fn repeats(scene: &Scene<'_>, row: usize, own: usize, link: &str) -> bool {
    scene
        .outline
        .within(row)
        .any(|(place, entry)| place != own && entry.node.attr("href") == Some(link))
}

fn enclosing_link<'p>(scene: &Scene<'p>, row: usize, place: usize) -> Option<Node<'p>> {
    let around = scene
        .outline
        .ancestors(place)
        .take_while(|around| *around > row);
    around
        .filter_map(|place| scene.node(place))
        .find(|node| node.name() == "a")
}

fn inner_link<'p>(scene: &Scene<'p>, place: usize) -> Option<&'p str> {
    let outline = &scene.outline;
    let (_, entry) = outline
        .within(place)
        .find(|(_, entry)| is_link(entry.node))?;
    entry.node.attr("href")
}

/// Whether an address can be that of a product's page.
fn is_product_link(href: &str) -> bool {
    let lower = href.trim().to_ascii_lowercase();
    let acts = [
        "remove", "delete", "wishlist", "edit", "move", "share", "login", "help",
    ];
    let is_anchor = lower.starts_with('#') && !lower.contains('/');
    let is_place = !lower.is_empty() && !is_anchor && !lower.starts_with("javascript:");
    is_place && !acts.iter().any(|act| lower.contains(act))
}

/// Whether a text can be the name of a product: letters, and not one of the words around products.
fn is_description(scene: &Scene<'_>, text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let words = scene.words;
    let labels = [
        Mark::Remove,
        Mark::Add,
        Mark::Later,
        Mark::WishList,
        Mark::Free,
        Mark::Saving,
        Mark::Checkout,
        Mark::Cart,
        Mark::Gross,
        Mark::Net,
    ];
    let is_label = labels.iter().any(|mark| words.marks.is(text, *mark));
    let is_column = words
        .columns
        .meaning(text)
        .is_some_and(|field| words.columns.is(text, field));
    let begins_with_label = text.split_once(':').is_some_and(|(label, _)| {
        words
            .columns
            .meaning(label)
            .is_some_and(|field| words.columns.is(label, field))
    });
    letters >= 2 && !is_label && !is_column && !begins_with_label
}
