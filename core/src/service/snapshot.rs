//! A service at one moment, and what can be changed of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Deployment, DeploymentStatus, TaskDefinitionArn};

/// A service as `DescribeServices` and `UpdateService` return it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceSnapshot {
    /// Its ARN.
    pub service_arn: String,
    /// Its name.
    pub service_name: String,
    /// The ARN of its cluster.
    pub cluster_arn: String,
    /// `ACTIVE`, `DRAINING` or `INACTIVE`, as ECS writes it.
    pub status: String,
    /// `ECS`, `CODE_DEPLOY` or `EXTERNAL`. ECS may leave it out, which means `ECS`.
    #[serde(default = "ecs")]
    pub deployment_controller: String,
    /// What it was last told to run. Absent with other controllers than ECS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_definition: Option<TaskDefinitionArn>,
    /// How many tasks are wanted.
    pub desired_count: u32,
    /// Tasks that run.
    pub running_count: u32,
    /// Tasks that are not running yet.
    pub pending_count: u32,
    /// Its deployments, in the order of ECS.
    #[serde(default)]
    pub deployments: Vec<Deployment>,
    /// The ARN of the service deployment under way or last finished, where ECS tells it. It can be
    /// that of the one before for a moment after an update.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_service_deployment: Option<String>,
    /// How it is deployed, as ECS writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployment_configuration: Option<Value>,
    /// Where its traffic comes from.
    #[serde(default)]
    pub load_balancers: Vec<LoadBalancer>,
    /// How long unhealthy targets are borne with after a task starts, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health_check_grace_period_seconds: Option<u32>,
    /// The latest events, newest first (ECS keeps 100).
    #[serde(default)]
    pub events: Vec<ServiceEvent>,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<DateTime<Utc>>,
}

fn ecs() -> String {
    "ECS".to_owned()
}

impl ServiceSnapshot {
    /// The latest of its deployments.
    pub fn primary(&self) -> Option<&Deployment> {
        self.deployments
            .iter()
            .find(|deployment| deployment.status == DeploymentStatus::Primary)
    }
}

/// A load balancer of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LoadBalancer {
    /// Absent for a Classic load balancer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_group_arn: Option<String>,
    /// The other target group of a blue/green, linear or canary deployment: its tasks change sides
    /// with each deployment (ECS: `advancedConfiguration.alternateTargetGroupArn`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternate_target_group_arn: Option<String>,
    /// The container that gets the traffic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container_name: Option<String>,
    /// Its port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container_port: Option<u16>,
}

/// What ECS wrote into the events of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceEvent {
    /// Its id.
    pub id: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// The words of ECS.
    pub message: String,
}

/// What ECS says about one service that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum ServiceLookup {
    /// It is there.
    Found(Box<ServiceSnapshot>),
    /// It is not; `reason` is what ECS said, `MISSING`.
    Missing {
        /// What ECS said.
        reason: String,
    },
}

/// What `UpdateService` is to change. What is `None` stays as it is and is not sent.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceUpdate {
    /// What the tasks run from now on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_definition: Option<TaskDefinitionArn>,
    /// Begins a deployment although nothing changes. Each call begins another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub force_new_deployment: Option<bool>,
    /// How it is deployed, as ECS writes it: `strategy::DeploymentConfiguration` makes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployment_configuration: Option<Value>,
}
