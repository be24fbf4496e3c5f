//! The time of a version: `YYYYmmdd-HHMMSS`, UTC.

use chrono::{DateTime, NaiveDate, Utc};

/// The time as a version writes it.
pub(super) fn compact(time: DateTime<Utc>) -> String {
    time.format("%Y%m%d-%H%M%S").to_string()
}

/// Reads a date and a time of day of exactly eight and six digits; `None` where the calendar has no
/// such second.
pub(super) fn parse_compact(date: &str, clock: &str) -> Option<DateTime<Utc>> {
    let digits = |text: &str, length: usize| {
        text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(date, 8) || !digits(clock, 6) {
        return None;
    }
    let part = |text: &str, from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let year = date.get(..4)?.parse().ok()?;
    NaiveDate::from_ymd_opt(year, part(date, 4, 6)?, part(date, 6, 8)?)?
        .and_hms_opt(part(clock, 0, 2)?, part(clock, 2, 4)?, part(clock, 4, 6)?)
        .map(|time| time.and_utc())
}
