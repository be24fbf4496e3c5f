//! Services as documents.

use artifact_deploy::ErrorKind;
use artifact_deploy::service::{ServiceDocument, ServiceSpec, UpdateRequest};
use pyo3::prelude::*;
use serde_json::Value;

use crate::failure::Result;
use crate::json::{Object, ObjectArgument};
use crate::task_definition::{PyProblem, PyTaskDefinitionDiff};

/// A service: what ECS `CreateService` takes, kept as the JSON that it came as.
#[pyclass(frozen, name = "ServiceDocument", module = "artifact_deploy")]
#[derive(Clone)]
pub(crate) struct PyServiceDocument(ServiceDocument);

#[pymethods]
impl PyServiceDocument {
    /// Reads JSON text, or takes a `dict`: what `CreateService` takes, what `DescribeServices`
    /// returns, or `{"service": …}`.
    #[staticmethod]
    fn parse(document: ObjectArgument) -> Result<Self> {
        Ok(Self(ServiceDocument::parse(&document.0)?))
    }

    /// The name, where it has one.
    #[getter]
    fn name(&self) -> Option<&str> {
        self.0.name()
    }

    /// All that ECS would refuse, as far as the published rules tell.
    fn validate(&self) -> Vec<PyProblem> {
        self.0.validate().into_iter().map(PyProblem).collect()
    }

    /// A copy with `changes`: `{"taskDefinition"?, "desiredCount"?, "deploymentConfiguration"?,
    /// "circuitBreaker"?, "enableExecuteCommand"?, "serviceConnectConfiguration"?}`.
    fn render(&self, changes: ObjectArgument) -> Result<Self> {
        let changes: Value = changes.read(ErrorKind::InvalidArgument, "the changes")?;
        Ok(Self(self.0.render(&ServiceSpec::from_value(changes)?)?))
    }

    /// What differs for ECS when `after` takes the place of this one.
    fn diff(&self, after: PyRef<'_, Self>) -> PyTaskDefinitionDiff {
        PyTaskDefinitionDiff(ServiceDocument::diff(&self.0, &after.0))
    }

    /// `{"request"?, "unchangeable"}`: what `UpdateService` has to be told to make this of `live`,
    /// and what it cannot change.
    fn update(&self, live: PyRef<'_, Self>) -> Object<UpdateRequest> {
        Object(self.0.update(&live.0))
    }

    /// The document, as Python values.
    fn to_dict(&self) -> Object<Value> {
        Object(self.0.as_value().clone())
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

    fn __repr__(&self) -> String {
        format!(
            "ServiceDocument(name={:?})",
            self.0.name().unwrap_or_default()
        )
    }
}
