//! Amazon ECS services as they are seen: services, their deployments and revisions, tasks, targets.
//!
//! Plain values, named as the ECS API names them. Whoever implements
//! [`ServiceControl`](crate::ports::ServiceControl) fills them in.

mod address;
mod arn;
mod deployment;
mod document;
mod service_deployment;
mod service_revision;
mod snapshot;
mod target;
mod task;

pub use crate::document::{Change, DocumentDiff, Problem};
pub use address::ServiceAddress;
pub use arn::TaskDefinitionArn;
pub use deployment::{Deployment, DeploymentStatus, RolloutState};
pub use document::{ServiceDocument, ServiceSpec, UpdateRequest};
pub use service_deployment::{
    CircuitBreakerState, DeploymentAlarms, HookAction, HookStatus, LifecycleHook, RevisionCount,
    Rollback, ServiceDeployment, ServiceDeploymentStatus,
};
pub use service_revision::{RevisionImage, ServiceRevision};
pub use snapshot::{LoadBalancer, ServiceEvent, ServiceLookup, ServiceSnapshot, ServiceUpdate};
pub use target::{TargetHealth, TargetState};
pub use task::{Container, HealthStatus, Task};
