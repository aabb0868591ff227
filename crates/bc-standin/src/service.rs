//! The API: from a request to an answer, without faults.

mod batch;
mod writing;

use std::fmt;
use std::sync::Arc;

use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{Authenticate, NotAuthenticated};
use crate::odata::{
    Address, Entity, EntitySet, List, Mount, ODataError, Query, answer_of_one, page,
};
use crate::store::{Company, Rights, Store, StoredCapture, User};

/// The longest page that Business Central online gives.
const LONGEST_PAGE: usize = 20_000;

/// What is left as it is in a path or query; the rest is percent-encoded.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// The API with all it needs.
#[derive(Debug, Clone)]
pub struct Service {
    /// The data.
    pub store: Store,
    /// Who asks.
    pub access: Arc<dyn Authenticate>,
    /// Where the API lives.
    pub mount: Mount,
    /// Entities on a page where the client asks for no fewer.
    pub page_size: usize,
    /// Scheme, host and port of the web client that worksheet addresses lead to.
    pub web_client: String,
}

/// A request with its body read.
#[derive(Clone)]
pub struct Asked {
    /// HTTP method.
    pub method: Method,
    /// Path and query.
    pub uri: Uri,
    /// Headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
}

/// Shows neither token nor cart.
impl fmt::Debug for Asked {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Asked")
            .field("method", &self.method)
            .field("path", &self.uri.path())
            .finish_non_exhaustive()
    }
}

/// A status and a JSON body.
pub type Answer = Result<(StatusCode, Value), ODataError>;

impl Service {
    /// Answers one request.
    ///
    /// # Errors
    /// What Business Central would refuse.
    pub async fn answer(&self, asked: &Asked) -> Answer {
        let user = self.user(&asked.headers).await?;
        match self.mount.read(asked.uri.path())? {
            Address::Environments => reading(asked, "environment").map(|()| self.environments()),
            Address::ServiceDocument => {
                reading(asked, "service document").map(|()| self.service_document(asked))
            }
            Address::Batch if asked.method == Method::POST => self.batch(asked, &user).await,
            Address::Batch => Err(ODataError::method_not_allowed(
                asked.method.as_str(),
                "$batch",
            )),
            Address::Companies(id) => {
                reading(asked, EntitySet::Companies.entity())?;
                self.companies(asked, id).await
            }
            Address::Entities { company, set, key } => {
                let found = self.store.company(&company.to_string()).await?;
                let company = found.ok_or_else(|| ODataError::company_not_found(&company))?;
                if asked.method == Method::POST
                    && key.is_none()
                    && let Some(answer) = self.post(asked, (&company, &user), set).await
                {
                    return answer;
                }
                reading(asked, set.entity())?;
                self.entities(asked, &company, (set, key)).await
            }
        }
    }

    async fn user(&self, headers: &HeaderMap) -> Result<User, ODataError> {
        let header = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let identity = self
            .access
            .authenticate(header)
            .await
            .map_err(|refused| match refused {
                NotAuthenticated::Rejected => ODataError::invalid_credentials(),
                NotAuthenticated::Unavailable => ODataError::unavailable(refused.to_string()),
            })?;
        for login in &identity.logins {
            match self.store.user(login).await? {
                Some(user) if user.rights != Rights::Unlicensed => return Ok(user),
                Some(_) => break,
                None => {}
            }
        }
        Err(ODataError::invalid_credentials())
    }

    fn environments(&self) -> (StatusCode, Value) {
        let body = json!({ "value": [{
            "aadTenantId": self.mount.tenant(),
            "applicationFamily": "BusinessCentral",
            "type": "Production",
            "name": self.mount.environment,
            "countryCode": "CH",
            "webServiceUrl": self.web_client,
            "webClientLoginUrl": self.web_client_of_environment(),
            "ringName": "PROD",
        }]});
        (StatusCode::OK, body)
    }

    fn service_document(&self, asked: &Asked) -> (StatusCode, Value) {
        let sets: Vec<Value> = EntitySet::ALL
            .into_iter()
            .map(|set| json!({ "name": set.name(), "kind": "EntitySet", "url": set.name() }))
            .collect();
        let context = format!("{}/$metadata", self.route(asked));
        (
            StatusCode::OK,
            json!({ "@odata.context": context, "value": sets }),
        )
    }

