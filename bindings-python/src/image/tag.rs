//! The tag of an image.

use artifact_deploy::image::Tag;
use pyo3::prelude::*;

use crate::argument::Text;

/// A tag that every OCI registry and ECR accepts: `[A-Za-z0-9_][A-Za-z0-9._-]{0,127}`.
#[pyclass(frozen, eq, ord, hash, name = "Tag", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PyTag(pub(crate) Tag);

#[pymethods]
impl PyTag {
    /// Checks a tag; anything else is an `InvalidTagError`.
    #[new]
    fn new(text: Text<Tag>) -> Self {
        Self(text.0)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("Tag({:?})", self.0.to_string())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, (String,)) {
        (slf.get_type().into_any(), (slf.get().0.to_string(),))
    }
}
