//! The scheduler: which tasks start and which stop.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::time::Instant;

use super::service::{Service, group_of};
use super::task::{ContainerRecord, Failure, Phase, TaskRecord};
use super::world::{MARK, World};
use crate::service::RolloutState;

impl Service {
    /// Starts and stops what the limits allow; whether there was anything.
    pub(super) fn schedule(&mut self, at: Instant, world: &mut World) -> bool {
        let stopped = self.stop_old(at, world);
        let started = self.start_new(at, world);
        if started || stopped {
            self.steady = false;
        } else {
            self.complain_if_stuck(at, world);
        }
        started || stopped
    }

    fn start_new(&mut self, at: Instant, world: &mut World) -> bool {
        let Some(primary) = self.rollouts.first() else {
            return false;
        };
        let waits = self.retry.is_some() || !primary.begun || primary.halted;
        if waits || !primary.progress.may_start() {
            return false;
        }
        let of_primary = self.active(|task| task.deployment == primary.id);
        let mut count = u64::from(self.desired).saturating_sub(of_primary);
        if !primary.progress.side_by_side {
            let room = self.configuration.most(self.desired);
            count = count.min(room.saturating_sub(self.active(|_| true)));
        }
        if count == 0 {
            return false;
        }
        let started: Vec<String> = (0..u32::try_from(count).unwrap_or(u32::MAX))
            .filter_map(|number| self.start_task(number, at, world))
            .collect();
        let words = format!("has started {} tasks: {}.", started.len(), listed(&started));
        self.say(&words, at, world);
        true
    }

    fn start_task(&mut self, number: u32, at: Instant, world: &mut World) -> Option<String> {
        let id: String = self.next_id("task").chars().skip(MARK).collect();
        let id = format!("{}{id}", self.mark);
        let primary = self.rollouts.first()?;
        let later = world.pace.stagger * number;
        let containers = primary.definition.containers.len();
        self.tasks.push(TaskRecord {
            arn: world.place.arn(&format!("task/{}/{id}", self.cluster)),
            deployment: primary.id.clone(),
            started_by: primary.id.clone(),
            revision: primary.revision,
            definition: Arc::clone(&primary.definition),
            alternate: primary.alternate,
            announced: false,
            group: format!("service:{}", self.name),
            address: world.next_address(),
            phase: Phase::Provisioning,
            next: Some(at + world.pace.provisioning + later),
            wanted: true,
            containers: vec![ContainerRecord::default(); containers],
            target: None,
            verdicts: Vec::new(),
            exit: None,
            behaviour: super::behaviour::Behaviour::Healthy,
            created: at,
            started: None,
            stopped: None,
            stop_code: None,
            stopped_reason: None,
            passed: false,
            failure: None,
        });
        Some(id)
    }

    fn stop_old(&mut self, at: Instant, world: &mut World) -> bool {
        let Some(primary) = self.rollouts.first() else {
            return false;
        };
        if !primary.begun {
            return false;
        }
        let mut stopping = Vec::new();
        if !primary.halted && primary.progress.may_stop() {
            stopping = self.replaceable(&primary.id);
        }
        let of_primary = self.active(|task| task.deployment == primary.id);
        let extra = of_primary.saturating_sub(u64::from(self.desired));
        if extra > 0 {
            let mut of_it = self.indexes(|task| task.is_active() && task.deployment == primary.id);
            of_it.sort_by_key(|index| self.tasks.get(*index).is_some_and(TaskRecord::is_healthy));
            stopping.extend(
                of_it
                    .into_iter()
                    .take(usize::try_from(extra).unwrap_or(usize::MAX)),
            );
        }
        if stopping.is_empty() {
            return false;
        }
        let id = primary.id.clone();
        let reason = format!("Scaling activity initiated by (deployment {id})");
        let mut stopped = Vec::new();
        for index in stopping {
            self.with_task(index, world, |task, around| {
                task.stop("ServiceSchedulerInitiated", &reason, at, around);
            });
            stopped.extend(self.tasks.get(index).map(|task| task.id().to_owned()));
        }
        if !self.load_balancers.is_empty() {
            let words = format!("has begun draining connections on {} tasks.", stopped.len());
            self.say(&words, at, world);
        }
        let words = format!(
            "has stopped {} running tasks: {}.",
            stopped.len(),
            listed(&stopped)
        );
        self.say(&words, at, world);
        true
    }

