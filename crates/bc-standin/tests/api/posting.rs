use std::str::FromStr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;
use tokio::runtime::Runtime;

use crate::world::{COMPANY, World, account, capture, id, item, note, with};

#[tokio::test]
async fn a_capture_is_stored_with_its_line_numbers() {
    let world = World::start().await;
    let sent = capture(1, &json!([item(), note()]));
    let answer = world.post(&sent).await;
    assert_eq!(answer.status, 201, "{:?}", answer.body);
    for property in [
        "id",
        "worksheetTemplateName",
        "journalBatchName",
        "supplierHost",
        "capturedAt",
        "lineCount",
        "linesSha256",
    ] {
        assert_eq!(answer.body[property], sent[property], "{property}");
    }
    assert_eq!(answer.body["status"], "Posted");
    assert_eq!(answer.body["lineNumbers"], "[10000,20000]");
    assert_eq!(
        answer.body["lines"], "",
        "the text of the cart does not go out again"
    );
}

#[tokio::test]
async fn a_stored_capture_is_read_by_its_id() {
    let world = World::start().await;
    let posted = world.post(&capture(1, &json!([item()]))).await;
    let read = world.get(&format!("captures({})", id(1))).await;
    assert_eq!(read.status, 200);
    assert_eq!(read.body, posted.body);
}

#[tokio::test]
async fn an_unknown_capture_is_not_found() {
    let world = World::start().await;
    let answer = world.get(&format!("captures({})", id(1))).await;
    assert_eq!(
        (answer.status, answer.code()),
        (404, "Internal_RecordNotFound")
    );
}

#[tokio::test]
async fn a_line_becomes_a_requisition_line_in_every_field() {
    let world = World::start().await;
    world.post(&capture(1, &json!([item()]))).await;
    let expected = json!([{
        "companyId": COMPANY, "worksheetTemplateName": "REQ.", "journalBatchName": "DEFAULT",
        "lineNo": 10000, "type": "Item", "no": "MISC-TEST",
        "description": "Whiteboard marker, blue", "description2": "Box of 10", "quantity": "2",
        "unitOfMeasureCode": "PCS", "vendorNo": "V10060", "vendorItemNo": "TS-77/b",
        "directUnitCost": "12.9", "currencyCode": "EUR", "orderDate": "2026-11-22",
        "dueDate": "2026-12-01", "requesterId": "ANNA.BUYER", "actionMessage": "New",
        "acceptActionMessage": true, "locationCode": "", "supplierHost": "shop.test",
        "captureId": id(1), "captureLineNo": 1,
    }]);
    assert_eq!(json!(world.lines().await), expected);
}

