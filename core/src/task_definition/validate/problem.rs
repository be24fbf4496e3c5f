//! One problem, and the list of them.

use std::fmt;

use serde::Serialize;

use crate::harmless::escaped;
use crate::task_definition::node::Node;

/// Something in a task definition that ECS would refuse.
///
/// JSON: `{"pointer", "problem", "expected"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    pointer: String,
    #[serde(rename = "problem")]
    what: String,
    expected: String,
}

impl Problem {
    /// Where it is: a JSON pointer (RFC 6901), empty for the document as a whole.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What is wrong there.
    pub fn problem(&self) -> &str {
        &self.what
    }

    /// What would be right.
    pub fn expected(&self) -> &str {
        &self.expected
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A label or option may have any name.
        let place = match self.pointer.as_str() {
            "" => "the document".to_owned(),
            pointer => escaped(pointer),
        };
        write!(f, "{place} {}; expected {}", self.what, self.expected)
    }
}

/// The problems found so far.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<Problem>);

impl Problems {
    /// Adds a problem: `{place} {problem}; expected {expected}` reads as a sentence.
    pub(super) fn add(
        &mut self,
        node: &Node<'_>,
        problem: impl Into<String>,
        expected: impl Into<String>,
    ) {
        self.0.push(Problem {
            pointer: node.pointer().to_owned(),
            what: problem.into(),
            expected: expected.into(),
        });
    }

    pub(super) fn into_list(self) -> Vec<Problem> {
        self.0
    }
}
