//! A service and its time.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use super::configuration::Configuration;
use super::definition::Definition;
use super::record::Record;
use super::rollout::{Counts, Revision, Rollout};
use super::task::{Phase, TaskRecord};
use super::task_life::Surroundings;
use super::world::{World, hex_id, number_id};
use crate::service::{LoadBalancer, RolloutState, ServiceEvent, ServiceSnapshot};

/// A service with all that it has.
#[derive(Debug, Clone)]
pub(super) struct Service {
    pub(super) cluster: String,
    pub(super) name: String,
    pub(super) status: &'static str,
    pub(super) controller: String,
    pub(super) configuration: Configuration,
    pub(super) configuration_json: Option<Value>,
    pub(super) desired: u32,
    pub(super) load_balancers: Vec<LoadBalancer>,
    pub(super) grace_seconds: Option<u32>,
    /// What it was last told to run.
    pub(super) definition: Arc<Definition>,
    /// The latest first: that is the PRIMARY one.
    pub(super) rollouts: Vec<Rollout>,
    pub(super) revisions: Vec<Revision>,
    /// The oldest first.
    pub(super) records: Vec<Record>,
    pub(super) tasks: Vec<TaskRecord>,
    /// The latest first.
    pub(super) events: VecDeque<ServiceEvent>,
    pub(super) created: Instant,
    pub(super) serial: u64,
    /// What the ids of its tasks begin with, so that they are found among many services.
    pub(super) mark: String,
    /// What was last put in place.
    pub(super) completed: Option<Completed>,
    /// No failed task is replaced before.
    pub(super) retry: Option<Instant>,
    pub(super) steady: bool,
    /// The service before the last change, for reads that lag.
    pub(super) before: Option<Box<Service>>,
}

/// What a deployment put in place.
#[derive(Debug, Clone)]
pub(super) struct Completed {
    pub(super) revision: usize,
    pub(super) deployment: String,
    pub(super) alternate: bool,
}

/// The target group of a load balancer that tasks of one side are registered in.
pub(super) fn group_of(balancer: &LoadBalancer, alternate: bool) -> Option<&str> {
    match &balancer.alternate_target_group_arn {
        Some(other) if alternate => Some(other),
        _ => balancer.target_group_arn.as_deref(),
    }
}

/// How many events ECS keeps.
const EVENTS: usize = 100;

impl Service {
    /// Plays everything that happens until `now`.
    pub(super) fn advance(&mut self, now: Instant, world: &mut World) {
        while let Some(due) = self.due().filter(|due| *due <= now) {
            self.step(due, world);
        }
    }