    async fn companies(&self, asked: &Asked, id: Option<Uuid>) -> Answer {
        let companies = self.store.companies().await?;
        let entities = companies
            .iter()
            .map(|company| Entity::new(&company.name, company))
            .collect::<Result<Vec<_>, _>>()?;
        if let Some(id) = id
            && !companies.iter().any(|company| company.id == id.to_string())
        {
            return Err(ODataError::company_not_found(&id));
        }
        let address = format!("{}/companies", self.route(asked));
        let context = format!("{}/$metadata#companies", self.route(asked));
        self.listed(
            asked,
            (EntitySet::Companies, id),
            Listed {
                address,
                context,
                entities,
            },
        )
    }

    async fn entities(
        &self,
        asked: &Asked,
        company: &Company,
        (set, key): (EntitySet, Option<Uuid>),
    ) -> Answer {
        let within = format!("companies({})/{}", company.id, set.name());
        let listed = Listed {
            address: format!("{}/{within}", self.route(asked)),
            context: format!("{}/$metadata#{within}", self.route(asked)),
            entities: self.read(asked, company, (set, key)).await?,
        };
        self.listed(asked, (set, key), listed)
    }

    fn listed(
        &self,
        asked: &Asked,
        (set, key): (EntitySet, Option<Uuid>),
        found: Listed,
    ) -> Answer {
        let query = Query::parse(asked.uri.query().unwrap_or_default(), set)?;
        let Some(key) = key else {
            let list = List {
                address: &found.address,
                context: &found.context,
                page_size: page_size(&asked.headers, self.page_size),
            };
            return Ok((StatusCode::OK, page(list, found.entities, &query)));
        };
        let id = json!(key.to_string());
        found
            .entities
            .into_iter()
            .find(|entity| entity.properties.get("id") == Some(&id))
            .map(|entity| {
                (
                    StatusCode::OK,
                    answer_of_one(&found.context, entity, &query),
                )
            })
            .ok_or_else(|| ODataError::record_not_found(set.table(), &format!("Id='{key}'")))
    }

    async fn read(
        &self,
        asked: &Asked,
        company: &Company,
        (set, key): (EntitySet, Option<Uuid>),
    ) -> Result<Vec<Entity>, ODataError> {
        let id = &company.id;
        match set {
            EntitySet::Companies => Err(ODataError::resource_not_found(set.name())),
            EntitySet::Worksheets => keyed(&self.store.worksheets(id).await?, |worksheet| {
                format!("{} {}", worksheet.worksheet_template_name, worksheet.name)
            }),
            EntitySet::Vendors => keyed(&self.store.vendors(id).await?, |v| v.number.clone()),
            EntitySet::Items => keyed(&self.store.items(id).await?, |i| i.number.clone()),
            EntitySet::ItemMatches => self.item_matches(asked, company).await,
            EntitySet::SupplierSetups => {
                keyed(&self.store.supplier_setups(id).await?, |s| s.host.clone())
            }
            // Computed for one request, and gone with it.
            EntitySet::CaptureChecks | EntitySet::NewItems => Ok(Vec::new()),
            EntitySet::ItemTemplates => keyed(&self.store.item_templates(id).await?, |template| {
                template.code.clone()
            }),
            EntitySet::Captures => {
                let captures = match key {
                    Some(key) => Vec::from_iter(self.store.capture(id, &key.to_string()).await?),
                    None => self.store.captures(id).await?,
                };
                captures
                    .iter()
                    .map(|capture| self.capture_entity(company, capture))
                    .collect()
            }
        }
    }

