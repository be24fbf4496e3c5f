//! The full name of an image.

use artifact_deploy::image::{Digest, ImageReference, ReferenceParts};
use pyo3::prelude::*;

use super::PyRepository;
use crate::argument::Text;
use crate::failure::Result;
use crate::json::{self, Object};

/// A repository with a tag, a digest, both or neither: `my/app:pr-51-latest@sha256:…`.
///
/// *Pinned* means: with a digest. Only that names the same bytes for ever.
#[pyclass(frozen, eq, hash, name = "ImageReference", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct PyImageReference(pub(crate) ImageReference);

#[pymethods]
impl PyImageReference {
    /// Reads a reference; anything else is an `InvalidReferenceError`.
    #[new]
    fn new(text: Text<ImageReference>) -> Self {
        Self(text.0)
    }

    /// The repository.
    #[getter]
    fn repository(&self) -> PyRepository {
        PyRepository(self.0.repository().clone())
    }

    /// The tag.
    #[getter]
    fn tag(&self) -> Option<String> {
        self.0.tag().map(ToString::to_string)
    }

    /// The digest.
    #[getter]
    fn digest(&self) -> Option<String> {
        self.0.digest().map(ToString::to_string)
    }

    /// Whether it has a digest.
    #[getter]
    fn is_pinned(&self) -> bool {
        self.0.is_pinned()
    }

    /// `repository@digest`, or `None` when it has no digest.
    fn pinned(&self) -> Option<Self> {
        self.0.pinned().map(Self)
    }

    /// `repository@digest` with this digest.
    fn pinned_to(&self, digest: Text<Digest>) -> Self {
        Self(self.0.pinned_to(&digest.0))
    }

    /// What Docker makes of it: `app` becomes `docker.io/library/app:latest`.
    fn on_docker_hub(&self) -> Result<Self> {
        Ok(Self(self.0.on_docker_hub()?))
    }

    /// Its parts, as Python values.
    fn to_dict(&self) -> Object<ReferenceParts> {
        Object(self.0.parts())
    }

    /// Its parts, as JSON text.
    fn to_json(&self) -> Result<String> {
        json::text(&self.0.parts())
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("ImageReference({:?})", self.0.to_string())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, (String,)) {
        (slf.get_type().into_any(), (slf.get().0.to_string(),))
    }
}
