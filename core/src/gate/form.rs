//! Reads what is asked of the gate from JSON.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Error, ErrorKind, Result};

/// Reads an object. A list is refused: serde would take its items for the members in their order, so
/// that a list of nothing would be a policy of nothing.
///
/// # Errors
/// `InvalidArgument`.
pub(super) fn read<T: DeserializeOwned>(what: &str, json: &Value) -> Result<T> {
    let invalid = |why: String| {
        Error::new(
            ErrorKind::InvalidArgument,
            format!("{what} cannot be read: {why}"),
        )
    };
    if json.is_array() {
        return Err(invalid("it is a list; expected an object".to_owned()));
    }
    T::deserialize(json).map_err(|error| invalid(error.to_string()))
}
