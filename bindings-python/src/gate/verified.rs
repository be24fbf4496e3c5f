//! The proof of passing the gate.

use std::hash::{DefaultHasher, Hash, Hasher};

use artifact_deploy::gate::VerifiedImage;
use artifact_deploy::image::Digest;
use pyo3::prelude::*;

use super::PyGateReport;
use crate::argument::{Text, Unobtainable};
use crate::failure::Result;
use crate::json::{self, Object};
use crate::metadata::PyBuildMetadata;

/// An image that passed the gate. Nothing else makes one: it cannot be constructed, read from JSON
/// or unpickled.
#[pyclass(frozen, name = "VerifiedImage", module = "artifact_deploy")]
#[derive(Clone)]
pub(crate) struct PyVerifiedImage(pub(crate) VerifiedImage);

#[pymethods]
impl PyVerifiedImage {
    /// Only the gate makes one: call `resolve_image`.
    #[new]
    fn new(proof: Unobtainable) -> Self {
        match proof {}
    }

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

    /// The media type of the manifest.
    #[getter]
    fn media_type(&self) -> Option<&str> {
        self.0.media_type()
    }

    /// Whether a running container with `digest` runs this image: the index or one of its images.
    fn has_digest(&self, digest: Text<Digest>) -> bool {
        self.0.has_digest(&digest.0)
    }

    /// How it passed, check by check.
    #[getter]
    fn report(&self) -> PyGateReport {
        PyGateReport(self.0.report().clone())
    }

    /// Where it says that it comes from: its labels, when its configuration was read.
    #[getter]
    fn metadata(&self) -> Option<PyBuildMetadata> {
        self.0.metadata().cloned().map(PyBuildMetadata)
    }

    /// The one JSON form, as Python values. It is never read back.
    fn to_dict(&self) -> Object<VerifiedImage> {
        Object(self.0.clone())
    }

    /// The one JSON form, as text. It is never read back.
    fn to_json(&self) -> Result<String> {
        json::text(&self.0)
    }

    /// Equal when pinned to the same bytes of the same repository, whatever tag led there.
    fn __eq__(&self, other: PyRef<'_, Self>) -> bool {
        self.0.reference() == other.0.reference()
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.0.reference().hash(&mut hasher);
        hasher.finish()
    }

    fn __str__(&self) -> String {
        self.0.reference()
    }

    fn __repr__(&self) -> String {
        format!("VerifiedImage({:?})", self.0.reference())
    }
}
