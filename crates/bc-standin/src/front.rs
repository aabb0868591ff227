//! The front of the API: faults, correlation ids, the log, and the answer's headers.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use futures_util::stream;
use serde_json::Value;
use tokio::time::sleep;
use uuid::Uuid;

use crate::connection::Scissors;
use crate::fault::{Fault, FaultPlan, Trickle, When};
use crate::odata::{ODataError, ROUTE};
use crate::request_log::{LoggedRequest, RequestLog};
use crate::service::{Answer, Asked, Service};

/// Bodies over this size are refused with 413. Online, Business Central takes 350 MB.
const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// What all requests share.
#[derive(Debug)]
pub struct Front {
    /// The API.
    pub service: Service,
    /// What goes wrong.
    pub faults: FaultPlan,
    /// What was asked.
    pub log: RequestLog,
}

/// What a request comes to.
#[derive(Debug)]
enum Outcome {
    Answered(Answer),
    Failed(ODataError, Option<u32>),
    Trickled(Answer, Trickle),
    Cut,
}

/// Answers a request. The work goes on when the client leaves, as a real server's does: a client
/// that has given up does not know whether its capture was stored.
pub async fn answer(
    State(front): State<Arc<Front>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let request_id = Uuid::new_v4();
    let body = to_bytes(body, LARGEST_BODY).await;
    let asked = Asked {
        method: parts.method,
        uri: parts.uri,
        headers: parts.headers,
        body: body.as_ref().cloned().unwrap_or_default(),
    };
    let client_request_id = asked.headers.get("client-request-id").cloned();
    let work = tokio::spawn(async move {
        let outcome = match body {
            Ok(_) => front.outcome(&asked).await,
            Err(_) => Outcome::Answered(Err(ODataError::too_large())),
        };
        front.note(&asked, &outcome, request_id);
        outcome
    });
    let outcome = work
        .await
        .unwrap_or_else(|cause| Outcome::Answered(Err(ODataError::internal(&cause))));
    let mut response = match outcome {
        Outcome::Answered(answer) => respond(answer, request_id, None),
        Outcome::Failed(error, retry_after) => failed(&error, request_id, retry_after),
        Outcome::Trickled(answer, trickle) => respond(answer, request_id, Some(trickle)),
        Outcome::Cut => {
            scissors.cut();
            Response::default()
        }
    };
    identify(response.headers_mut(), request_id, client_request_id);
    response
}

impl Front {
    async fn outcome(&self, asked: &Asked) -> Outcome {
        let address = asked.uri.to_string();
        let Some(fault) = self.faults.take(asked.method.as_str(), &address) else {
            return Outcome::Answered(self.service.answer(asked).await);
        };
        match fault {
            Fault::Status(fault) => {
                self.work_first(fault.when, asked).await;
                let error = ODataError {
                    status: StatusCode::from_u16(fault.status)
                        .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
                    code: fault.code.into(),
                    message: fault.message,
                };
                Outcome::Failed(error, fault.retry_after)
            }
            Fault::Delay(fault) => {
                let delay = sleep(Duration::from_millis(fault.delay_ms));
                match fault.when {
                    When::BeforeCommit => {
                        delay.await;
                        Outcome::Answered(self.service.answer(asked).await)
                    }
                    When::AfterCommit => {
                        let answer = self.service.answer(asked).await;
                        sleep(Duration::from_millis(fault.delay_ms)).await;
                        Outcome::Answered(answer)
                    }
                }
            }
            Fault::Cut(fault) => {
                self.work_first(fault.cut, asked).await;
                Outcome::Cut
            }
            Fault::Slow(fault) => {
                Outcome::Trickled(self.service.answer(asked).await, fault.slow_body)
            }
            Fault::Extension(_) if address.contains(&ROUTE.join("/")) => {
                Outcome::Answered(Err(not_installed()))
            }
            // Without the extension everything else is as it was.
            Fault::Extension(_) => Outcome::Answered(self.service.answer(asked).await),
        }
    }

    /// Does the work whose answer will be kept back.
    async fn work_first(&self, when: When, asked: &Asked) {
        if when == When::AfterCommit
            && let Err(error) = self.service.answer(asked).await
        {
            tracing::info!(code = %error.code, "refused before the fault");
        }
    }

    fn note(&self, asked: &Asked, outcome: &Outcome, request_id: Uuid) {
        let status = match outcome {
            Outcome::Answered(Ok((status, _))) | Outcome::Trickled(Ok((status, _)), _) => {
                Some(*status)
            }
            Outcome::Answered(Err(error))
            | Outcome::Trickled(Err(error), _)
            | Outcome::Failed(error, _) => Some(error.status),
            Outcome::Cut => None,
        };
        let client_request_id = asked.headers.get("client-request-id");
        let noted = LoggedRequest {
            method: asked.method.to_string(),
            path: asked.uri.path().to_owned(),
            status: status.map(|status| status.as_u16()),
            request_id,
            client_request_id: client_request_id
                .and_then(|id| id.to_str().ok())
                .map(str::to_owned),
        };
        tracing::info!(method = %noted.method, path = %noted.path, status = ?noted.status);
        self.log.add(noted);
    }
}

fn not_installed() -> ODataError {
    let [_, publisher, ..] = ROUTE;
    ODataError::resource_not_found(publisher)
}

fn respond(answer: Answer, request_id: Uuid, trickle: Option<Trickle>) -> Response {
    match answer {
        Ok((status, body)) => written(status, &body, trickle),
        Err(error) => written(error.status, &error.envelope(&request_id), trickle)
            .with_challenge(error.status),
    }
}

fn failed(error: &ODataError, request_id: Uuid, retry_after: Option<u32>) -> Response {
    let mut response = written(error.status, &error.envelope(&request_id), None);
    if let Some(seconds) = retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response.with_challenge(error.status)
}

trait Challenge {
    fn with_challenge(self, status: StatusCode) -> Self;
}

impl Challenge for Response {
    /// RFC 9110 section 15.5.2: a 401 says how to authenticate.
    fn with_challenge(mut self, status: StatusCode) -> Self {
        if status == StatusCode::UNAUTHORIZED {
            self.headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        self
    }
}

fn written(status: StatusCode, body: &Value, trickle: Option<Trickle>) -> Response {
    let text = body.to_string();
    let body = match trickle {
        None => Body::from(text),
        Some(trickle) => trickling(Bytes::from(text), trickle),
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json; odata.metadata=minimal"),
    );
    headers.insert("odata-version", HeaderValue::from_static("4.0"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn trickling(bytes: Bytes, trickle: Trickle) -> Body {
    Body::from_stream(stream::unfold(bytes, move |mut left| async move {
        if left.is_empty() {
            return None;
        }
        sleep(Duration::from_millis(trickle.pause_ms)).await;
        let piece = left.split_to(trickle.chunk_bytes.clamp(1, left.len()));
        Some((Ok::<_, std::io::Error>(piece), left))
    }))
}

fn identify(headers: &mut HeaderMap, request_id: Uuid, client_request_id: Option<HeaderValue>) {
    if let Ok(id) = HeaderValue::from_str(&request_id.to_string()) {
        headers.insert("request-id", id);
    }
    if let Some(id) = client_request_id {
        headers.insert("client-request-id", id);
    }
}
