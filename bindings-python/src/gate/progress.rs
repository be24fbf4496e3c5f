//! What a waiting gate tells while it waits.

use std::time::Duration;

use artifact_deploy::gate::{Pending, Progress};
use pyo3::prelude::*;

use crate::json::Object;

/// One attempt of a waiting gate that did not settle everything.
#[pyclass(frozen, name = "Progress", module = "artifact_deploy")]
#[derive(Clone)]
pub(crate) struct PyProgress(pub(super) Progress);

#[pymethods]
impl PyProgress {
    /// How many attempts were made, from 1.
    #[getter]
    fn attempt(&self) -> u32 {
        self.0.attempt()
    }

    /// How long the gate has waited so far.
    #[getter]
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    /// How long it sleeps before it asks again.
    #[getter]
    fn next_delay(&self) -> Duration {
        self.0.next_delay()
    }

    /// How long it is until the deadline.
    #[getter]
    fn remaining(&self) -> Duration {
        self.0.remaining()
    }

    /// The images that are still waited for, and what each lacks.
    #[getter]
    fn pending(&self) -> Vec<PyPending> {
        self.0.pending().iter().cloned().map(PyPending).collect()
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<Progress> {
        Object(self.0.clone())
    }

    fn __repr__(&self) -> String {
        format!(
            "Progress(attempt={}, pending={})",
            self.0.attempt(),
            self.0.pending().len()
        )
    }
}

/// An image that is still waited for.
#[pyclass(frozen, eq, name = "Pending", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PyPending(Pending);

#[pymethods]
impl PyPending {
    /// The image as it was asked for.
    #[getter]
    fn image(&self) -> &str {
        self.0.image()
    }

    /// The code of what it lacks: `IMAGE_NOT_FOUND`, `THROTTLED`, …
    #[getter]
    fn code(&self) -> &'static str {
        self.0.code()
    }

    /// What it lacks, in words.
    #[getter]
    fn reason(&self) -> &str {
        self.0.reason()
    }

    fn __repr__(&self) -> String {
        format!("Pending({:?}, {:?})", self.0.image(), self.0.code())
    }
}
