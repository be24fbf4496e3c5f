//! A place in a document: a value and the JSON pointer that leads to it.

use serde_json::Value;

/// A member or item of a document that may be absent.
///
/// `null` counts as absent: that is how the AWS JSON protocol reads it.
#[derive(Debug, Clone)]
pub(crate) struct Node<'a> {
    value: Option<&'a Value>,
    pointer: String,
}

impl<'a> Node<'a> {
    /// The whole document.
    pub(crate) fn root(value: &'a Value) -> Self {
        Self {
            value: Some(value),
            pointer: String::new(),
        }
    }

    /// The member `name`.
    pub(crate) fn get(&self, name: &str) -> Self {
        Self {
            value: self
                .value
                .and_then(|value| value.get(name))
                .filter(|value| !value.is_null()),
            pointer: format!("{}/{}", self.pointer, escape(name)),
        }
    }

    /// The items, when it is a list.
    pub(crate) fn items(&self) -> impl Iterator<Item = Self> + use<'a> {
        let pointer = self.pointer.clone();
        let items = self.value.and_then(Value::as_array).map(Vec::as_slice);
        items
            .unwrap_or_default()
            .iter()
            .enumerate()
            .map(move |(index, item)| Self {
                value: Some(item),
                pointer: format!("{pointer}/{index}"),
            })
    }

    /// The members that are set, when it is an object.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&'a str, Self)> + use<'a> {
        let pointer = self.pointer.clone();
        self.value
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .filter(|(_, value)| !value.is_null())
            .map(move |(name, value)| {
                let node = Self {
                    value: Some(value),
                    pointer: format!("{pointer}/{}", escape(name)),
                };
                (name.as_str(), node)
            })
    }

    /// What stands there, unless it is absent.
    pub(crate) fn value(&self) -> Option<&'a Value> {
        self.value
    }

    /// The text, when it is one.
    pub(crate) fn text(&self) -> Option<&'a str> {
        self.value.and_then(Value::as_str)
    }

    /// The whole number, when it is one.
    pub(crate) fn whole(&self) -> Option<i64> {
        self.value.and_then(whole)
    }

    /// Whether it says anything: absent, `false`, `0` and empty ones do not.
    pub(crate) fn says_something(&self) -> bool {
        match self.value {
            None | Some(Value::Null | Value::Bool(false)) => false,
            Some(Value::Array(items)) => !items.is_empty(),
            Some(Value::Object(members)) => !members.is_empty(),
            Some(Value::String(text)) => !text.is_empty(),
            Some(Value::Number(_)) => self.whole() != Some(0),
            Some(Value::Bool(true)) => true,
        }
    }

    /// How many items it has.
    pub(crate) fn len(&self) -> usize {
        self.value.and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// The JSON pointer (RFC 6901); empty for the whole document.
    pub(crate) fn pointer(&self) -> &str {
        &self.pointer
    }
}

/// The whole number that `value` is, however it is written: `256` and `256.0` are the same.
pub(crate) fn whole(value: &Value) -> Option<i64> {
    // Beyond 2^53 a float no longer tells whole numbers apart.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    value.as_i64().or_else(|| {
        let number = value.as_f64()?;
        let exact = number.fract() == 0.0 && number.abs() <= EXACT;
        #[allow(clippy::cast_possible_truncation)] // whole and within range: just checked
        exact.then_some(number as i64)
    })
}

/// A name as it stands in a JSON pointer (RFC 6901, section 3).
pub(crate) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// What kind of JSON value it is, for messages.
pub(crate) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// A name for a message: quoted, and not longer than a line.
pub(crate) fn shown(text: &str) -> String {
    const ENOUGH: usize = 80;
    if text.chars().count() <= ENOUGH {
        return format!("{text:?}");
    }
    let start: String = text.chars().take(ENOUGH).collect();
    format!("{start:?}… ({} characters)", text.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_pointer_leads_back_to_its_node() {
        let document = json!({"a/b": [{"~c": 1}]});
        let node = Node::root(&document)
            .get("a/b")
            .items()
            .next()
            .unwrap()
            .get("~c");
        assert_eq!(node.pointer(), "/a~1b/0/~0c");
        assert_eq!(document.pointer(node.pointer()), node.value());
    }

    #[test]
    fn null_counts_as_absent() {
        assert!(
            Node::root(&json!({"cpu": null}))
                .get("cpu")
                .value()
                .is_none()
        );
    }

    #[test]
    fn a_whole_number_is_the_same_however_it_is_written() {
        assert_eq!(whole(&json!(256.0)), Some(256));
        assert_eq!(whole(&json!(256.5)), None);
        assert_eq!(whole(&json!(1e300)), None);
        assert_eq!(whole(&json!("256")), None);
    }
}
