//! What the gate found, check by check.

use artifact_deploy::gate::{Check, FoundSummary, GateReport};
use pyo3::prelude::*;

use super::PyCheck;
use crate::failure::Result;
use crate::json::{self, Object};

/// What the gate found on one image, check by check.
#[pyclass(frozen, eq, name = "GateReport", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PyGateReport(pub(super) GateReport);

#[pymethods]
impl PyGateReport {
    /// The image as it was asked for.
    #[getter]
    fn image(&self) -> &str {
        self.0.image()
    }

    /// Whether the image may be deployed: `verified` or `refused`.
    #[getter]
    fn verdict(&self) -> &'static str {
        self.0.verdict().as_str()
    }

    /// Whether the image may be deployed.
    #[getter]
    fn is_verified(&self) -> bool {
        self.0.is_verified()
    }

    /// Whether asking again later can help.
    #[getter]
    fn can_change(&self) -> bool {
        self.0.can_change()
    }

    /// The pinned reference, when the verdict is `verified`. It proves nothing: a task definition
    /// takes the verified image of `resolve_image`.
    #[getter]
    fn reference(&self) -> Option<String> {
        self.0.reference()
    }

    /// What the registry gave, whatever the verdict.
    #[getter]
    fn found(&self) -> Option<PyFoundSummary> {
        self.0.found().cloned().map(PyFoundSummary)
    }

    /// Every check, in the order in which they are judged.
    #[getter]
    fn checks(&self) -> Vec<PyCheck> {
        wrap(self.0.checks())
    }

    /// The checks that failed.
    #[getter]
    fn failed(&self) -> Vec<PyCheck> {
        wrap(self.0.failed())
    }

    /// The checks that warn.
    #[getter]
    fn warnings(&self) -> Vec<PyCheck> {
        wrap(self.0.warnings())
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<GateReport> {
        Object(self.0.clone())
    }

    /// The one JSON form, as text.
    fn to_json(&self) -> Result<String> {
        json::text(&self.0)
    }

    /// A table in Markdown, for a pull-request comment or `GITHUB_STEP_SUMMARY`.
    fn to_markdown(&self) -> String {
        self.0.to_markdown()
    }

    /// Plain text, for a terminal.
    fn to_text(&self) -> String {
        self.0.to_text()
    }

    fn __str__(&self) -> String {
        self.0.to_text()
    }

    fn __repr__(&self) -> String {
        format!("GateReport({:?}, {:?})", self.0.image(), self.verdict())
    }
}

fn wrap<'a>(checks: impl IntoIterator<Item = &'a Check>) -> Vec<PyCheck> {
    checks.into_iter().cloned().map(PyCheck).collect()
}

/// What the registry gave, whatever came of the checks.
#[pyclass(frozen, eq, name = "FoundSummary", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PyFoundSummary(FoundSummary);

#[pymethods]
impl PyFoundSummary {
    /// The repository with its host.
    #[getter]
    fn repository(&self) -> String {
        self.0.repository().to_string()
    }

    /// The tag that it was asked for by.
    #[getter]
    fn tag(&self) -> Option<String> {
        self.0.tag().map(ToString::to_string)
    }

    /// The digest that the registry names.
    #[getter]
    fn digest(&self) -> &str {
        self.0.digest().as_str()
    }

    /// The media type of the manifest.
    #[getter]
    fn media_type(&self) -> Option<&str> {
        self.0.media_type()
    }

    /// What it runs on, as far as that was read.
    #[getter]
    fn platforms(&self) -> Vec<String> {
        self.0.platforms().iter().map(ToString::to_string).collect()
    }

    /// The digests of the images of an index, without attestations.
    #[getter]
    fn children(&self) -> Vec<String> {
        self.0.children().iter().map(ToString::to_string).collect()
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<FoundSummary> {
        Object(self.0.clone())
    }

    fn __repr__(&self) -> String {
        format!(
            "FoundSummary('{}@{}')",
            self.0.repository(),
            self.0.digest()
        )
    }
}
