//! The real shim in a real browser: what the core finds in its snapshot is what the browser finds in the page.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test says what it expects by failing"
)]

use punchout::css::Selector;
use punchout::snapshot::{
    AllowedAttributes, Node, Page, Plan, RootCandidate, Snapshot, SnapshotError, WantedState,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/../../extension/snapshot.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = takeSnapshot)]
    static TAKE_SNAPSHOT: JsValue;
}

#[wasm_bindgen(module = "/tests/snapshot_pages.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn build(page: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = browserFinds)]
    fn browser_finds(selector: &str) -> Vec<JsValue>;
    #[wasm_bindgen(js_name = snapshotAlone)]
    fn snapshot_alone(take_snapshot: &JsValue, plan: &str) -> String;
    #[wasm_bindgen(js_name = pageState)]
    fn page_state() -> String;
    fn dress(html: &str);
    #[wasm_bindgen(catch)]
    async fn later(milliseconds: u32) -> Result<JsValue, JsValue>;
}

const PAGES: [&str; 7] = [
    "unparsable",
    "names",
    "bodiless",
    "clobbered",
    "controls",
    "visibility",
    "hosted",
];

const SELECTORS: &[&str] = &[
    "*",
    "div",
    "p > div",
    "p > div.block > p.inner",
    "p div p",
    "table > tr",
    "table > tr > td.qty + td.price",
    "tr:nth-child(2) > th",
    "tr:first-child td:last-child",
    "form > form",
    "form form > input[name=deep]",
    "a > a.within",
    "a[href='/one'] a[href='/two']",
    "ul > div > li",
    "button > button",
    "select > div > span",
    "td.stray",
    "#alpine > .price",
    "[title='a \"quoted\" value']",
    "[data-price*='1<2>3&4']",
    "fb\\:like",
    "o\\:p.office",
    "my-line[data-qty='2']",
    ".odd + br + hr",
    "hr ~ input[value=void]",
    ".fake",
    ".fake td",
    "td.fake",
    "script + i",
    ".box > :nth-child(2)",
    ".box > i:nth-child(4)",
    ".box > svg + .after-svg",
    ".box > noscript ~ i",
    ".box > *:nth-last-child(1)",
    ".box > i:nth-of-type(3)",
    "form:has(> form.inner)",
    "#clobbered > input:nth-child(5)",
    "#clobbered input:last-of-type ~ form",
    "form[hidden] > .inner",
    "img[name=title] ~ p.last",
    "input:not([name])",
    "input[name=qty], textarea, select option",
    "option[selected]",
    "option:not([selected])",
    "input[type=checkbox][checked]",
    "input[type=CHECKBOX]",
    "[name^=f], [name$=y], [name*='o'], [name~=gift]",
    "div:is(.gone, .unseen) b",
    "div:not(.gone):not(.unseen) > b",
    "div:has(.again)",
    ":where(details, del) > *",
    "main > :nth-child(odd)",
    "main > :nth-last-child(2n+1)",
    "#stage > *:only-child, p:only-of-type",
    "body #stage div",
    "html body > main",
    "main:has(> iframe) > .after",
    "cart-line > b.light",
    "td > slot[name=name]",
    "table.inside > tbody > tr > td + td.qty",
    "qty-box",
    "input.deep + span.deep",
    ".framed > p:nth-child(2)",
    "html > body > .framed",
    ":empty",
    ":root",
];

fn plan(selectors: &[&str]) -> Plan {
    let roots = selectors
        .iter()
        .map(|selector| RootCandidate {
            selector: (*selector).to_owned(),
        })
        .collect();
    let state = ["cartState", "dataLayer", "shop.config", "embedded"]
        .map(WantedState::named)
        .to_vec();
    Plan {
        roots,
        state,
        ..Plan::default()
    }
}

fn snapshot(plan: &Plan) -> Snapshot {
    let plan = serde_json::to_string(plan).unwrap();
    let json = TAKE_SNAPSHOT.with(|shim| snapshot_alone(shim, &plan));
    Snapshot::from_json(&json).unwrap()
}

fn read(snapshot: &Snapshot) -> Page {
    let allowed = AllowedAttributes::standard().and(["data-probe", "data-seen"]);
    Page::read(snapshot, &allowed).unwrap()
}

async fn page(name: &str) -> Page {
    build(name).await.unwrap();
    read(&snapshot(&plan(&["#stage"])))
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

fn probes(nodes: &[Node<'_>]) -> Vec<String> {
    nodes
        .iter()
        .filter_map(|node| node.attr("data-probe"))
        .map(str::to_owned)
        .collect()
}

fn only<'p>(page: &'p Page, css: &str) -> Node<'p> {
    let found = page.select(&selector(css));
    assert_eq!(found.len(), 1, "{css}");
    found[0]
}

