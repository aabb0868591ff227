use serde_json::{Value, json};

use crate::world::{COMPANY, ROUTE, World};

#[tokio::test]
async fn companies_are_listed_with_id_name_and_display_name() {
    let world = World::start().await;
    let answer = world
        .send(&world.call("GET", format!("{ROUTE}/companies")))
        .await;
    assert_eq!(answer.column("name"), ["Alpenblick AG", "Lac Bleu Sàrl"]);
    assert_eq!(answer.body["value"][0]["id"], COMPANY);
    assert_eq!(
        answer.body["value"][0]["displayName"],
        "Alpenblick Werkzeuge AG"
    );
    let context = answer.body["@odata.context"].as_str().unwrap();
    assert!(
        context.ends_with(&format!("{ROUTE}/$metadata#companies")),
        "{context}"
    );
}

#[tokio::test]
async fn worksheets_leave_out_recurring_ones() {
    let world = World::start().await;
    let answer = world.get("worksheets").await;
    assert_eq!(
        answer.column("name"),
        ["APPROVAL", "DEFAULT", "OFFICE", "WORKSHOP"]
    );
    assert_eq!(answer.body["value"][1]["worksheetTemplateName"], "REQ.");
}

#[tokio::test]
async fn vendors_have_the_properties_of_the_contract() {
    let world = World::start().await;
    let answer = world.get("vendors?$top=1").await;
    let vendor = answer.body["value"][0].as_object().unwrap();
    let names: Vec<&String> = vendor.keys().collect();
    assert_eq!(
        names,
        [
            "@odata.etag",
            "blocked",
            "currencyCode",
            "displayName",
            "id",
            "number"
        ]
    );
    assert_eq!(vendor["blocked"], " ");
}

#[tokio::test]
async fn local_currency_of_a_vendor_is_blank() {
    let world = World::start().await;
    let answer = world.filter("vendors", "number eq 'V10010'").await;
    assert_eq!(answer.body["value"][0]["currencyCode"], "");
}

#[tokio::test]
async fn one_entity_is_read_by_its_id() {
    let world = World::start().await;
    let vendors = world.get("vendors").await;
    let id = vendors.body["value"][2]["id"].as_str().unwrap();
    let answer = world.get(&format!("vendors({id})")).await;
    assert_eq!(answer.body["number"], vendors.body["value"][2]["number"]);
    let context = answer.body["@odata.context"].as_str().unwrap();
    assert!(context.ends_with("/vendors/$entity"), "{context}");
}

#[tokio::test]
async fn pages_follow_next_links_to_the_end() {
    let world = World::start_with("memory", 4).await;
    let mut target = format!("{ROUTE}/companies({COMPANY})/vendors?$count=true");
    let (mut numbers, mut pages) = (Vec::new(), 0);
    loop {
        let answer = world.send(&world.call("GET", target)).await;
        assert_eq!(answer.body["@odata.count"], 10);
        numbers.extend(answer.column("number").into_iter().map(str::to_owned));
        pages += 1;
        let Some(next) = answer.body["@odata.nextLink"].as_str() else {
            break;
        };
        let origin = format!("http://{}", world.standin.api);
        target = next
            .strip_prefix(&origin)
            .expect("the same origin")
            .to_owned();
    }
    assert_eq!(pages, 3);
    assert_eq!(numbers.len(), 10);
    assert!(numbers.is_sorted());
}

#[tokio::test]
async fn max_page_size_makes_pages_shorter_but_never_longer() {
    let world = World::start_with("memory", 4).await;
    for (preferred, expected) in [("2", 2), ("100", 4), ("0", 4), ("many", 4)] {
        let mut call = world.call("GET", format!("{ROUTE}/companies({COMPANY})/vendors"));
        call.headers
            .push(("Prefer", format!("odata.maxpagesize={preferred}")));
        assert_eq!(
            world.send(&call).await.column("number").len(),
            expected,
            "{preferred}"
        );
    }
}

#[tokio::test]
async fn top_is_kept_across_pages() {
    let world = World::start_with("memory", 2).await;
    let first = world.get("vendors?$top=3").await;
    let next = first.body["@odata.nextLink"].as_str().unwrap();
    let origin = format!("http://{}", world.standin.api);
    let call = world.call("GET", next.strip_prefix(&origin).unwrap());
    let second = world.send(&call).await;
    assert_eq!(second.column("number"), ["V10020"]);
    assert_eq!(second.body["@odata.nextLink"], Value::Null);
}

