//! The ledger and the account as a whole: append-only, exported, removed.

use credit_service::store::{AccountId, Charging, StoreError};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::cluster::cluster;
use super::program::{Operator, Server};
use super::scene::{API, Kind, Reply, Scene, metadata, with_json};

/// Does to the tables what no program should.
async fn meddle(database: &str, statement: &'static str) -> Result<(), sqlx::Error> {
    match crate::KIND {
        Kind::Sqlite => {
            let pool = sqlx::SqlitePool::connect(database).await?;
            sqlx::query(statement).execute(&pool).await.map(drop)
        }
        Kind::Postgres => {
            let pool = sqlx::PgPool::connect(database).await?;
            sqlx::query(statement).execute(&pool).await.map(drop)
        }
    }
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_or_delete_an_entry_of_the_ledger() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(3).await;
    for statement in [
        "UPDATE ledger_entries SET amount = 300",
        "DELETE FROM ledger_entries",
    ] {
        let refused = meddle(&scene.database, statement).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
    assert_eq!(tenant.account().await, [3, 0, 3]);
}

#[tokio::test]
async fn the_database_itself_refuses_a_debit_that_no_credit_covers() {
    let scene = Scene::new().await;
    let _tenant = scene.tenant(1).await;
    let statement = "INSERT INTO ledger_entries (account_id, sequence, kind, amount, balance, reason, capture_id, \
                     entered_at) SELECT account_id, 2, 'debit', -1, -1, '', 'x', 0 FROM accounts";
    assert!(meddle(&scene.database, statement).await.is_err());
}

#[tokio::test]
async fn an_account_is_told_when_its_credits_run_low() {
    let scene = Scene::with(|service| service.low_balance = 3).await;
    let tenant = scene.tenant(3).await;
    assert_eq!(tenant.get("/v1/account").await.body["low_balance"], false);
    tenant.put(Uuid::new_v4(), &metadata()).await;
    assert_eq!(tenant.get("/v1/account").await.body["low_balance"], true);
    tenant.grant(1).await;
    assert_eq!(tenant.get("/v1/account").await.body["low_balance"], false);
}

#[tokio::test]
async fn an_export_has_all_that_is_kept_of_the_account_and_nothing_of_another() {
    let scene = Scene::new().await;
    let (tenant, other) = (scene.tenant(2).await, scene.tenant(2).await);
    other.put(Uuid::new_v4(), &metadata()).await;
    let capture = Uuid::new_v4();
    tenant.put(capture, &metadata()).await;
    tenant.confirm(capture).await;
    tenant.grant(5).await;
    let body = tenant.get("/v1/export").await.body;
    assert_eq!(body["account_id"], tenant.id.as_str());
    assert_eq!(body["credits"]["balance"], 6);
    let left = |lot: &Value| lot["left"].as_i64().unwrap();
    let lots: Vec<i64> = body["lots"].as_array().unwrap().iter().map(left).collect();
    assert_eq!(lots, [1, 5]);
    let ledger = body["ledger"].as_array().unwrap();
    assert_eq!(ledger.len(), 3);
    assert_eq!(ledger[1]["capture_id"], capture.to_string());
    assert_eq!(ledger[1]["balance"], 1);
    let captures = body["captures"].as_array().unwrap();
    assert_eq!(captures.len(), 1);
    assert_eq!(captures[0]["vendor_host"], "shop.example");
}

#[tokio::test]
async fn export_and_removal_need_the_administrators_role_where_one_is_set() {
    let scene =
        Scene::with(|service| service.administrator_role = Some("Credits.Admin".into())).await;
    let mut tenant = scene.tenant(2).await;
    let removal = || Reply::of(tenant.request(Method::DELETE, "/v1/account"));
    assert_eq!(removal().await.error(), (403, "role_needed"));
    assert_eq!(tenant.get("/v1/export").await.error(), (403, "role_needed"));
    assert_eq!(tenant.account().await, [2, 0, 2]);
    tenant.token = scene.token(&json!({ "tid": tenant.id, "roles": ["Credits.Admin"] }));
    assert_eq!(tenant.get("/v1/export").await.status, 200);
    assert_eq!(
        Reply::of(tenant.request(Method::DELETE, "/v1/account"))
            .await
            .status,
        204
    );
}

#[tokio::test]
async fn a_removed_account_starts_from_nothing() {
    let scene = Scene::new().await;
    let (tenant, other) = (scene.tenant(2).await, scene.tenant(4).await);
    let capture = Uuid::new_v4();
    tenant.put(capture, &metadata()).await;
    for _ in 0..2 {
        let removed = Reply::of(tenant.request(Method::DELETE, "/v1/account")).await;
        assert_eq!(removed.status, 204);
    }
    assert_eq!(tenant.account().await, [0, 0, 0]);
    assert_eq!(
        tenant.confirm(capture).await.error(),
        (404, "unknown_capture")
    );
    assert_eq!(other.account().await, [4, 0, 4]);
}

#[tokio::test]
async fn a_removal_leaves_no_row_no_byte_of_the_database_and_no_log_line_that_names_the_account() {
    let operator = Operator::new();
    let issuer = test_issuer::Issuer::start().await.unwrap();
    let server = operator.serve(&issuer).await;
    let tenant = Uuid::new_v4().to_string();
    operator
        .run(&[
            "grant",
            "--account",
            &tenant,
            "--credits",
            "9",
            "--reason",
            "order",
        ])
        .await;
    let mut claims = issuer.claims(API);
    claims["tid"] = json!(tenant);
    let token = issuer.token(&claims);
    let capture = Uuid::new_v4().to_string();
    story(&server, &token, &capture).await;
    assert!(
        everything(&operator).contains(&tenant),
        "the search finds what is there"
    );
    let removal = server
        .request(Method::DELETE, "/v1/account")
        .bearer_auth(&token);
    assert_eq!(Reply::of(removal).await.status, 204);
    let (_, log) = server.stop("-TERM").await;
    assert!(log.contains("an account was removed"), "{log}");
    for name in [&tenant, &capture] {
        assert!(!everything(&operator).contains(name.as_str()));
        assert!(!log.contains(name.as_str()), "{log}");
    }
}

async fn story(server: &Server, token: &str, capture: &str) {
    let path = format!("/v1/captures/{capture}");
    let hold = server.request(Method::PUT, &path).bearer_auth(token);
    assert_eq!(Reply::of(with_json(hold, &metadata())).await.status, 201);
    let confirm = server.request(Method::POST, &format!("{path}/confirm"));
    assert_eq!(Reply::of(confirm.bearer_auth(token)).await.status, 200);
}

/// On SQLite every byte of its files, on PostgreSQL every row.
fn everything(operator: &Operator) -> String {
    match crate::KIND {
        Kind::Postgres => cluster().dump(operator.database.rsplit('/').next().unwrap()),
        Kind::Sqlite => std::fs::read_dir(operator.directory.path())
            .unwrap()
            .map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .collect(),
    }
}

#[tokio::test]
async fn where_credits_are_off_nothing_is_refused_and_nothing_debited() {
    let scene = Scene::charging(Charging::Off, |_| {}).await;
    let tenant = scene.tenant(0).await;
    let capture = Uuid::new_v4();
    assert_eq!(tenant.put(capture, &metadata()).await.status, 201);
    assert_eq!(tenant.put(capture, &metadata()).await.status, 200);
    assert_eq!(tenant.confirm(capture).await.status, 200);
    let body = tenant.get("/v1/account").await.body;
    assert_eq!(
        (&body["balance"], &body["low_balance"]),
        (&json!(0), &json!(false))
    );
    let export = tenant.get("/v1/export").await.body;
    assert_eq!(export["ledger"], json!([]));
    assert_eq!(export["captures"][0]["state"], "confirmed");
}

#[tokio::test]
async fn a_confirmation_that_meets_a_spent_balance_is_owed_not_debited() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(1).await;
    let (late, prompt) = (Uuid::new_v4(), Uuid::new_v4());
    tenant.put(late, &metadata()).await;
    tenant.release(late).await;
    tenant.put(prompt, &metadata()).await;
    tenant.confirm(late).await;
    assert_eq!(
        tenant.confirm(prompt).await.outcome(),
        (200, "confirmed", -1)
    );
    let account = AccountId::new(&tenant.id);
    let now = credit_service::clock::Clock::now(&*scene.clock);
    let ledger = scene.store.export(&account, now).await.unwrap().ledger;
    let kinds: Vec<&str> = ledger.iter().map(|line| line.kind.as_str()).collect();
    assert_eq!(kinds.len(), 3);
    assert_eq!(kinds.iter().filter(|kind| **kind == "owed").count(), 2);
}

#[tokio::test]
async fn a_closed_store_says_so() {
    let scene = Scene::new().await;
    scene.store.close().await;
    let account = AccountId::new("a");
    let refused = scene.store.remove(&account).await;
    assert!(
        matches!(refused, Err(StoreError::Database(_))),
        "{refused:?}"
    );
    assert_eq!(
        scene
            .request(Method::GET, "/health")
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    assert_eq!(
        scene
            .request(Method::GET, "/ready")
            .send()
            .await
            .unwrap()
            .status(),
        503
    );
}
