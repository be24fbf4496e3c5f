//! What differs between two documents for ECS.

use artifact_deploy::task_definition::{Change, TaskDefinitionDiff};
use pyo3::prelude::*;

use crate::failure::Result;
use crate::json::{self, Json, Object};

/// The differences between two task definitions that mean something to ECS.
///
/// `str(diff)` is for people and logs: it hides values whose name looks secret. The JSON form has
/// all values as they are.
#[pyclass(frozen, eq, name = "TaskDefinitionDiff", module = "artifact_deploy")]
#[derive(Clone, PartialEq)]
pub(crate) struct PyTaskDefinitionDiff(pub(crate) TaskDefinitionDiff);

#[pymethods]
impl PyTaskDefinitionDiff {
    /// The differences, in the order of their paths.
    #[getter]
    fn changes(&self) -> Vec<PyChange> {
        self.0.changes().iter().cloned().map(PyChange).collect()
    }

    /// Whether both mean the same to ECS.
    #[getter]
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there is a difference.
    fn __bool__(&self) -> bool {
        !self.0.is_empty()
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<TaskDefinitionDiff> {
        Object(self.0.clone())
    }

    /// The one JSON form, as text.
    fn to_json(&self) -> Result<String> {
        json::text(&self.0)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("TaskDefinitionDiff({} changes)", self.0.changes().len())
    }
}

/// One difference.
#[pyclass(frozen, eq, name = "Change", module = "artifact_deploy")]
#[derive(Clone, PartialEq)]
pub(crate) struct PyChange(Change);

#[pymethods]
impl PyChange {
    /// Where: a JSON pointer, with names in the place of indices.
    #[getter]
    fn path(&self) -> &str {
        self.0.path()
    }

    /// What stood there; `None` when nothing did.
    #[getter]
    fn before(&self) -> Json<Option<serde_json::Value>> {
        Json(self.0.before().cloned())
    }

    /// What stands there now; `None` when nothing does.
    #[getter]
    fn after(&self) -> Json<Option<serde_json::Value>> {
        Json(self.0.after().cloned())
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<Change> {
        Object(self.0.clone())
    }

    fn __repr__(&self) -> String {
        format!("Change({:?})", self.0.path())
    }
}