#[tokio::test]
async fn items_and_accounts_are_accepted_for_ordering_and_notes_are_not() {
    let world = World::start().await;
    world
        .post(&capture(1, &json!([item(), account(), note()])))
        .await;
    let lines = world.lines().await;
    let column = |name: &str| {
        lines
            .iter()
            .map(|line| line[name].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(column("type"), ["Item", "G/L Account", " "]);
    assert_eq!(column("acceptActionMessage"), [true, true, false]);
    assert_eq!(column("actionMessage"), ["New", "New", " "]);
    assert_eq!(column("quantity"), ["2", "2", "0"]);
}

#[tokio::test]
async fn the_local_currency_is_stored_as_blank() {
    let world = World::start().await;
    world
        .post(&capture(1, &json!([with(item(), "currencyCode", "CHF")])))
        .await;
    assert_eq!(world.lines().await[0]["currencyCode"], "");
}

#[tokio::test]
async fn order_date_is_the_day_of_the_capture_in_utc() {
    let world = World::start().await;
    let mut sent = capture(1, &json!([item()]));
    sent["capturedAt"] = json!("2026-11-23T00:30:00.123456+01:00");
    let answer = world.post(&sent).await;
    assert_eq!(answer.body["capturedAt"], "2026-11-22T23:30:00.123Z");
    assert_eq!(world.lines().await[0]["orderDate"], "2026-11-22");
}

#[tokio::test]
async fn what_is_absent_comes_from_the_item() {
    let world = World::start().await;
    let line = json!({
        "kind": "Item", "number": "1020", "vendorNumber": "V10010", "quantity": "3",
        "directUnitCost": "6.5", "currencyCode": "CHF",
    });
    world.post(&capture(1, &json!([line]))).await;
    let stored = &world.lines().await[0];
    assert_eq!(stored["description"], "Copy paper A4 80 g");
    assert_eq!(stored["unitOfMeasureCode"], "PACK");
    assert_eq!(stored["dueDate"], "2026-11-22");
}

#[tokio::test]
async fn codes_are_trimmed_and_upper_cased() {
    let world = World::start().await;
    let mut sent = capture(1, &json!([with(item(), "number", " misc-test ")]));
    sent["worksheetTemplateName"] = json!("req.");
    assert_eq!(
        world.post(&sent).await.body["worksheetTemplateName"],
        "REQ."
    );
    assert_eq!(world.lines().await[0]["no"], "MISC-TEST");
}

#[tokio::test]
async fn line_numbers_go_on_from_the_last_of_the_worksheet() {
    let world = World::start().await;
    world.post(&capture(1, &json!([item(), item()]))).await;
    let second = world.post(&capture(2, &json!([item()]))).await;
    assert_eq!(second.body["lineNumbers"], "[30000]");
    let mut elsewhere = capture(3, &json!([item()]));
    elsewhere["journalBatchName"] = json!("OFFICE");
    assert_eq!(world.post(&elsewhere).await.body["lineNumbers"], "[10000]");
}

#[tokio::test]
async fn the_same_id_again_is_refused() {
    let world = World::start().await;
    world.post(&capture(1, &json!([item()]))).await;
    let answer = world.post(&capture(1, &json!([note()]))).await;
    assert_eq!(
        (answer.status, answer.code()),
        (400, "Internal_EntityWithSameKeyExists")
    );
    assert_eq!(world.lines().await.len(), 1);
}

#[tokio::test]
async fn the_same_id_is_refused_after_its_lines_are_carried_out() {
    let world = World::start().await;
    world.post(&capture(1, &json!([item(), note()]))).await;
    let worksheet = json!({
        "company": COMPANY, "worksheetTemplateName": "REQ.", "journalBatchName": "DEFAULT",
    });
    let done = world.admin("POST", "/carry-out", &worksheet).await;
    assert_eq!(
        done.body,
        json!({ "orderNumbers": ["106001"], "deletedLineNumbers": [10000] })
    );
    assert_eq!(world.lines().await.len(), 1, "the note stays");

    let answer = world.post(&capture(1, &json!([item()]))).await;
    assert_eq!(
        (answer.status, answer.code()),
        (400, "Internal_EntityWithSameKeyExists")
    );
    assert_eq!(world.get(&format!("captures({})", id(1))).await.status, 200);
}

#[tokio::test]
async fn a_known_id_is_reported_before_anything_else_is_checked() {
    let world = World::start().await;
    world.post(&capture(1, &json!([item()]))).await;
    let target = format!("/worksheets/{COMPANY}/REQ./DEFAULT/approval");
    world
        .admin("POST", &target, &json!({ "approval": "open" }))
        .await;
    let answer = world.post(&capture(1, &json!([item()]))).await;
    assert_eq!(answer.code(), "Internal_EntityWithSameKeyExists");
}

#[tokio::test]
async fn parallel_posts_of_one_id_store_it_once() {
    let directory = std::env::temp_dir().join(uuid::Uuid::new_v4().to_string());
    std::fs::create_dir(&directory).unwrap();
    let database = format!("sqlite://{}", directory.join("bc.sqlite").display());
    let world = World::start_with(&database, 100).await;
    let sent = capture(1, &json!([item(), item()]));
    let answers = tokio::join!(world.post(&sent), world.post(&sent), world.post(&sent));
    let mut statuses = [answers.0.status, answers.1.status, answers.2.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 400, 400]);
    assert_eq!(world.lines().await.len(), 2);
    world.standin.stop().await.unwrap();
    std::fs::remove_dir_all(directory).unwrap();
}

#[tokio::test]
async fn parallel_posts_of_two_ids_share_no_line_number() {
    let world = World::start().await;
    let (first, second) = (
        capture(1, &json!([item(), item()])),
        capture(2, &json!([item()])),
    );
    let (one, two) = tokio::join!(world.post(&first), world.post(&second));
    assert_eq!((one.status, two.status), (201, 201));
    let lines = world.lines().await;
    let numbers: Vec<_> = lines
        .iter()
        .map(|line| line["lineNo"].as_i64().unwrap())
        .collect();
    assert_eq!(numbers, [10_000, 20_000, 30_000]);
}

#[tokio::test]
async fn one_bad_line_keeps_all_lines_out() {
    let world = World::start().await;
    let lines = json!([item(), with(item(), "vendorNumber", "NOBODY"), item()]);
    let answer = world.post(&capture(1, &lines)).await;
    assert_eq!(
        (answer.status, answer.code()),
        (400, "Application_DialogException")
    );
    assert_eq!(
        answer.message(),
        "Line 2: The Vendor 'NOBODY' does not exist."
    );
    assert!(world.lines().await.is_empty());
    assert_eq!(world.get(&format!("captures({})", id(1))).await.status, 404);

    let again = world.post(&capture(1, &json!([item()]))).await;
    assert_eq!(again.status, 201, "a refused capture leaves its id free");
}

#[tokio::test]
async fn an_open_approval_stops_the_worksheet_and_names_it() {
    let world = World::start().await;
    let mut sent = capture(1, &json!([item()]));
    sent["journalBatchName"] = json!("APPROVAL");
    let answer = world.post(&sent).await;
    assert_eq!(
        (answer.status, answer.code()),
        (400, "Application_DialogException")
    );
    assert!(
        answer.message().contains("REQ., APPROVAL"),
        "{}",
        answer.message()
    );

    let target = "/worksheets/Alpenblick%20AG/REQ./APPROVAL/approval";
    let closed = world
        .admin("POST", target, &json!({ "approval": "closed" }))
        .await;
    assert_eq!(closed.status, 204);
    assert_eq!(world.post(&sent).await.status, 201);
}

#[tokio::test]
async fn a_worksheet_that_is_missing_or_recurring_is_refused() {
    let world = World::start().await;
    let mut sent = capture(1, &json!([item()]));
    sent["journalBatchName"] = json!("NOWHERE");
    let answer = world.post(&sent).await;
    assert_eq!(
        (answer.status, answer.code()),
        (400, "Internal_RecordNotFound")
    );
    sent["worksheetTemplateName"] = json!("RECURRING");
    sent["journalBatchName"] = json!("MONTHLY");
    assert_eq!(
        world.post(&sent).await.code(),
        "Application_DialogException"
    );
}

#[tokio::test]
async fn a_capture_survives_a_restart() {
    let directory = std::env::temp_dir().join(uuid::Uuid::new_v4().to_string());
    std::fs::create_dir(&directory).unwrap();
    let database = format!("sqlite://{}", directory.join("bc.sqlite").display());
    let world = World::start_with(&database, 100).await;
    assert_eq!(world.post(&capture(1, &json!([item()]))).await.status, 201);
    world.standin.stop().await.unwrap();

    let world = World::start_with(&database, 100).await;
    assert_eq!(world.get(&format!("captures({})", id(1))).await.status, 200);
    assert_eq!(world.lines().await.len(), 1);
    world.standin.stop().await.unwrap();
    std::fs::remove_dir_all(directory).unwrap();
}

/// Every case posts into one world, each under an id of its own.
static NEXT_ID: AtomicU64 = AtomicU64::new(1);

fn shared() -> &'static (Runtime, World) {
    static SHARED: OnceLock<(Runtime, World)> = OnceLock::new();
    SHARED.get_or_init(|| {
        let runtime = Runtime::new().unwrap();
        let world = runtime.block_on(World::start());
        (runtime, world)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn decimals_come_back_exactly(
        quantity in (0_i128..1_000_000_000_000_000, 1_i128..100_000),
        cost in (-999_999_999_999_999_i128..1_000_000_000_000_000, 0_i128..100_000),
    ) {
        let (runtime, world) = shared();
        let exact = |(whole, fraction)| Decimal::from_i128_with_scale(whole * 100_000 + fraction, 5);
        let (quantity, cost) = (exact(quantity), exact(cost));
        let line = with(item(), "quantity", &quantity.to_string());
        let line = with(line, "directUnitCost", &cost.to_string());
        let number = NEXT_ID.fetch_add(1, Ordering::SeqCst);
        let answer = runtime.block_on(world.post(&capture(number.into(), &json!([line]))));
        prop_assert_eq!(answer.status, 201, "{:?}", answer.body);
        let lines = runtime.block_on(world.lines());
        let stored = lines.iter().find(|line| line["captureId"] == id(number.into())).unwrap();
        let decimal = |name: &str| Decimal::from_str(stored[name].as_str().unwrap()).unwrap();
        prop_assert_eq!(decimal("quantity"), quantity);
        prop_assert_eq!(decimal("directUnitCost"), cost);
    }
}
