//! What a window's panel shows, as a file: the cart under review or of a capture that has not ended, and the history.
//!
//! A file is made and handed to the panel; nothing of the state changes, and nothing is sent.

use serde::{Deserialize, Serialize};

use super::choices::Choices;
use super::mapping::placed;
use super::step::{Machine, Turn};
use super::view::{newest_first, stage_word};
use super::world::{Delivery, Panel, Review, Stage, WindowId, World};
use crate::business_central::{Mapping, TaxTreatment};
use crate::capture_id::CaptureId;
use crate::cart::CartLine;
use crate::export::{
    DeploymentMode, Entry, Envelope, Exported, File, Format, Line, Point, Purpose, Standing, Unit,
    export, history,
};
use crate::money::TaxBasis;
use crate::timestamp::Timestamp;

/// What the buyer wants as a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// The cart that the window's panel shows.
    Cart(Format),
    /// All captures of the history, without their carts.
    History,
    /// What was chosen before.
    Remembered,
}

/// What became of it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Exporting {
    /// A file.
    File(File),
    /// The format cannot say what the cart says.
    Refused(Vec<Point>),
    /// The panel shows no cart, or one whose text is deleted: its capture has ended.
    NoCart,
}

impl Machine {
    /// Makes a file of what the panel of `window` shows. The state is lent, and given back as it was.
    pub fn export(
        &self,
        world: &mut World,
        (window, now): (WindowId, Timestamp),
        wanted: Wanted,
    ) -> Exporting {
        let turn = Turn::looking(self, std::mem::take(world), now);
        let made = match wanted {
            Wanted::Cart(format) => turn.export_cart(window, format),
            Wanted::History => Exporting::File(turn.export_history()),
            Wanted::Remembered => Exporting::File(turn.export_remembered()),
        };
        *world = turn.world;
        made
    }
}

impl Turn<'_> {
    fn export_cart(&self, window: WindowId, format: Format) -> Exporting {
        let World { desk, journal } = &self.world;
        let review = match desk.panels.get(&window) {
            Some(Panel::Reviewing { review }) => Some(review),
            Some(Panel::Following { capture }) => {
                let cargo = journal.deliveries.get(capture);
                let cargo = cargo.and_then(|delivery| delivery.cargo.as_ref());
                cargo.map(|cargo| &cargo.review)
            }
            _ => None,
        };
        let Some(review) = review else {
            return Exporting::NoCart;
        };
        match export(&self.exported(review), format) {
            Ok(file) => Exporting::File(file),
            Err(points) => Exporting::Refused(points),
        }
    }

    /// The cart as the review holds it, with what the buyer chose.
    fn exported<'r>(&self, review: &'r Review) -> Exported<'r> {
        let choices = self.choices(review);
        let Review { capture, host, .. } = review;
        let line = |(place, line): (u32, &'r CartLine)| Line {
            number: place.saturating_add(1),
            read: line,
            unit: self.unit_of(line),
            tax: tax_of(line, &choices),
            purpose: match self.mapping(review, (place, line), &choices) {
                Some((Mapping::Note, _)) => Purpose::Note,
                _ => Purpose::Order,
            },
        };
        Exported {
            capture,
            host,
            captured_at: review.captured_at,
            reader: &review.cart.reader,
            verdict: review.cart.verdict,
            currency: choices.currency,
            lines: placed(review).map(line).collect(),
            standing: standing(review),
            totals: &review.cart.totals,
            envelope: Envelope {
                payload_id: format!("{}.{capture}@{host}", self.now.0),
                timestamp: self.now,
                deployment_mode: DeploymentMode::Production,
            },
        }
    }

    fn unit_of(&self, line: &CartLine) -> Unit {
        let printed = line.unit_of_measure.as_deref().map(str::trim);
        let Some(printed) = printed.filter(|printed| !printed.is_empty()) else {
            return Unit::Unprinted;
        };
        let code = self.machine.catalog.words().unit_code(printed, None);
        code.map_or(Unit::Unknown, Unit::Coded)
    }

    fn export_history(&self) -> File {
        let deliveries = newest_first(&self.world.journal).into_iter();
        history(
            deliveries.map(|(id, delivery)| entry(id, delivery)),
            self.now,
        )
    }
}

fn standing(review: &Review) -> Standing {
    let is_same = |((_, now), page): ((u32, &CartLine), &CartLine)| {
        (now.quantity, &now.unit_price) == (page.quantity, &page.unit_price)
    };
    let mut lines = review.reviewed_lines().zip(&review.cart.lines);
    if review.details.edits.removed.is_empty() && lines.all(is_same) {
        Standing::AsOnThePage
    } else {
        Standing::Changed
    }
}

/// What the page says of a price comes first, then what holds for the whole review.
fn tax_of(line: &CartLine, choices: &Choices) -> TaxBasis {
    let said = line.unit_price.as_ref().map(|price| price.tax);
    match (said, &choices.tax) {
        (Some(said @ (TaxBasis::Net | TaxBasis::Gross)), _) => said,
        (_, Some(TaxTreatment::Net)) => TaxBasis::Net,
        (_, Some(TaxTreatment::Gross { .. })) => TaxBasis::Gross,
        (_, None) => TaxBasis::Unknown,
    }
}

fn entry<'w>(capture: &'w CaptureId, delivery: &'w Delivery) -> Entry<'w> {
    let receipt = match &delivery.stage {
        Stage::Done { receipt } | Stage::Confirming { receipt, .. } => Some(receipt),
        _ => None,
    };
    Entry {
        capture: capture.as_str(),
        captured_at: delivery.captured_at,
        host: &delivery.host,
        line_count: delivery.line_count,
        environment: &delivery.environment,
        worksheet_template_name: &delivery.worksheet.worksheet_template_name,
        journal_batch_name: &delivery.worksheet.name,
        state: stage_word(&delivery.stage),
        worksheet_url: receipt.map_or("", |receipt| &receipt.worksheet_url),
    }
}
