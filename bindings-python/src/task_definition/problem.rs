//! One thing that ECS would refuse.

use artifact_deploy::task_definition::Problem;
use pyo3::prelude::*;

use crate::json::Object;

/// Something in a task definition that ECS would refuse.
#[pyclass(frozen, eq, name = "Problem", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PyProblem(pub(crate) Problem);

#[pymethods]
impl PyProblem {
    /// Where it is: a JSON pointer, empty for the document as a whole.
    #[getter]
    fn pointer(&self) -> &str {
        self.0.pointer()
    }

    /// What is wrong there.
    #[getter]
    fn problem(&self) -> &str {
        self.0.problem()
    }

    /// What would be right.
    #[getter]
    fn expected(&self) -> &str {
        self.0.expected()
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<Problem> {
        Object(self.0.clone())
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("Problem({:?})", self.0.to_string())
    }
}
