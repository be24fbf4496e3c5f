//! What an image runs on.

use artifact_deploy::image::Platform;
use pyo3::prelude::*;

use crate::argument::Text;

/// Operating system and CPU, written `os/architecture[/variant]`: `linux/arm64/v8`.
#[pyclass(frozen, eq, hash, name = "Platform", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct PyPlatform(pub(crate) Platform);

#[pymethods]
impl PyPlatform {
    /// Reads a platform; anything else is an `InvalidPlatformError`.
    #[new]
    fn new(text: Text<Platform>) -> Self {
        Self(text.0)
    }

    /// The operating system as Go names it: `linux`, `windows`.
    #[getter]
    fn os(&self) -> &str {
        self.0.os()
    }

    /// The CPU architecture as Go names it: `amd64`, `arm64`.
    #[getter]
    fn architecture(&self) -> &str {
        self.0.architecture()
    }

    /// The CPU variant: `v8`.
    #[getter]
    fn variant(&self) -> Option<&str> {
        self.0.variant()
    }

    /// Whether an image of this platform serves where `wanted` is asked for.
    fn matches(&self, wanted: Text<Platform>) -> bool {
        self.0.matches(&wanted.0)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("Platform({:?})", self.0.to_string())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, (String,)) {
        (slf.get_type().into_any(), (slf.get().0.to_string(),))
    }
}
