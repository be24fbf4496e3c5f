//! Names and the values that they get.

use std::fmt;

use indexmap::IndexMap;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::{Map, Value};

use crate::document::kind_of;
use crate::{Error, ErrorKind, Result};

/// Environment variables to set, in order.
///
/// JSON: `{"NAME": "value"}`, or a list of `"NAME=value"` (split at the first `=`) and
/// `{"name", "value"}`. A name may stand once. Values are strings.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Assignments(IndexMap<String, String>);

impl Assignments {
    /// Sets one; a later value replaces an earlier one.
    pub(super) fn set(&mut self, name: String, value: String) {
        self.0.insert(name, value);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn set_once(&mut self, name: String, value: String) -> Result<(), String> {
        if self.contains(&name) {
            return Err(format!("{name:?} is given twice; keep one of them"));
        }
        self.set(name, value);
        Ok(())
    }
}

/// Splits `NAME=value` at the first `=`; the value may hold more of them.
///
/// # Errors
/// `InvalidArgument` when there is no `=` or no name before it. The value is not shown: it may be
/// a secret.
pub(super) fn split_assignment(text: &str) -> Result<(String, String)> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        Some(_) => Err(Error::new(
            ErrorKind::InvalidArgument,
            "an environment assignment begins with '='; write NAME=value",
        )),
        None => Err(Error::new(
            ErrorKind::InvalidArgument,
            "an environment assignment has no '='; write NAME=value, or NAME= for an empty value",
        )),
    }
}

/// The names alone: a value may be a secret.
impl fmt::Debug for Assignments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl<'de> Deserialize<'de> for Assignments {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = || -> Result<Self, String> {
            match Value::deserialize(deserializer).map_err(|error| error.to_string())? {
                Value::Object(members) => texts(members).map(Self),
                Value::Array(items) => {
                    let mut found = Self::default();
                    for item in items {
                        let (name, value) = assignment(item)?;
                        found.set_once(name, value)?;
                    }
                    Ok(found)
                }
                other => Err(format!(
                    "an environment is {}; expected an object of strings, or a list of \"NAME=value\"",
                    kind_of(&other)
                )),
            }
        };
        read().map_err(D::Error::custom)
    }
}

/// `"NAME=value"` or `{"name", "value"}`.
fn assignment(item: Value) -> Result<(String, String), String> {
    match item {
        Value::String(text) => split_assignment(&text).map_err(|error| error.message().to_owned()),
        Value::Object(mut members) if members.len() == 2 => {
            match (members.remove("name"), members.remove("value")) {
                (Some(Value::String(name)), Some(Value::String(value))) => Ok((name, value)),
                _ => Err(BAD_ITEM.to_owned()),
            }
        }
        _ => Err(BAD_ITEM.to_owned()),
    }
}

const BAD_ITEM: &str = "an item of an environment is neither \"NAME=value\" nor \
                        {\"name\": string, \"value\": string}";

/// Names with texts, for `deserialize_with`. Unlike serde's own, its errors show no values: they may
/// be secrets.
pub(super) fn text_map<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<IndexMap<String, String>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Object(members) => texts(members).map_err(D::Error::custom),
        other => Err(D::Error::custom(format!(
            "there is {} where an object of strings is expected",
            kind_of(&other)
        ))),
    }
}

fn texts(members: Map<String, Value>) -> Result<IndexMap<String, String>, String> {
    members
        .into_iter()
        .map(|(name, value)| match value {
            Value::String(text) => Ok((name, text)),
            other => Err(format!(
                "{name:?} is {}; expected a string",
                kind_of(&other)
            )),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(json: Value) -> Result<Vec<(String, String)>, String> {
        let found: Assignments = serde_json::from_value(json).map_err(|e| e.to_string())?;
        Ok(found.0.into_iter().collect())
    }

    #[test]
    fn trap_an_assignment_is_split_at_the_first_equals_sign() {
        let expected = Ok(vec![(
            "URL".to_owned(),
            "postgres://h/db?a=b&c=d==".to_owned(),
        )]);
        assert_eq!(read(json!(["URL=postgres://h/db?a=b&c=d=="])), expected);
        assert_eq!(read(json!({"URL": "postgres://h/db?a=b&c=d=="})), expected);
        assert_eq!(
            read(json!([{"name": "URL", "value": "postgres://h/db?a=b&c=d=="}])),
            expected
        );
    }

    #[test]
    fn a_value_that_is_no_string_is_refused_rather_than_spelled() {
        assert!(read(json!({"PORT": 8080})).is_err());
        assert!(read(json!({"DEBUG": true})).is_err());
        assert!(read(json!({"EMPTY": null})).is_err());
        assert!(read(json!([{"name": "PORT", "value": 8080}])).is_err());
    }

    #[test]
    fn a_name_may_be_given_once() {
        assert!(read(json!(["A=1", "A=2"])).unwrap_err().contains("twice"));
    }

    #[test]
    fn an_assignment_without_a_name_or_sign_is_refused_without_showing_it() {
        for json in [
            json!(["hunter2"]),
            json!(["=hunter2"]),
            json!("hunter2"),
            json!({"A": ["hunter2"]}),
        ] {
            let message = read(json).unwrap_err();
            assert!(!message.contains("hunter2"), "{message}");
        }
    }
}
