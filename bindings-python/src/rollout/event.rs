//! What a rollout tells while it runs.

use artifact_deploy::rollout::Event;
use chrono::{DateTime, Utc};
use pyo3::prelude::*;
use serde_json::Value;

use crate::json::Object;

/// One thing that happened in a rollout.
#[pyclass(frozen, name = "DeploymentEvent", module = "artifact_deploy")]
pub(crate) struct PyDeploymentEvent {
    event: Event,
    at: DateTime<Utc>,
}

impl PyDeploymentEvent {
    /// `event`, told now.
    pub(super) fn now(event: Event) -> Self {
        Self {
            event,
            at: Utc::now(),
        }
    }

    /// Whether it says what a rollout that was given up left behind.
    pub(crate) fn is_cancelled(&self) -> bool {
        matches!(self.event, Event::Cancelled { .. })
    }
}

#[pymethods]
impl PyDeploymentEvent {
    /// What it is: `registered`, `updated`, `progress`, `task-failed`, `proved`, `finished`, …
    #[getter]
    fn name(&self) -> String {
        let json = self.event.to_json(self.at);
        let name = json.get("event").and_then(Value::as_str);
        name.unwrap_or_default().to_owned()
    }

    /// When it was told, UTC.
    #[getter]
    fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// The one JSON form, as Python values: `{"event", "at", …}`.
    fn to_dict(&self) -> Object<Value> {
        Object(self.event.to_json(self.at))
    }

    /// One line for a log.
    fn __str__(&self) -> String {
        self.event.to_string()
    }

    fn __repr__(&self) -> String {
        format!("DeploymentEvent({:?})", self.name())
    }
}
