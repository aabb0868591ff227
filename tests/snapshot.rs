//! The core's side of a snapshot: what it reads, what it leaves behind, and what it refuses.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test says what it expects by failing"
)]

use punchout::css::Selector;
use punchout::snapshot::{
    AllowedAttributes, Ancestor, FORMAT, Frame, Limits, LiveState, Meta, Node, Page, Refused, Root,
    Shadow, Snapshot, SnapshotError, TreeText,
};

fn tree(markup: &str) -> TreeText {
    TreeText {
        markup: markup.to_owned(),
        ..TreeText::default()
    }
}

fn snapshot(tree: TreeText) -> Snapshot {
    Snapshot {
        format: FORMAT,
        tree: Some(tree),
        ..Snapshot::default()
    }
}

fn read(snapshot: &Snapshot) -> Result<Page, SnapshotError> {
    Page::read(snapshot, &AllowedAttributes::standard())
}

fn page(tree: TreeText) -> Page {
    read(&snapshot(tree)).unwrap()
}

fn all<'p>(page: &'p Page, css: &str) -> Vec<Node<'p>> {
    page.select(&Selector::parse(css).unwrap())
}

fn only<'p>(page: &'p Page, css: &str) -> Node<'p> {
    let found = all(page, css);
    assert_eq!(found.len(), 1, "{css}");
    found[0]
}

#[test]
fn nesting_that_html_forbids_is_kept() {
    let page = page(tree(
        "<body><p><div><p>a</p></div></p><table><tr><td>b</td></tr></table><a><a>c</a></a></body>",
    ));
    for css in ["p > div > p", "table > tr > td", "a > a"] {
        only(&page, css);
    }
}

#[test]
fn bodies_stay_behind_and_their_places_are_kept() {
    let markup = "<div><script>if (a &lt; b) { x('&lt;td&gt;') }</script><style>p { }</style>\
                  <svg><g><svg/></g></svg><noscript><img/></noscript><template><b/></template><i>last</i></div>";
    let page = page(TreeText {
        elements: Some(7),
        ..tree(markup)
    });
    assert_eq!(only(&page, "div > i:nth-child(6)").text(), "last");
    assert_eq!(only(&page, "div").text(), "last");
    assert_eq!(all(&page, "div *").len(), 6);
    assert_eq!(
        all(&page, "div > :empty").len(),
        1,
        "only the template, whose contents are not its children"
    );
}

#[test]
fn only_allowed_attributes_reach_the_tree() {
    let markup = r#"<p class="a" onclick="x()" style="color:red" src="s" data-sku="1" data-user-mail="m" @click="y"/>"#;
    let page = page(tree(markup));
    assert_eq!(only(&page, "p.a[data-sku]").attr("data-sku"), Some("1"));
    for css in [
        "[onclick]",
        "[style]",
        "[src]",
        "[data-user-mail]",
        "[\\@click]",
    ] {
        assert!(all(&page, css).is_empty(), "{css}");
    }
}