    /// A match is computed, so it cannot be listed without saying for which vendor and numbers.
    async fn item_matches(
        &self,
        asked: &Asked,
        company: &Company,
    ) -> Result<Vec<Entity>, ODataError> {
        let query = asked.uri.query().unwrap_or_default();
        let filter = Query::parse(query, EntitySet::ItemMatches)?.filter;
        let asked_for = |name| filter.as_ref().map(|f| f.equals(name)).unwrap_or_default();
        let (vendors, part_ids) = (asked_for("vendorNumber"), asked_for("supplierPartId"));
        if vendors.is_empty() || part_ids.is_empty() {
            return Err(ODataError::dialog(
                "You must filter on vendorNumber and supplierPartId to find matching items.",
            ));
        }
        let mut entities = Vec::new();
        for vendor in vendors {
            for part_id in &part_ids {
                let found = self
                    .store
                    .item_matches(&company.id, vendor, part_id)
                    .await?;
                entities.extend(keyed(&found, |found| {
                    format!(
                        "{part_id} {vendor} {} {}",
                        found.item_number, found.matched_by
                    )
                })?);
            }
        }
        entities.sort_by(|left, right| left.key.cmp(&right.key));
        entities.dedup_by(|left, right| left.key == right.key);
        Ok(entities)
    }

    /// The log of the lines stays on the server: `lines` is blank in the answer.
    fn capture_entity(
        &self,
        company: &Company,
        capture: &StoredCapture,
    ) -> Result<Entity, ODataError> {
        let mut entity = Entity::new(&capture.id, capture)?;
        entity.properties.insert("lines".to_owned(), json!(""));
        let url = self.worksheet_url(company, capture);
        entity
            .properties
            .insert("worksheetUrl".to_owned(), json!(url));
        Ok(entity)
    }

    fn worksheet_url(&self, company: &Company, capture: &StoredCapture) -> String {
        let filter = format!(
            "'Worksheet Template Name' IS '{}' AND 'Journal Batch Name' IS '{}'",
            capture.worksheet_template_name, capture.journal_batch_name
        );
        format!(
            "{}/?company={}&page=291&filter={}",
            self.web_client_of_environment(),
            utf8_percent_encode(&company.name, UNRESERVED),
            utf8_percent_encode(&filter, UNRESERVED),
        )
    }

    fn web_client_of_environment(&self) -> String {
        let Mount { environment, .. } = &self.mount;
        format!("{}/{}/{environment}", self.web_client, self.mount.tenant())
    }

    /// The route as the client addressed it, so that links keep the origin it knows.
    fn route(&self, asked: &Asked) -> String {
        let host = asked
            .headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok())
            .unwrap_or("127.0.0.1");
        format!("http://{host}{}", self.mount.route())
    }
}

struct Listed {
    address: String,
    context: String,
    entities: Vec<Entity>,
}

fn keyed<T: serde::Serialize>(
    records: &[T],
    key: impl Fn(&T) -> String,
) -> Result<Vec<Entity>, ODataError> {
    records
        .iter()
        .map(|record| Entity::new(key(record), record))
        .collect()
}

fn reading(asked: &Asked, entity: &str) -> Result<(), ODataError> {
    if asked.method == Method::GET {
        return Ok(());
    }
    Err(ODataError::method_not_allowed(
        asked.method.as_str(),
        entity,
    ))
}

fn check_headers(headers: &HeaderMap) -> Result<(), ODataError> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let media_type = text("content-type").and_then(|value| value.split(';').next());
    if !media_type.is_some_and(|value| value.trim().eq_ignore_ascii_case("application/json")) {
        return Err(ODataError::bad_request(
            "The Content-Type of the request must be application/json.",
        ));
    }
    if text("data-access-intent").is_some_and(|intent| intent.eq_ignore_ascii_case("ReadOnly")) {
        return Err(ODataError::bad_request(
            "Data-Access-Intent: ReadOnly is not possible with a POST.",
        ));
    }
    Ok(())
}

/// `Prefer: odata.maxpagesize=N` makes pages shorter, never longer than the server's.
fn page_size(headers: &HeaderMap, of_server: usize) -> usize {
    let of_server = of_server.clamp(1, LONGEST_PAGE);
    headers
        .get_all("prefer")
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|preference| preference.trim().strip_prefix("odata.maxpagesize="))
        .filter_map(|size| size.parse().ok())
        .find(|size| *size > 0)
        .map_or(of_server, |size: usize| size.min(of_server))
}
