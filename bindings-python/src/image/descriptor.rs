//! What a manifest refers to.

use artifact_deploy::image::{Descriptor, IndexChild};
use pyo3::prelude::*;

use crate::json::{Json, Object};

/// Media type, digest and size of content that a manifest refers to.
#[pyclass(frozen, eq, name = "Descriptor", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PyDescriptor(pub(crate) Descriptor);

#[pymethods]
impl PyDescriptor {
    /// What kind of content it is.
    #[getter]
    fn media_type(&self) -> &str {
        &self.0.media_type
    }

    /// The digest of the content.
    #[getter]
    fn digest(&self) -> &str {
        self.0.digest.as_str()
    }

    /// The length of the content in bytes.
    #[getter]
    fn size(&self) -> u64 {
        self.0.size
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<Descriptor> {
        Object(self.0.clone())
    }

    fn __repr__(&self) -> String {
        let Descriptor {
            media_type,
            digest,
            size,
        } = &self.0;
        format!("Descriptor(media_type={media_type:?}, digest='{digest}', size={size})")
    }
}

/// A manifest that an index lists.
#[pyclass(frozen, eq, name = "IndexChild", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PyIndexChild(pub(crate) IndexChild);

#[pymethods]
impl PyIndexChild {
    /// What it is: `"image"`, `"index"`, `"attestation"` or `"artifact"`.
    #[getter]
    fn kind(&self) -> Json<artifact_deploy::image::ChildKind> {
        Json(self.0.kind())
    }

    /// Its media type, digest and size.
    #[getter]
    fn descriptor(&self) -> PyDescriptor {
        PyDescriptor(self.0.descriptor().clone())
    }

    /// Its digest.
    #[getter]
    fn digest(&self) -> &str {
        self.0.digest().as_str()
    }

    /// What it runs on, when it can run and says so.
    #[getter]
    fn platform(&self) -> Option<String> {
        self.0.platform().map(ToString::to_string)
    }

    /// The version of the operating system (Windows).
    #[getter]
    fn os_version(&self) -> Option<&str> {
        self.0.os_version()
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<IndexChild> {
        Object(self.0.clone())
    }

    fn __repr__(&self) -> String {
        format!("IndexChild(digest='{}')", self.0.digest())
    }
}
