//! JSON text in and out.

use std::str::FromStr;

use artifact_deploy::{Error, ErrorKind, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::failure::{Outcome, outcome};

/// Reads `text`, which the TypeScript layer wrote.
///
/// # Errors
/// `InvalidArgument` when it does not have the documented members.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| {
        Error::new(
            ErrorKind::InvalidArgument,
            format!("the arguments cannot be used: {error}"),
        )
    })
}

/// Writes `value` in the JSON form of the library.
pub(crate) fn write<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| {
        Error::new(
            ErrorKind::InvalidArgument,
            format!("the result cannot be written as JSON: {error}"),
        )
    })
}

/// A pure call: reads its input, works, writes its output.
pub(crate) fn pure<I, O>(input: &str, work: impl FnOnce(I) -> Result<O>) -> Outcome<String>
where
    I: DeserializeOwned,
    O: Serialize,
{
    outcome(read(input).and_then(work).and_then(|value| write(&value)))
}

/// The value that JSON text stands for, with the kind of error that its grammar has.
pub(crate) fn parse_text<T: FromStr<Err = Error>>(value: Value) -> Result<T> {
    match value {
        Value::String(text) => text.parse(),
        other => Err(Error::new(
            ErrorKind::InvalidArgument,
            format!("{other} is not text"),
        )),
    }
}
