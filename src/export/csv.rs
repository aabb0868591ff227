//! Comma-separated values by [RFC 4180](https://www.rfc-editor.org/rfc/rfc4180), in UTF-8 with a byte order mark, without
//! which Excel takes a file for the code page of its machine.
//!
//! Text of a page may be a formula to the program that opens the file. By [OWASP's list](https://owasp.org/www-community/attacks/CSV_Injection)
//! a text that begins with `=`, `+`, `-`, `@`, a tab or a line break, or with the full-width form of one of the signs, gets
//! an apostrophe before it; all texts stand in quotes. Numbers are written from exact decimals, with a point, without
//! quotes and without the guard: `-5.00` cannot be anything else than a number.

use super::{Exported, Line, Purpose, Unit};
use crate::money::{Currency, Decimal, TaxBasis};

pub(super) const MEDIA_TYPE: &str = "text/csv;charset=utf-8";

const BYTE_ORDER_MARK: char = '\u{feff}';

/// What a formula begins with.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

const COLUMNS: [&str; 21] = [
    "line",
    "ordered",
    "description",
    "supplier_part_id",
    "manufacturer",
    "manufacturer_part_id",
    "gtin",
    "quantity",
    "unit_of_measure",
    "unit_code",
    "unit_price",
    "price_basis",
    "tax_basis",
    "currency",
    "line_total",
    "discount",
    "options",
    "delivery",
    "minimum_quantity",
    "seller",
    "url",
];

/// The lines of a cart, one row for each, under the names of the columns.
pub(super) fn cart(cart: &Exported<'_>) -> String {
    let mut table = Table::new(&COLUMNS);
    for line in &cart.lines {
        row(&mut table, line, cart.currency);
    }
    table.text
}

fn row(table: &mut Table, line: &Line<'_>, currency: Option<Currency>) {
    let read = line.read;
    let price = read.unit_price.as_ref();
    let code = match line.unit {
        Unit::Coded(code) => code.to_string(),
        Unit::Unprinted | Unit::Unknown => String::new(),
    };
    table.number(Some(line.number.into()));
    table.text(match line.purpose {
        Purpose::Order => "yes",
        Purpose::Note => "no",
    });
    table.text(&read.description);
    table.optional(&read.supplier_part_id);
    table.optional(&read.manufacturer);
    table.optional(&read.manufacturer_part_id);
    table.optional(&read.gtin);
    table.number(Some(read.quantity));
    table.optional(&read.unit_of_measure);
    table.text(&code);
    table.number(price.map(|price| price.amount));
    table.number(price.map(|price| price.basis));
    table.text(price.map_or("", |_| tax_name(line.tax)));
    table.optional(&read.currency.or(currency).map(String::from));
    table.number(read.line_total);
    table.number(read.discount);
    table.text(&read.options.join("; "));
    table.optional(&read.delivery);
    table.number(read.minimum_quantity);
    table.optional(&read.seller);
    table.optional(&read.url);
    table.end_row();
}

const fn tax_name(tax: TaxBasis) -> &'static str {
    match tax {
        TaxBasis::Net => "net",
        TaxBasis::Gross => "gross",
        TaxBasis::Unknown => "unknown",
    }
}

/// A table in the making.
pub(super) struct Table {
    pub(super) text: String,
    is_first: bool,
}

impl Table {
    /// A table with the names of its columns.
    pub(super) fn new(columns: &[&str]) -> Self {
        let mut table = Self {
            text: String::from(BYTE_ORDER_MARK),
            is_first: true,
        };
        for column in columns {
            table.text(column);
        }
        table.end_row();
        table
    }

    pub(super) fn text(&mut self, text: &str) {
        self.separate();
        if text.is_empty() {
            return;
        }
        self.text.push('"');
        if text.starts_with(FORMULA) {
            self.text.push('\'');
        }
        for letter in text.chars() {
            if letter == '"' {
                self.text.push('"');
            }
            self.text.push(letter);
        }
        self.text.push('"');
    }

    fn optional(&mut self, text: &Option<String>) {
        self.text(text.as_deref().unwrap_or_default());
    }

    pub(super) fn number(&mut self, number: Option<Decimal>) {
        self.separate();
        if let Some(number) = number {
            self.text.push_str(&number.to_string());
        }
    }

    pub(super) fn end_row(&mut self) {
        self.text.push_str("\r\n");
        self.is_first = true;
    }

    fn separate(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.text.push(',');
        }
    }
}