#[wasm_bindgen_test]
async fn every_selector_finds_what_the_browser_finds() {
    for name in PAGES {
        let page = page(name).await;
        for css in SELECTORS {
            let browser: Vec<_> = browser_finds(css)
                .iter()
                .filter_map(JsValue::as_string)
                .collect();
            assert_eq!(
                probes(&page.select(&selector(css))),
                browser,
                "`{css}` on the page `{name}`"
            );
        }
    }
}

#[wasm_bindgen_test]
async fn every_selector_finds_something_on_some_page_or_is_meant_to_find_nothing() {
    let nothing_to_find = [".fake", ".fake td", "td.fake"];
    let mut idle: Vec<_> = SELECTORS
        .iter()
        .filter(|css| !nothing_to_find.contains(css))
        .collect();
    for name in PAGES {
        let page = page(name).await;
        idle.retain(|css| probes(&page.select(&selector(css))).is_empty());
    }
    assert!(idle.is_empty(), "{idle:?}");
}

#[wasm_bindgen_test]
async fn the_body_is_the_root_where_no_candidate_matches_exactly_one_element() {
    build("unparsable").await.unwrap();
    let snapshot = snapshot(&plan(&["tr", "no-such-element", "p >> ][", "p ~ p"]));
    assert_eq!(snapshot.root.selector, None);
    assert_eq!(
        snapshot
            .root
            .path
            .iter()
            .map(|above| above.name.as_str())
            .collect::<Vec<_>>(),
        ["html"]
    );
    let page = read(&snapshot);
    assert_eq!(
        probes(&page.select(&selector("body > main > p > div"))).len(),
        1
    );
}

#[wasm_bindgen_test]
async fn the_page_and_what_it_has_loaded_stay_as_they_were() {
    for name in PAGES {
        build(name).await.unwrap();
        later(50).await.unwrap();
        let before = page_state();
        let _ = snapshot(&plan(&["#stage"]));
        later(50).await.unwrap();
        assert_eq!(page_state(), before, "{name}");
    }
}

#[wasm_bindgen_test]
async fn typed_values_and_choices_are_read_and_secrets_are_not() {
    build("controls").await.unwrap();
    let snapshot = snapshot(&plan(&["#stage"]));
    assert!(
        !serde_json::to_string(&snapshot)
            .unwrap()
            .contains("SECRET-TYPED")
    );
    let page = read(&snapshot);
    let value = |css: &str| only(&page, css).value();
    assert_eq!(value("[name=qty]").as_deref(), Some("7"));
    assert_eq!(value("[name=coupon]").as_deref(), Some(""));
    assert_eq!(value("[name=note]").as_deref(), Some("after\n& <more>"));
    assert_eq!(value("[name=size]").as_deref(), Some("l"));
    assert_eq!(value("[name=first]").as_deref(), Some("One"));
    assert_eq!(value("[name=none]").as_deref(), Some(""));
    assert_eq!(value("[name=list]").as_deref(), Some(""));
    assert_eq!(only(&page, "[name=none]").visible_text(), "");
    assert_eq!(value("[name=plain]").as_deref(), Some("as written"));
    assert_eq!(only(&page, "[name=size]").visible_text(), "Large one");
    assert!(!only(&page, "[name=gift]").checked());
    assert!(only(&page, "[name=ship]").checked());
    let secrets = page.select(&selector("input.secret"));
    assert_eq!(secrets.len(), 4);
    assert!(secrets.iter().all(|secret| secret.value().is_none()));
}

#[wasm_bindgen_test]
async fn what_a_person_cannot_see_is_known() {
    let page = page("visibility").await;
    for node in page.select(&selector("[data-seen]")) {
        let seen = if node.is_visible() { "yes" } else { "no" };
        assert_eq!(
            Some(seen),
            node.attr("data-seen"),
            "{} {:?}",
            node.name(),
            node.text()
        );
    }
    let text = only(&page, "main").visible_text();
    assert_eq!(
        text,
        "again contents back for screen readersfading in a row far below sum shown option 19.90 5 9.90"
    );
}

#[wasm_bindgen_test]
async fn prices_struck_by_a_style_sheet_are_known() {
    let page = page("visibility").await;
    assert!(only(&page, ".price").is_struck());
    assert!(only(&page, ".deleted").is_struck());
    assert!(!only(&page, ".new").is_struck());
}

