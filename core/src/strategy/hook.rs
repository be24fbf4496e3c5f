//! What happens between the stages of a deployment.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::number;

const LAMBDA: &str = "AWS_LAMBDA";
const PAUSE: &str = "PAUSE";

/// A hook in the lifecycle of a deployment (ECS: `DeploymentLifecycleHook`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Wire", into = "Wire")]
pub struct LifecycleHook {
    target: HookTarget,
    stages: Vec<LifecycleStage>,
    timeout: Option<HookTimeout>,
    other: Map<String, Value>,
}

/// What a hook does.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum HookTarget {
    /// It calls a Lambda function.
    Lambda {
        /// The ARN of the function. ECS requires it.
        arn: Option<String>,
        /// The ARN of the role with which ECS calls it.
        role_arn: Option<String>,
        /// What the function is told each time: any JSON.
        details: Option<Value>,
    },
    /// It waits until somebody continues the deployment, or rolls it back.
    Pause,
    /// One that this library does not know, as ECS writes it.
    Other(String),
}

impl LifecycleHook {
    /// Calls a Lambda function at these stages.
    pub fn lambda(
        arn: impl Into<String>,
        role_arn: impl Into<String>,
        stages: impl IntoIterator<Item = LifecycleStage>,
    ) -> Self {
        let target = HookTarget::Lambda {
            arn: Some(arn.into()),
            role_arn: Some(role_arn.into()),
            details: None,
        };
        Self::of(target, stages)
    }

    /// Waits for somebody at these stages, which may not be those in which traffic shifts.
    pub fn pause(stages: impl IntoIterator<Item = LifecycleStage>) -> Self {
        Self::of(HookTarget::Pause, stages)
    }

    /// What the Lambda function is told. Without effect on a pause, which nobody is told of.
    pub fn details(mut self, value: Value) -> Self {
        if let HookTarget::Lambda { details, .. } = &mut self.target {
            *details = Some(value);
        }
        self
    }

    /// What happens when it does not end. Without it ECS rolls back after 1440 minutes.
    pub fn timeout(mut self, timeout: HookTimeout) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// What it does.
    pub fn target(&self) -> &HookTarget {
        &self.target
    }

    /// When.
    pub fn stages(&self) -> &[LifecycleStage] {
        &self.stages
    }

    fn of(target: HookTarget, stages: impl IntoIterator<Item = LifecycleStage>) -> Self {
        Self {
            target,
            stages: stages.into_iter().collect(),
            timeout: None,
            other: Map::new(),
        }
    }
}

/// When a hook ends by itself (ECS: `DeploymentLifecycleHookTimeoutConfiguration`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HookTimeout {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::optional")]
    timeout_in_minutes: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<String>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

impl HookTimeout {
    /// Rolls back after 1 to 20160 minutes.
    pub fn roll_back_after_minutes(minutes: u32) -> Self {
        Self::of(minutes, "ROLLBACK")
    }

    /// Goes on after 1 to 20160 minutes.
    pub fn continue_after_minutes(minutes: u32) -> Self {
        Self::of(minutes, "CONTINUE")
    }

    fn of(minutes: u32, action: &str) -> Self {
        Self {
            timeout_in_minutes: Some(minutes),
            action: Some(action.to_owned()),
            other: Map::new(),
        }
    }
}

/// A stage that can have a hook (ECS: `DeploymentLifecycleHookStage`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum LifecycleStage {
    /// More than one service revision is in place at the beginning.
    ReconcileService,
    /// No new task has been started.
    PreScaleUp,
    /// All new tasks run.
    PostScaleUp,
    /// Test traffic moves.
    TestTrafficShift,
    /// All test traffic has moved.
    PostTestTrafficShift,
    /// Before production traffic moves; with canary and linear before each step.
    PreProductionTrafficShift,
    /// Production traffic moves; with canary and linear in each step.
    ProductionTrafficShift,
    /// All production traffic has moved.
    PostProductionTrafficShift,
    /// One that this library does not know, as ECS writes it.
    #[serde(untagged)]
    Other(String),
}

/// A hook as ECS writes it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    #[serde(skip_serializing_if = "Option::is_none")]
    target_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hook_target_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lifecycle_stages: Option<Vec<LifecycleStage>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hook_details: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeout_configuration: Option<HookTimeout>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

impl From<Wire> for LifecycleHook {
    fn from(wire: Wire) -> Self {
        let mut other = wire.other;
        let target = match wire.target_type {
            None => None,
            Some(name) if name == LAMBDA => None,
            Some(name) if name == PAUSE => Some(HookTarget::Pause),
            Some(name) => Some(HookTarget::Other(name)),
        };
        let target = match target {
            None => HookTarget::Lambda {
                arn: wire.hook_target_arn,
                role_arn: wire.role_arn,
                details: wire.hook_details,
            },
            Some(target) => {
                // They mean nothing there, or nothing that is known; what came is carried on.
                for (name, value) in [
                    ("hookTargetArn", wire.hook_target_arn.map(|arn| json!(arn))),
                    ("roleArn", wire.role_arn.map(|arn| json!(arn))),
                    ("hookDetails", wire.hook_details),
                ] {
                    if let Some(value) = value {
                        other.insert(name.to_owned(), value);
                    }
                }
                target
            }
        };
        Self {
            target,
            stages: wire.lifecycle_stages.unwrap_or_default(),
            timeout: wire.timeout_configuration,
            other,
        }
    }
}

impl From<LifecycleHook> for Wire {
    fn from(hook: LifecycleHook) -> Self {
        let (target_type, hook_target_arn, role_arn, hook_details) = match hook.target {
            HookTarget::Lambda {
                arn,
                role_arn,
                details,
            } => (LAMBDA.to_owned(), arn, role_arn, details),
            HookTarget::Pause => (PAUSE.to_owned(), None, None, None),
            HookTarget::Other(name) => (name, None, None, None),
        };
        Self {
            target_type: Some(target_type),
            hook_target_arn,
            role_arn,
            lifecycle_stages: Some(hook.stages),
            hook_details,
            timeout_configuration: hook.timeout,
            other: hook.other,
        }
    }
}
