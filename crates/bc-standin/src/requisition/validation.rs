//! Validation of table 246's fields: what each one overwrites.
//!
//! Source: `RequisitionLine.Table.al` of microsoft/BCApps. Only what a captured line can meet is here.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::store::{MasterData, RequisitionLine};

/// Who fills a field: a person's mistake is an error, that of code can pass in silence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EnteredBy {
    /// AL code: `CurrFieldNo` is 0.
    #[default]
    Code,
    /// A person on page 291.
    Person,
}

/// A field of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Field {
    /// Field 4; empties the rest.
    Type,
    /// Field 5.
    #[serde(rename = "No.")]
    No,
    /// Field 6.
    Description,
    /// Field 8.
    Quantity,
    /// Field 9.
    #[serde(rename = "Vendor No.")]
    VendorNo,
    /// Field 10; without validation.
    #[serde(rename = "Direct Unit Cost")]
    DirectUnitCost,
    /// Field 12.
    #[serde(rename = "Due Date")]
    DueDate,
    /// Field 17.
    #[serde(rename = "Location Code")]
    LocationCode,
    /// Field 21.
    #[serde(rename = "Order Date")]
    OrderDate,
    /// Field 29.
    #[serde(rename = "Currency Code")]
    CurrencyCode,
    /// Field 5407.
    #[serde(rename = "Unit of Measure Code")]
    UnitOfMeasureCode,
    /// Field 99000917; `true` or `false`.
    #[serde(rename = "Accept Action Message")]
    AcceptActionMessage,
}

/// What made the price be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CalledBy {
    Quantity,
    AnotherField,
}

/// A line that is being filled.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The line.
    pub line: &'a mut RequisitionLine,
    /// What it is validated against.
    pub books: &'a MasterData,
    /// Who fills it.
    pub by: EnteredBy,
}

