//! Failed deployments: the circuit breaker, alarms, and the way back.

use tokio::time::Instant;

use super::pull::ATTEMPTS;
use super::record::Undone;
use super::service::{Completed, Service};
use super::stage::Progress;
use super::task::Failure;
use super::world::World;
use crate::service::{RolloutState, ServiceDeploymentStatus};

/// Why a deployment failed, in the words of ECS.
struct Cause {
    /// What happened, without a full stop.
    what: String,
    /// Who noticed, as the state reason of a deployment begins.
    by: &'static str,
}

const BREAKER: &str = "ECS deployment circuit breaker";
const OTHERS: &str = "ECS deployment failed";

impl Cause {
    fn event(&self, id: &str) -> String {
        format!("(deployment {id}) deployment failed: {}.", self.what)
    }

    fn of_rollout(&self) -> String {
        format!("{}: {}.", self.by, self.what)
    }

    fn of_record(&self) -> String {
        format!("Service deployment failed: {}.", self.what)
    }

    fn of_rollback(&self, to: &str) -> String {
        format!("{}: rolling back to deploymentId {to}.", self.by)
    }
}

impl Service {
    /// Ends the deployment under way when too many tasks have failed.
    pub(super) fn watch_breaker(&mut self, at: Instant, world: &World) -> bool {
        let Some(primary) = self.rollouts.first().filter(|one| one.is_under_way()) else {
            return false;
        };
        let (failures, back) = (primary.failures, primary.rollback);
        let threshold = self
            .configuration
            .breaker
            .map(|breaker| breaker.threshold.of(self.desired));
        let unresolved = self
            .revisions
            .get(primary.revision)
            .is_some_and(|revision| {
                let mut all = revision.resolutions.iter();
                all.any(|one| one.open && one.attempts >= ATTEMPTS)
            });
        let last = primary.last_failure;
        let state = self
            .records
            .get_mut(primary.record)
            .and_then(|record| record.breaker.as_mut());
        // That of a rollback is told nowhere.
        if let Some(state) = state.filter(|_| !back) {
            state.failure_count = failures;
        }
        let (Some(breaker), Some(threshold)) = (self.configuration.breaker, threshold) else {
            return false;
        };
        if failures < threshold && !(unresolved && failures >= ATTEMPTS) {
            return false;
        }
        if let Some(state) = self.breaker_of_primary() {
            "TRIGGERED".clone_into(&mut state.status);
        }
        let what = match last {
            Some(Failure::ContainerHealth) => "tasks failed container health checks",
            Some(Failure::TargetHealth) => "tasks failed ELB health checks",
            _ => "tasks failed to start",
        };
        let cause = Cause {
            what: what.to_owned(),
            by: BREAKER,
        };
        self.fail(&cause, breaker.rollback, at, world);
        true
    }

    /// Ends the deployment under way when an alarm goes off that was silent as it began.
    pub(super) fn watch_alarms(&mut self, at: Instant, world: &World) -> bool {
        let Some(alarms) = self.configuration.alarms.clone() else {
            return false;
        };
        let Some(primary) = self.rollouts.first().filter(|one| one.is_under_way()) else {
            return false;
        };
        let sounding: Vec<String> = alarms
            .names
            .into_iter()
            .filter(|name| world.alarms.contains(name) && !primary.ignored_alarms.contains(name))
            .collect();
        if sounding.is_empty() || primary.rollback {
            return false;
        }
        let record = self.records.get_mut(primary.record);
        if let Some(state) = record.and_then(|record| record.alarms.as_mut()) {
            "TRIGGERED".clone_into(&mut state.status);
            state.triggered_alarm_names = sounding;
        }
        let cause = Cause {
            what: "alarm(s) detected".to_owned(),
            by: OTHERS,
        };
        self.fail(&cause, alarms.rollback, at, world);
        true
    }

    /// Takes the deployment under way back because somebody wants so.
    pub(super) fn take_back(&mut self, what: &str, at: Instant, world: &World) {
        let cause = Cause {
            what: what.to_owned(),
            by: OTHERS,
        };
        self.fail(&cause, true, at, world);
    }

    fn fail(&mut self, cause: &Cause, rollback: bool, at: Instant, world: &World) {
        let Some(primary) = self.rollouts.first_mut() else {
            return;
        };
        primary.state = RolloutState::Failed;
        primary.reason = cause.of_rollout();
        primary.updated = at;
        primary.halted = true;
        primary.progress.end();
        let (id, was_rollback) = (primary.id.clone(), primary.rollback);
        let record = primary.record;
        self.say(&cause.event(&id), at, world);
        if was_rollback {
            if let Some(record) = self.records.get_mut(record) {
                record.finish(
                    ServiceDeploymentStatus::RollbackFailed,
                    &cause.of_record(),
                    at,
                );
            }
            return;
        }
        match (rollback, self.completed.clone()) {
            (true, Some(to)) => {
                self.roll_back(&to, record, cause, at, world);
            }
            // There is nothing to go back to: it stalls, and its service deployment with it.
            (true, None) => {
                if let Some(record) = self.records.get_mut(record) {
                    record.reason = Some(cause.of_record());
                    for hook in record.hooks.iter_mut().filter(|hook| hook.is_open()) {
                        hook.ends = None;
                    }
                }
            }
            (false, _) => {
                if let Some(record) = self.records.get_mut(record) {
                    record.status = ServiceDeploymentStatus::StopRequested;
                    record.reason = Some(cause.of_record());
                    record.stops = Some(at + world.pace.scheduling);
                }
            }
        }
    }

    fn roll_back(
        &mut self,
        to: &Completed,
        record: usize,
        cause: &Cause,
        at: Instant,
        world: &World,
    ) {
        let revision = to.revision;
        let Some(definition) = self
            .revisions
            .get(revision)
            .map(|one| one.definition.clone())
        else {
            return;
        };
        self.say(
            &format!("rolling back to deployment {}.", to.deployment),
            at,
            world,
        );
        if let Some(record) = self.records.get_mut(record) {
            record.status = ServiceDeploymentStatus::RollbackInProgress;
            record.reason = Some(cause.of_record());
            record.stage = None;
            record.rollback = Some(Undone {
                reason: cause.of_record(),
                started: at,
                revision,
            });
        }
        let side_by_side = self
            .rollouts
            .first()
            .is_some_and(|one| one.progress.side_by_side);
        self.definition = definition;
        let mut back = self.rollout(revision, Progress::back(), at, world);
        back.record = record;
        back.rollback = true;
        back.alternate = to.alternate;
        back.reason = cause.of_rollback(&to.deployment);
        if side_by_side {
            // The old tasks are all still there: they only get the traffic again.
            let failed = self.rollouts.first().map(|one| one.id.clone());
            for task in &mut self.tasks {
                if Some(&task.deployment) != failed.as_ref() && task.is_active() {
                    task.deployment.clone_from(&back.id);
                }
            }
        }
        self.rollouts.insert(0, back);
        self.retry = None;
        self.steady = false;
    }

    fn breaker_of_primary(&mut self) -> Option<&mut crate::service::CircuitBreakerState> {
        let index = self.rollouts.first()?.record;
        self.records.get_mut(index)?.breaker.as_mut()
    }
}
