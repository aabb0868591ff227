//! The elements of `lines`: what each one says, before anything is looked up.

use rust_decimal::Decimal;
use serde_json::{Map, Value};
use time::Date;
use time::macros::format_description;

use crate::decimal;
use crate::odata::ODataError;

/// What a line becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// An item is ordered.
    Item,
    /// An amount is ordered on an account.
    GlAccount,
    /// A description only; never ordered.
    Note,
}

/// One line as it was sent; blank text stands for what is absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentLine {
    /// What the line becomes.
    pub kind: LineKind,
    /// Code\[20\], upper-cased.
    pub number: String,
    /// Code\[20\], upper-cased.
    pub vendor_number: String,
    /// Text\[50\].
    pub vendor_item_number: String,
    /// Text\[100\].
    pub description: String,
    /// Text\[50\].
    pub description2: String,
    /// At most 5 decimals.
    pub quantity: Option<Decimal>,
    /// At most 5 decimals, without tax.
    pub direct_unit_cost: Option<Decimal>,
    /// Code\[10\], upper-cased.
    pub currency_code: String,
    /// Code\[10\], upper-cased.
    pub unit_of_measure_code: String,
    /// When the goods are needed.
    pub due_date: Option<Date>,
}

const PROPERTIES: [&str; 11] = [
    "kind",
    "number",
    "vendorNumber",
    "vendorItemNumber",
    "description",
    "description2",
    "quantity",
    "directUnitCost",
    "currencyCode",
    "unitOfMeasureCode",
    "dueDate",
];

/// Reads `lines`; an element that cannot be read is a list of what is wrong with it.
///
/// # Errors
/// `Application_DialogException` where the text is not a JSON array.
pub fn read_lines(lines: &str) -> Result<Vec<Result<SentLine, Vec<String>>>, ODataError> {
    let elements: Vec<Value> = serde_json::from_str(lines)
        .map_err(|_| ODataError::dialog("The lines of the capture are not a JSON array."))?;
    Ok(elements.iter().map(read_line).collect())
}

fn read_line(element: &Value) -> Result<SentLine, Vec<String>> {
    let Some(object) = element.as_object() else {
        return Err(vec!["The line is not a JSON object.".to_owned()]);
    };
    let mut reader = Reader {
        object,
        problems: Vec::new(),
    };
    for name in object
        .keys()
        .filter(|name| !PROPERTIES.contains(&name.as_str()))
    {
        reader
            .problems
            .push(format!("The property '{name}' is not known."));
    }
    let kind = reader.kind();
    let line = SentLine {
        kind: kind.unwrap_or(LineKind::Note),
        number: reader.code("number", 20),
        vendor_number: reader.code("vendorNumber", 20),
        vendor_item_number: reader.text("vendorItemNumber", 50),
        description: reader.text("description", 100),
        description2: reader.text("description2", 50),
        quantity: reader.decimal("quantity"),
        direct_unit_cost: reader.decimal("directUnitCost"),
        currency_code: reader.code("currencyCode", 10),
        unit_of_measure_code: reader.code("unitOfMeasureCode", 10),
        due_date: reader.date("dueDate"),
    };
    if reader.problems.is_empty() {
        Ok(line)
    } else {
        Err(reader.problems)
    }
}

/// Reads properties and collects what is wrong with them.
struct Reader<'a> {
    object: &'a Map<String, Value>,
    problems: Vec<String>,
}

impl Reader<'_> {
    fn kind(&mut self) -> Option<LineKind> {
        let kind = match self.text("kind", 20).as_str() {
            "Item" => Some(LineKind::Item),
            "G/L Account" => Some(LineKind::GlAccount),
            "Note" => Some(LineKind::Note),
            _ => None,
        };
        if kind.is_none() {
            let problem = "kind must be Item, G/L Account or Note.";
            self.problems.push(problem.to_owned());
        }
        kind
    }

    fn text(&mut self, name: &str, maximum: usize) -> String {
        let text = match self.object.get(name) {
            None | Some(Value::Null) => return String::new(),
            Some(Value::String(text)) => text,
            Some(_) => {
                self.problems.push(format!("{name} must be a text."));
                return String::new();
            }
        };
        let length = text.encode_utf16().count();
        if length > maximum {
            self.problems.push(format!(
                "{name} has {length} characters, but at most {maximum} are possible."
            ));
        }
        text.clone()
    }

    fn code(&mut self, name: &str, maximum: usize) -> String {
        self.text(name, maximum).trim().to_uppercase()
    }

    fn decimal(&mut self, name: &str) -> Option<Decimal> {
        let text = self.text(name, 40);
        if text.is_empty() {
            return None;
        }
        decimal::parse(&text)
            .map_err(|problem| self.problems.push(format!("{name} {problem}.")))
            .ok()
    }

    fn date(&mut self, name: &str) -> Option<Date> {
        let text = self.text(name, 10);
        if text.is_empty() {
            return None;
        }
        let date = Date::parse(&text, format_description!("[year]-[month]-[day]"));
        date.map_err(|_| {
            self.problems
                .push(format!("{name} is not a date (YYYY-MM-DD)."))
        })
        .ok()
    }
}