impl Entry<'_> {
    /// AL's `Validate(field, value)`.
    ///
    /// # Errors
    /// What the base application says.
    pub fn validate(&mut self, field: Field, value: &str) -> Result<(), String> {
        match field {
            Field::Type => self.line_type(value),
            Field::No => return self.no(value),
            Field::Description => value.clone_into(&mut self.line.description),
            Field::Quantity => return self.quantity(value),
            Field::VendorNo => return self.vendor(value),
            Field::DirectUnitCost => value.clone_into(&mut self.line.direct_unit_cost),
            Field::DueDate => value.clone_into(&mut self.line.due_date),
            Field::LocationCode => {
                value.clone_into(&mut self.line.location_code);
                self.price(CalledBy::AnotherField);
            }
            Field::OrderDate => {
                value.clone_into(&mut self.line.order_date);
                self.price(CalledBy::AnotherField);
            }
            Field::CurrencyCode => return self.currency(value),
            Field::UnitOfMeasureCode => return self.unit(value),
            Field::AcceptActionMessage => self.line.accept_action_message = value == "true",
        }
        Ok(())
    }

    /// OnValidate of Type: `Init()` empties all but the key.
    fn line_type(&mut self, value: &str) {
        let line = &mut *self.line;
        *line = RequisitionLine {
            company_id: line.company_id.clone(),
            worksheet_template_name: line.worksheet_template_name.clone(),
            journal_batch_name: line.journal_batch_name.clone(),
            line_no: line.line_no,
            line_type: value.to_owned(),
            ..RequisitionLine::default()
        };
    }

    fn no(&mut self, value: &str) -> Result<(), String> {
        value.clone_into(&mut self.line.no);
        match self.line.line_type.as_str() {
            "Item" => self.item(value),
            "G/L Account" => self.account(value),
            _ if value.is_empty() => Ok(()),
            _ => Err("Type must have a value in Requisition Line.".to_owned()),
        }
    }

    fn item(&mut self, number: &str) -> Result<(), String> {
        let missing = || format!("The Item '{number}' does not exist.");
        let item = self.books.items.get(number).ok_or_else(missing)?;
        if item.blocked {
            return Err(format!(
                "Blocked must be equal to 'No' in Item: No.={number}."
            ));
        }
        item.display_name.clone_into(&mut self.line.description);
        if !item.vendor_no.is_empty() {
            self.vendor(&item.vendor_no)?;
        }
        "New".clone_into(&mut self.line.action_message);
        self.line.accept_action_message = true;
        item.base_unit_of_measure_code
            .clone_into(&mut self.line.unit_of_measure_code);
        self.price(CalledBy::AnotherField);
        Ok(())
    }

    /// Does not set Accept Action Message: the app has to.
    fn account(&mut self, number: &str) -> Result<(), String> {
        let missing = || format!("The G/L Account '{number}' does not exist.");
        let account = self.books.gl_accounts.get(number).ok_or_else(missing)?;
        if !account.direct_posting {
            return Err(format!(
                "Direct Posting must be equal to 'Yes' in G/L Account: No.={number}."
            ));
        }
        account.name.clone_into(&mut self.line.description);
        self.price(CalledBy::AnotherField);
        Ok(())
    }

    fn quantity(&mut self, value: &str) -> Result<(), String> {
        value.clone_into(&mut self.line.quantity);
        self.price(CalledBy::Quantity);
        Ok(())
    }

    fn vendor(&mut self, value: &str) -> Result<(), String> {
        let Some(vendor) = self.books.vendors.get(value) else {
            // ValidateTableRelation is off, and ValidateFields asks for CurrFieldNo.
            self.line.vendor_no.clear();
            return match self.by {
                EnteredBy::Code => Ok(()),
                EnteredBy::Person => Err(format!("The Vendor '{value}' does not exist.")),
            };
        };
        if vendor.blocked == "All" {
            return Err(format!(
                "You cannot create this type of document when Vendor {value} is blocked with type All."
            ));
        }
        let line = &mut *self.line;
        value.clone_into(&mut line.vendor_no);
        vendor.currency_code.clone_into(&mut line.currency_code);
        if line.line_type == "Item"
            && let Some(item) = self.books.items.get(&line.no)
        {
            item.display_name.clone_into(&mut line.description);
            line.description_2.clear();
        }
        let key = (line.vendor_no.clone(), line.no.clone());
        let known = self.books.item_vendors.get(&key).cloned();
        line.vendor_item_no = known.unwrap_or_default();
        self.price(CalledBy::AnotherField);
        Ok(())
    }

    fn currency(&mut self, value: &str) -> Result<(), String> {
        let day = &self.line.order_date;
        if !value.is_empty() && !self.books.has_rate(value, day) {
            return Err(format!(
                "There is no Currency Exchange Rate within the filter. Filters: Currency Code: {value}, \
                 Starting Date: ..{day}"
            ));
        }
        value.clone_into(&mut self.line.currency_code);
        self.price(CalledBy::AnotherField);
        Ok(())
    }

    fn unit(&mut self, value: &str) -> Result<(), String> {
        let key = (self.line.no.clone(), value.to_owned());
        if self.line.line_type == "Item" && !self.books.item_units.contains_key(&key) {
            return Err(format!(
                "The Item Unit of Measure does not exist. Identification fields and values: \
                 Item No.='{}', Code='{value}'.",
                self.line.no
            ));
        }
        value.clone_into(&mut self.line.unit_of_measure_code);
        self.price(CalledBy::AnotherField);
        let quantity = self.line.quantity.clone();
        self.quantity(&quantity)
    }

    /// GetDirectCost: a price list always wins, else the last direct cost (0 for an account) unless
    /// Quantity asked.
    fn price(&mut self, by: CalledBy) {
        let cost = match (self.books.list_price(self.line), by) {
            (Some(cost), _) => cost.to_string(),
            (None, CalledBy::Quantity) => return,
            (None, CalledBy::AnotherField) => self.last_direct_cost(),
        };
        self.line.direct_unit_cost = cost;
    }

    fn last_direct_cost(&self) -> String {
        let item = self.books.items.get(&self.line.no);
        let cost = item
            .filter(|_| self.line.line_type == "Item")
            .and_then(|item| Decimal::from_str(&item.last_direct_cost).ok());
        cost.unwrap_or_default().normalize().to_string()
    }
}
