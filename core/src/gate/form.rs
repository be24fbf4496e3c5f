//! Reads what is asked of the gate from JSON.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Error, ErrorKind, Result};

/// Reads an object. A list is refused: serde would take its items for the members in their order, so
/// that a list of nothing would be a policy of nothing.
///
/// # Errors
/// `InvalidArgument`.
pub(crate) fn read<T: DeserializeOwned>(what: &str, json: &Value) -> Result<T> {
    let invalid = |why: String| {
        Error::new(
            ErrorKind::InvalidArgument,
            format!("{what} cannot be read: {why}"),
        )
    };
    if !json.is_object() {
        return Err(invalid("it is not an object".to_owned()));
    }
    T::deserialize(json).map_err(|error| invalid(error.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::gate::{ImageQuery, Policy, Wait};

    #[test]
    fn what_is_no_object_is_told_so_in_the_words_of_the_caller() {
        for json in [json!(null), json!(5), json!("strict"), json!([])] {
            for error in [
                Policy::from_json(&json).unwrap_err(),
                ImageQuery::from_json(&json).unwrap_err(),
                Wait::from_json(&json).unwrap_err(),
            ] {
                assert!(
                    error
                        .message()
                        .ends_with("cannot be read: it is not an object"),
                    "{error}"
                );
            }
        }
    }
}
