//! The same lines again: a cart that the buyer sent to Business Central not long ago is not sent twice unasked.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::choices::Choices;
use super::mapping::{Placed, placed};
use super::step::Turn;
use super::world::{Delivery, Panel, Review, Stage, WindowId};
use crate::business_central::Mapping;
use crate::capture_id::CaptureId;
use crate::timestamp::Timestamp;

/// For how long a cart is known again: seven days.
const KNOWN_SECONDS: i64 = 7 * 86_400;

/// What tells one order from another after its text is deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderMark {
    /// When the buyer confirmed it.
    pub confirmed_at: Timestamp,
    /// SHA-256 in hexadecimal of shop and ordered lines, in whatever order; blank in records of before this was kept.
    pub fingerprint: String,
}

impl Turn<'_> {
    pub(super) fn order_mark(&self, review: &Review, choices: &Choices) -> OrderMark {
        OrderMark {
            confirmed_at: self.now,
            fingerprint: self.fingerprint(review, choices),
        }
    }

    /// The latest capture of the same lines of the same shop, unless the buyer has said to send them again.
    pub(super) fn duplicate(
        &self,
        review: &Review,
        choices: &Choices,
    ) -> Option<(&CaptureId, &Delivery)> {
        let since = self.now.plus_seconds(-KNOWN_SECONDS);
        let deliveries = self.world.journal.deliveries.iter();
        let mut recent = deliveries
            .filter(|(id, delivery)| {
                let mark = &delivery.ordered;
                **id != review.capture
                    && delivery.host == review.host
                    && mark.confirmed_at >= since
                    && !mark.fingerprint.is_empty()
                    && may_arrive(&delivery.stage)
            })
            .peekable();
        recent.peek()?;
        let own = self.fingerprint(review, choices);
        if review.details.sent_again.as_ref() == Some(&own) {
            return None;
        }
        recent
            .filter(|(_, delivery)| delivery.ordered.fingerprint == own)
            .max_by_key(|(_, delivery)| delivery.ordered.confirmed_at)
    }

    /// The buyer means it: these lines, as they stand, are sent again.
    pub(super) fn send_again(&mut self, window: WindowId) {
        let Some(Panel::Reviewing { review }) = self.world.desk.panels.get(&window) else {
            return;
        };
        let fingerprint = self.fingerprint(review, &self.choices(review));
        if let Some(Panel::Reviewing { review }) = self.world.desk.panels.get_mut(&window) {
            review.details.sent_again = Some(fingerprint);
        }
    }

    /// Whether a line is ordered: not removed, and no note.
    pub(super) fn is_ordered(&self, review: &Review, line: Placed<'_>, choices: &Choices) -> bool {
        let becomes = self.mapping(review, line, choices);
        !matches!(becomes, Some((Mapping::Note, _))) && !review.details.edits.is_removed(line.0)
    }

    /// The lines' digests are added, so that their order does not matter and equal lines still count.
    fn fingerprint(&self, review: &Review, choices: &Choices) -> String {
        let mut sum = [0_u8; 32];
        for line in placed(review).filter(|line| self.is_ordered(review, *line, choices)) {
            for (byte, more) in sum.iter_mut().zip(digest(line)) {
                *byte = byte.wrapping_add(more);
            }
        }
        let digest = Sha256::new()
            .chain_update(&review.host)
            .chain_update(sum)
            .finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What came back, or is on its way back, was not ordered.
fn may_arrive(stage: &Stage) -> bool {
    !matches!(stage, Stage::Releasing { .. } | Stage::Returned { .. })
}

/// The supplier's number, else the description; the quantity; the price, `0.129` as `12.90 / 100`.
fn digest((_, line): Placed<'_>) -> [u8; 32] {
    let name = line.supplier_part_id.as_ref();
    let price = line.unit_price.as_ref().map(|price| {
        let each = price.per_unit().map(|each| each.normalize());
        let (amount, basis) = (price.amount.normalize(), price.basis.normalize());
        each.map_or_else(|| format!("{amount}/{basis}"), |each| each.to_string())
    });
    Sha256::new()
        .chain_update(name.unwrap_or(&line.description))
        .chain_update("\n")
        .chain_update(line.quantity.normalize().to_string())
        .chain_update("\n")
        .chain_update(price.unwrap_or_default())
        .finalize()
        .into()
}
