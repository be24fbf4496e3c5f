//! What a registry says of an image: its manifest, or the index of several.

use artifact_deploy::image::Manifest;
use pyo3::prelude::*;

use super::{PyDescriptor, PyIndexChild};
use crate::failure::Result;
use crate::json::{self, Object};

/// An image manifest or an index of several, of Docker (schema 2) or OCI.
#[pyclass(frozen, eq, name = "Manifest", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PyManifest(Manifest);

#[pymethods]
impl PyManifest {
    /// Reads the bytes of a manifest; `media_type` is what the registry says that they are.
    ///
    /// What is not understood, or could be understood in two ways, is an `InvalidManifestError`.
    #[staticmethod]
    #[pyo3(signature = (content, media_type=None))]
    fn parse(content: &[u8], media_type: Option<&str>) -> Result<Self> {
        Ok(Self(Manifest::parse(content, media_type)?))
    }

    /// Whether it is an index: a list of manifests, one for each platform.
    #[getter]
    fn is_index(&self) -> bool {
        matches!(self.0, Manifest::Index(_))
    }

    /// The media type.
    #[getter]
    fn media_type(&self) -> &str {
        self.0.media_type()
    }

    /// What an index says that its images run on. Empty for a single image: its configuration says.
    #[getter]
    fn platforms(&self) -> Vec<String> {
        self.0.platforms().iter().map(ToString::to_string).collect()
    }

    /// The manifests that an index lists. Empty for a single image.
    #[getter]
    fn children(&self) -> Vec<PyIndexChild> {
        self.0
            .children()
            .iter()
            .cloned()
            .map(PyIndexChild)
            .collect()
    }

    /// The configuration of a single image.
    #[getter]
    fn config(&self) -> Option<PyDescriptor> {
        match &self.0 {
            Manifest::Image(image) => Some(PyDescriptor(image.config().clone())),
            Manifest::Index(_) => None,
        }
    }

    /// The layers of a single image. Empty for an index.
    #[getter]
    fn layers(&self) -> Vec<PyDescriptor> {
        match &self.0 {
            Manifest::Image(image) => image.layers().iter().cloned().map(PyDescriptor).collect(),
            Manifest::Index(_) => Vec::new(),
        }
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<Manifest> {
        Object(self.0.clone())
    }

    /// The one JSON form, as text. Not the bytes that it was read from.
    fn to_json(&self) -> Result<String> {
        json::text(&self.0)
    }

    fn __repr__(&self) -> String {
        format!("Manifest(media_type={:?})", self.0.media_type())
    }
}
