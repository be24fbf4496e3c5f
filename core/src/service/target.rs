//! Targets of load balancers.

use serde::{Deserialize, Serialize};

/// One target of a target group (Elastic Load Balancing: `DescribeTargetHealth`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TargetHealth {
    /// An IP address for tasks with `awsvpc`, else an instance.
    pub id: String,
    /// Its port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// Whether it gets traffic.
    pub state: TargetState,
    /// `Target.Timeout`, `Elb.RegistrationInProgress`, … as ELB writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The same in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// The state of a target.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetState {
    /// Being registered or checked for the first time.
    Initial,
    /// It gets traffic.
    Healthy,
    /// It fails its checks.
    Unhealthy,
    /// It fails its checks and is being taken out.
    #[serde(rename = "unhealthy.draining")]
    UnhealthyDraining,
    /// It is not in use.
    Unused,
    /// It is being taken out. During a rollout that is what old tasks do, not a failure.
    Draining,
    /// Its health is not known.
    Unavailable,
    /// One that this library does not know.
    #[serde(untagged)]
    Other(String),
}