#[wasm_bindgen_test]
async fn shadow_trees_slots_and_frames_are_read_where_they_hang() {
    let page = page("hosted").await;
    let line = only(&page, "cart-line");
    assert_eq!(only(&page, "input.deep").value().as_deref(), Some("42"));
    assert_eq!(line.select(&selector("input.deep")).len(), 1);
    assert_eq!(line.select(&selector(".framed")).len(), 0);
    assert_eq!(line.visible_text(), "Slotted default text pcs");
    assert_eq!(only(&page, "iframe").visible_text(), "in a frame two");
    assert_eq!(
        only(&page, "table.inside")
            .parent()
            .map(|parent| parent.id()),
        Some(line.id())
    );
    assert_eq!(
        only(&page, "main").visible_text(),
        "before Slotted default text pcs in a frame two after"
    );
}

#[wasm_bindgen_test]
async fn a_page_that_takes_the_places_of_properties_is_read_all_the_same() {
    dress("<title>The shop's own title</title>");
    let page = page("clobbered").await;
    assert_eq!(
        only(&page, "form.inner")
            .parent()
            .map(|form| form.is_visible()),
        Some(false)
    );
    assert_eq!(only(&page, "p.last").visible_text(), "end");
    assert_eq!(page.title(), "The shop's own title");
}

#[wasm_bindgen_test]
async fn the_documents_own_words_come_along() {
    dress(
        r#"<meta name="generator" content="Shop 1"><meta property="og:site_name" content="A &amp; B">
        <meta name="csrf-token" content="hush"><link rel="canonical" href="/basket?x=1">
        <script type="application/ld+json">{"@type":"Product"}</script>
        <script id="embedded" type="application/json">{"a":1}</script>
        <script type="text/plain">var cartState = {"text":"} \" {","n":[1,2]}; window["shop.config"] = [1];
        dataLayer.push({"event":"cart"}); dataLayer.push({event: 'not JSON'}); other.cartState = {"no":1}; cartState == {};
        gtag("event", "cart_seen", {"hush":1, "items":[{"n":1.50,"t":"a, } \" b"}] , "value":12.90});</script>"#,
    );
    build("unparsable").await.unwrap();
    let mut plan = plan(&["#stage"]);
    plan.state.extend([
        WantedState {
            name: "cart_seen".to_owned(),
            keep: ["value", "items"].map(str::to_owned).to_vec(),
            holding: Vec::new(),
        },
        WantedState {
            name: "application/json".to_owned(),
            keep: Vec::new(),
            holding: vec!["\"a\"".to_owned()],
        },
        WantedState {
            name: "dataLayer".to_owned(),
            keep: Vec::new(),
            holding: vec!["nothing".to_owned()],
        },
    ]);
    let snapshot = snapshot(&plan);
    assert!(!serde_json::to_string(&snapshot).unwrap().contains("hush"));
    let page = read(&snapshot);
    assert_eq!(page.meta("generator"), Some("Shop 1"));
    assert_eq!(page.meta("og:site_name"), Some("A & B"));
    assert!(page.canonical().unwrap().ends_with("/basket?x=1"));
    assert_eq!(page.json_ld(), [r#"{"@type":"Product"}"#]);
    let state: Vec<_> = page
        .state()
        .iter()
        .map(|state| (state.name.as_str(), state.json.as_str()))
        .collect();
    let expected = [
        ("cartState", r#"{"text":"} \" {","n":[1,2]}"#),
        ("dataLayer", r#"{"event":"cart"}"#),
        ("shop.config", "[1]"),
        ("embedded", r#"{"a":1}"#),
        (
            "cart_seen",
            r#"{"items":[{"n":1.50,"t":"a, } \" b"}],"value":12.90}"#,
        ),
        ("application/json#embedded", r#"{"a":1}"#),
    ];
    assert_eq!(state, expected);
}

#[wasm_bindgen_test]
async fn a_page_beyond_a_limit_is_refused_with_the_limit() {
    build("hosted").await.unwrap();
    let allowed = AllowedAttributes::standard();
    for limit in ["elements", "depth", "bytes"] {
        let mut plan = plan(&["#stage"]);
        match limit {
            "elements" => plan.limits.elements = 5,
            "depth" => plan.limits.depth = 2,
            _ => plan.limits.bytes = 100,
        }
        match Page::read(&snapshot(&plan), &allowed) {
            Err(SnapshotError::Refused {
                limit: refused,
                found,
                allowed,
            }) => {
                assert_eq!(refused, limit);
                assert!(found > allowed);
            }
            other => panic!("{limit}: {other:?}"),
        }
    }
}
