//! What lies in the journal when a worker begins its life: whole, damaged, older, newer.

use punchout::capture::{Action, Doubt, Machine, NoticeCode, Records, Stage, World};
use punchout::cart::{Finding, FindingCode, Key};
use punchout::json;
use punchout::sorted::SortedMap;
use punchout::supplier::Catalog;
use punchout::timestamp::Timestamp;

use crate::browser::WINDOW;
use crate::fault;
use crate::given::{REDIRECT, a_reviewed_cart, deployment};
use crate::outside::Does;

/// A journal with a capture whose post was lost on its way.
fn a_lost_post() -> Records {
    let mut browser = a_reviewed_cart(5);
    browser.outside.faults = vec![fault("POST https://bc", Does::LosesTheRequest)];
    browser.act(Action::Confirm);
    let stage = browser.stage();
    assert!(
        matches!(stage, Stage::Posting { attempted: true }),
        "{stage:?}"
    );
    Records::of(&browser.world).unwrap()
}

fn changed(records: &Records, change: impl Fn(&str, &str) -> String) -> World {
    let local = records.local.iter();
    let local: SortedMap<String, String> = local
        .map(|(key, text)| (key.clone(), change(key, text)))
        .collect();
    let session = SortedMap::new();
    Records { session, local }.world()
}

fn told(world: &mut World) -> serde_json::Value {
    let machine = Machine::new(Catalog::default(), deployment(), REDIRECT).unwrap();
    let view = machine.view(world, WINDOW, Timestamp(0), |view| {
        serde_json::to_value(&view).unwrap()
    });
    view["trouble"]["code"].clone()
}

#[test]
fn what_is_written_is_read_as_it_was() {
    let records = a_lost_post();
    assert_eq!(Records::of(&records.world()), Ok(records));
}

#[test]
fn a_record_of_the_first_format_is_read_and_its_posts_are_doubted() {
    let world = changed(&a_lost_post(), |_, text| {
        assert!(text.contains(r#""format":2"#));
        text.replace(r#""format":2"#, r#""format":1"#).replace(
            r#""doubt":"last_post","#,
            r#""posted_at":1795342500000,"unknown_until":0,"#,
        )
    });
    let delivery = world.journal.deliveries.values().next().unwrap();
    assert_eq!(delivery.doubt, Doubt::EarlierPost);
    assert_eq!(world.journal.unreadable, 0);
}

#[test]
fn a_finding_that_an_earlier_version_wrote_in_english_is_read_as_one_whose_words_are_gone() {
    let mut written =
        serde_json::to_value(Finding::of_cart(FindingCode::TotalMismatch, Key::EmptyCart)).unwrap();
    let fields = written.as_object_mut().unwrap();
    fields.remove("says");
    fields.insert("message".to_owned(), "the cart is empty".into());
    let read: Finding = json::read(&written.to_string()).unwrap();
    assert_eq!(
        read,
        Finding::of_cart(FindingCode::TotalMismatch, Key::Untold)
    );
}

#[test]
fn a_damaged_record_is_told_and_nothing_is_written_over_it() {
    let records = a_lost_post();
    for damage in ["", "{", "null", r#"{"format":2,"record":{}}"#] {
        let mut world = changed(&records, |key, text| {
            let is_delivery = key.starts_with("delivery:");
            (if is_delivery { damage } else { text }).to_owned()
        });
        assert!(world.journal.deliveries.is_empty());
        assert_eq!(world.journal.unreadable, 1);
        let code = serde_json::to_value(NoticeCode::JournalUnreadable).unwrap();
        assert_eq!(told(&mut world), code);
        // What a worker takes for stored does not have it, so neither a change nor a removal touches it.
        let written = Records::of(&world).unwrap();
        assert!(!written.local.keys().any(|key| key.starts_with("delivery:")));
    }
}

#[test]
fn a_record_of_a_later_version_waits_for_that_version() {
    let world = changed(&a_lost_post(), |_, text| {
        text.replace(r#""format":2"#, r#""format":3"#)
    });
    assert!(world.journal.deliveries.is_empty());
    assert_eq!(world.journal.unreadable, 1);
}
