//! One check of the gate and what came of it.

use artifact_deploy::gate::Check;
use pyo3::prelude::*;

use crate::json::Object;

/// One check, what came of it, and why.
#[pyclass(frozen, eq, name = "Check", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PyCheck(pub(super) Check);

#[pymethods]
impl PyCheck {
    /// Which check it is: `exists`, `manifest-digest`, …
    #[getter]
    fn name(&self) -> &'static str {
        self.0.name().as_str()
    }

    /// What came of it: `pass`, `fail`, `warn` or `skip`.
    #[getter]
    fn outcome(&self) -> &'static str {
        self.0.outcome().as_str()
    }

    /// Why, in words.
    #[getter]
    fn reason(&self) -> &str {
        self.0.reason()
    }

    /// The code of the error that it stands for, when it failed or warns.
    #[getter]
    fn code(&self) -> Option<&'static str> {
        self.0.kind().map(artifact_deploy::ErrorKind::code)
    }

    /// What would have held, where that can be said in a word.
    #[getter]
    fn expected(&self) -> Option<&str> {
        self.0.expected()
    }

    /// What was seen instead.
    #[getter]
    fn actual(&self) -> Option<&str> {
        self.0.actual()
    }

    /// What to do, when it failed or warns.
    #[getter]
    fn advice(&self) -> Option<&str> {
        self.0.advice()
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<Check> {
        Object(self.0.clone())
    }

    fn __repr__(&self) -> String {
        format!("Check({:?}, {:?})", self.name(), self.outcome())
    }
}
