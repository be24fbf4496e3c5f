//! A registry in memory.

use pyo3::prelude::*;

use super::Registry;
use crate::failure::Result;

/// A registry in memory, for tests and demonstrations.
#[pyclass(
    frozen,
    name = "MemoryRegistry",
    module = "artifact_deploy"
)]
pub(crate) struct PyMemoryRegistry(Registry);

#[pymethods]
impl PyMemoryRegistry {}

impl PyMemoryRegistry {
    pub(super) fn share(&self) -> Registry {
        self.0.clone()
    }
}
