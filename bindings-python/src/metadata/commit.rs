//! The name of a commit.

use artifact_deploy::metadata::Commit;
use pyo3::prelude::*;

use crate::argument::Text;

/// The object name of a commit: 40 hexadecimal digits, 64, or an abbreviation of at least eight.
#[pyclass(frozen, eq, hash, name = "Commit", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct PyCommit(pub(crate) Commit);

#[pymethods]
impl PyCommit {
    /// Reads a commit; anything else is an `InvalidCommitError`.
    #[new]
    fn new(text: Text<Commit>) -> Self {
        Self(text.0)
    }

    /// The first eight digits.
    #[getter]
    fn short(&self) -> &str {
        self.0.short()
    }

    /// Whether both can name the same commit: one begins with the other.
    fn matches(&self, other: Text<Commit>) -> bool {
        self.0.matches(&other.0)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("Commit({:?})", self.0.as_str())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, (String,)) {
        (slf.get_type().into_any(), (slf.get().0.to_string(),))
    }
}
