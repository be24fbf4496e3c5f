//! The proof of passing the gate.

use artifact_deploy::gate::VerifiedImage;
use pyo3::prelude::*;

/// An image that passed the gate. Nothing else makes one: it cannot be constructed, read from JSON
/// or unpickled.
#[pyclass(
    frozen,
    name = "VerifiedImage",
    module = "artifact_deploy",
    skip_from_py_object
)]
#[derive(Clone)]
pub(crate) struct PyVerifiedImage(pub(crate) VerifiedImage);

#[pymethods]
impl PyVerifiedImage {
    /// The pinned reference, `repository@sha256:…`: what a task definition takes.
    #[getter]
    fn reference(&self) -> String {
        self.0.reference()
    }

    /// The repository with its host.
    #[getter]
    fn repository(&self) -> String {
        self.0.repository().to_string()
    }

    /// The tag that led to it.
    #[getter]
    fn tag(&self) -> Option<String> {
        self.0.tag().map(ToString::to_string)
    }

    /// The digest that it is pinned by.
    #[getter]
    fn digest(&self) -> &str {
        self.0.digest().as_str()
    }

    /// The digests of the platform manifests, when it is an index.
    #[getter]
    fn children(&self) -> Vec<String> {
        self.0.children().iter().map(ToString::to_string).collect()
    }

    /// What it runs on, as far as that is known.
    #[getter]
    fn platforms(&self) -> Vec<String> {
        self.0.platforms().iter().map(ToString::to_string).collect()
    }
}
