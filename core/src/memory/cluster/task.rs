//! Tasks as the scheduler sees them.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::behaviour::{Behaviour, Check};
use super::definition::Definition;
use super::world::World;
use crate::image::Digest;
use crate::service::{Container, HealthStatus, TargetState, Task};

/// A task with its life so far.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
pub(super) struct TaskRecord {
    pub(super) arn: String,
    /// The deployment that it counts for.
    pub(super) deployment: String,
    pub(super) started_by: String,
    /// The service revision that it is of.
    pub(super) revision: usize,
    pub(super) definition: Arc<Definition>,
    /// Whether its targets are in the alternate target groups.
    pub(super) alternate: bool,
    /// Whether the events told of its targets.
    pub(super) announced: bool,
    pub(super) group: String,
    pub(super) address: Ipv4Addr,
    pub(super) phase: Phase,
    /// When the phase ends by itself.
    pub(super) next: Option<Instant>,
    /// Whether it is to run.
    pub(super) wanted: bool,
    pub(super) containers: Vec<ContainerRecord>,
    /// The health of its targets, where the service has load balancers.
    pub(super) target: Option<TargetState>,
    /// When checks come to their verdict.
    pub(super) verdicts: Vec<(Instant, Check, bool)>,
    /// When it exits, and with what.
    pub(super) exit: Option<(Instant, i32)>,
    pub(super) behaviour: Behaviour,
    pub(super) created: Instant,
    pub(super) started: Option<Instant>,
    pub(super) stopped: Option<Instant>,
    pub(super) stop_code: Option<&'static str>,
    pub(super) stopped_reason: Option<String>,
    pub(super) passed: bool,
    pub(super) failure: Option<Failure>,
}

/// How a task failed, as the circuit breaker counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// It did not get to run.
    Start,
    /// A container failed its health check.
    ContainerHealth,
    /// The target failed its health check.
    TargetHealth,
    /// It ran, was fine, and ended. Nobody counts that.
    Later,
}

/// Where a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    Provisioning,
    Pending,
    Activating,
    Running,
    Deactivating,
    Stopping,
    Deprovisioning,
    Stopped,
}

#[derive(Debug, Clone, Default)]
pub(super) struct ContainerRecord {
    /// What the pull under way brings: the one or the other.
    pub(super) pulled: Option<Digest>,
    pub(super) pull_error: Option<String>,
    pub(super) digest: Option<Digest>,
    pub(super) exit_code: Option<i32>,
    pub(super) reason: Option<String>,
    pub(super) health: HealthStatus,
}

impl TaskRecord {
    /// When something happens to it next.
    pub(super) fn due(&self) -> Option<Instant> {
        let verdicts = self.verdicts.iter().map(|(at, ..)| *at);
        let exit = self.exit.map(|(at, _)| at);
        verdicts.chain(self.next).chain(exit).min()
    }

    /// Whether it is to run and has not ended: what the limits of a deployment count.
    pub(super) fn is_active(&self) -> bool {
        self.wanted && self.phase < Phase::Deactivating
    }

    pub(super) fn is_running(&self) -> bool {
        self.is_active() && self.phase == Phase::Running
    }

    /// Whether ECS counts it as running: also while it is drained.
    pub(super) fn counts_as_running(&self) -> bool {
        matches!(self.phase, Phase::Running)
    }

    pub(super) fn counts_as_pending(&self) -> bool {
        self.phase < Phase::Running
    }

    /// Whether it runs and all checks that it has passed.
    pub(super) fn is_healthy(&self) -> bool {
        let checked = self.definition.containers.iter().zip(&self.containers);
        self.is_running()
            && self
                .target
                .as_ref()
                .is_none_or(|target| *target == TargetState::Healthy)
            && checked
                .filter(|(spec, _)| spec.checked && spec.essential)
                .all(|(_, container)| container.health == HealthStatus::Healthy)
    }

    /// Its last part, by which events name it.
    pub(super) fn id(&self) -> &str {
        self.arn.rsplit('/').next().unwrap_or(&self.arn)
    }

    /// Whether ECS still tells of it.
    pub(super) fn is_remembered(&self, at: Instant, remembering: Duration) -> bool {
        self.stopped
            .is_none_or(|stopped| at.saturating_duration_since(stopped) <= remembering)
    }

    fn health(&self) -> HealthStatus {
        let mut checked = self
            .definition
            .containers
            .iter()
            .zip(&self.containers)
            .filter(|(spec, _)| spec.checked && spec.essential)
            .map(|(_, container)| container.health)
            .peekable();
        if checked.peek().is_none() {
            return HealthStatus::Unknown;
        }
        checked.fold(HealthStatus::Healthy, |all, one| match (all, one) {
            (HealthStatus::Unhealthy, _) | (_, HealthStatus::Unhealthy) => HealthStatus::Unhealthy,
            (HealthStatus::Unknown, _) | (_, HealthStatus::Unknown) => HealthStatus::Unknown,
            _ => HealthStatus::Healthy,
        })
    }

    /// As DescribeTasks tells it.
    pub(super) fn describe(&self, world: &World) -> Task {
        let containers = self.definition.containers.iter().zip(&self.containers);
        Task {
            task_arn: self.arn.clone(),
            task_definition_arn: self.definition.arn.clone(),
            last_status: self.phase.name().to_owned(),
            desired_status: if self.wanted { "RUNNING" } else { "STOPPED" }.to_owned(),
            health_status: self.health(),
            started_by: Some(self.started_by.clone()),
            group: Some(self.group.clone()),
            stop_code: self.stop_code.map(str::to_owned),
            stopped_reason: self.stopped_reason.clone(),
            created_at: Some(world.time(self.created)),
            started_at: self.started.map(|at| world.time(at)),
            stopped_at: self.stopped.map(|at| world.time(at)),
            private_ipv4_address: (self.phase > Phase::Provisioning)
                .then(|| self.address.to_string()),
            containers: containers
                .map(|(spec, container)| Container {
                    name: spec.name.clone(),
                    image: Some(spec.image.clone()),
                    image_digest: container.digest.as_ref().map(ToString::to_string),
                    last_status: self.phase.of_container().to_owned(),
                    exit_code: container.exit_code,
                    reason: container.reason.clone(),
                    health_status: container.health,
                })
                .collect(),
        }
    }
}

impl Phase {
    fn name(self) -> &'static str {
        match self {
            Self::Provisioning => "PROVISIONING",
            Self::Pending => "PENDING",
            Self::Activating => "ACTIVATING",
            Self::Running => "RUNNING",
            Self::Deactivating => "DEACTIVATING",
            Self::Stopping => "STOPPING",
            Self::Deprovisioning => "DEPROVISIONING",
            Self::Stopped => "STOPPED",
        }
    }

    /// Containers know three states only.
    fn of_container(self) -> &'static str {
        match self {
            Self::Provisioning | Self::Pending | Self::Activating => "PENDING",
            Self::Running | Self::Deactivating | Self::Stopping => "RUNNING",
            Self::Deprovisioning | Self::Stopped => "STOPPED",
        }
    }
}
