//! A moment, as an input: the core has no clock.

use serde::{Deserialize, Serialize};

/// Days from 0000-03-01 to 1970-01-01.
const DAYS_TO_EPOCH: i64 = 719_468;
/// Days of 400 years: after them the calendar repeats itself.
const DAYS_OF_ERA: i64 = 146_097;

/// Milliseconds since 1970-01-01T00:00:00Z, as `Date.now()` gives them.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The moment `seconds` later; saturates at the end of the range.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// RFC 3339 in UTC with whole seconds, for example `2026-11-22T10:15:00Z`; a moment that RFC 3339 cannot
    /// write is written as its epoch.
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        let seconds = self.0.div_euclid(1000);
        let (year, month, day) = date(seconds.div_euclid(86_400));
        if !(0..=9999).contains(&year) {
            return Self::default().to_rfc3339();
        }
        let second = seconds.rem_euclid(86_400);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

/// Year, month and day of a day since 1970-01-01 in the Gregorian calendar, by Howard Hinnant's `civil_from_days`: years
/// are counted from March, so that the leap day is the last.
fn date(day: i64) -> (i64, i64, i64) {
    let day = day.saturating_add(DAYS_TO_EPOCH);
    let (era, day) = (day.div_euclid(DAYS_OF_ERA), day.rem_euclid(DAYS_OF_ERA));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, next_year) = match month {
        0..=9 => (month + 3, 0),
        _ => (month - 9, 1),
    };
    (era * 400 + year + next_year, month, day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::OffsetDateTime;
    use time::format_description::well_known::Rfc3339;

    use super::*;

    fn reference(timestamp: Timestamp) -> String {
        OffsetDateTime::from_unix_timestamp(timestamp.0.div_euclid(1000))
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
            .format(&Rfc3339)
            .unwrap_or_else(|_| "1970-01-01T00:00:00Z".to_owned())
    }

    proptest! {
        #[test]
        fn any_moment_is_written_as_the_calendar_says(
            timestamp in prop_oneof![any::<i64>(), -70_000_000_000_000_i64..260_000_000_000_000],
        ) {
            let timestamp = Timestamp(timestamp);
            prop_assert_eq!(timestamp.to_rfc3339(), reference(timestamp));
        }
    }

    #[test]
    fn leap_days_are_where_they_are() {
        for (day, written) in [
            (951_782_400, "2000-02-29T00:00:00Z"),
            (4_107_456_000, "2100-02-28T00:00:00Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
            (-62_167_219_200, "0000-01-01T00:00:00Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
        ] {
            let timestamp = Timestamp(day * 1000);
            assert_eq!(timestamp.to_rfc3339(), written);
            assert_eq!(timestamp.to_rfc3339(), reference(timestamp));
        }
    }

    #[test]
    fn a_moment_is_written_in_utc_with_whole_seconds() {
        assert_eq!(
            Timestamp(1_795_342_500_999).to_rfc3339(),
            "2026-11-22T10:15:00Z"
        );
    }
}
