//! The life of a task, step by step.

use std::time::Duration;

use tokio::time::Instant;

use super::behaviour::{Behaviour, Check};
use super::pull::{self, Resolution};
use super::task::{ContainerRecord, Failure, Phase, TaskRecord};
use super::world::World;
use crate::service::{HealthStatus, TargetState};

/// What a task lives in: the parts of its service that it meets.
#[derive(Debug)]
pub(super) struct Surroundings<'a> {
    pub(super) world: &'a mut World,
    /// The images of its service revision.
    pub(super) resolutions: &'a mut [Resolution],
    /// A target group of the service, where it has one.
    pub(super) target_group: Option<&'a str>,
    /// How long failing targets are borne with.
    pub(super) grace: Duration,
}

impl TaskRecord {
    /// Does all that is due at the moment `at`.
    pub(super) fn turn(&mut self, at: Instant, around: &mut Surroundings<'_>) {
        if self.next.is_some_and(|next| next <= at) {
            self.next = None;
            match self.phase {
                Phase::Provisioning => self.begin_pull(at, around),
                Phase::Pending => self.activate(at, around),
                Phase::Activating => self.run(at, around),
                Phase::Running | Phase::Stopped => {}
                Phase::Deactivating => self.enter(Phase::Stopping, at, around),
                Phase::Stopping => self.enter(Phase::Deprovisioning, at, around),
                Phase::Deprovisioning => self.enter(Phase::Stopped, at, around),
            }
        }
        while let Some(index) = self.verdicts.iter().position(|(due, ..)| *due <= at) {
            let (_, check, passed) = self.verdicts.swap_remove(index);
            self.judge(check, passed, at, around);
        }
        if let Some((due, code)) = self.exit
            && due <= at
        {
            self.exit = None;
            self.end_by_exit(code, None, at, around);
        }
    }

    /// Ends it, because somebody or the scheduler wants so.
    pub(super) fn stop(
        &mut self,
        code: &'static str,
        reason: &str,
        at: Instant,
        around: &mut Surroundings<'_>,
    ) {
        if !self.wanted {
            return;
        }
        self.end(code, reason.to_owned());
        let drained = self.phase == Phase::Running && self.target.is_some();
        let to = match self.phase {
            Phase::Running if drained => Phase::Deactivating,
            Phase::Running => Phase::Stopping,
            _ => Phase::Deprovisioning,
        };
        self.enter(to, at, around);
    }

    fn begin_pull(&mut self, at: Instant, around: &mut Surroundings<'_>) {
        self.phase = Phase::Pending;
        self.next = Some(at + around.world.pace.pulling);
        let definition = std::sync::Arc::clone(&self.definition);
        let parts = definition.containers.iter().zip(&mut self.containers);
        for ((container, record), resolution) in parts.zip(around.resolutions.iter_mut()) {
            match pull::pull(
                around.world,
                container,
                &definition.platform,
                resolution,
                at,
            ) {
                Ok(pulled) => {
                    record.pulled = Some(pulled.reported);
                    if self.behaviour == Behaviour::Healthy && container.essential {
                        self.behaviour = pulled.behaviour;
                    }
                }
                Err(words) => record.pull_error = Some(words),
            }
        }
    }

    fn activate(&mut self, at: Instant, around: &mut Surroundings<'_>) {
        let words = self
            .containers
            .iter()
            .find_map(|one| one.pull_error.clone());
        if let Some(words) = words {
            for container in &mut self.containers {
                container.reason = container.pull_error.take();
            }
            return self.fail_to_start(words, at, around);
        }
        for container in &mut self.containers {
            container.digest = container.pulled.take();
        }
        let slow = match self.behaviour {
            Behaviour::SlowStart(slow) => slow,
            _ => Duration::ZERO,
        };
        self.phase = Phase::Activating;
        self.target = around.target_group.map(|_| TargetState::Initial);
        self.next = Some(at + around.world.pace.starting + slow);
    }

