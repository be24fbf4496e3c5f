//! Where something is deployed.

use artifact_deploy::version::{Environment, RepositoryLayout};
use pyo3::prelude::*;

use crate::argument::{Layout, Text};
use crate::failure::Result;

/// Where something is deployed: `pr-51`, `staging`, `production`.
///
/// Lower case, `[a-z0-9]+(-[a-z0-9]+)*`, at most 63 characters: a DNS label.
#[pyclass(
    frozen,
    eq,
    ord,
    hash,
    name = "Environment",
    module = "artifact_deploy",
    from_py_object
)]
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PyEnvironment(pub(crate) Environment);

#[pymethods]
impl PyEnvironment {
    /// The environment of this name, which is taken as it is or refused (`INVALID_ENVIRONMENT`).
    #[new]
    fn new(name: Text<Environment>) -> Self {
        Self(name.0)
    }

    /// The environment of a branch. When characters were replaced or cut, a short hash of the
    /// branch is appended, so that two branches never share one.
    #[staticmethod]
    fn from_branch(branch: &str) -> Result<Self> {
        Ok(Self(Environment::from_branch(branch)?))
    }

    /// The environment of a pull request: `pr-51`.
    #[staticmethod]
    fn for_pull_request(number: u64) -> Result<Self> {
        Ok(Self(Environment::for_pull_request(number)?))
    }

    /// The name as text.
    #[getter]
    fn name(&self) -> &str {
        self.0.as_str()
    }

    /// The moving tag, `pr-51-latest`; with `layout="per-environment"` it is `latest`. For people:
    /// a deployment never depends on it.
    #[pyo3(signature = (*, layout=Layout(RepositoryLayout::Shared)))]
    fn alias(&self, layout: Layout) -> String {
        layout.0.alias(&self.0).to_string()
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("Environment({:?})", self.0.as_str())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, (String,)) {
        (slf.get_type().into_any(), (slf.get().0.to_string(),))
    }
}
