//! An item made from a template, for a supplier's number that has none. Needs the app's permission set for items.

use serde::{Deserialize, Serialize};

use super::address::{CompanyId, Service};
use super::directory::error_of;
use super::error::DirectoryError;
use super::line::cut_to;
use crate::http::{Exchange, Request};
use crate::json;

/// `Description` of an item, Text[100].
const DESCRIPTION: usize = 100;

/// What an item is made of. The supplier's number makes it repeatable: where an item has it already, that one is given.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewItem {
    template_code: String,
    description: String,
    vendor_number: String,
    vendor_item_number: String,
}

impl std::fmt::Debug for NewItem {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "NewItem({})", self.template_code)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreatedItem {
    item_number: String,
}

impl NewItem {
    /// An item from a template, with the cart's description as far as the field has room.
    #[must_use]
    pub fn new(template: &str, description: &str, (vendor, part_id): (&str, &str)) -> Self {
        Self {
            template_code: template.to_owned(),
            description: cut_to(description, DESCRIPTION),
            vendor_number: vendor.to_owned(),
            vendor_item_number: part_id.to_owned(),
        }
    }

    /// Whether both are for one number of one vendor: Business Central makes one item for both.
    #[must_use]
    pub fn is_of_same_number(&self, other: &Self) -> bool {
        (&self.vendor_number, &self.vendor_item_number)
            == (&other.vendor_number, &other.vendor_item_number)
    }

    /// The request that makes it.
    #[must_use]
    pub fn request(&self, service: &Service, company: &CompanyId, token: &str) -> Request {
        service
            .post(company, "newItems", token)
            .json(serde_json::to_string(self).unwrap_or_default())
    }
}

/// Reads `No.` of the item that was made, or that had the number already.
///
/// # Errors
/// [`DirectoryError`]; where nothing is known the request may be repeated.
pub fn read_new_item(exchange: &Exchange) -> Result<String, DirectoryError> {
    let answer = exchange
        .as_ref()
        .map_err(|_| DirectoryError::Unavailable { retry_after: None })?;
    if !answer.is_success() {
        return Err(error_of(answer));
    }
    let created: CreatedItem = json::read(&answer.body).map_err(|_| DirectoryError::Unreadable)?;
    Some(created.item_number)
        .filter(|number| !number.is_empty())
        .ok_or(DirectoryError::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Answer;

    #[test]
    fn an_item_is_asked_for_with_what_the_app_takes() {
        let item = NewItem::new("GOODS", &"d".repeat(101), ("V1", "A-1"));
        let text = serde_json::to_string(&item).unwrap();
        let expected = format!(
            r#"{{"templateCode":"GOODS","description":"{}","vendorNumber":"V1","vendorItemNumber":"A-1"}}"#,
            "d".repeat(100)
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn an_answer_without_a_number_makes_no_item() {
        let read = |body: &str| {
            read_new_item(&Ok(Answer {
                status: 201,
                headers: Vec::new(),
                body: body.to_owned(),
            }))
        };
        assert_eq!(read(r#"{"itemNumber":"1001"}"#).as_deref(), Ok("1001"));
        for body in ["{}", r#"{"itemNumber":""}"#] {
            assert_eq!(read(body), Err(DirectoryError::Unreadable), "{body}");
        }
    }
}
