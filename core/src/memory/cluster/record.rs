//! Service deployments: what a service was told to run, and what came of it.

use tokio::time::Instant;

use super::rollout::Revision;
use super::stage::Stage;
use super::world::World;
use crate::service::{
    CircuitBreakerState, DeploymentAlarms, HookStatus, LifecycleHook, RevisionCount, Rollback,
    ServiceDeployment, ServiceDeploymentStatus,
};

/// A service deployment.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) arn: String,
    pub(super) status: ServiceDeploymentStatus,
    pub(super) reason: Option<String>,
    pub(super) target: usize,
    pub(super) sources: Vec<RevisionCount>,
    pub(super) rollback: Option<Undone>,
    pub(super) breaker: Option<CircuitBreakerState>,
    pub(super) alarms: Option<DeploymentAlarms>,
    pub(super) hooks: Vec<HookRecord>,
    /// The stage, where the strategy has some.
    pub(super) stage: Option<Stage>,
    pub(super) created: Instant,
    pub(super) started: Option<Instant>,
    pub(super) finished: Option<Instant>,
    /// When it is stopped, once that was asked for.
    pub(super) stops: Option<Instant>,
    /// When the way back begins, once that was asked for.
    pub(super) rolls_back: Option<Instant>,
}

/// What is put back, and why.
#[derive(Debug, Clone)]
pub(super) struct Undone {
    pub(super) reason: String,
    pub(super) started: Instant,
    pub(super) revision: usize,
}

/// A lifecycle hook that was called.
#[derive(Debug, Clone)]
pub(super) struct HookRecord {
    pub(super) id: String,
    pub(super) stage: Stage,
    pub(super) status: HookStatus,
    /// When it ends by itself: a function with its answer, a pause without one.
    pub(super) ends: Option<Instant>,
    pub(super) pause: bool,
    pub(super) fails: bool,
    pub(super) timeout_action: String,
}

impl Record {
    /// Begins, if nothing else was asked for meanwhile.
    pub(super) fn begin(&mut self, at: Instant) {
        self.started = self.started.or(Some(at));
        if self.status == ServiceDeploymentStatus::Pending {
            self.status = ServiceDeploymentStatus::InProgress;
        }
    }

    /// Comes to its end.
    pub(super) fn finish(&mut self, status: ServiceDeploymentStatus, reason: &str, at: Instant) {
        if self.status.is_terminal() {
            return;
        }
        self.status = status;
        if !reason.is_empty() {
            self.reason = Some(reason.to_owned());
        }
        self.finished = Some(at);
        self.stops = None;
        self.rolls_back = None;
        self.stage = None;
        if let Some(breaker) = &mut self.breaker
            && breaker.status == "MONITORING"
        {
            "MONITORING_COMPLETE".clone_into(&mut breaker.status);
        }
        if let Some(alarms) = &mut self.alarms
            && alarms.status == "MONITORING"
        {
            "MONITORING_COMPLETE".clone_into(&mut alarms.status);
        }
    }

    /// As DescribeServiceDeployments tells it.
    pub(super) fn describe(&self, revisions: &[Revision], world: &World) -> ServiceDeployment {
        let arn_of = |index: usize| {
            let revision: Option<&Revision> = revisions.get(index);
            revision.map(|one| one.arn.clone()).unwrap_or_default()
        };
        ServiceDeployment {
            arn: self.arn.clone(),
            status: self.status.clone(),
            status_reason: self.reason.clone(),
            lifecycle_stage: self.stage.map(|stage| stage.name().to_owned()),
            target_service_revision: arn_of(self.target),
            source_service_revisions: self.sources.clone(),
            rollback: self.rollback.as_ref().map(|undone| Rollback {
                reason: Some(undone.reason.clone()),
                started_at: Some(world.time(undone.started)),
                service_revision_arn: arn_of(undone.revision),
            }),
            circuit_breaker: self.breaker.clone(),
            alarms: self.alarms.clone(),
            lifecycle_hooks: self.hooks.iter().map(|hook| hook.describe(world)).collect(),
            created_at: world.time(self.created),
            started_at: self.started.map(|at| world.time(at)),
            finished_at: self.finished.map(|at| world.time(at)),
        }
    }

    /// As ListServiceDeployments tells it: without much of it.
    pub(super) fn brief(&self, revisions: &[Revision], world: &World) -> ServiceDeployment {
        ServiceDeployment {
            lifecycle_stage: None,
            source_service_revisions: Vec::new(),
            rollback: None,
            circuit_breaker: None,
            alarms: None,
            lifecycle_hooks: Vec::new(),
            ..self.describe(revisions, world)
        }
    }
}

impl HookRecord {
    pub(super) fn is_open(&self) -> bool {
        matches!(
            self.status,
            HookStatus::AwaitingAction | HookStatus::InProgress
        )
    }

    fn describe(&self, world: &World) -> LifecycleHook {
        LifecycleHook {
            hook_id: self.id.clone(),
            stage: Some(self.stage.name().to_owned()),
            status: self.status.clone(),
            expires_at: self.ends.filter(|_| self.pause).map(|at| world.time(at)),
            timeout_action: self.pause.then(|| self.timeout_action.clone()),
        }
    }
}
