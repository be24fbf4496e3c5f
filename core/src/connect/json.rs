//! Reading options of several kinds.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Error, ErrorKind, Result};

/// Reads options that are told apart by `kind`; without one they are of the kind `usual`.
///
/// # Errors
/// `InvalidArgument`, without the values of the options.
pub(super) fn read<T: DeserializeOwned>(mut options: Value, usual: &str, whose: &str) -> Result<T> {
    if let Some(members) = options.as_object_mut() {
        members.entry("kind").or_insert_with(|| Value::from(usual));
    }
    serde_json::from_value(options).map_err(|error| {
        Error::new(
            ErrorKind::InvalidArgument,
            format!("{whose} options cannot be read: {}", without_values(&error)),
        )
    })
}

/// The error of a parser repeats a value of the wrong type; here it may be a password.
fn without_values(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.split_once(", expected ") {
        Some((problem, expected)) if problem.starts_with("invalid ") => {
            format!("a value has the wrong type or form; expected {expected}")
        }
        _ => text,
    }
}
