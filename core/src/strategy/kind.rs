//! The strategies, each with its own members only.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::failure::EarlySuccess;
use super::number;

/// How the new tasks take over (ECS: `DeploymentStrategy`).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Strategy {
    /// Tasks are replaced a few at a time.
    Rolling {
        /// When ECS may call it a success before all of it is done.
        early_success: Option<EarlySuccess>,
    },
    /// All tasks run twice; then all traffic moves at once.
    BlueGreen,
    /// All tasks run twice; a part of the traffic moves first, the rest later.
    Canary(Canary),
    /// All tasks run twice; the traffic moves in equal steps.
    Linear(Linear),
    /// One that this library does not know, as ECS writes it.
    Other(String),
}

impl Strategy {
    /// Tasks are replaced a few at a time, and it is a success when all are.
    pub fn rolling() -> Self {
        Self::Rolling {
            early_success: None,
        }
    }

    /// The name that ECS has for it.
    pub fn name(&self) -> &str {
        match self {
            Self::Rolling { .. } => "ROLLING",
            Self::BlueGreen => "BLUE_GREEN",
            Self::Canary(_) => "CANARY",
            Self::Linear(_) => "LINEAR",
            Self::Other(name) => name,
        }
    }
}

/// A part of the traffic first (ECS: `CanaryConfiguration`).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Canary {
    #[serde(rename = "canaryPercent", skip_serializing_if = "Option::is_none")]
    percent: Option<f64>,
    #[serde(rename = "canaryBakeTimeInMinutes", default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::optional")]
    bake_time_in_minutes: Option<u32>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

impl Canary {
    /// What ECS takes by default: 5 percent for 10 minutes.
    pub fn new() -> Self {
        Self::default()
    }

    /// How much of the traffic moves first: 0.1 to 100.0 percent, in steps of 0.1.
    pub fn percent(mut self, percent: f64) -> Self {
        self.percent = Some(percent);
        self
    }

    /// How long the rest waits: 0 to 1440 minutes.
    pub fn bake_time_in_minutes(mut self, minutes: u32) -> Self {
        self.bake_time_in_minutes = Some(minutes);
        self
    }

    pub(super) fn step(&self) -> (Option<f64>, Option<u32>) {
        (self.percent, self.bake_time_in_minutes)
    }
}

/// Equal steps (ECS: `LinearConfiguration`).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Linear {
    #[serde(skip_serializing_if = "Option::is_none")]
    step_percent: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::optional")]
    step_bake_time_in_minutes: Option<u32>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

impl Linear {
    /// What ECS takes by default: 10 percent every 6 minutes.
    pub fn new() -> Self {
        Self::default()
    }

    /// How much of the traffic moves in each step: 3.0 to 100.0 percent, in steps of 0.1.
    pub fn step_percent(mut self, percent: f64) -> Self {
        self.step_percent = Some(percent);
        self
    }

    /// How long each step but the last waits: 0 to 1440 minutes.
    pub fn step_bake_time_in_minutes(mut self, minutes: u32) -> Self {
        self.step_bake_time_in_minutes = Some(minutes);
        self
    }

    pub(super) fn step(&self) -> (Option<f64>, Option<u32>) {
        (self.step_percent, self.step_bake_time_in_minutes)
    }
}
