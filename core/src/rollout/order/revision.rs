//! The protocol's words for Amazon ECS.

use chrono::{DateTime, Utc};

use super::{Entry, Target, View};
use crate::service::{Deployment, RolloutState, ServiceSnapshot, TaskDefinitionArn};
use crate::version::Version;

/// A revision of a task definition with its version.
#[derive(Debug, Clone)]
pub struct Revision {
    /// The revision.
    pub task_definition: TaskDefinitionArn,
    /// Its version, where it is known: see [`version_of`](crate::rollout::version_of).
    pub version: Option<Version>,
}

/// The same revision is the same target, whether its version is known or not.
impl PartialEq for Revision {
    fn eq(&self, other: &Self) -> bool {
        self.task_definition == other.task_definition
    }
}

impl Eq for Revision {}

impl Target for Revision {
    /// By [the order of versions](Version), of one environment.
    fn is_newer_than(&self, other: &Self) -> bool {
        match (&self.version, &other.version) {
            (Some(mine), Some(other)) => mine.environment() == other.environment() && mine > other,
            _ => false,
        }
    }
}

/// Which deployment it is, and when it began: `createdAt`, then the id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Begun {
    /// When it was made.
    pub at: DateTime<Utc>,
    /// `ecs-svc/1234567890123456789`.
    pub id: String,
}

impl Begun {
    /// Of one entry of `deployments`.
    pub fn of(deployment: &Deployment) -> Self {
        Self {
            at: deployment.created_at,
            id: deployment.id.clone(),
        }
    }
}

impl Entry<Revision, Begun> {
    /// One entry of `deployments` of a service. It failed when its `rolloutState` is `FAILED`.
    pub fn of(deployment: &Deployment, version: Option<Version>) -> Self {
        Self {
            id: Begun::of(deployment),
            target: Revision {
                task_definition: deployment.task_definition.clone(),
                version,
            },
            failed: deployment.rollout_state == Some(RolloutState::Failed),
        }
    }
}

impl View<Revision, Begun> {
    /// The `deployments` of a service; `version` is asked for the version of each revision.
    ///
    /// Older ones without tasks are missing there.
    pub fn of(
        service: &ServiceSnapshot,
        mut version: impl FnMut(&TaskDefinitionArn) -> Option<Version>,
    ) -> Self {
        let entries = service.deployments.iter();
        Self::new(entries.map(|deployment| {
            Entry::<Revision, Begun>::of(deployment, version(&deployment.task_definition))
        }))
    }
}
