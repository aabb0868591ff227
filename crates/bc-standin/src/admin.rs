//! The admin surface: on a listener of its own, for tests and demos, without tokens.

use std::sync::Arc;

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use crate::fault::FaultRule;
use crate::front::Front;
use crate::odata::ODataError;
use crate::requisition_entry::{self, NewLine};
use crate::store::{Approval, CarryOut, Company, User};
use crate::worksheet_page;

/// The routes of the admin surface.
pub fn routes(front: Arc<Front>) -> Router {
    Router::new()
        .route("/faults", get(faults).post(add_faults).delete(clear_faults))
        .route(
            "/requisition-lines",
            get(requisition_lines).post(enter_line),
        )
        .route("/purchase-orders", get(purchase_orders))
        .route("/captures", get(captures))
        .route("/requests", get(requests).delete(clear_requests))
        .route(
            "/worksheets/{company}/{template}/{batch}/approval",
            post(set_approval),
        )
        .route("/carry-out", post(carry_out))
        .route("/users", post(put_user))
        .route("/{tenant}/{environment}/", get(worksheet))
        .with_state(front)
}

/// A refusal in words.
struct Refused(StatusCode, String);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

impl From<sqlx::Error> for Refused {
    fn from(cause: sqlx::Error) -> Self {
        let error = ODataError::internal(&cause);
        Self(error.status, error.message)
    }
}

impl From<JsonRejection> for Refused {
    fn from(cause: JsonRejection) -> Self {
        Self(StatusCode::BAD_REQUEST, cause.body_text())
    }
}

impl From<ODataError> for Refused {
    fn from(error: ODataError) -> Self {
        Self(error.status, error.message)
    }
}

type Shared = State<Arc<Front>>;

async fn faults(State(front): Shared) -> Json<Vec<FaultRule>> {
    Json(front.faults.list())
}

async fn add_faults(
    State(front): Shared,
    rules: Result<Json<Vec<FaultRule>>, JsonRejection>,
) -> Result<Json<Vec<FaultRule>>, Refused> {
    let Json(rules) = rules?;
    front.faults.add(rules);
    Ok(Json(front.faults.list()))
}

async fn clear_faults(State(front): Shared) -> StatusCode {
    front.faults.clear();
    StatusCode::NO_CONTENT
}

async fn requisition_lines(State(front): Shared) -> Result<Response, Refused> {
    let lines = front.service.store.requisition_lines().await?;
    Ok(Json(lines).into_response())
}

async fn captures(State(front): Shared) -> Result<Response, Refused> {
    let mut captures = Vec::new();
    for company in front.service.store.companies().await? {
        for capture in front.service.store.captures(&company.id).await? {
            captures.push(json!({
                "company": company.name,
                "userName": capture.user_name,
                "capture": capture,
            }));
        }
    }
    Ok(Json(captures).into_response())
}

async fn requests(State(front): Shared) -> Response {
    Json(front.log.list()).into_response()
}

async fn clear_requests(State(front): Shared) -> StatusCode {
    front.log.clear();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewApproval {
    approval: Approval,
}

async fn set_approval(
    State(front): Shared,
    Path((company, template, batch)): Path<(String, String, String)>,
    approval: Result<Json<NewApproval>, JsonRejection>,
) -> Result<StatusCode, Refused> {
    let Json(NewApproval { approval }) = approval?;
    let worksheet = CarryOut {
        company: known(&front, &company).await?.id,
        worksheet_template_name: template,
        journal_batch_name: batch,
    };
    if front
        .service
        .store
        .set_approval(&worksheet, approval)
        .await?
    {
        return Ok(StatusCode::NO_CONTENT);
    }
    let message = "there is no such worksheet in the company".to_owned();
    Err(Refused(StatusCode::NOT_FOUND, message))
}

async fn carry_out(
    State(front): Shared,
    worksheet: Result<Json<CarryOut>, JsonRejection>,
) -> Result<Response, Refused> {
    let Json(worksheet) = worksheet?;
    let company = known(&front, &worksheet.company).await?;
    let done = front.service.store.carry_out(&company, &worksheet).await?;
    Ok(Json(done).into_response())
}

/// A line as a person on page 291, or other code, enters it.
async fn enter_line(
    State(front): Shared,
    line: Result<Json<NewLine>, JsonRejection>,
) -> Result<Response, Refused> {
    let Json(line) = line?;
    let company = known(&front, &line.worksheet.company).await?;
    let entered = requisition_entry::enter(&front.service.store, &company, &line).await?;
    Ok((StatusCode::CREATED, Json(entered)).into_response())
}

async fn purchase_orders(State(front): Shared) -> Result<Response, Refused> {
    let mut orders = Vec::new();
    for company in front.service.store.companies().await? {
        orders.extend(front.service.store.purchase_orders(&company.id).await?);
    }
    Ok(Json(orders).into_response())
}

async fn put_user(
    State(front): Shared,
    user: Result<Json<User>, JsonRejection>,
) -> Result<StatusCode, Refused> {
    let Json(user) = user?;
    front.service.store.put_user(&user).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
struct WorksheetAsked {
    company: String,
    filter: String,
}

/// What `worksheetUrl` leads to: the lines as a table, in place of page 291 of the web client.
async fn worksheet(
    State(front): Shared,
    Query(asked): Query<WorksheetAsked>,
) -> Result<Html<String>, Refused> {
    let company = known(&front, &asked.company).await?;
    let lines = front.service.store.requisition_lines().await?;
    Ok(Html(worksheet_page::html(&company, &asked.filter, &lines)))
}

async fn known(front: &Front, id_or_name: &str) -> Result<Company, Refused> {
    let found = front.service.store.company(id_or_name).await?;
    found.ok_or_else(|| {
        let message = format!("there is no company '{id_or_name}'");
        Refused(StatusCode::NOT_FOUND, message)
    })
}
