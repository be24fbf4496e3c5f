//! The two ways in which a build time is written.

use artifact_deploy::metadata::compact;
use chrono::{DateTime, Utc};
use pyo3::prelude::*;

use crate::argument::Time;

/// Reads a time written as `YYYYmmdd-HHMMSS` (UTC) or as RFC 3339.
#[pyfunction]
pub(crate) fn parse_time(text: Time) -> DateTime<Utc> {
    text.0
}

/// Writes a time as versions carry it, `YYYYmmdd-HHMMSS` in UTC.
#[pyfunction]
pub(crate) fn format_time(time: Time) -> String {
    compact(time.0)
}
