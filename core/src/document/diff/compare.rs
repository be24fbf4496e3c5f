//! Compares two normalized documents.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Change;
use crate::document::node::escape;

/// Members whose absence is the same as none of their entries: each entry is told by itself.
const MAPS: [&str; 7] = [
    "environment",
    "secrets",
    "secretOptions",
    "tags",
    "dockerLabels",
    "options",
    "volumes",
];

/// All differences, by path.
pub(super) fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let mut found = Vec::new();
    compare("", Some(before), Some(after), &mut found);
    found
}

fn compare(path: &str, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Change>) {
    if before == after {
        return;
    }
    let empty = Value::Object(Map::new());
    let is_map = path
        .rsplit('/')
        .next()
        .is_some_and(|name| MAPS.contains(&name));
    let (left, right) = match (before, after) {
        (Some(left @ Value::Object(_)), None) if is_map && *left != empty => (left, &empty),
        (None, Some(right @ Value::Object(_))) if is_map && *right != empty => (&empty, right),
        (before, after) => (
            before.unwrap_or(&Value::Null),
            after.unwrap_or(&Value::Null),
        ),
    };
    if let (Value::Object(left), Value::Object(right)) = (left, right) {
        let names: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
        for name in names {
            let path = format!("{path}/{}", escape(name));
            compare(&path, left.get(name), right.get(name), found);
        }
        return;
    }
    found.push(Change {
        path: path.to_owned(),
        before: before.cloned(),
        after: after.cloned(),
    });
}
