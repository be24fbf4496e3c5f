//! The document.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::normalize::normalize;
use super::render::render;
use super::spec::ServiceSpec;
use super::unwrap::unwrap;
use super::update::UpdateRequest;
use super::validate::validate;
use crate::document::{DocumentDiff, Node, Problem, parse_strictly};
use crate::{Error, ErrorKind, Result};

/// A service: the input of ECS CreateService, kept as the JSON that it came as.
///
/// The order of members, and members that this library has never heard of, survive. Parsing does not
/// judge the content: [`validate`](Self::validate) does, and rendering does.
///
/// ```
/// use artifact_deploy::service::{ServiceDocument, ServiceSpec};
///
/// let live = ServiceDocument::parse(
///     r#"{"serviceName": "api", "desiredCount": 2, "status": "ACTIVE", "somethingNew": {}}"#,
/// )?;
/// let wanted = live.render(&ServiceSpec::new().enable_execute_command(true))?;
/// assert_eq!(
///     wanted.update(&live).to_json(),
///     r#"{"service":"api","enableExecuteCommand":true}"#
/// );
/// # Ok::<(), artifact_deploy::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct ServiceDocument {
    document: Value,
}

impl ServiceDocument {
    /// Reads JSON text: the input of CreateService, a service as DescribeServices returns it, or either
    /// wrapped as `{"service": …}` or as the only one of `{"services": […]}`.
    ///
    /// Of what ECS returns, members that are output only are removed, and those that ECS tells in the
    /// `PRIMARY` deployment alone (Service Connect, volumes, VPC Lattice) are taken from there. So are
    /// tags that AWS set itself (`aws:…`).
    ///
    /// # Errors
    /// `InvalidService` when the text is not JSON, when an object has a member twice, when a number
    /// cannot be carried exactly, or when it is none of these forms; with `{"line", "column",
    /// "pointer"}` in the details as far as they are known.
    pub fn parse(text: &str) -> Result<Self> {
        let value = parse_strictly(text, ErrorKind::InvalidService, "the service document")?;
        Self::from_value(value)
    }

    /// Takes JSON that is parsed already, in one of the forms of [`parse`](Self::parse).
    ///
    /// # Errors
    /// `InvalidService` when it is none of them.
    pub fn from_value(value: Value) -> Result<Self> {
        unwrap(value).map(|document| Self { document })
    }

    /// The document.
    pub fn as_value(&self) -> &Value {
        &self.document
    }

    /// The document as JSON text on one line: the body of a CreateService request.
    pub fn to_json(&self) -> String {
        self.document.to_string()
    }

    /// The document as indented JSON text, for files that people read.
    pub fn to_json_pretty(&self) -> String {
        format!("{:#}", self.document)
    }

    /// The name of the service, where it has one.
    pub fn name(&self) -> Option<&str> {
        Node::root(&self.document).get("serviceName").text()
    }

    /// All that ECS would refuse or could never carry out, as far as the published rules tell; empty
    /// when nothing is wrong.
    ///
    /// Members and values that this library does not know are passed over.
    pub fn validate(&self) -> Vec<Problem> {
        validate(&self.document)
    }

    /// Puts the changes of `spec` into a copy; nothing else changes.
    ///
    /// # Errors
    /// `InvalidService` with `{"problems": […]}` when ECS would refuse the result.
    pub fn render(&self, spec: &ServiceSpec) -> Result<Self> {
        render(&self.document, spec).map(|document| Self { document })
    }

    /// What differs between `before` and `after` for ECS.
    pub fn diff(before: &Self, after: &Self) -> DocumentDiff {
        DocumentDiff::between(&normalize(&before.document), &normalize(&after.document))
    }

    /// What UpdateService has to be told so that the service `live` becomes this one.
    pub fn update(&self, live: &Self) -> UpdateRequest {
        UpdateRequest::between(&live.document, &self.document)
    }
}

impl FromStr for ServiceDocument {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

impl Serialize for ServiceDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.document.serialize(serializer)
    }
}

/// Leaves the content out: the options of a log driver may hold secrets, and debug output ends in
/// logs.
impl fmt::Debug for ServiceDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceDocument")
            .field("name", &self.name())
            .finish_non_exhaustive()
    }
}
