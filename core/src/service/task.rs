//! Tasks and their containers.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::TaskDefinitionArn;

/// One task (ECS: `Task`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Task {
    /// Its ARN.
    pub task_arn: String,
    /// What it was started from.
    pub task_definition_arn: TaskDefinitionArn,
    /// `PROVISIONING`, `PENDING`, `ACTIVATING`, `RUNNING`, … `STOPPED`, as ECS writes it.
    pub last_status: String,
    /// `RUNNING` or `STOPPED`, as ECS writes it.
    pub desired_status: String,
    /// Of all essential containers with a health check together.
    #[serde(default)]
    pub health_status: HealthStatus,
    /// The id of the deployment that started it, `ecs-svc/…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_by: Option<String>,
    /// `service:name` for tasks of a service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// `TaskFailedToStart`, `EssentialContainerExited`, … as ECS writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_code: Option<String>,
    /// Why it stopped, in the words of ECS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped_reason: Option<String>,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it began to run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<DateTime<Utc>>,
    /// When it stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<DateTime<Utc>>,
    /// Its private IPv4 address, with `awsvpc`: what its load-balancer target is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private_ipv4_address: Option<String>,
    /// Its containers.
    #[serde(default)]
    pub containers: Vec<Container>,
}

impl Task {
    /// Whether it runs and is to go on running.
    pub fn is_running(&self) -> bool {
        self.last_status == "RUNNING" && self.desired_status == "RUNNING"
    }
}

/// One container of a task (ECS: `Container`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Container {
    /// Its name.
    pub name: String,
    /// The image as the task definition names it. Not what it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// The digest that it runs, as ECS writes it. Absent before the pull, and then it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
    /// As the task's.
    pub last_status: String,
    /// What it exited with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i32>,
    /// Why it did not start or stopped, in the words of ECS: `CannotPullContainerError: …`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// By its health check.
    #[serde(default)]
    pub health_status: HealthStatus,
}

/// The verdict of container health checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum HealthStatus {
    /// All passed.
    Healthy,
    /// One failed.
    Unhealthy,
    /// Not checked, or not yet.
    #[default]
    Unknown,
}
