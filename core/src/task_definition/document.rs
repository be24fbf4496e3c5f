//! The document.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::TaskDefinitionDiff;
use super::normalize::normalize;
use super::render::render;
use super::rendered::RenderedTaskDefinition;
use super::spec::RenderSpec;
use super::validate::validate;
use super::wrapping::unwrap;
use crate::document::{Node, Problem, parse_strictly};
use crate::{Error, ErrorKind, Result};

/// A task definition: the input of ECS `RegisterTaskDefinition`, kept as the JSON that it came as.
///
/// The order of members, and members that this library has never heard of, survive. Parsing does
/// not judge the content: [`validate`](Self::validate) does, and rendering does.
///
/// ```
/// use artifact_deploy::task_definition::TaskDefinition;
///
/// let text = r#"{"taskDefinition": {"family": "app", "revision": 7, "somethingNew": {}}, "tags": []}"#;
/// let document = TaskDefinition::parse(text)?;
/// assert_eq!(document.to_json(), r#"{"family":"app","somethingNew":{},"tags":[]}"#);
/// # Ok::<(), artifact_deploy::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct TaskDefinition {
    document: Value,
}

impl TaskDefinition {
    /// Reads JSON text in one of three forms: the input of `RegisterTaskDefinition`, the output of
    /// `DescribeTaskDefinition` (its output-only members are removed, the `tags` beside it kept, but
    /// for those that AWS set itself and takes from nobody, `aws:…`), or `{"taskDefinition": …}` alone or
    /// with `tags`.
    ///
    /// # Errors
    /// `InvalidTaskDefinition` when the text is not JSON, when an object has a member twice, when a
    /// number cannot be carried exactly, or when it is none of the three forms; with
    /// `{"line", "column", "pointer"}` in the details as far as they are known.
    pub fn parse(text: &str) -> Result<Self> {
        Self::from_value(parse_strictly(
            text,
            ErrorKind::InvalidTaskDefinition,
            "the task definition",
        )?)
    }

    /// Takes JSON that is parsed already, in one of the forms of [`parse`](Self::parse).
    ///
    /// # Errors
    /// `InvalidTaskDefinition` when it is none of the three forms.
    pub fn from_value(value: Value) -> Result<Self> {
        unwrap(value).map(|document| Self { document })
    }

    /// The document.
    pub fn as_value(&self) -> &Value {
        &self.document
    }

    /// The document, without a copy.
    pub fn into_value(self) -> Value {
        self.document
    }

    /// The document as JSON text on one line.
    pub fn to_json(&self) -> String {
        self.document.to_string()
    }

    /// The document as indented JSON text, for files that people read.
    pub fn to_json_pretty(&self) -> String {
        format!("{:#}", self.document)
    }

    /// The family, where it has one.
    pub fn family(&self) -> Option<&str> {
        Node::root(&self.document).get("family").text()
    }

    /// The names of the containers, in their order.
    pub fn container_names(&self) -> Vec<&str> {
        self.containers()
            .filter_map(|container| container.get("name").text())
            .collect()
    }

    /// All that ECS would refuse, as far as the published rules tell; empty when nothing is wrong.
    ///
    /// Members and values that this library does not know are passed over.
    pub fn validate(&self) -> Vec<Problem> {
        validate(&self.document)
    }

    /// Puts verified images and the other changes of `spec` into a copy; nothing else changes.
    ///
    /// # Errors
    /// `InvalidArgument` when the changes contradict each other, or name no container where there
    /// are several; `ContainerNotFound`; `SecretCollision`; `PlatformMismatch`;
    /// `InvalidTaskDefinition` with `{"problems": […]}` when ECS would refuse the result.
    pub fn render(&self, spec: &RenderSpec) -> Result<RenderedTaskDefinition> {
        render(self, spec)
    }

    /// What differs between `before` and `after` for ECS.
    pub fn diff(before: &Self, after: &Self) -> TaskDefinitionDiff {
        TaskDefinitionDiff::between(&normalize(&before.document), &normalize(&after.document))
    }

    pub(super) fn containers(&self) -> impl Iterator<Item = Node<'_>> {
        Node::root(&self.document)
            .get("containerDefinitions")
            .items()
    }

    /// A document that a render made out of one that was parsed.
    pub(super) fn from_rendered(document: Value) -> Self {
        Self { document }
    }
}

impl FromStr for TaskDefinition {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

impl Serialize for TaskDefinition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.document.serialize(serializer)
    }
}

/// Leaves the content out: an environment may hold secrets, and debug output ends in logs.
impl fmt::Debug for TaskDefinition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskDefinition")
            .field("family", &self.family())
            .field("containers", &self.container_names())
            .finish_non_exhaustive()
    }
}
