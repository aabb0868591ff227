//! Whatever the markup is, the reader ends; and what was written is what is read.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test says what it expects by failing"
)]

use proptest::prelude::*;
use punchout::css::Selector;
use punchout::snapshot::{
    AllowedAttributes, FORMAT, LiveState, Node, Page, Shadow, Snapshot, SnapshotError, TreeText,
};

fn tree(markup: &str) -> TreeText {
    TreeText {
        markup: markup.to_owned(),
        ..TreeText::default()
    }
}

fn read(tree: TreeText) -> Result<Page, SnapshotError> {
    let snapshot = Snapshot {
        format: FORMAT,
        tree: Some(tree),
        ..Snapshot::default()
    };
    Page::read(&snapshot, &AllowedAttributes::standard())
}

fn all<'p>(page: &'p Page, css: &str) -> Vec<Node<'p>> {
    page.select(&Selector::parse(css).unwrap())
}

/// An element, as the round trip compares it.
#[derive(Clone, Debug)]
enum Written {
    Text(String),
    Element {
        name: &'static str,
        attributes: Vec<(&'static str, String)>,
        inside: Vec<Written>,
    },
}

fn written() -> impl Strategy<Value = Written> {
    let text = "[a-z<>&\"' é\u{a0}]{1,8}";
    let leaf = text.prop_map(Written::Text);
    leaf.prop_recursive(6, 60, 5, move |inner| {
        let name = prop::sample::select(vec!["div", "p", "tr", "a", "x-line", "o:p"]);
        let attribute = (
            prop::sample::select(vec!["class", "title", "data-sku", "href", "aria-label"]),
            text,
        );
        let attributes = prop::collection::btree_map(attribute.0, attribute.1, 0..3);
        (name, attributes, prop::collection::vec(inner, 0..5)).prop_map(
            |(name, attributes, inside)| Written::Element {
                name,
                attributes: attributes.into_iter().collect(),
                inside,
            },
        )
    })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn serialise(node: &Written) -> String {
    match node {
        Written::Text(text) => escape(text),
        Written::Element {
            name,
            attributes,
            inside,
        } => {
            let attributes: String = attributes
                .iter()
                .map(|(name, value)| format!(" {name}=\"{}\"", escape(value)))
                .collect();
            let inside: String = inside.iter().map(serialise).collect();
            format!("<{name}{attributes}>{inside}</{name}>")
        }
    }
}

/// Elements in document order with their attributes and the number of their children.
fn outline(node: &Written, into: &mut Vec<String>) {
    if let Written::Element {
        name,
        attributes,
        inside,
    } = node
    {
        let children = inside
            .iter()
            .filter(|child| matches!(child, Written::Element { .. }))
            .count();
        into.push(format!("{name} {attributes:?} {children}"));
        inside.iter().for_each(|child| outline(child, into));
    }
}

fn outline_of(page: &Page) -> Vec<String> {
    let names = ["aria-label", "class", "data-sku", "href", "title"];
    let describe = |node: &Node<'_>| {
        let attributes: Vec<_> = names
            .iter()
            .filter_map(|name| Some((*name, node.attr(name)?.to_owned())))
            .collect();
        format!("{} {attributes:?} {}", node.name(), node.children().len())
    };
    all(page, "main *").iter().map(describe).collect()
}

proptest! {
    #[test]
    fn what_is_written_is_what_is_read(nodes in prop::collection::vec(written(), 0..4)) {
        let markup: String = nodes.iter().map(serialise).collect();
        let mut expected = Vec::new();
        nodes.iter().for_each(|node| outline(node, &mut expected));
        let page = read(tree(&format!("<main>{markup}</main>"))).unwrap();
        prop_assert_eq!(outline_of(&page), expected);
    }

    #[test]
    fn no_snapshot_breaks_the_reader(
        markup in r#"(<(div|slot|svg|option|select|x-a|input)( [a-z@:]{1,5}(="[a-z&;]{0,4}")?)?/?>|</(div|slot|svg)>|[a-z<>&"]{1,4}|<!--|-->){0,40}"#,
        numbers in prop::collection::vec(0_u32..12, 0..8),
        inner in r"(<(slot|b)>|</b>|x){0,8}",
    ) {
        let live = LiveState {
            hidden: numbers.clone(),
            shown: numbers.iter().map(|number| number + 1).collect(),
            values: numbers.iter().map(|number| (*number, "v".to_owned())).collect(),
            selected: numbers.iter().map(|number| (*number, true)).collect(),
            ..LiveState::default()
        };
        let shadows = numbers.iter().map(|&host| Shadow { host, mode: String::new(), tree: tree(&inner) }).collect();
        if let Ok(page) = read(TreeText { live, shadows, ..tree(&markup) }) {
            for node in all(&page, "*") {
                let _ = (node.visible_text(), node.printed_text(), node.text(), node.value(), node.checked());
                let _ = (node.is_visible(), node.is_struck(), node.parent(), node.children());
            }
        }
    }
}
