//! Items made from templates.

use sqlx::SqliteConnection;
use uuid::Uuid;

use super::{Company, ItemTemplate};

type Answer<T> = Result<T, sqlx::Error>;

/// An item with what the app writes beside it.
#[derive(Debug)]
pub struct CreatedItem<'a> {
    /// Its company.
    pub company: &'a Company,
    /// What it is made from; has a next number.
    pub template: &'a ItemTemplate,
    /// Text\[100\].
    pub description: &'a str,
    /// Code\[20\].
    pub vendor_number: &'a str,
    /// Text\[50\]; blank for none.
    pub vendor_item_number: &'a str,
}

impl CreatedItem<'_> {
    /// Writes the item, its unit, its reference and the item vendor that goes with a reference; the template's series
    /// moves on.
    ///
    /// # Errors
    /// Where the database fails; the caller's transaction then takes everything back.
    pub async fn write(&self, connection: &mut SqliteConnection) -> Answer<()> {
        self.write_item(&mut *connection).await?;
        let ItemTemplate {
            id,
            next_number,
            base_unit_of_measure_code,
            ..
        } = self.template;
        sqlx::query("INSERT INTO item_units_of_measure VALUES (?, ?, ?, '0')")
            .bind(&self.company.id)
            .bind(next_number)
            .bind(base_unit_of_measure_code)
            .execute(&mut *connection)
            .await?;
        sqlx::query("UPDATE item_templates SET next_number = ? WHERE id = ?")
            .bind(incremented(next_number))
            .bind(id)
            .execute(&mut *connection)
            .await?;
        if self.vendor_item_number.is_empty() {
            return Ok(());
        }
        self.write_reference(connection).await
    }

    async fn write_item(&self, connection: &mut SqliteConnection) -> Answer<()> {
        sqlx::query("INSERT INTO items VALUES (?, ?, ?, ?, ?, 0, ?, '', '', 0, 0, '0', ?, ?)")
            .bind(Uuid::new_v4().to_string())
            .bind(&self.company.id)
            .bind(&self.template.next_number)
            .bind(self.description)
            .bind(&self.template.item_type)
            .bind(&self.template.base_unit_of_measure_code)
            .bind(self.vendor_number)
            .bind(self.vendor_item_number)
            .execute(connection)
            .await
            .map(|_| ())
    }

    async fn write_reference(&self, connection: &mut SqliteConnection) -> Answer<()> {
        sqlx::query("INSERT INTO item_references VALUES (?, ?, ?, ?)")
            .bind(&self.company.id)
            .bind(self.vendor_number)
            .bind(self.vendor_item_number.to_uppercase())
            .bind(&self.template.next_number)
            .execute(&mut *connection)
            .await?;
        sqlx::query("INSERT INTO item_vendors VALUES (?, ?, ?, ?)")
            .bind(&self.company.id)
            .bind(self.vendor_number)
            .bind(&self.template.next_number)
            .bind(self.vendor_item_number)
            .execute(connection)
            .await
            .map(|_| ())
    }
}

/// AL's `IncStr`: the number at the end goes up by one and keeps its leading zeros.
fn incremented(number: &str) -> String {
    let head = number.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let digits = number.strip_prefix(head).unwrap_or_default();
    let next = digits.parse::<u64>().unwrap_or_default().saturating_add(1);
    format!("{head}{next:0width$}", width = digits.len())
}

#[cfg(test)]
mod tests {
    use super::incremented;

    #[test]
    fn a_number_series_keeps_its_zeros() {
        for (number, next) in [("N0009", "N0010"), ("I-99", "I-100"), ("7", "8")] {
            assert_eq!(incremented(number), next);
        }
    }
}
