//! What is posted: captures, their dry runs, and items to be made.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Answer, Asked, Service, check_headers};
use crate::capture::{Posting, check_only, post, read_body, read_check_body};
use crate::new_item;
use crate::odata::{Entity, EntitySet, ODataError, Query, Sent, answer_of_one};
use crate::store::{Company, Rights, User};

impl Service {
    /// Answers a POST to an entity set; `None` where the set takes none.
    pub(super) async fn post(
        &self,
        asked: &Asked,
        (company, user): (&Company, &User),
        set: EntitySet,
    ) -> Option<Answer> {
        match set {
            EntitySet::Captures => Some(self.post_capture(asked, company, user).await),
            EntitySet::CaptureChecks => Some(self.check_capture(asked, company, user).await),
            EntitySet::NewItems => Some(self.make_item(asked, company, user).await),
            _ => None,
        }
    }

    async fn post_capture(&self, asked: &Asked, company: &Company, user: &User) -> Answer {
        check_headers(&asked.headers)?;
        let body = &read_body(&asked.body)?;
        let capture = post(
            &self.store,
            Posting {
                company,
                user,
                body,
            },
        )
        .await?;
        let entity = self.capture_entity(company, &capture)?;
        Ok(self.created(asked, (company, EntitySet::Captures), entity))
    }

    async fn check_capture(&self, asked: &Asked, company: &Company, user: &User) -> Answer {
        check_headers(&asked.headers)?;
        let body = &read_check_body(&asked.body)?;
        let checked = check_only(
            &self.store,
            Posting {
                company,
                user,
                body,
            },
        )
        .await?;
        let entity = Entity::new(body.id.to_string(), &checked)?;
        Ok(self.created(asked, (company, EntitySet::CaptureChecks), entity))
    }

    async fn make_item(&self, asked: &Asked, company: &Company, user: &User) -> Answer {
        check_headers(&asked.headers)?;
        if user.rights != Rights::Items {
            return Err(ODataError::permission(
                "Page 50108 PUN New Items API Execute: Punchout",
            ));
        }
        let sent = Sent::read(&asked.body, EntitySet::NewItems)?;
        let made = new_item::make(&self.store, company, &sent).await?;
        let entity = Entity::new(made.id.clone(), &json!(made))?;
        Ok(self.created(asked, (company, EntitySet::NewItems), entity))
    }

    pub(super) fn created(
        &self,
        asked: &Asked,
        (company, set): (&Company, EntitySet),
        entity: Entity,
    ) -> (StatusCode, Value) {
        let context = format!(
            "{}/$metadata#companies({})/{}",
            self.route(asked),
            company.id,
            set.name()
        );
        let body = answer_of_one(&context, entity, &Query::default());
        (StatusCode::CREATED, body)
    }
}
