//! What running tasks were proven to run.

use artifact_deploy::rollout::Proof;
use artifact_deploy::rollout::proof::{SeenImage, TaskProof};
use pyo3::prelude::*;

use crate::failure::Result;
use crate::json::{self, Object, Objects};

/// What every running task of a service runs, against what was meant.
#[pyclass(frozen, name = "Proof", module = "artifact_deploy")]
#[derive(Clone)]
pub(crate) struct PyProof(pub(super) Proof);

#[pymethods]
impl PyProof {
    /// The service, as `cluster/service`.
    #[getter]
    fn service(&self) -> Option<String> {
        self.0.service().map(ToString::to_string)
    }

    /// `verified`, or what is shown instead: `mixed`, `wrong`, `incomplete`, `unknown`, `empty`.
    #[getter]
    fn verdict(&self) -> &'static str {
        self.0.verdict().as_str()
    }

    /// Whether every running task runs what was meant.
    #[getter]
    fn is_verified(&self) -> bool {
        self.0.is_verified()
    }

    /// Why, in a sentence.
    #[getter]
    fn reason(&self) -> &str {
        self.0.reason()
    }

    /// How many running tasks were judged.
    #[getter]
    fn running(&self) -> u32 {
        self.0.summary().running
    }

    /// How many of them run what was meant.
    #[getter]
    fn right(&self) -> u32 {
        self.0.summary().right
    }

    /// How many of them run something else.
    #[getter]
    fn wrong(&self) -> u32 {
        self.0.summary().wrong
    }

    /// Of how many of them it cannot be told.
    #[getter]
    fn unknown(&self) -> u32 {
        self.0.summary().unknown
    }

    /// The different images that run, with how many tasks each has.
    #[getter]
    fn images(&self) -> Objects<SeenImage> {
        Objects(self.0.images().to_vec())
    }

    /// Every task that was judged.
    #[getter]
    fn tasks(&self) -> Objects<TaskProof> {
        Objects(self.0.tasks().to_vec())
    }

    /// Itself when it verifies; else `ProofFailedError` with `details["proof"]`.
    fn require_verified(&self) -> Result<Self> {
        Ok(Self(self.0.clone().require_verified()?))
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<Proof> {
        Object(self.0.clone())
    }

    /// The one JSON form, as text.
    fn to_json(&self) -> Result<String> {
        json::text(&self.0)
    }

    /// For the summary of a CI step. Text from elsewhere is escaped.
    fn to_markdown(&self) -> String {
        self.0.to_markdown()
    }

    /// The verdict first, then every task that is not right.
    fn __str__(&self) -> String {
        self.0.to_text()
    }

    fn __repr__(&self) -> String {
        format!("Proof({:?})", self.verdict())
    }
}
