//! A cXML `PunchOutOrderMessage` by the DTD of [cXML 1.2.050](http://xml.cxml.org/schemas/cXML/1.2.050/cXML.dtd).
//!
//! There was no punchout session: `BuyerCookie` is the capture's id, the sender is the shop's host, and the receiver is for
//! the one who passes the message on to fill in. The DTD asks for a `Classification` and the languages of texts; the page
//! says neither, so one is blank and the other `und`, undetermined (BCP 47).

use super::order::{Order, OrderLine, order};
use super::{DeploymentMode, Exported, Line, Point, Purpose, Standing, What};
use crate::money::arithmetic::add;
use crate::money::{Currency, Decimal};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.050/cXML.dtd">
"#;

/// Whoever receives the message fills in who that is.
const TO: &str = r#"<To><Credential domain="DNS"><Identity/></Credential></To>"#;

/// Digits of a GTIN that has a domain of its own in the DTD.
const EAN_13: usize = 13;

const SENDER: &str = r#"<Sender><Credential domain="DNS"><Identity/></Credential><UserAgent>Punchout</UserAgent></Sender>"#;

/// The message, and what it cannot say.
pub(super) fn message(cart: &Exported<'_>) -> Result<(String, Vec<Point>), Vec<Point>> {
    let mut order = order(cart, object)?;
    let currency = currency(&order).ok_or_else(|| vec![What::CurrenciesSeveral.of_cart()])?;
    let total = total(&order).ok_or_else(|| vec![What::OutOfRange.of_cart()])?;
    let left_out = [cart.totals.discount, cart.totals.fees];
    if left_out.into_iter().flatten().any(|part| !part.is_zero()) {
        order.remarks.push(What::ChargesLeftOut.of_cart());
    }
    let mut charges = charges(cart);
    if !is_of_the_page(cart) && !charges.is_empty() {
        order.remarks.push(What::ChargesOfThePage.of_cart());
        charges.clear();
    }
    let mut xml = Xml(HEAD.to_owned());
    let envelope = &cart.envelope;
    let timestamp = envelope.timestamp.to_rfc3339();
    xml.open(
        "cXML",
        &[
            ("payloadID", &envelope.payload_id),
            ("timestamp", &timestamp),
        ],
    );
    xml.raw("<Header><From><Credential domain=\"DNS\">");
    xml.leaf("Identity", cart.host);
    xml.raw("</Credential></From>");
    xml.raw(TO);
    xml.raw(SENDER);
    xml.raw("</Header>");
    let mode = match envelope.deployment_mode {
        DeploymentMode::Production => "production",
        DeploymentMode::Test => "test",
    };
    xml.open("Message", &[("deploymentMode", mode)]);
    xml.raw("<PunchOutOrderMessage>");
    xml.leaf("BuyerCookie", cart.capture.as_str());
    xml.raw(r#"<PunchOutOrderMessageHeader operationAllowed="create">"#);
    xml.charge("Total", (total, currency), None);
    for (name, amount) in charges {
        xml.charge(name, (amount, currency), Some(name));
    }
    xml.raw("</PunchOutOrderMessageHeader>");
    for line in &order.lines {
        xml.item(line, currency);
    }
    xml.raw("</PunchOutOrderMessage></Message></cXML>\n");
    Ok((xml.0, order.remarks))
}

fn object(line: &OrderLine<'_>, refused: &mut Vec<What>) {
    if line
        .read
        .supplier_part_id
        .as_deref()
        .is_none_or(str::is_empty)
    {
        refused.push(What::PartIdMissing);
    }
}

/// The one currency of the items.
fn currency(order: &Order<'_>) -> Option<Currency> {
    let mut currencies = order.lines.iter().map(|line| line.currency);
    let first = currencies.next()?;
    currencies.all(|other| other == first).then_some(first)
}

/// cXML's `Total` is that of the items, without delivery and tax.
fn total(order: &Order<'_>) -> Option<Decimal> {
    let mut amounts = order.lines.iter().map(OrderLine::amount);
    amounts.try_fold(Decimal::ZERO, |sum, amount| add(sum, amount?))
}

fn charges(cart: &Exported<'_>) -> Vec<(&'static str, Decimal)> {
    let charges = [("Shipping", cart.totals.shipping), ("Tax", cart.totals.tax)];
    charges
        .into_iter()
        .filter_map(|(name, amount)| Some((name, amount?)))
        .collect()
}

/// Whether what is ordered is all that the page shows, so that its delivery and its tax are of that.
fn is_of_the_page(cart: &Exported<'_>) -> bool {
    let is_ordered = |line: &Line<'_>| line.purpose == Purpose::Order;
    cart.standing == Standing::AsOnThePage && cart.lines.iter().all(is_ordered)
}

/// A document in the making.
struct Xml(String);

impl Xml {
    fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.0.push('<');
        self.raw(name);
        for (attribute, value) in attributes {
            self.0.push(' ');
            self.raw(attribute);
            self.raw("=\"");
            self.text(value);
            self.0.push('"');
        }
        self.0.push('>');
    }

    fn close(&mut self, name: &str) {
        self.raw("</");
        self.raw(name);
        self.0.push('>');
    }

    fn leaf(&mut self, name: &str, text: &str) {
        self.open(name, &[]);
        self.text(text);
        self.close(name);
    }

    fn description(&mut self, text: &str) {
        self.open("Description", &[("xml:lang", "und")]);
        self.text(text);
        self.close("Description");
    }

    fn charge(&mut self, name: &str, (amount, currency): (Decimal, Currency), words: Option<&str>) {
        self.open(name, &[]);
        self.open("Money", &[("currency", &currency.to_string())]);
        self.raw(&amount.to_string());
        self.close("Money");
        if let Some(words) = words {
            self.description(words);
        }
        self.close(name);
    }

    fn item(&mut self, line: &OrderLine<'_>, currency: Currency) {
        let read = line.read;
        let (quantity, number) = (read.quantity.to_string(), line.number.to_string());
        self.open(
            "ItemIn",
            &[("quantity", &quantity), ("lineNumber", &number)],
        );
        self.raw("<ItemID>");
        let part_id = read.supplier_part_id.as_deref();
        self.leaf("SupplierPartID", part_id.unwrap_or_default());
        if let Some(gtin) = &read.gtin {
            let domain = if gtin.len() == EAN_13 {
                "EAN-13"
            } else {
                "GTIN"
            };
            self.open("IdReference", &[("domain", domain), ("identifier", gtin)]);
            self.close("IdReference");
        }
        self.raw("</ItemID><ItemDetail>");
        self.charge("UnitPrice", (line.price.amount, currency), None);
        self.description(&read.description);
        let unit = line.unit.to_string();
        self.leaf("UnitOfMeasure", &unit);
        if line.price.basis != Decimal::ONE {
            let basis = line.price.basis.to_string();
            let attributes = [("quantity", basis.as_str()), ("conversionFactor", "1")];
            self.open("PriceBasisQuantity", &attributes);
            self.leaf("UnitOfMeasure", &unit);
            self.close("PriceBasisQuantity");
        }
        self.raw(r#"<Classification domain="UNSPSC"/>"#);
        let maker = [
            ("ManufacturerPartID", &read.manufacturer_part_id),
            ("ManufacturerName", &read.manufacturer),
        ];
        for (name, text) in maker {
            if let Some(text) = text {
                self.leaf(name, text);
            }
        }
        self.raw("</ItemDetail></ItemIn>");
    }

    /// Text and values of attributes. What XML 1.0 has no way to write becomes U+FFFD.
    fn text(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '&' => self.raw("&amp;"),
                '<' => self.raw("&lt;"),
                '>' => self.raw("&gt;"),
                '"' => self.raw("&quot;"),
                '\t' => self.raw("&#9;"),
                '\n' => self.raw("&#10;"),
                '\r' => self.raw("&#13;"),
                '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => self.0.push('\u{fffd}'),
                _ => self.0.push(letter),
            }
        }
    }
}
