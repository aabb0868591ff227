//! Items from templates, as the app's `PUN Item Creation` makes them.

use serde::Serialize;
use uuid::Uuid;

use crate::odata::{EntitySet, ODataError, Sent};
use crate::store::{Company, CreatedItem, ItemTemplate, Store};

/// What was asked for, and the item that there is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewItem {
    /// As sent, or a new one.
    pub id: String,
    /// Code\[20\].
    pub template_code: String,
    /// Text\[100\].
    pub description: String,
    /// Code\[20\].
    pub vendor_number: String,
    /// Text\[50\].
    pub vendor_item_number: String,
    /// `No.` of the item.
    pub item_number: String,
    /// Whether the item was made; otherwise the vendor's number had one already.
    pub created: bool,
}

/// Makes an item, or gives the one that has the vendor's number already.
///
/// # Errors
/// `Application_FieldValidationException` for what is blank, `Internal_RecordNotFound` for a vendor or template that
/// does not exist, `Application_DialogException` where the template has no number series.
pub async fn make(store: &Store, company: &Company, sent: &Sent) -> Result<NewItem, ODataError> {
    let mut asked = asked_for(sent)?;
    let vendors = store.vendors(&company.id).await?;
    if !vendors
        .iter()
        .any(|vendor| vendor.number == asked.vendor_number)
    {
        let key = format!("No.='{}'", asked.vendor_number);
        return Err(ODataError::related_record_not_found("Vendor", &key));
    }
    let templates = store.item_templates(&company.id).await?;
    let template = templates
        .into_iter()
        .find(|template| template.code == asked.template_code);
    let template = template.ok_or_else(|| {
        let key = format!("Code='{}'", asked.template_code);
        ODataError::related_record_not_found(EntitySet::ItemTemplates.table(), &key)
    })?;
    let matches = store
        .item_matches(&company.id, &asked.vendor_number, &asked.vendor_item_number)
        .await?;
    if let Some(number) = matches.into_iter().map(|found| found.item_number).min() {
        asked.item_number = number;
        return Ok(asked);
    }
    if template.next_number.is_empty() {
        return Err(ODataError::dialog(format!(
            "No item could be created from the item template {}. Check its number series in Business Central.",
            template.code
        )));
    }
    write(store, company, (&asked, &template)).await?;
    asked.item_number = template.next_number;
    asked.created = true;
    Ok(asked)
}

fn asked_for(sent: &Sent) -> Result<NewItem, ODataError> {
    let id = match sent.guid("id") {
        id if id.is_nil() => Uuid::new_v4(),
        id => id,
    };
    let asked = NewItem {
        id: id.to_string(),
        template_code: sent.code("templateCode"),
        description: sent.text("description").to_owned(),
        vendor_number: sent.code("vendorNumber"),
        vendor_item_number: sent.text("vendorItemNumber").to_owned(),
        item_number: String::new(),
        created: false,
    };
    for (field, value) in [
        ("Template Code", &asked.template_code),
        ("Description", &asked.description),
        ("Vendor No.", &asked.vendor_number),
    ] {
        if value.trim().is_empty() {
            let (table, key) = (
                EntitySet::NewItems.table(),
                format!("ID={}", sent.guid("id")),
            );
            return Err(ODataError::field_must_have_a_value(field, table, &key));
        }
    }
    Ok(asked)
}

async fn write(
    store: &Store,
    company: &Company,
    (asked, template): (&NewItem, &ItemTemplate),
) -> Result<(), ODataError> {
    let mut transaction = store.lock().await?;
    let item = CreatedItem {
        company,
        template,
        description: &asked.description,
        vendor_number: &asked.vendor_number,
        vendor_item_number: &asked.vendor_item_number,
    };
    item.write(&mut transaction).await?;
    transaction.commit().await?;
    Ok(())
}