#[test]
fn an_attribute_that_a_definition_names_reaches_the_tree() {
    let allowed = AllowedAttributes::standard().and(["data-user-price"]);
    let page = Page::read(&snapshot(tree(r#"<p data-user-price="9"/>"#)), &allowed).unwrap();
    assert_eq!(only(&page, "p").attr("data-user-price"), Some("9"));
}

#[test]
fn values_of_private_controls_never_reach_the_tree() {
    let markup = r#"<form><input type="password" value="x"/><input autocomplete="cc-number" value="x"/>
        <input name="csrf_token" value="x"/><input name="qty" value="1"/></form>"#;
    let live = LiveState {
        values: vec![(1, "y".to_owned()), (4, "2".to_owned())],
        ..LiveState::default()
    };
    let page = page(TreeText {
        live,
        ..tree(markup)
    });
    let values: Vec<_> = all(&page, "input").iter().map(Node::value).collect();
    assert_eq!(values, [None, None, None, Some("2".to_owned())]);
    assert_eq!(all(&page, "[value]").len(), 1);
}

#[test]
fn what_is_hidden_hides_what_is_in_it_until_something_is_shown_again() {
    let live = LiveState {
        hidden: vec![1],
        shown: vec![3],
        ..LiveState::default()
    };
    let page = page(TreeText {
        live,
        ..tree("<div><p>a<b>b</b><i>c<u>d</u></i></p><s>e</s></div>")
    });
    let seen: Vec<_> = all(&page, "*")
        .iter()
        .filter(|node| node.is_visible())
        .map(Node::name)
        .collect();
    assert_eq!(seen, ["div", "i", "u", "s"]);
    assert_eq!(only(&page, "div").visible_text(), "cd e");
    assert_eq!(only(&page, "p").visible_text(), "cd");
    assert_eq!(only(&page, "div").text(), "abcd e");
}

#[test]
fn text_is_folded_blocks_and_struck_prices_stand_apart_and_unseen_characters_are_left_out() {
    let markup = "<div><p> 12<span>.</span><span>90</span>\u{200b}&#160; €</p><p>a<br/>b</p>\
                  <del>5.00</del><ins>4.00</ins><p>99<sup>95</sup></p>so\u{ad}ft \u{202e}evil</div>";
    assert_eq!(
        only(&page(tree(markup)), "div").text(),
        "12.90 € a b 5.00 4.00 99 95 soft evil"
    );
}

#[test]
fn the_own_text_of_an_element_leaves_out_its_elements_and_sets_texts_apart_that_they_separate() {
    let page = page(tree(
        "<body><p id=\"a\"> Total <b>3</b> $1.00 </p><p id=\"b\">3<i>×</i>120.00</p></body>",
    ));
    let own = |css| only(&page, css).own_text();
    assert_eq!(own("#a"), "Total\u{2003}$1.00");
    assert_eq!(own("#b"), "3\u{2003}120.00");
}

#[test]
fn struck_text_is_known_by_its_element_and_by_the_side_table() {
    let live = LiveState {
        struck: vec![3],
        ..LiveState::default()
    };
    let page = page(TreeText {
        live,
        ..tree("<p><del><b>1</b></del><i><u>2</u></i><em>3</em></p>")
    });
    let struck: Vec<_> = all(&page, "*")
        .iter()
        .filter(|node| node.is_struck())
        .map(Node::name)
        .collect();
    assert_eq!(struck, ["del", "b", "i", "u"]);
}

#[test]
fn a_select_has_the_value_that_was_chosen_last() {
    let markup = r#"<div><select id="a"><option value="1" selected="">one</option><option value="2">two</option></select>
        <select id="b"><option disabled="">pick</option><option> the  second </option></select>
        <select id="c" multiple=""><option>x</option></select><select id="d" size="4"><option>x</option></select></div>"#;
    let live = LiveState {
        selected: vec![(2, false), (3, true)],
        ..LiveState::default()
    };
    let page = page(TreeText {
        live,
        ..tree(markup)
    });
    assert_eq!(only(&page, "#a").value().as_deref(), Some("2"));
    assert_eq!(only(&page, "#a").visible_text(), "two");
    assert_eq!(only(&page, "#b").value().as_deref(), Some("the second"));
    assert_eq!(only(&page, "#c").value(), None);
    assert_eq!(only(&page, "#d").value(), None);
}

#[test]
fn selectors_that_name_ancestors_of_the_root_match() {
    let above = |name: &str, class: &str| Ancestor {
        name: name.to_owned(),
        attributes: vec![
            ("class".to_owned(), class.to_owned()),
            ("style".to_owned(), "x".to_owned()),
        ],
    };
    let root = Root {
        selector: Some("#cart".to_owned()),
        path: vec![above("html", "js"), above("body", "woocommerce-cart")],
    };
    let snapshot = Snapshot {
        root,
        ..snapshot(tree(r#"<table id="cart"><tr class="cart_item"/></table>"#))
    };
    let page = read(&snapshot).unwrap();
    only(&page, "html.js > body.woocommerce-cart tr.cart_item");
    only(&page, ":root > body > #cart:only-child");
    assert!(all(&page, "[style]").is_empty());
}

#[test]
fn shadow_trees_and_frames_hang_on_their_hosts() {
    let shadow = Shadow {
        host: 1,
        mode: "open".to_owned(),
        tree: TreeText {
            live: LiveState {
                hidden: vec![1],
                ..LiveState::default()
            },
            ..tree("in <b>b</b><i>i</i>")
        },
    };
    let frame = Frame {
        host: 2,
        url: String::new(),
        tree: tree("<html><body><p>f</p></body></html>"),
    };
    let live = LiveState {
        hidden: vec![2],
        ..LiveState::default()
    };
    let page = page(TreeText {
        live,
        shadows: vec![shadow],
        frames: vec![frame],
        ..tree("<main><x-a/><iframe/><p>m</p></main>")
    });
    let host = only(&page, "x-a");
    assert_eq!(host.visible_text(), "in b");
    assert_eq!(host.children().len(), 2);
    assert_eq!(only(&page, "b").parent().unwrap().id(), host.id());
    assert!(!only(&page, "body > p").is_visible(), "its frame is hidden");
    let order: Vec<_> = all(&page, "p, b").iter().map(Node::text).collect();
    assert_eq!(order, ["m", "b", "f"]);
    let keys: Vec<_> = all(&page, "*").iter().map(Node::id).collect();
    assert!(keys.is_sorted());
    assert_eq!(
        only(&page, "main")
            .select(&Selector::parse("p").unwrap())
            .len(),
        2
    );
    assert!(only(&page, "b").matches(&Selector::parse("b:first-child").unwrap()));
}

#[test]
fn of_two_slots_with_one_name_the_first_shows_the_children() {
    let shadow = Shadow {
        host: 0,
        mode: "open".to_owned(),
        tree: tree("<slot/><slot>spare</slot>"),
    };
    let page = page(TreeText {
        shadows: vec![shadow],
        ..tree("<x-a>light</x-a>")
    });
    assert_eq!(only(&page, "x-a").visible_text(), "light spare");
}

#[test]
fn names_are_taken_as_the_browser_knows_them() {
    let markup = r#"<div xmlns="http://www.w3.org/1999/xhtml" xmlns:fb="urn:fb" xmlns:h="http://www.w3.org/1999/xhtml">
        <fb:like/><h:p class="h"/><math xmlns="http://www.w3.org/1998/Math/MathML"><mi/></math></div>"#;
    let page = page(tree(markup));
    only(&page, "fb\\:like");
    only(&page, "p.h");
    only(&page, "math > mi");
}

#[test]
fn a_meta_that_looks_like_a_secret_is_not_kept() {
    let meta = |name: &str| Meta {
        name: Some(name.to_owned()),
        property: None,
        content: "x".to_owned(),
    };
    let page = read(&Snapshot {
        meta: vec![meta("Generator"), meta("csrf-token")],
        ..snapshot(tree("<p/>"))
    })
    .unwrap();
    assert_eq!(page.meta("generator"), Some("x"));
    assert_eq!(page.meta("csrf-token"), None);
}

#[test]
fn a_snapshot_of_another_format_is_refused() {
    let newer = r#"{"format":2,"tree":{"markup":"<p/>"}}"#;
    assert_eq!(
        Snapshot::from_json(newer),
        Err(SnapshotError::Format {
            found: 2,
            expected: FORMAT
        })
    );
    assert!(matches!(
        Snapshot::from_json("{}"),
        Err(SnapshotError::Malformed { .. })
    ));
}

#[test]
fn unknown_fields_are_passed_over() {
    let json =
        r#"{"format":1,"later":[1],"tree":{"markup":"<p/>","live":{"scrolled":[0]},"more":{}}}"#;
    only(&read(&Snapshot::from_json(json).unwrap()).unwrap(), "p");
}

#[test]
fn what_the_shim_refused_is_told_with_its_numbers() {
    let refused = Some(Refused {
        limit: "elements".to_owned(),
        found: 9,
        allowed: 5,
    });
    let error = read(&Snapshot {
        refused,
        format: FORMAT,
        ..Snapshot::default()
    })
    .unwrap_err();
    assert_eq!(
        error,
        SnapshotError::Refused {
            limit: "elements".to_owned(),
            found: 9,
            allowed: 5
        }
    );
    assert_eq!(
        read(&Snapshot {
            format: FORMAT,
            ..Snapshot::default()
        })
        .unwrap_err(),
        SnapshotError::NoTree
    );
}

#[test]
fn a_comment_that_breaks_out_of_itself_is_refused() {
    let escaped = TreeText {
        elements: Some(1),
        ..tree("<p><!-- --><b>smuggled</b><!-- --></p>")
    };
    let error = read(&snapshot(escaped)).unwrap_err();
    assert_eq!(
        error,
        SnapshotError::Inconsistent {
            written: 1,
            read: 2
        }
    );
}

#[test]
fn a_tree_on_an_element_that_is_not_there_is_refused() {
    let frame = Frame {
        host: 7,
        ..Frame::default()
    };
    let error = read(&snapshot(TreeText {
        frames: vec![frame],
        ..tree("<p/>")
    }))
    .unwrap_err();
    assert_eq!(
        error,
        SnapshotError::Inconsistent {
            written: 8,
            read: 1
        }
    );
}

#[test]
fn too_deep_too_many_and_too_long_are_refused() {
    let limits = Limits::default();
    let deep = "<p>".repeat(limits.depth + 2);
    let many = "<p/>".repeat(limits.elements + 1);
    let long = "x".repeat(limits.bytes + 1);
    for (markup, limit) in [(deep, "levels"), (many, "elements"), (long, "bytes")] {
        match read(&snapshot(tree(&markup))) {
            Err(SnapshotError::TooMuch { limit: told, .. }) => assert_eq!(told, limit),
            other => panic!("{limit}: {other:?}"),
        }
    }
}

#[test]
fn levels_are_counted_on_through_hosts() {
    let half = "<p>".repeat(Limits::default().depth - 10);
    let host = u32::try_from(Limits::default().depth - 11).unwrap();
    let shadow = Shadow {
        host,
        mode: "open".to_owned(),
        tree: tree(&half),
    };
    let error = read(&snapshot(TreeText {
        shadows: vec![shadow],
        ..tree(&half)
    }))
    .unwrap_err();
    assert!(matches!(
        error,
        SnapshotError::TooMuch {
            limit: "levels",
            ..
        }
    ));
}

#[test]
fn the_deepest_page_that_is_read_can_be_asked_for_its_text() {
    let depth = Limits::default().depth;
    let markup = format!("{}x{}", "<p>".repeat(depth), "</p>".repeat(depth));
    let page = page(tree(&markup));
    assert_eq!(all(&page, "p")[0].visible_text(), "x");
}

#[test]
fn debugging_shows_no_text_of_the_page() {
    let page = page(tree("<p title=\"hush\">hush</p>"));
    assert!(!format!("{page:?} {:?}", only(&page, "p")).contains("hush"));
}
