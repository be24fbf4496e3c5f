//! What one rollout did, and what came of it.

use artifact_deploy::rollout::EvidenceRecord;
use chrono::{DateTime, Utc};
use pyo3::prelude::*;

use super::PyProof;
use crate::failure::Result;
use crate::json::{Json, Object, Objects};
use crate::version::PyVersion;

/// What one rollout did, and what came of it: build, digest, gate, revision, deployment, each task's
/// digest, the application's answer.
#[pyclass(frozen, name = "EvidenceRecord", module = "artifact_deploy")]
#[derive(Clone)]
pub(crate) struct PyEvidenceRecord(pub(super) EvidenceRecord);

#[pymethods]
impl PyEvidenceRecord {
    /// What came of it: `completed`, `rolled-back`, `failed`, `superseded` or `timed-out`. Only
    /// `completed` is success.
    #[getter]
    fn outcome(&self) -> Option<&'static str> {
        self.0
            .outcome()
            .map(artifact_deploy::rollout::Outcome::as_str)
    }

    /// Whether it went as far as it was asked to go.
    #[getter]
    fn is_completed(&self) -> bool {
        self.0.outcome() == Some(artifact_deploy::rollout::Outcome::Completed)
    }

    /// Why, in words.
    #[getter]
    fn reason(&self) -> &str {
        self.0.reason()
    }

    /// The service, as `cluster/service`.
    #[getter]
    fn service(&self) -> String {
        self.0.service().to_string()
    }

    /// What it was for: `deploy`, `rollback` or `promote`.
    #[getter]
    fn intent(&self) -> &'static str {
        self.0.intent().as_str()
    }

    /// How far it went: `registered`, `deployed`, `stable` or `verified`.
    #[getter]
    fn until(&self) -> &'static str {
        self.0.until().as_str()
    }

    /// The version, where it is known.
    #[getter]
    fn version(&self) -> Option<PyVersion> {
        self.0.version().cloned().map(PyVersion)
    }

    /// `{"arn", "reused", "contentHash"?}` of the task definition.
    #[getter]
    fn task_definition(&self) -> Json<Option<artifact_deploy::rollout::TaskDefinitionRecord>> {
        Json(self.0.task_definition().cloned())
    }

    /// The id of the deployment that was begun, `ecs-svc/…`.
    #[getter]
    fn deployment_id(&self) -> Option<&str> {
        self.0.deployment_id()
    }

    /// The images, by container, with the gate's report on each.
    #[getter]
    fn images(&self) -> Objects<artifact_deploy::rollout::ImageRecord> {
        Objects(self.0.images().to_vec())
    }

    /// The tasks that failed, why, and what to do: `{"taskArn", "code", "reason", "advice", …}`.
    #[getter]
    fn failures(&self) -> Objects<artifact_deploy::rollout::TaskFailure> {
        Objects(self.0.failures().to_vec())
    }

    /// What the running tasks were proven to run.
    #[getter]
    fn proof(&self) -> Option<PyProof> {
        self.0.proof().cloned().map(PyProof)
    }

    /// What state was left behind, where it did not come to an end of its own.
    #[getter]
    fn left(&self) -> Json<Option<artifact_deploy::rollout::LeftBehind>> {
        Json(self.0.left().cloned())
    }

    /// When it began, UTC.
    #[getter]
    fn started_at(&self) -> DateTime<Utc> {
        self.0.started_at()
    }

    /// When it ended, UTC.
    #[getter]
    fn finished_at(&self) -> DateTime<Utc> {
        self.0.finished_at()
    }

    /// Itself when it is completed; else an error of the kind of its outcome, with
    /// `details["record"]`.
    fn require_completed(&self) -> Result<Self> {
        Ok(Self(self.0.clone().require_completed()?))
    }

    /// The one JSON form, as Python values; its schema is `EVIDENCE_SCHEMA`.
    fn to_dict(&self) -> Object<EvidenceRecord> {
        Object(self.0.clone())
    }

    /// The one JSON form, as text.
    fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// For the summary of a CI step. Text from elsewhere is escaped.
    fn to_markdown(&self) -> String {
        self.0.to_markdown()
    }

    /// The outcome first, then everything that matters.
    fn __str__(&self) -> String {
        self.0.to_text()
    }

    fn __repr__(&self) -> String {
        format!(
            "EvidenceRecord({:?}, {:?})",
            self.service(),
            self.outcome().unwrap_or("cancelled")
        )
    }
}

/// The JSON Schema of `EvidenceRecord.to_json`, as text.
#[pyfunction]
pub(crate) fn evidence_schema() -> &'static str {
    EvidenceRecord::SCHEMA
}
