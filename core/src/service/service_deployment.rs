//! Service deployments: the history of what a service was told to run.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One service deployment (ECS: `ServiceDeployment`). ECS keeps 90 days of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceDeployment {
    /// Its ARN.
    pub arn: String,
    /// Where it stands. Only `SUCCESSFUL` is success.
    pub status: ServiceDeploymentStatus,
    /// Why, in the words of ECS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// The stage of a deployment under way: `SCALE_UP`, `BAKE_TIME`, … as ECS writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifecycle_stage: Option<String>,
    /// The ARN of the revision that it is to put in place. `ListServiceDeployments` tells it too.
    pub target_service_revision: String,
    /// What it replaces. Empty in what `ListServiceDeployments` returns.
    #[serde(default)]
    pub source_service_revisions: Vec<RevisionCount>,
    /// What is put back, once a rollback began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rollback: Option<Rollback>,
    /// The circuit breaker, where it watches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub circuit_breaker: Option<CircuitBreakerState>,
    /// The alarms, where they are watched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarms: Option<DeploymentAlarms>,
    /// Hooks of the stages, with those that wait for somebody.
    #[serde(default)]
    pub lifecycle_hooks: Vec<LifecycleHook>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<DateTime<Utc>>,
    /// When it came to its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<DateTime<Utc>>,
}

/// Where a service deployment stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ServiceDeploymentStatus {
    /// Not begun.
    Pending,
    /// Under way.
    InProgress,
    /// To be stopped: somebody began another one, or it failed and is not rolled back.
    StopRequested,
    /// To be rolled back.
    RollbackRequested,
    /// Being rolled back.
    RollbackInProgress,
    /// The end: the target revision is in place.
    Successful,
    /// The end: another one replaced it, or it failed and was not rolled back.
    Stopped,
    /// The end: the version before is in place again.
    RollbackSuccessful,
    /// The end: neither is in place.
    RollbackFailed,
    /// One that this library does not know. It is not an end.
    #[serde(untagged)]
    Other(String),
}

impl ServiceDeploymentStatus {
    /// Whether nothing will happen to it any more.
    pub fn is_terminal(&self) -> bool {
        matches!(
            self,
            Self::Successful | Self::Stopped | Self::RollbackSuccessful | Self::RollbackFailed
        )
    }
}

/// A service revision with its tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevisionCount {
    /// The ARN of the service revision.
    pub arn: String,
    /// Tasks asked for.
    pub requested_task_count: u32,
    /// Tasks that run.
    pub running_task_count: u32,
    /// Tasks that are not running yet.
    pub pending_task_count: u32,
}

/// A rollback that ECS made or makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rollback {
    /// Why, in the words of ECS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<DateTime<Utc>>,
    /// The ARN of the service revision that is put back.
    pub service_revision_arn: String,
}

/// What the circuit breaker has counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CircuitBreakerState {
    /// `MONITORING`, `TRIGGERED`, `MONITORING_COMPLETE` or `DISABLED`, as ECS writes it.
    pub status: String,
    /// Tasks that failed.
    pub failure_count: u32,
    /// Tasks that may fail.
    pub threshold: u32,
}

/// The alarms of a service deployment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeploymentAlarms {
    /// As the circuit breaker's.
    pub status: String,
    /// Those that are watched.
    #[serde(default)]
    pub alarm_names: Vec<String>,
    /// Those that went off.
    #[serde(default)]
    pub triggered_alarm_names: Vec<String>,
}

/// A lifecycle hook of a service deployment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LifecycleHook {
    /// What `ContinueServiceDeployment` names it by.
    pub hook_id: String,
    /// The stage that it belongs to, as ECS writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// Where it stands.
    pub status: HookStatus,
    /// When it ends by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
    /// What happens then: `ROLLBACK` or `CONTINUE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout_action: Option<String>,
}

/// Where a lifecycle hook stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum HookStatus {
    /// It waits until somebody continues the deployment, or rolls it back.
    AwaitingAction,
    /// Under way.
    InProgress,
    /// Passed.
    Succeeded,
    /// Failed.
    Failed,
    /// Nobody answered in time.
    TimedOut,
    /// One that this library does not know.
    #[serde(untagged)]
    Other(String),
}

/// What somebody tells a deployment that waits in a hook (ECS: `ContinueServiceDeployment`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum HookAction {
    /// It may go on.
    Continue,
    /// It is to be taken back.
    Rollback,
}
