//! The circuit breaker.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::number;

/// Ends a deployment whose tasks keep failing (ECS: `DeploymentCircuitBreaker`). For rolling
/// deployments only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CircuitBreaker {
    enable: bool,
    rollback: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reset_on_healthy_task: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    threshold_configuration: Option<Threshold>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

impl CircuitBreaker {
    /// Ends the deployment, and puts the last one back that was completed.
    pub fn rolling_back() -> Self {
        Self::of(true, true)
    }

    /// Ends the deployment and leaves it as it is.
    pub fn failing() -> Self {
        Self::of(true, false)
    }

    /// Never ends it: a deployment may take hours to fail.
    pub fn off() -> Self {
        Self::of(false, false)
    }

    /// How many failures it takes. Without it, half of the desired count, at least 3 and at most 200.
    pub fn threshold(mut self, threshold: Threshold) -> Self {
        self.threshold_configuration = Some(threshold);
        self
    }

    /// Whether a task that becomes healthy sets the count of failures back. ECS does by default.
    pub fn reset_on_healthy_task(mut self, reset: bool) -> Self {
        self.reset_on_healthy_task = Some(reset);
        self
    }

    /// Whether it watches.
    pub fn is_enabled(&self) -> bool {
        self.enable
    }

    /// Whether it puts the last completed deployment back.
    pub fn rolls_back(&self) -> bool {
        self.enable && self.rollback
    }

    /// How many failures of a service with so many tasks end the deployment. Nothing when the
    /// threshold is of a type that this library does not know.
    ///
    /// Source: ECS: `ThresholdConfiguration`; percentages round up.
    pub fn failures(&self, desired_count: u32) -> Option<u32> {
        let default = Threshold::new(ThresholdType::BoundedPercent, 50);
        let threshold = self.threshold_configuration.as_ref().unwrap_or(&default);
        let share = u64::from(desired_count)
            .saturating_mul(u64::from(threshold.value))
            .div_ceil(100);
        let share = u32::try_from(share).unwrap_or(u32::MAX);
        match threshold.kind {
            ThresholdType::Count => Some(threshold.value),
            ThresholdType::BoundedPercent => Some(share.clamp(3, 200)),
            ThresholdType::UnboundedPercent => Some(share),
            ThresholdType::Other(_) => None,
        }
    }

    pub(super) fn shape(&self) -> (bool, bool) {
        (self.enable, self.rollback)
    }

    fn of(enable: bool, rollback: bool) -> Self {
        Self {
            enable,
            rollback,
            reset_on_healthy_task: None,
            threshold_configuration: None,
            other: Map::new(),
        }
    }
}

/// How many failures end a deployment (ECS: `ThresholdConfiguration`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Threshold {
    #[serde(rename = "type")]
    kind: ThresholdType,
    #[serde(deserialize_with = "number::required")]
    value: u32,
    #[serde(flatten)]
    other: Map<String, Value>,
}

impl Threshold {
    /// `value` failures, or percent of the desired count.
    pub fn new(kind: ThresholdType, value: u32) -> Self {
        Self {
            kind,
            value,
            other: Map::new(),
        }
    }
}

/// What a threshold counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum ThresholdType {
    /// Failures.
    Count,
    /// Percent of the desired count, at least 3 failures and at most 200.
    BoundedPercent,
    /// Percent of the desired count.
    UnboundedPercent,
    /// One that this library does not know, as ECS writes it.
    #[serde(untagged)]
    Other(String),
}
