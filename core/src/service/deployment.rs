//! `service.deployments[]`: what `DescribeServices` and `UpdateService` tell of deployments.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::TaskDefinitionArn;

/// One entry of `deployments` of a service (ECS: `Deployment`).
///
/// Tasks carry its [`id`](Self::id) in `startedBy`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Deployment {
    /// `ecs-svc/1234567890123456789`.
    pub id: String,
    /// Whether it is the latest.
    pub status: DeploymentStatus,
    /// What its tasks run.
    pub task_definition: TaskDefinitionArn,
    /// How many tasks it wants, has pending and has running.
    pub desired_count: u32,
    /// Tasks that are not running yet.
    pub pending_count: u32,
    /// Tasks that are running.
    pub running_count: u32,
    /// Consecutive failures. ECS sets it back to 0 once a task runs.
    pub failed_tasks: u32,
    /// Absent with a Classic load balancer, and with other controllers than ECS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rollout_state: Option<RolloutState>,
    /// Why, in the words of ECS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rollout_state_reason: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When something of it last changed.
    pub updated_at: DateTime<Utc>,
}

/// The place of a deployment among those of its service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DeploymentStatus {
    /// The latest.
    Primary,
    /// An older one that still has tasks.
    Active,
    /// An older one without tasks.
    Inactive,
    /// One that this library does not know.
    #[serde(untagged)]
    Other(String),
}

/// How far the tasks of a deployment are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RolloutState {
    /// Under way.
    InProgress,
    /// Stable.
    Completed,
    /// The circuit breaker or an alarm ended it.
    Failed,
    /// One that this library does not know.
    #[serde(untagged)]
    Other(String),
}
