//! JSON `$batch` with its traps: what it answers is not always what was done.
//!
//! Sources: `use-odata-batch.md` of the documentation; measured by others: rolled-back operations that answer 201, type
//! errors that take nothing back, at most 100 operations.

use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Answer, Asked, Service};
use crate::capture::{Body, Posting, post_within, read_body};
use crate::odata::{Address, EntitySet, ODataError};
use crate::store::{Company, StoredCapture, User};

/// Online, Business Central refuses a batch with more.
const MOST_OPERATIONS: usize = 100;

/// What becomes of the operations after one that failed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OnFailure {
    Stop,
    GoOn,
}

#[derive(Deserialize)]
struct Batch {
    requests: Vec<Operation>,
}

#[derive(Deserialize)]
struct Operation {
    #[serde(default)]
    id: Value,
    method: String,
    /// Relative to the route.
    url: String,
    #[serde(default)]
    headers: Map<String, Value>,
    #[serde(default)]
    body: Value,
}

impl Service {
    /// Answers a batch. The outer 200 says no more than that the batch could be read.
    pub(super) async fn batch(&self, asked: &Asked, user: &User) -> Answer {
        let batch: Batch = serde_json::from_slice(&asked.body)
            .map_err(|cause| ODataError::bad_request(format!("The batch is malformed: {cause}")))?;
        if batch.requests.len() > MOST_OPERATIONS {
            return Err(ODataError {
                status: StatusCode::INTERNAL_SERVER_ERROR,
                code: "Unknown".into(),
                message: "The current batch message contains too many parts. \
                          A maximum number of '100' is possible."
                    .to_owned(),
            });
        }
        let says = |name: &str, word: &str| {
            let value = asked
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok());
            value.is_some_and(|value| value.contains(word))
        };
        let responses = if says("isolation", "snapshot") {
            self.isolated(&batch, user).await?
        } else {
            let on_failure = if says("prefer", "odata.continue-on-error") {
                OnFailure::GoOn
            } else {
                OnFailure::Stop
            };
            self.one_by_one(asked, &batch, on_failure).await
        };
        Ok((StatusCode::OK, json!({ "responses": responses })))
    }

    /// Each operation on its own: what came before a failure stays.
    async fn one_by_one(&self, outer: &Asked, batch: &Batch, on_failure: OnFailure) -> Vec<Value> {
        let mut responses = Vec::new();
        for operation in &batch.requests {
            let answer = match operation.asked(&self.mount.route(), outer) {
                Ok(inner) => Box::pin(self.answer(&inner)).await,
                Err(error) => Err(error),
            };
            let failed = answer.is_err();
            responses.push(operation.response(answer));
            if failed && on_failure == OnFailure::Stop {
                break;
            }
        }
        responses
    }

    /// `Isolation: snapshot`: one transaction. A failure takes all of it back, yet what had succeeded still answers
    /// 201. A property of a wrong type stops the batch and takes nothing back.
    async fn isolated(&self, batch: &Batch, user: &User) -> Result<Vec<Value>, ODataError> {
        let mut parsed = Vec::new();
        for operation in &batch.requests {
            parsed.push((operation, self.capture_of(operation).await));
        }
        let mut transaction = self.store.lock().await?;
        let (mut responses, mut failed) = (Vec::new(), None);
        for (position, (operation, capture)) in parsed.iter().enumerate() {
            let (company, body) = match capture {
                Ok(capture) => capture,
                Err(error) => {
                    responses.push(operation.response(Err(error.clone())));
                    break;
                }
            };
            let stored = post_within(
                &mut transaction,
                Posting {
                    company,
                    user,
                    body,
                },
            )
            .await;
            if stored.is_err() {
                failed.get_or_insert(position);
            }
            let answer = stored.and_then(|capture| self.stored(company, &capture));
            responses.push(operation.response(answer));
            if failed == Some(0) {
                break;
            }
        }
        match failed {
            Some(_) => transaction.rollback().await?,
            None => transaction.commit().await?,
        }
        Ok(responses)
    }

    fn stored(&self, company: &Company, capture: &StoredCapture) -> Answer {
        let entity = self.capture_entity(company, capture)?;
        Ok((StatusCode::CREATED, Value::Object(entity.properties)))
    }

    async fn capture_of(&self, operation: &Operation) -> Result<(Company, Body), ODataError> {
        let path = format!(
            "{}/{}",
            self.mount.route(),
            operation.url.trim_start_matches('/')
        );
        let Address::Entities {
            company,
            set: EntitySet::Captures,
            key: None,
        } = self.mount.read(&path)?
        else {
            return Err(ODataError::bad_request(
                "Within Isolation: snapshot the stand-in takes captures only.",
            ));
        };
        let found = self.store.company(&company.to_string()).await?;
        let company = found.ok_or_else(|| ODataError::company_not_found(&company))?;
        Ok((company, read_body(operation.body.to_string().as_bytes())?))
    }
}

impl Operation {
    fn asked(&self, route: &str, outer: &Asked) -> Result<Asked, ODataError> {
        let unusable = || ODataError::bad_request(format!("'{}' is no request.", self.url));
        let uri: Uri = format!("{route}/{}", self.url.trim_start_matches('/'))
            .parse()
            .map_err(|_| unusable())?;
        let mut headers: HeaderMap = outer.headers.clone();
        for (name, value) in &self.headers {
            let name = axum::http::HeaderName::try_from(name).map_err(|_| unusable())?;
            let value = value.as_str().unwrap_or_default();
            headers.insert(name, value.try_into().map_err(|_| unusable())?);
        }
        Ok(Asked {
            method: Method::try_from(self.method.as_str()).map_err(|_| unusable())?,
            uri,
            headers,
            body: Bytes::from(self.body.to_string()),
        })
    }

    fn response(&self, answer: Answer) -> Value {
        let (status, body) =
            answer.unwrap_or_else(|error| (error.status, error.envelope(&Uuid::new_v4())));
        json!({ "id": self.id, "status": status.as_u16(), "body": body })
    }
}
