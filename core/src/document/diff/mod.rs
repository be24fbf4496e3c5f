//! What differs between two documents for ECS.

mod compare;
mod secrecy;
mod text;

use std::fmt;

use serde::Serialize;
use serde_json::Value;

/// The differences between two documents that mean something to ECS.
///
/// The order of containers, environment, secrets, tags and other lists whose order means nothing,
/// members that only repeat a default, and empty ones make no difference.
///
/// JSON: `{"changes": [{"path", "before", "after"}]}`, with values as they are: an environment may
/// hold secrets, so do not log it. The text form, by [`Display`](fmt::Display), is for people and
/// logs: it hides values whose name looks secret, and passwords in URLs.
#[derive(Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DocumentDiff {
    changes: Vec<Change>,
}

impl DocumentDiff {
    /// Compares two documents in their normal form.
    pub(crate) fn between(before: &Value, after: &Value) -> Self {
        Self {
            changes: compare::changes(before, after),
        }
    }

    /// The differences, in the order of their paths.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Whether both mean the same to ECS.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// The text form. It ends without a line break; no difference is `no difference`.
impl fmt::Display for DocumentDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::write(f, &self.changes)
    }
}

/// The text form: values that look secret stay out of logs.
impl fmt::Debug for DocumentDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DocumentDiff({self})")
    }
}

/// One difference.
///
/// JSON: `{"path", "before", "after"}`; a side that does not have it is left out.
#[derive(Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Value>,
}

impl Change {
    /// Where: as a JSON pointer, with names in the place of indices, such as
    /// `/containerDefinitions/app/environment/LOG_LEVEL`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What stood there, in normalized form: named lists as objects, no defaults.
    pub fn before(&self) -> Option<&Value> {
        self.before.as_ref()
    }

    /// What stands there now, in normalized form.
    pub fn after(&self) -> Option<&Value> {
        self.after.as_ref()
    }
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Change({})", self.path)
    }
}
