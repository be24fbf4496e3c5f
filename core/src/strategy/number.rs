//! Numbers as JSON may write them.

use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::Value;

use crate::document::whole;

/// A whole number that is not negative, however it is written: `5` and `5.0` are the same.
pub(super) fn optional<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<u32>, D::Error> {
    let Some(value) = Option::<Value>::deserialize(deserializer)? else {
        return Ok(None);
    };
    whole(&value)
        .and_then(|number| u32::try_from(number).ok())
        .map(Some)
        .ok_or_else(|| D::Error::custom(format!("{value} is not a whole number of 0 or more")))
}

/// As [`optional`], where it has to be there.
pub(super) fn required<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    optional(deserializer)?.ok_or_else(|| D::Error::custom("a number is missing"))
}
