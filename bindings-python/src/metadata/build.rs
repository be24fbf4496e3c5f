//! Where an image comes from.

use artifact_deploy::ErrorKind;
use artifact_deploy::metadata::BuildMetadata;
use pyo3::prelude::*;

use crate::failure::Result;
use crate::json::{self, ObjectArgument};

/// Where an image comes from.
#[pyclass(
    frozen,
    eq,
    name = "BuildMetadata",
    module = "artifact_deploy",
    from_py_object
)]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PyBuildMetadata(pub(crate) BuildMetadata);

#[pymethods]
impl PyBuildMetadata {
    /// Reads the one JSON form.
    #[staticmethod]
    fn from_json(value: ObjectArgument) -> Result<Self> {
        json::read(&value.0, ErrorKind::InvalidMetadata, "build metadata").map(Self)
    }
}
