//! When ECS calls a deployment failed or a success, beside the circuit breaker.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::number;

/// CloudWatch alarms that end a deployment (ECS: `DeploymentAlarms`). One that is in alarm already
/// when the deployment begins is passed over by ECS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Alarms {
    alarm_names: Vec<String>,
    rollback: bool,
    enable: bool,
    #[serde(flatten)]
    other: Map<String, Value>,
}

impl Alarms {
    /// Any of these alarms ends the deployment, and the last one that was completed is put back.
    pub fn rolling_back(names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::of(names, true)
    }

    /// Any of these alarms ends the deployment, which is left as it is.
    pub fn failing(names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::of(names, false)
    }

    pub(super) fn names(&self) -> Option<&[String]> {
        self.enable.then_some(&self.alarm_names)
    }

    pub(super) fn rolls_back(&self) -> bool {
        self.rollback
    }

    fn of(names: impl IntoIterator<Item = impl Into<String>>, rollback: bool) -> Self {
        Self {
            alarm_names: names.into_iter().map(Into::into).collect(),
            rollback,
            enable: true,
            other: Map::new(),
        }
    }
}

/// When a rolling deployment is a success before all of it is done (ECS:
/// `DeploymentEarlySuccessCriteria`). Old tasks may still run after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EarlySuccess {
    enable: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::optional")]
    healthy_percent: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_service_revision_cleanup: Option<Cleanup>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

impl EarlySuccess {
    /// A success once `healthy_percent` of the desired count are healthy: 0 to 100, and not less than
    /// the minimum healthy percent.
    pub fn new(healthy_percent: u32, cleanup: Cleanup) -> Self {
        Self {
            enable: true,
            healthy_percent: Some(healthy_percent),
            source_service_revision_cleanup: Some(cleanup),
            other: Map::new(),
        }
    }
}

/// When the old tasks go, with [`EarlySuccess`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum Cleanup {
    /// Before the deployment is a success.
    Blocking,
    /// After it.
    Deferred,
    /// One that this library does not know, as ECS writes it.
    #[serde(untagged)]
    Other(String),
}