#[tokio::test]
async fn skip_leaves_out_the_first_ones() {
    let world = World::start().await;
    let answer = world.get("vendors?$skip=7&$select=number").await;
    assert_eq!(answer.column("number"), ["V10070", "V10080", "V10090"]);
    assert_eq!(answer.body["value"][0]["displayName"], Value::Null);
}

#[tokio::test]
async fn set_up_of_a_host_names_vendor_and_catch_all_item() {
    let world = World::start().await;
    let answer = world.filter("supplierSetups", "host eq 'shop.test'").await;
    let setup = &answer.body["value"][0];
    assert_eq!(setup["vendorNumber"], "V10060");
    assert_eq!(setup["catchAllItemNumber"], "MISC-TEST");
    assert_eq!(setup["taxBasis"], "Gross");
    assert_eq!(setup["taxPercent"].to_string(), "8.1");
}

#[tokio::test]
async fn environments_are_listed_outside_the_base_path() {
    let world = World::start().await;
    let answer = world.send(&world.call("GET", "/environments/v1.2")).await;
    assert_eq!(answer.column("name"), ["production"]);
    assert_eq!(answer.column("aadTenantId"), ["demo"]);
}

#[tokio::test]
async fn an_unknown_environment_is_not_found() {
    let world = World::start().await;
    let target = ROUTE.replace("production", "sandbox");
    let answer = world.send(&world.call("GET", target)).await;
    assert_eq!((answer.status, answer.code()), (404, "NoEnvironment"));
}

#[tokio::test]
async fn an_unknown_company_is_not_found() {
    let world = World::start().await;
    let target = format!("{ROUTE}/companies({})/vendors", crate::world::id(1));
    let answer = world.send(&world.call("GET", target)).await;
    assert_eq!(
        (answer.status, answer.code()),
        (404, "Internal_CompanyNotFound")
    );
}

#[tokio::test]
async fn an_unknown_segment_is_not_found_and_named() {
    let world = World::start().await;
    let answer = world.get("widgets").await;
    assert_eq!(
        (answer.status, answer.code()),
        (404, "BadRequest_ResourceNotFound")
    );
    assert_eq!(
        answer.message(),
        "Resource not found for the segment 'widgets'."
    );
}

#[tokio::test]
async fn lists_take_no_post_and_captures_no_delete() {
    let world = World::start().await;
    for (method, below) in [
        ("POST", "vendors"),
        ("DELETE", "captures"),
        ("PATCH", "items"),
    ] {
        let target = format!("{ROUTE}/companies({COMPANY})/{below}");
        let answer = world.send(&world.call(method, target)).await;
        assert_eq!(
            (answer.status, answer.code()),
            (405, "BadRequest_MethodNotAllowed")
        );
    }
}

#[tokio::test]
async fn every_answer_carries_its_request_id_and_echoes_the_clients() {
    let world = World::start().await;
    for below in ["vendors", "widgets"] {
        let mut call = world.call("GET", format!("{ROUTE}/companies({COMPANY})/{below}"));
        call.headers
            .push(("client-request-id", "a-client-id".to_owned()));
        let answer = world.send(&call).await;
        assert_eq!(answer.header("client-request-id"), Some("a-client-id"));
        assert_eq!(answer.header("request-id").map(str::len), Some(36));
    }
}

#[tokio::test]
async fn correlation_id_of_an_error_is_the_request_id() {
    let world = World::start().await;
    let answer = world.get("widgets").await;
    let expected = format!(
        "  CorrelationId:  {}.",
        answer.header("request-id").unwrap()
    );
    assert!(
        answer.body["error"]["message"]
            .as_str()
            .unwrap()
            .ends_with(&expected)
    );
}

#[tokio::test]
async fn worksheet_address_shows_the_posted_lines() {
    let world = World::start().await;
    let lines = json!([crate::world::with(
        crate::world::item(),
        "description",
        "<b>Pen</b>"
    )]);
    let posted = world.post(&crate::world::capture(1, &lines)).await;
    let url = posted.body["worksheetUrl"].as_str().unwrap();
    let origin = format!("http://{}", world.standin.admin);
    let page = world
        .admin("GET", url.strip_prefix(&origin).unwrap(), &Value::Null)
        .await;
    let html = page.body.as_str().unwrap();
    assert!(html.contains("<td>&lt;b&gt;Pen&lt;/b&gt;</td>"), "{html}");
}
