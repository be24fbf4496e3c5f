//! Compares two normalized documents.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Change;
use crate::task_definition::node::escape;

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
    if let (Some(Value::Object(left)), Some(Value::Object(right))) = (before, after) {
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