    /// Old tasks that may stop now: those that are not healthy, and as many others as leave enough.
    fn replaceable(&self, primary: &str) -> Vec<usize> {
        let old = self.indexes(|task| task.is_active() && task.deployment != primary);
        let healthy = self.tasks.iter().filter(|task| task.is_healthy()).count();
        let least = usize::try_from(self.configuration.least(self.desired)).unwrap_or(usize::MAX);
        let mut spare = healthy.saturating_sub(least);
        let is_healthy = |index: &usize| self.tasks.get(*index).is_some_and(TaskRecord::is_healthy);
        old.into_iter()
            .filter(|index| {
                let take = !is_healthy(index) || spare > 0;
                if take && is_healthy(index) {
                    spare -= 1;
                }
                take
            })
            .collect()
    }

    /// Notes what became of tasks: those that pass, and those that failed.
    pub(super) fn note_tasks(&mut self, at: Instant, world: &World) {
        let mut words = Vec::new();
        let mut registered: BTreeMap<String, u32> = BTreeMap::new();
        for task in &mut self.tasks {
            if task.target.is_some() && !task.announced {
                task.announced = true;
                let mut balancers = self.load_balancers.iter();
                let group = balancers.find_map(|one| group_of(one, task.alternate));
                *registered
                    .entry(group.unwrap_or_default().to_owned())
                    .or_default() += 1;
            }
            let rollout = self
                .rollouts
                .iter_mut()
                .find(|one| one.id == task.deployment);
            if !task.passed && task.is_healthy() {
                task.passed = true;
                self.steady = false;
                if let Some(rollout) = rollout {
                    rollout.failed_tasks = 0;
                    rollout.updated = at;
                    if self
                        .configuration
                        .breaker
                        .is_none_or(|breaker| breaker.resets)
                    {
                        rollout.failures = 0;
                    }
                }
            } else if let Some(failure) = task.failure.take() {
                self.steady = false;
                self.retry = Some(at + world.pace.until_replaced());
                if let Some(said) = failure.words(task) {
                    words.push(said);
                }
                if let Some(rollout) = rollout.filter(|_| failure != Failure::Later) {
                    rollout.failed_tasks += 1;
                    rollout.failures += 1;
                    rollout.updated = at;
                    rollout.last_failure = Some(failure);
                    if rollout.failed_tasks % 10 == 3 {
                        words.push(UNABLE_TO_START.to_owned());
                    }
                }
            }
        }
        for (group, count) in registered {
            words.push(format!(
                "registered {count} targets in (target-group {group})."
            ));
        }
        for words in words {
            self.say(&words, at, world);
        }
    }

    fn complain_if_stuck(&mut self, at: Instant, world: &World) {
        let desired = u64::from(self.desired);
        let in_flight = self.tasks.iter().any(|task| {
            task.phase != Phase::Stopped
                && (task.phase != Phase::Running || !task.verdicts.is_empty())
        });
        let Some(primary) = self.rollouts.first_mut() else {
            return;
        };
        let waits = !primary.begun || primary.halted || !primary.progress.may_start();
        let under_way = primary.state == RolloutState::InProgress && !primary.stuck;
        if waits || in_flight || !under_way || self.retry.is_some() {
            return;
        }
        let id = primary.id.clone();
        let missing = self.active(|task| task.deployment == id) < desired;
        let old = self.active(|task| task.deployment != id) > 0;
        if !missing && !old {
            return;
        }
        if let Some(primary) = self.rollouts.first_mut() {
            primary.stuck = true;
        }
        self.say(STUCK, at, world);
    }

    pub(super) fn active(&self, which: impl Fn(&TaskRecord) -> bool) -> u64 {
        let active = self
            .tasks
            .iter()
            .filter(|task| task.is_active() && which(task));
        u64::try_from(active.count()).unwrap_or(u64::MAX)
    }

    fn indexes(&self, which: impl Fn(&TaskRecord) -> bool) -> Vec<usize> {
        let tasks = self.tasks.iter().enumerate();
        tasks
            .filter(|(_, task)| which(task))
            .map(|(index, _)| index)
            .collect()
    }
}

const UNABLE_TO_START: &str = "is unable to consistently start tasks successfully. For more \
                               information, see the Troubleshooting section of the Amazon ECS \
                               Developer Guide.";

const STUCK: &str = "was unable to stop or start tasks during a deployment because of the service \
                     deployment configuration. Update the minimumHealthyPercent or maximumPercent \
                     value and try again.";

impl Failure {
    /// What the events say of it, if anything.
    fn words(self, task: &TaskRecord) -> Option<String> {
        let id = task.id();
        match self {
            Self::ContainerHealth => Some(format!("(task {id}) failed container health checks.")),
            Self::TargetHealth => Some(format!(
                "(task {id}) is unhealthy in its target-group due to (reason Health checks failed)."
            )),
            Self::Start | Self::Later => None,
        }
    }
}

fn listed(ids: &[String]) -> String {
    let ids: Vec<String> = ids.iter().map(|id| format!("(task {id})")).collect();
    ids.join(" ")
}
