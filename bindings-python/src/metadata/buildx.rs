//! What `docker buildx` says that it built.

use artifact_deploy::metadata::{BuildxMetadata, BuiltImage};
use pyo3::prelude::*;

use crate::failure::Result;
use crate::image::PyDescriptor;
use crate::json::{self, Object};

/// The file that `docker buildx build --metadata-file` or `bake --metadata-file` wrote.
#[pyclass(frozen, eq, name = "BuildxMetadata", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PyBuildxMetadata(BuildxMetadata);

#[pymethods]
impl PyBuildxMetadata {
    /// Reads the bytes of the file.
    #[staticmethod]
    fn parse(content: &[u8]) -> Result<Self> {
        Ok(Self(BuildxMetadata::parse(content)?))
    }

    /// The names of the bake targets; empty for the file of a single build.
    #[getter]
    fn targets(&self) -> Vec<&str> {
        self.0.targets()
    }

    /// The image of a bake target, or without a name the only image there is.
    #[pyo3(signature = (target=None))]
    fn image(&self, target: Option<&str>) -> Result<PyBuiltImage> {
        Ok(PyBuiltImage(self.0.image(target)?))
    }

    fn __repr__(&self) -> String {
        format!("BuildxMetadata(targets={:?})", self.0.targets())
    }
}

/// One image that was built and pushed.
#[pyclass(frozen, eq, name = "BuiltImage", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PyBuiltImage(BuiltImage);

#[pymethods]
impl PyBuiltImage {
    /// The digest that the pushed tag leads to: what the gate should expect.
    #[getter]
    fn digest(&self) -> &str {
        self.0.digest().as_str()
    }

    /// The names that it was pushed as, as buildx wrote them.
    #[getter]
    fn names(&self) -> Vec<String> {
        self.0.names().to_vec()
    }

    /// Media type, digest and size of what was pushed, where buildx tells them.
    #[getter]
    fn descriptor(&self) -> Option<PyDescriptor> {
        self.0.descriptor().cloned().map(PyDescriptor)
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<BuiltImage> {
        Object(self.0.clone())
    }

    /// The one JSON form, as text.
    fn to_json(&self) -> Result<String> {
        json::text(&self.0)
    }

    fn __repr__(&self) -> String {
        format!("BuiltImage('{}')", self.0.digest())
    }
}
