//! cXML: the form field by which a punchout catalog hands a `PunchOutOrderMessage` over.
//!
//! The fields are those of the cXML User's Guide, "PunchOut transaction": `cxml-urlencoded` and `cxml-base64`.

use crate::css::Selector;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::percent_decode_str;

use crate::cart::{CartLine, Finding, FindingCode, Key, LineField, MOST_LINES, Source, TotalKind};
use crate::money::{Currency, Decimal, Price, TaxBasis};
use crate::snapshot::{AllowedAttributes, FORMAT, Node, Page, Snapshot, TreeText};

use super::super::text::clean;
use super::amount::{standard_amount, standard_number};
use super::draft::Draft;
use super::only;

/// Attributes of cXML that are read.
const ATTRIBUTES: [&str; 3] = ["currency", "domain", "quantity"];

/// The header's amounts: below its name each has a `Money`. Its total leaves shipping and tax out.
const HEADER: [(TotalKind, &str); 3] = [
    (TotalKind::Subtotal, "Total"),
    (TotalKind::Shipping, "Shipping"),
    (TotalKind::Tax, "Tax"),
];

/// The one order message that the page's forms hold.
pub(super) fn read(page: &Page) -> Vec<Draft> {
    let named = Selector::parse("[name='cxml-urlencoded' i], [name='cxml-base64' i]");
    let fields = named.map(|named| page.select(&named)).unwrap_or_default();
    let texts = fields.into_iter().filter_map(message_in);
    let message = only(texts.collect()).and_then(page_of);
    let draft = message.and_then(|message| draft_of(&message));
    draft.into_iter().collect()
}

/// The XML that a field holds.
fn message_in(field: Node<'_>) -> Option<String> {
    let value = field.value()?;
    let text = value.trim();
    if field.attr("name")?.to_ascii_lowercase().ends_with("base64") {
        let compact: String = text.split_whitespace().collect();
        return String::from_utf8(BASE64_STANDARD.decode(compact).ok()?).ok();
    }
    if text.starts_with('<') {
        return Some(text.to_owned());
    }
    let spaced = text.replace('+', " ");
    Some(percent_decode_str(&spaced).decode_utf8().ok()?.into_owned())
}

/// The message as a page of its own: the snapshot's reader takes any well-formed markup.
fn page_of(markup: String) -> Option<Page> {
    let snapshot = Snapshot {
        format: FORMAT,
        tree: Some(TreeText {
            markup,
            ..TreeText::default()
        }),
        ..Snapshot::default()
    };
    Page::read(&snapshot, &AllowedAttributes::standard().and(ATTRIBUTES)).ok()
}

fn draft_of(message: &Page) -> Option<Draft> {
    let all = message.select(&Selector::parse("*").ok()?);
    let order = all
        .into_iter()
        .find(|node| is(*node, "PunchOutOrderMessage"))?;
    let mut draft = Draft::new("cxml");
    let items = order
        .children()
        .into_iter()
        .filter(|node| is(*node, "ItemIn"));
    let items: Vec<Node<'_>> = items.collect();
    if items.len() > MOST_LINES {
        let words = Key::MessageTooLong;
        draft
            .findings
            .push(Finding::of_cart(FindingCode::LimitExceeded, words));
    }
    for (place, item) in items.into_iter().take(MOST_LINES).enumerate() {
        draft.read_item_in(place, item);
    }
    draft.settle_currency();
    let header = child(order, "PunchOutOrderMessageHeader");
    for (kind, name) in HEADER {
        let money = header.and_then(|header| child(child(header, name)?, "Money"));
        if let Some(money) = money {
            draft.header_amount(kind, name, money);
        }
    }
    Some(draft)
}

impl Draft {
    fn header_amount(&mut self, kind: TotalKind, name: &str, money: Node<'_>) {
        match standard_amount(&money.text()) {
            Ok(Some(amount)) => self.row(kind, name, amount),
            Ok(None) => {}
            Err(reason) => {
                let words = Key::MessageAmount.with(vec![name.into(), reason.into()]);
                self.findings
                    .push(Finding::of_cart(FindingCode::NumberUnreadable, words));
            }
        }
    }

    fn read_item_in(&mut self, place: usize, item: Node<'_>) {
        let quantity = item.attr("quantity").unwrap_or_default();
        let quantity = match standard_number(quantity) {
            Ok(Some(quantity)) if quantity.is_zero() => return,
            Ok(Some(quantity)) if quantity.is_sign_positive() => quantity.normalize(),
            _ => return self.refuse(Key::MessageItemQuantity),
        };
        let detail = child(item, "ItemDetail");
        let of_detail = |name| text(child(detail?, name)?);
        let description = detail.and_then(description);
        let Some(description) = description else {
            return self.refuse(Key::MessageItemDescription);
        };
        let mut line = CartLine {
            supplier_part_id: child(item, "ItemID")
                .and_then(|id| text(child(id, "SupplierPartID")?)),
            manufacturer: of_detail("ManufacturerName"),
            manufacturer_part_id: of_detail("ManufacturerPartID"),
            unit_of_measure: of_detail("UnitOfMeasure"),
            ..CartLine::new(description, quantity)
        };
        line.currency = detail.and_then(currency_of);
        line.unit_price = detail.and_then(|detail| self.price_of(detail));
        for field in [
            LineField::Description,
            LineField::Quantity,
            LineField::UnitPrice,
        ] {
            let source = Source {
                reader: self.reader(),
                locator: format!("PunchOutOrderMessage/ItemIn[{place}]"),
            };
            line.provenance.insert(field, source);
        }
        self.lines.push(line);
    }

    /// The price for as many units as `PriceBasisQuantity` says.
    fn price_of(&mut self, detail: Node<'_>) -> Option<Price> {
        let money = money_of(detail)?;
        let basis = child(detail, "PriceBasisQuantity").and_then(|basis| basis.attr("quantity"));
        let read = standard_amount(&money.text())
            .and_then(|amount| Ok((amount, standard_number(basis.unwrap_or("1"))?)));
        let reason = match read {
            Ok((amount, Some(basis))) if basis > Decimal::ZERO => {
                return amount.map(|amount| Price {
                    amount,
                    basis: basis.normalize(),
                    tax: TaxBasis::Unknown,
                });
            }
            Ok(_) => Key::BasisNoNumber.into(),
            Err(reason) => reason,
        };
        self.unreadable_price(reason);
        None
    }
}

/// `Description`, of which `ShortName` is the part for lists.
fn description(detail: Node<'_>) -> Option<String> {
    let description = child(detail, "Description")?;
    child(description, "ShortName")
        .and_then(text)
        .or_else(|| text(description))
}

fn text(node: Node<'_>) -> Option<String> {
    let text = clean(&node.text()).text;
    (!text.is_empty()).then_some(text)
}

/// The amount of a price.
fn money_of(detail: Node<'_>) -> Option<Node<'_>> {
    child(child(detail, "UnitPrice")?, "Money")
}

fn currency_of(detail: Node<'_>) -> Option<Currency> {
    money_of(detail)?.attr("currency")?.trim().parse().ok()
}

fn child<'p>(node: Node<'p>, name: &str) -> Option<Node<'p>> {
    node.children().into_iter().find(|child| is(*child, name))
}

fn is(node: Node<'_>, name: &str) -> bool {
    node.name().eq_ignore_ascii_case(name)
}
