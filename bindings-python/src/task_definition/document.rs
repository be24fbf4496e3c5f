//! The document.

use artifact_deploy::task_definition::TaskDefinition;
use pyo3::prelude::*;

use super::{PyProblem, PyTaskDefinitionDiff};
use crate::failure::Result;
use crate::json::{Object, ObjectArgument};

/// A task definition: what ECS `RegisterTaskDefinition` takes, kept as the JSON that it came as.
///
/// The order of members, and members that this library has never heard of, survive.
#[pyclass(frozen, eq, name = "TaskDefinition", module = "artifact_deploy")]
#[derive(Clone, PartialEq)]
pub(crate) struct PyTaskDefinition(pub(super) TaskDefinition);

#[pymethods]
impl PyTaskDefinition {
    /// Reads JSON text, or takes a `dict`: what `RegisterTaskDefinition` takes, what
    /// `DescribeTaskDefinition` returns, or `{"taskDefinition": …}`.
    ///
    /// Parsing does not judge the content: `validate` does, and rendering does.
    #[staticmethod]
    fn parse(document: ObjectArgument) -> Result<Self> {
        Ok(Self(TaskDefinition::parse(&document.0)?))
    }

    /// The family, where it has one.
    #[getter]
    fn family(&self) -> Option<&str> {
        self.0.family()
    }

    /// The names of the containers, in their order.
    #[getter]
    fn container_names(&self) -> Vec<&str> {
        self.0.container_names()
    }

    /// All that ECS would refuse, as far as the published rules tell; empty when nothing is wrong.
    fn validate(&self) -> Vec<PyProblem> {
        self.0.validate().into_iter().map(PyProblem).collect()
    }

    /// What differs for ECS when `after` takes the place of this one.
    fn diff(&self, after: PyRef<'_, Self>) -> PyTaskDefinitionDiff {
        PyTaskDefinitionDiff(TaskDefinition::diff(&self.0, &after.0))
    }

    /// The document, as Python values.
    fn to_dict(&self) -> Object<TaskDefinition> {
        Object(self.0.clone())
    }

    /// The document as JSON text: on one line, or with `pretty=True` for files that people read.
    #[pyo3(signature = (*, pretty=false))]
    fn to_json(&self, pretty: bool) -> String {
        if pretty {
            self.0.to_json_pretty()
        } else {
            self.0.to_json()
        }
    }

    /// Leaves the content out: an environment may hold secrets.
    fn __repr__(&self) -> String {
        let family = self.0.family().unwrap_or_default();
        format!(
            "TaskDefinition(family={family:?}, containers={:?})",
            self.0.container_names()
        )
    }
}