    /// When something happens next.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due_with(true)
    }

    /// As [`due`](Self::due); without `pauses` not the end of the patience of pauses.
    pub(super) fn due_with(&self, pauses: bool) -> Option<Instant> {
        let tasks = self.tasks.iter().filter_map(TaskRecord::due);
        let rollouts = self.rollouts.iter().flat_map(|rollout| {
            let begins = Some(rollout.begins).filter(|_| !rollout.begun);
            [begins, rollout.progress.until]
        });
        let records = self.records.iter().rev().take(4).flat_map(move |record| {
            let hooks = record.hooks.iter();
            let hooks = hooks.filter(move |hook| hook.is_open() && (pauses || !hook.pause));
            hooks
                .filter_map(|hook| hook.ends)
                .chain(record.stops)
                .chain(record.rolls_back)
        });
        tasks
            .chain(rollouts.flatten())
            .chain(records)
            .chain(self.retry)
            .min()
    }

    /// Does what is due at `at`, and all that follows from it at once.
    pub(super) fn step(&mut self, at: Instant, world: &mut World) {
        if self.retry.is_some_and(|retry| retry <= at) {
            self.retry = None;
        }
        for index in 0..self.tasks.len() {
            self.with_task(index, world, |task, around| task.turn(at, around));
        }
        self.note_tasks(at, world);
        self.end_records(at, world);
        self.begin_rollouts(at);
        loop {
            let mut changed = self.watch_alarms(at, world);
            changed |= self.watch_breaker(at, world);
            changed |= self.run_stages(at, world);
            changed |= self.schedule(at, world);
            if !changed {
                break;
            }
        }
        self.tidy(at, world);
    }

    /// Lets one task do something in its surroundings.
    pub(super) fn with_task(
        &mut self,
        index: usize,
        world: &mut World,
        act: impl FnOnce(&mut TaskRecord, &mut Surroundings<'_>),
    ) {
        let Some(task) = self.tasks.get_mut(index) else {
            return;
        };
        let Some(revision) = self.revisions.get_mut(task.revision) else {
            return;
        };
        let alternate = task.alternate;
        let mut balancers = self.load_balancers.iter();
        let target_group = balancers.find_map(|balancer| group_of(balancer, alternate));
        let seconds = f64::from(self.grace_seconds.unwrap_or(0));
        let grace: Duration = world.pace.minutes(seconds / 60.0);
        let mut around = Surroundings {
            world,
            resolutions: &mut revision.resolutions,
            target_group,
            grace,
        };
        act(task, &mut around);
    }

    /// The tasks that ECS still tells of.
    pub(super) fn visible(&self, world: &World) -> impl Iterator<Item = &TaskRecord> {
        let (now, remembering) = (Instant::now(), world.pace.remembering);
        let tasks = self.tasks.iter();
        tasks.filter(move |task| task.is_remembered(now, remembering))
    }

    /// Writes an event.
    pub(super) fn say(&mut self, words: &str, at: Instant, world: &World) {
        let event = ServiceEvent {
            id: self.next_id("event"),
            created_at: world.time(at),
            message: format!("(service {}) {words}", self.name),
        };
        self.events.push_front(event);
        self.events.truncate(EVENTS);
    }

    /// 32 hexadecimal digits of its own.
    pub(super) fn next_id(&mut self, what: &str) -> String {
        self.serial += 1;
        hex_id(&format!(
            "{}/{}/{what}/{}",
            self.cluster, self.name, self.serial
        ))
    }

    /// 19 decimal digits of its own.
    pub(super) fn next_number(&mut self, what: &str) -> String {
        self.serial += 1;
        number_id(&format!(
            "{}/{}/{what}/{}",
            self.cluster, self.name, self.serial
        ))
    }

    /// The tasks of a deployment, counted.
    pub(super) fn counts(&self, rollout: &Rollout, primary: bool) -> Counts {
        let mut counts = Counts::default();
        let of_it = self
            .tasks
            .iter()
            .filter(|task| task.deployment == rollout.id);
        for task in of_it {
            counts.pending += u32::from(task.counts_as_pending());
            counts.running += u32::from(task.counts_as_running());
            counts.desired += u32::from(task.is_active());
        }
        if primary {
            counts.desired = self.desired;
        }
        counts
    }

    /// As DescribeServices tells it.
    pub(super) fn describe(&self, world: &World) -> ServiceSnapshot {
        let of_ecs = self.controller == "ECS";
        let rollouts = self.rollouts.iter().filter(|_| of_ecs).enumerate();
        let deployments = rollouts
            .map(|(index, rollout)| {
                let counts = self.counts(rollout, index == 0);
                rollout.describe(index == 0, counts, world)
            })
            .collect();
        let count = |what: fn(&TaskRecord) -> bool| {
            let count = self.tasks.iter().filter(|task| what(task)).count();
            u32::try_from(count).unwrap_or(u32::MAX)
        };
        let record = self.records.last().filter(|_| world.service_deployments);
        ServiceSnapshot {
            service_arn: self.arn(world),
            service_name: self.name.clone(),
            cluster_arn: world.place.arn(&format!("cluster/{}", self.cluster)),
            status: self.status.to_owned(),
            deployment_controller: self.controller.clone(),
            task_definition: (self.controller != "EXTERNAL").then(|| self.definition.arn.clone()),
            desired_count: self.desired,
            running_count: count(TaskRecord::counts_as_running),
            pending_count: count(TaskRecord::counts_as_pending),
            deployments,
            current_service_deployment: record.map(|record| record.arn.clone()),
            deployment_configuration: self.configuration_json.clone(),
            load_balancers: self.load_balancers.clone(),
            health_check_grace_period_seconds: self.grace_seconds,
            events: self.events.iter().cloned().collect(),
            created_at: Some(world.time(self.created)),
        }
    }

    pub(super) fn arn(&self, world: &World) -> String {
        let Self { cluster, name, .. } = self;
        world.place.arn(&format!("service/{cluster}/{name}"))
    }

    fn begin_rollouts(&mut self, at: Instant) {
        for rollout in &mut self.rollouts {
            if rollout.begun || rollout.begins > at {
                continue;
            }
            rollout.begun = true;
            rollout.updated = at;
            if let Some(record) = self.records.get_mut(rollout.record) {
                record.begin(at);
            }
        }
    }

    /// Forgets deployments without tasks and tasks that nobody can ask for any more.
    fn tidy(&mut self, at: Instant, world: &World) {
        let tasks = &self.tasks;
        let mut primary = true;
        // What was replaced is told until its successor has begun, also where it had no task.
        let begun = self.rollouts.first().is_some_and(|first| first.begun);
        self.rollouts.retain(|rollout| {
            let is_first = std::mem::take(&mut primary);
            is_first
                || !begun
                || tasks
                    .iter()
                    .any(|task| task.deployment == rollout.id && task.phase < Phase::Deprovisioning)
        });
        let remembering = world.pace.remembering;
        self.tasks
            .retain(|task| task.is_remembered(at, remembering));
        let quiet = self.rollouts.len() == 1 && self.healthy() == self.desired;
        let done = self
            .rollouts
            .first()
            .is_some_and(|first| first.state == RolloutState::Completed);
        if quiet && done && !self.steady {
            self.steady = true;
            self.say("has reached a steady state.", at, world);
        }
    }

    /// The healthy tasks of the PRIMARY deployment.
    pub(super) fn healthy(&self) -> u32 {
        let Some(primary) = self.rollouts.first() else {
            return 0;
        };
        let of_it = self
            .tasks
            .iter()
            .filter(|task| task.deployment == primary.id);
        u32::try_from(of_it.filter(|task| task.is_healthy()).count()).unwrap_or(u32::MAX)
    }
}
