//! One problem, and the list of them.

use std::fmt;
use std::ops::RangeInclusive;

use serde::Serialize;
use serde_json::json;

use super::node::Node;
use crate::harmless::escaped;
use crate::{Error, ErrorKind};

/// Something in a document that ECS would refuse.
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
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    /// Adds a problem: `{place} {problem}; expected {expected}` reads as a sentence.
    pub(crate) fn add(
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

    /// A whole number outside `range` is a problem.
    pub(crate) fn within(&mut self, node: &Node<'_>, range: RangeInclusive<i64>) {
        let Some(number) = node.whole() else { return };
        if !range.contains(&number) {
            let (least, most) = range.into_inner();
            self.add(node, format!("is {number}"), format!("{least} to {most}"));
        }
    }

    /// A list of more than `most` items is a problem.
    pub(crate) fn at_most(&mut self, node: &Node<'_>, most: usize) {
        if node.len() > most {
            let length = node.len();
            self.add(
                node,
                format!("has {length} items"),
                format!("at most {most}"),
            );
        }
    }

    pub(crate) fn into_list(self) -> Vec<Problem> {
        self.0
    }
}

/// The error that carries all problems, in its details as `{"problems": […]}`. `what` begins the
/// message: `the task definition`; `which` says what kind of problems they are.
pub(crate) fn refusal(kind: ErrorKind, what: &str, which: &str, problems: &[Problem]) -> Error {
    let mut lines = String::new();
    for problem in problems {
        lines.push_str("\n  ");
        lines.push_str(&problem.to_string());
    }
    let many = if problems.len() == 1 { "" } else { "s" };
    Error::new(
        kind,
        format!(
            "{what} has {} problem{many} {which}:{lines}",
            problems.len()
        ),
    )
    .with_details(json!({ "problems": problems }))
}
