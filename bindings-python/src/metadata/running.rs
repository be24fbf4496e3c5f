//! What a running container knows of its image.

use artifact_deploy::metadata::{Commit, RunningImage};
use chrono::{DateTime, Utc};
use pyo3::prelude::*;

use super::PyBuildMetadata;
use crate::argument::Variables;
use crate::failure::Result;
use crate::json::{self, Object};

/// What a running container knows of its image, for an application's `/health` or `/version`.
#[pyclass(frozen, eq, name = "RunningImage", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PyRunningImage(RunningImage);

#[pymethods]
impl PyRunningImage {
    /// Reads the environment of this process (or `variables`). What is missing, empty or `unknown`
    /// is not known, which is no error.
    #[staticmethod]
    #[pyo3(signature = (variables=None))]
    fn from_environment(py: Python<'_>, variables: Option<Variables>) -> Result<Self> {
        let variables = Variables::or_environment(py, variables)?;
        Ok(Self(RunningImage::from_environment(&variables)?))
    }

    /// The tag that was deployed.
    #[getter]
    fn tag(&self) -> Option<String> {
        self.0.tag().map(ToString::to_string)
    }

    /// The digest that was deployed.
    #[getter]
    fn digest(&self) -> Option<String> {
        self.0.digest().map(ToString::to_string)
    }

    /// The commit that was built.
    #[getter]
    fn commit(&self) -> Option<&str> {
        self.0.commit().map(Commit::as_str)
    }

    /// When it was built, UTC, whole seconds.
    #[getter]
    fn build_time(&self) -> Option<DateTime<Utc>> {
        self.0.build_time()
    }

    /// The build metadata, where at least the commit and the build time are known.
    #[getter]
    fn metadata(&self) -> Option<PyBuildMetadata> {
        self.0.metadata().map(PyBuildMetadata)
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<RunningImage> {
        Object(self.0.clone())
    }

    /// The one JSON form, as text.
    fn to_json(&self) -> Result<String> {
        json::text(&self.0)
    }

    fn __repr__(&self) -> Result<String> {
        Ok(format!("RunningImage({})", self.to_json()?))
    }
}
