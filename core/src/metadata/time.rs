//! The two ways in which a build time is written.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::{Error, ErrorKind, Result};

/// Reads a time written as `YYYYmmdd-HHMMSS` (UTC) or as RFC 3339.
///
/// An RFC 3339 time may have any offset; it is turned into UTC, and a fraction of a second is cut
/// off, so that both forms of one time are equal.
///
/// # Errors
/// `InvalidTime` for any other form, for a date that does not exist, and for years that four digits
/// cannot write.
///
/// ```
/// use artifact_deploy::metadata::{compact, parse_time};
///
/// let time = parse_time("2025-08-20T14:45:00.75+02:00").unwrap();
/// assert_eq!(time, parse_time("20250820-124500").unwrap());
/// assert_eq!(compact(time), "20250820-124500");
/// ```
pub fn parse_time(text: &str) -> Result<DateTime<Utc>> {
    parse_compact(text)
        .or_else(|| parse_rfc3339(text))
        .filter(|time| (0..=9999).contains(&time.year()))
        .ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidTime,
                format!(
                    "time {} is in neither accepted form; write it as \"20250820-124500\" \
                     (UTC) or as RFC 3339, \"2025-08-20T12:45:00Z\"",
                    crate::text::quoted(text)
                ),
            )
        })
}

/// Writes a time as versions carry it, `YYYYmmdd-HHMMSS` in UTC; a fraction of a second is cut off.
pub fn compact(time: DateTime<Utc>) -> String {
    time.format("%Y%m%d-%H%M%S").to_string()
}

/// Writes a time as JSON and image labels carry it, `YYYY-mm-ddTHH:MM:SSZ`.
pub(super) fn rfc3339(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The same time without its fraction of a second.
pub(super) fn whole_seconds(time: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(time.timestamp(), 0).unwrap_or(time)
}

fn parse_compact(text: &str) -> Option<DateTime<Utc>> {
    let (date, clock) = text.split_once('-')?;
    let digits =
        |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(date, 8) || !digits(clock, 6) {
        return None;
    }
    let number = |part: &str, from: usize, to: usize| part.get(from..to)?.parse::<u32>().ok();
    let year = i32::try_from(number(date, 0, 4)?).ok()?;
    let day = NaiveDate::from_ymd_opt(year, number(date, 4, 6)?, number(date, 6, 8)?)?;
    let time = day.and_hms_opt(
        number(clock, 0, 2)?,
        number(clock, 2, 4)?,
        number(clock, 4, 6)?,
    )?;
    Some(time.and_utc())
}

fn parse_rfc3339(text: &str) -> Option<DateTime<Utc>> {
    // chrono also takes a Unicode minus sign, which no specification knows.
    if !text.is_ascii() {
        return None;
    }
    let time = DateTime::parse_from_rfc3339(text).ok()?;
    Some(whole_seconds(time.with_timezone(&Utc)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_and_every_offset_name_the_same_second() {
        let expected = DateTime::from_timestamp(1_755_693_900, 0).unwrap();
        for text in [
            "20250820-124500",
            "2025-08-20T12:45:00Z",
            "2025-08-20T12:45:00+00:00",
            "2025-08-20T12:45:00.999999999Z",
            "2025-08-20T22:30:00+09:45",
            "2025-08-20T05:45:00-07:00",
        ] {
            assert_eq!(parse_time(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused_with_both_forms_shown() {
        for text in [
            "",
            "unknown",
            "20250820",
            "20250820-1245",
            "20250820-1245000",
            "20250820T124500Z",
            "2025082O-124500",
            "20250230-124500",
            "20251301-124500",
            "20250820-240000",
            "20250820-126000",
            "20250820-124560",
            "+2250820-124500",
            "2025-08-20T12:45:00",
            "2025-08-20",
            "2025-02-30T12:45:00Z",
            "2025-08-20T12:45:00\u{2212}07:00",
            " 2025-08-20T12:45:00Z",
            "20250820-124500\n",
            "1755693900",
            "9999-12-31T23:59:59-01:00",
            "0000-01-01T00:00:00+01:00",
        ] {
            let error = parse_time(text).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidTime, "{text}");
            assert!(error.message().contains("20250820-124500"), "{error}");
        }
    }

    #[test]
    fn printing_and_reading_agree() {
        for text in ["20250820-124500", "00010101-000000", "99991231-235959"] {
            let time = parse_time(text).unwrap();
            assert_eq!(compact(time), text);
            assert_eq!(parse_time(&rfc3339(time)).unwrap(), time);
        }
    }
}
