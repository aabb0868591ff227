use std::collections::BTreeMap;

use punchout::css::Selector;
use punchout::snapshot::{AllowedAttributes, Node, Page, Plan, RootCandidate, WantedState};

use super::{snapshot_by_plan, snapshot_of_saved_page};

fn page(html: &str) -> Page {
    Page::read(
        &snapshot_of_saved_page(html),
        &AllowedAttributes::standard(),
    )
    .unwrap()
}

fn only<'p>(page: &'p Page, css: &str) -> Node<'p> {
    let found = page.select(&Selector::parse(css).unwrap());
    assert_eq!(found.len(), 1, "{css}");
    found[0]
}

fn seen(page: &Page, css: &str) -> bool {
    only(page, css).is_visible()
}

#[test]
fn the_core_reads_the_tree_that_the_html_parser_made() {
    let page = page(
        "<table><tr class=row><td>1 &lt; 2<td>3&nbsp;€</table><p>one<p>two<svg><g><path/></g></svg><i>x</i>",
    );
    assert_eq!(
        only(
            &page,
            "html > body > table > tbody > tr.row > td:nth-child(2)"
        )
        .text(),
        "3 €"
    );
    assert_eq!(only(&page, "td:first-child").text(), "1 < 2");
    assert_eq!(only(&page, "p + p > svg + i").text(), "x");
    assert!(page.select(&Selector::parse("path").unwrap()).is_empty());
}

#[test]
fn the_documents_own_words_come_along() {
    let html = r#"<html lang=de><head><title> A  cart </title><meta name=generator content=Shop>
        <link rel=canonical href=https://shop.example/cart><script type=application/ld+json>{"a":1}</script>"#;
    let page = page(html);
    assert_eq!(page.title(), "A cart");
    assert_eq!(page.lang(), Some("de"));
    assert_eq!(page.meta("generator"), Some("Shop"));
    assert_eq!(page.canonical(), Some("https://shop.example/cart"));
    assert_eq!(page.json_ld(), [r#"{"a":1}"#]);
}

/// The cases that the shim is held to as well.
#[test]
fn inline_state_is_cut_out_as_the_shim_does() {
    #[derive(serde::Deserialize)]
    struct Case {
        name: String,
        wanted: Vec<WantedState>,
        scripts: Vec<BTreeMap<String, String>>,
        room: Option<usize>,
        found: Vec<(String, String)>,
    }
    let cases = include_str!("../../../../tests/inline_state.json");
    for case in serde_json::from_str::<Vec<Case>>(cases).unwrap() {
        let attribute = |script: &BTreeMap<String, String>, name: &str| {
            let value = script.get(name);
            value.map_or_else(String::new, |value| format!(" {name}=\"{value}\""))
        };
        let scripts = case.scripts.iter().map(|script| {
            let (id, kind) = (attribute(script, "id"), attribute(script, "type"));
            format!("<script{id}{kind}>{}</script>", script["text"])
        });
        let html: String = scripts.collect();
        let mut plan = Plan {
            state: case.wanted,
            ..Plan::default()
        };
        plan.limits.state = case.room.unwrap_or(plan.limits.state);
        assert_eq!(state_of(&html, &plan), case.found, "{}", case.name);
    }
}

fn state_of(html: &str, plan: &Plan) -> Vec<(String, String)> {
    let state = snapshot_by_plan(html, plan).state.into_iter();
    state.map(|state| (state.name, state.json)).collect()
}

#[test]
fn a_script_full_of_beginnings_costs_little() {
    let html = format!("<script>{}</script>", "cartState={".repeat(400_000));
    let plan = Plan {
        state: vec![WantedState::named("cartState")],
        ..Plan::default()
    };
    assert!(state_of(&html, &plan).is_empty());
}

#[test]
fn a_plans_root_is_cut_out_with_its_ancestors() {
    let roots = ["p", "#cart"]
        .map(|selector| RootCandidate {
            selector: selector.to_owned(),
        })
        .to_vec();
    let html = "<body class=shop><p>1<p>2<main><div id=cart><b>in</b></div></main>";
    let snapshot = snapshot_by_plan(
        html,
        &Plan {
            roots,
            ..Plan::default()
        },
    );
    assert_eq!(snapshot.root.selector.as_deref(), Some("#cart"));
    let page = Page::read(&snapshot, &AllowedAttributes::standard()).unwrap();
    assert_eq!(only(&page, "body.shop main > #cart > b").text(), "in");
    assert!(page.select(&Selector::parse("p").unwrap()).is_empty());
}

#[test]
fn what_the_file_hides_is_not_seen() {
    let page = page(
        "<style>/* .row {display:none} */ .gone, #away { color: red; DISPLAY : none !important } .row { margin: 0 }
        @media print { .row { display: none } } @font-face { font-family: x }
        .menu { display: none } .menu.open { display: block } a:hover { display: none }
        .old { text-decoration: line-through }</style>
        <p class=gone><b>x</b></p><p id=away>x</p><p class=row>seen</p><p class='menu open'>seen</p><p hidden>x</p>
        <p class=inline style='visibility: hidden'>x</p><p class='gone back' style='display:block'>seen</p><a>seen</a>
        <details><summary>seen</summary><i>x</i></details><s class=old>seen</s><em class=old>seen</em>",
    );
    for css in [
        ".gone:not(.back)",
        ".gone > b",
        "#away",
        "p[hidden]",
        ".inline",
        "details > i",
    ] {
        assert!(!seen(&page, css), "{css}");
    }
    for css in [".row", ".menu", ".back", "a", "summary"] {
        assert!(seen(&page, css), "{css}");
    }
    assert!(only(&page, "em.old").is_struck());
    assert_eq!(
        only(&page, "body").visible_text(),
        "seen seen seen seen seen seen seen"
    );
}

#[test]
fn controls_have_the_values_of_the_markup() {
    let page = page(
        "<input name=q value=2><input type=hidden name=sku value=A-1><textarea>note</textarea>
        <select id=one><option>1<option selected value=two>2</select><select id=none><option>first<option>x</select>
        <input type=checkbox checked>",
    );
    assert_eq!(only(&page, "[name=q]").value().as_deref(), Some("2"));
    assert_eq!(only(&page, "[name=sku]").value().as_deref(), Some("A-1"));
    assert_eq!(only(&page, "textarea").value().as_deref(), Some("note"));
    assert_eq!(only(&page, "#one").value().as_deref(), Some("two"));
    assert_eq!(only(&page, "#none").value().as_deref(), Some("first"));
    assert!(only(&page, "[type=checkbox]").checked());
}

#[test]
fn saved_shadow_roots_and_frames_hang_where_they_hung() {
    let page = page(
        "<x-line><template shadowrootmode=open><b>in <slot></slot></b><p hidden>x</p></template>light</x-line><i>after</i>
        <iframe srcdoc='<p class=framed>frame</p>'></iframe>",
    );
    assert_eq!(only(&page, "x-line").visible_text(), "in light");
    assert_eq!(only(&page, "x-line + i").text(), "after");
    assert_eq!(
        only(&page, "iframe")
            .select(&Selector::parse("body > .framed").unwrap())
            .len(),
        1
    );
}

#[test]
fn any_text_becomes_a_snapshot_that_the_core_reads() {
    for html in [
        "",
        "<",
        "plain",
        "<frameset><frame></frameset>",
        "<template><div>",
        "<table><template shadowrootmode=open>",
    ] {
        page(html);
    }
}
