//! The CI run that a version may carry.

use artifact_deploy::version::Run;
use pyo3::prelude::*;

use crate::failure::Result;

/// A CI run and its attempt, where two runs can share a second. Ordered by id, then attempt.
#[pyclass(
    frozen,
    eq,
    ord,
    hash,
    name = "Run",
    module = "artifact_deploy",
    from_py_object
)]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PyRun(pub(crate) Run);

#[pymethods]
impl PyRun {
    /// Attempt `attempt`, from 1, of the run `id`, from 1 to 2^53 - 1.
    #[new]
    #[pyo3(signature = (id, attempt=1))]
    fn new(id: u64, attempt: u32) -> Result<Self> {
        Ok(Self(Run::new(id, attempt)?))
    }

    /// The id of the run.
    #[getter]
    fn id(&self) -> u64 {
        self.0.id()
    }

    /// The attempt, from 1.
    #[getter]
    fn attempt(&self) -> u32 {
        self.0.attempt()
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("Run({}, {})", self.0.id(), self.0.attempt())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, (u64, u32)) {
        let run = slf.get().0;
        (slf.get_type().into_any(), (run.id(), run.attempt()))
    }
}
