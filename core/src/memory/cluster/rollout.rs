//! Deployments of a service, and the service revisions that they put in place.

use std::sync::Arc;

use tokio::time::Instant;

use super::definition::Definition;
use super::pull::Resolution;
use super::stage::Progress;
use super::task::Failure;
use super::world::World;
use crate::service::{Deployment, DeploymentStatus, RevisionImage, RolloutState, ServiceRevision};

/// A service revision.
#[derive(Debug, Clone)]
pub(super) struct Revision {
    pub(super) arn: String,
    pub(super) definition: Arc<Definition>,
    pub(super) resolutions: Vec<Resolution>,
    pub(super) created: Instant,
}

/// One entry of `deployments`.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
pub(super) struct Rollout {
    pub(super) id: String,
    pub(super) revision: usize,
    pub(super) definition: Arc<Definition>,
    /// The service deployment that it is of.
    pub(super) record: usize,
    pub(super) rollback: bool,
    /// Whether its targets are in the alternate target groups.
    pub(super) alternate: bool,
    pub(super) progress: Progress,
    pub(super) state: RolloutState,
    pub(super) reason: String,
    pub(super) failed_tasks: u32,
    /// What the circuit breaker counts.
    pub(super) failures: u32,
    pub(super) last_failure: Option<Failure>,
    /// Whether it starts no more tasks.
    pub(super) halted: bool,
    pub(super) begins: Instant,
    pub(super) begun: bool,
    pub(super) created: Instant,
    pub(super) updated: Instant,
    /// Alarms that went off before it began.
    pub(super) ignored_alarms: Vec<String>,
    /// Whether it was said that it is stuck.
    pub(super) stuck: bool,
}

/// The tasks of a deployment.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) desired: u32,
    pub(super) pending: u32,
    pub(super) running: u32,
}

impl Revision {
    /// As DescribeServiceRevisions tells it.
    pub(super) fn describe(&self, world: &World) -> ServiceRevision {
        let containers = self.definition.containers.iter().zip(&self.resolutions);
        ServiceRevision {
            arn: self.arn.clone(),
            task_definition: self.definition.arn.clone(),
            container_images: containers
                .map(|(spec, resolution)| RevisionImage {
                    container_name: spec.name.clone(),
                    image: Some(spec.image.clone()),
                    image_digest: resolution.digest.clone(),
                })
                .collect(),
            created_at: world.time(self.created),
        }
    }
}

impl Rollout {
    pub(super) fn is_under_way(&self) -> bool {
        self.state == RolloutState::InProgress
    }

    /// As DescribeServices tells it.
    pub(super) fn describe(&self, primary: bool, counts: Counts, world: &World) -> Deployment {
        Deployment {
            id: self.id.clone(),
            status: if primary {
                DeploymentStatus::Primary
            } else {
                DeploymentStatus::Active
            },
            task_definition: self.definition.arn.clone(),
            desired_count: counts.desired,
            pending_count: counts.pending,
            running_count: counts.running,
            failed_tasks: self.failed_tasks,
            rollout_state: Some(self.state.clone()),
            rollout_state_reason: Some(self.reason.clone()),
            created_at: world.time(self.created),
            updated_at: world.time(self.updated),
        }
    }
}