    fn run(&mut self, at: Instant, around: &mut Surroundings<'_>) {
        match self.behaviour {
            Behaviour::CrashLoop {
                exit_code,
                after: None,
            } => return self.end_by_exit(exit_code, None, at, around),
            Behaviour::OutOfMemory => {
                let words = "OutOfMemoryError: Container killed due to memory usage";
                return self.end_by_exit(137, Some(words), at, around);
            }
            Behaviour::CannotStart => {
                let words = "CannotStartContainerError: Error response from daemon: failed to \
                             create task for container: exec: not found in $PATH";
                if let Some(first) = self.first_essential() {
                    first.reason = Some(words.to_owned());
                }
                return self.fail_to_start(words.to_owned(), at, around);
            }
            Behaviour::CrashLoop {
                exit_code,
                after: Some(after),
            } => self.exit = Some((at + after, exit_code)),
            _ => {}
        }
        self.phase = Phase::Running;
        self.started = Some(at);
        let pace = around.world.pace;
        let verdict = |failing: bool| if failing { pace.failing } else { pace.checking };
        if self.definition.containers.iter().any(|one| one.checked) {
            let failing = self.behaviour == Behaviour::NeverHealthy(Check::Container);
            let due = at + verdict(failing);
            self.verdicts.push((due, Check::Container, !failing));
        }
        if self.target.is_some() {
            let failing = self.behaviour == Behaviour::NeverHealthy(Check::Target);
            let due = at + verdict(failing);
            self.verdicts.push((due, Check::Target, !failing));
        }
    }

    fn judge(&mut self, check: Check, passed: bool, at: Instant, around: &mut Surroundings<'_>) {
        if !self.is_running() {
            return;
        }
        match (check, passed) {
            (Check::Container, passed) => {
                let verdict = if passed {
                    HealthStatus::Healthy
                } else {
                    HealthStatus::Unhealthy
                };
                let checked = self.definition.containers.iter().zip(&mut self.containers);
                for (_, container) in checked.filter(|(spec, _)| spec.checked) {
                    container.health = verdict;
                }
                if !passed {
                    self.failure = Some(Failure::ContainerHealth);
                    let words = "Task failed container health checks";
                    self.stop("ServiceSchedulerInitiated", words, at, around);
                }
            }
            (Check::Target, true) => self.target = Some(TargetState::Healthy),
            (Check::Target, false) => {
                self.target = Some(TargetState::Unhealthy);
                let borne = self.started.map(|started| started + around.grace);
                if let Some(until) = borne.filter(|until| *until > at) {
                    self.verdicts.push((until, Check::Target, false));
                    return;
                }
                self.failure = Some(Failure::TargetHealth);
                let group = around.target_group.unwrap_or_default();
                let words = format!("Task failed ELB health checks in (target-group {group})");
                self.stop("ServiceSchedulerInitiated", &words, at, around);
                self.target = Some(TargetState::UnhealthyDraining);
            }
        }
    }

    fn fail_to_start(&mut self, words: String, at: Instant, around: &mut Surroundings<'_>) {
        self.failure = Some(Failure::Start);
        self.end("TaskFailedToStart", words);
        self.enter(Phase::Deprovisioning, at, around);
    }

    fn end_by_exit(
        &mut self,
        code: i32,
        reason: Option<&str>,
        at: Instant,
        around: &mut Surroundings<'_>,
    ) {
        if !self.wanted {
            return;
        }
        self.failure = Some(if self.passed {
            Failure::Later
        } else {
            Failure::Start
        });
        if let Some(first) = self.first_essential() {
            first.exit_code = Some(code);
            first.reason = reason.map(str::to_owned);
        }
        let words = "Essential container in task exited".to_owned();
        self.end("EssentialContainerExited", words);
        self.enter(Phase::Deprovisioning, at, around);
    }

    fn end(&mut self, code: &'static str, reason: String) {
        self.wanted = false;
        self.stop_code = Some(code);
        self.stopped_reason = Some(reason);
        self.verdicts.clear();
        self.exit = None;
    }

    fn enter(&mut self, phase: Phase, at: Instant, around: &mut Surroundings<'_>) {
        let pace = &around.world.pace;
        self.phase = phase;
        self.next = match phase {
            Phase::Deactivating => Some(at + pace.draining),
            Phase::Stopping => Some(at + pace.stopping),
            Phase::Deprovisioning => Some(at + pace.deprovisioning),
            _ => None,
        };
        match phase {
            Phase::Deactivating => self.target = Some(TargetState::Draining),
            Phase::Stopping | Phase::Deprovisioning => self.target = None,
            Phase::Stopped => self.stopped = Some(at),
            _ => {}
        }
    }

    fn first_essential(&mut self) -> Option<&mut ContainerRecord> {
        let index = self
            .definition
            .containers
            .iter()
            .position(|one| one.essential)?;
        self.containers.get_mut(index)
    }
}
