//! The digest of a manifest or blob.

use artifact_deploy::image::Digest;
use pyo3::prelude::*;

use crate::argument::Text;

/// `sha256:` and 64 lower-case hexadecimal digits: the name of exact bytes.
///
/// Upper-case digits are accepted and printed in lower case.
#[pyclass(frozen, eq, ord, hash, name = "Digest", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PyDigest(pub(crate) Digest);

#[pymethods]
impl PyDigest {
    /// Reads a digest; anything else is an `InvalidDigestError`.
    #[new]
    fn new(text: Text<Digest>) -> Self {
        Self(text.0)
    }

    /// The digest of these bytes.
    #[staticmethod]
    fn of(content: &[u8]) -> Self {
        Self(Digest::of(content))
    }

    /// The 64 hexadecimal digits.
    #[getter]
    fn hex(&self) -> &str {
        self.0.hex()
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("Digest({:?})", self.0.to_string())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, (String,)) {
        (slf.get_type().into_any(), (slf.get().0.to_string(),))
    }
}
