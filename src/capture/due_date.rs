//! When a line is delivered, as far as the page says so without doubt.

use crate::letters::lower;
use crate::timestamp::Timestamp;

/// What days are called, in small letters, and whether only working days count.
const DAYS: [(&str, Counts); 15] = [
    ("day", Counts::All),
    ("days", Counts::All),
    ("tag", Counts::All),
    ("tage", Counts::All),
    ("tagen", Counts::All),
    ("jour", Counts::All),
    ("jours", Counts::All),
    ("giorno", Counts::All),
    ("giorni", Counts::All),
    ("werktag", Counts::Working),
    ("werktage", Counts::Working),
    ("werktagen", Counts::Working),
    ("arbeitstag", Counts::Working),
    ("arbeitstage", Counts::Working),
    ("arbeitstagen", Counts::Working),
];

/// What makes the days beside it working days: `working days`, `jours ouvrés`, `giorni lavorativi`.
const WORKING: [&str; 8] = [
    "working",
    "business",
    "ouvré",
    "ouvrés",
    "ouvrable",
    "ouvrables",
    "lavorativi",
    "lavorativo",
];

/// The longest lead time that is believed.
const LONGEST_DAYS: i64 = 730;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Counts {
    All,
    Working,
}

/// `Due Date` as `YYYY-MM-DD`: the date that the delivery text gives as ISO 8601, else the last day of its lead time
/// counted from the capture. `None` where the text says neither, or more than one.
pub(super) fn due_date(delivery: &str, captured_at: Timestamp) -> Option<String> {
    let text = lower(delivery);
    let words: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric() && letter != '-')
        .filter(|word| !word.is_empty())
        .collect();
    let mut dates = words.iter().filter(|word| is_date(word));
    if let Some(date) = dates.next() {
        return dates.next().is_none().then(|| (*date).to_owned());
    }
    let days = lead_time(&words)?;
    let mut date = captured_at.plus_seconds(days * 86_400).to_rfc3339();
    date.truncate(10);
    Some(date)
}

fn is_date(word: &str) -> bool {
    let mut parts = word.split('-');
    let mut number = |length: usize, least: u32, most: u32| {
        let part = parts.next().filter(|part| part.len() == length);
        part.and_then(|part| part.parse().ok())
            .is_some_and(|number: u32| (least..=most).contains(&number))
    };
    number(4, 2000, 2200) && number(2, 1, 12) && number(2, 1, 31) && parts.next().is_none()
}

/// The one number of days that the text speaks of; of `2-3 days` the greater.
fn lead_time(words: &[&str]) -> Option<i64> {
    let place = words.iter().position(|word| counts(word).is_some())?;
    let (before, after) = words.split_at_checked(place)?;
    let again = after.iter().skip(1).any(|word| counts(word).is_some());
    let is_working = words.iter().any(|word| WORKING.contains(word));
    let before = match before {
        [rest @ .., last] if WORKING.contains(last) => rest,
        all => all,
    };
    let number = before.last()?.rsplit('-').next()?;
    let days: i64 = number
        .parse()
        .ok()
        .filter(|days| (0..=LONGEST_DAYS).contains(days))?;
    let works = is_working || counts(words.get(place)?)? == Counts::Working;
    // Five working days are a week; a part of a week may hold a week-end.
    let days = if works {
        days + (days + 4) / 5 * 2
    } else {
        days
    };
    (!again).then_some(days)
}

fn counts(word: &str) -> Option<Counts> {
    let known = DAYS.iter().find(|(name, _)| *name == word);
    known.map(|(_, counts)| *counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 22 November 2026.
    const CAPTURED: Timestamp = Timestamp(1_795_342_500_000);

    fn due(text: &str) -> Option<String> {
        due_date(text, CAPTURED)
    }

    #[test]
    fn a_lead_time_is_counted_from_the_capture_and_a_range_ends_at_its_end() {
        for (text, date) in [
            ("Ready to ship in 3 days", "2026-11-25"),
            ("Lieferzeit: 2-4 Tage", "2026-11-26"),
            ("1 jour", "2026-11-23"),
            ("Consegna in 10 giorni", "2026-12-02"),
            ("5 working days", "2026-11-29"),
            ("Lieferbar in 6 Werktagen", "2026-12-02"),
            ("3 jours ouvrés", "2026-11-27"),
        ] {
            assert_eq!(due(text).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn a_date_is_taken_as_it_stands() {
        assert_eq!(due("Delivery: 2026-12-24").as_deref(), Some("2026-12-24"));
    }

    #[test]
    fn what_is_open_to_doubt_gives_no_date() {
        for text in [
            "",
            "in stock",
            "tomorrow",
            "12/11/2026",
            "2026-12-24 or 2026-12-31",
            "3 days, or 5 days abroad",
            "some days",
            "9999 days",
            "2026-13-01",
            "same day",
        ] {
            assert_eq!(due(text), None, "{text}");
        }
    }
}
