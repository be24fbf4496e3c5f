//! What is seen of a service, moment by moment → what that means for *our* deployment.
//!
//! Ours is known by its id: a forced deployment keeps the ARN of the task definition, and "stable"
//! is also what a service is after a rollback. Where ECS has a service deployment of ours, its status
//! decides; elsewhere the `rolloutState` of our entry among the `deployments` does; and where that is
//! missing too (Classic load balancers), that our entry alone is left and has its tasks.

mod by_history;
mod by_rollout_state;
mod identify;
mod messages;
mod place;
mod standing;
#[cfg(test)]
mod tests;

pub use identify::service_deployment_of;
pub use standing::Standing;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use self::messages::Messages;
use self::place::Place;
use super::failure::Tally;
use super::{Event, TaskFailure, explain};
use crate::service::{
    Deployment, HookStatus, LifecycleHook, ServiceDeployment, ServiceEvent, ServiceSnapshot, Task,
};
use crate::task_definition::TaskDefinition;

/// How many times in a row something must be seen that a stale answer could also look like.
const PATIENCE: u32 = 3;

/// What is seen at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Observation {
    /// The service.
    pub service: ServiceSnapshot,
    /// The service deployment of ours, as [`service_deployment_of`] tells it from others. Absent
    /// where the endpoint has none, and while it is not visible yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployment: Option<ServiceDeployment>,
    /// Tasks of the service that stopped. Those of other deployments, and those that were seen
    /// before, may be among them.
    #[serde(default)]
    pub stopped: Vec<Task>,
}

/// Follows one deployment of a service.
///
/// A state machine without I/O and without a clock: it is fed with what is seen, and tells what that
/// means. Its [`standing`](Self::standing) never changes once it is final.
#[derive(Debug, Clone)]
pub struct Watch {
    ours: Deployment,
    before: HashSet<String>,
    task_definition: Option<TaskDefinition>,
    standing: Standing,
    has_history: bool,
    was_seen: bool,
    had_failed: Option<String>,
    patience: Patience,
    failed: Failed,
    progress: Option<Event>,
    messages: Messages,
    explained: HashSet<String>,
    failures: Tally,
    hooks_told: HashSet<String>,
}

/// How often in a row one doubtful thing was seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Doubt {
    #[default]
    None,
    Gone,
    NoRollbackYet,
    NoHistory,
    NobodyElse,
    Steady,
}

#[derive(Debug, Clone, Default)]
struct Patience {
    doubt: Doubt,
    times: u32,
    asked: bool,
}

impl Patience {
    /// Whether `doubt` has been seen often enough in a row.
    fn is_over(&mut self, doubt: Doubt) -> bool {
        self.asked = true;
        self.times = if self.doubt == doubt {
            self.times + 1
        } else {
            1
        };
        self.doubt = doubt;
        self.times >= PATIENCE
    }

    /// Forgets what was doubtful before and is not at this moment.
    fn next_moment(&mut self) {
        if !std::mem::take(&mut self.asked) {
            self.doubt = Doubt::None;
            self.times = 0;
        }
    }
}

/// Failures in a row, which ECS counts from 0 again once a task runs: they are added up.
#[derive(Debug, Clone, Copy, Default)]
struct Failed {
    now: u32,
    before: u32,
}

impl Failed {
    fn count(&mut self, now: u32) -> u32 {
        if now < self.now {
            self.before = self.before.saturating_add(self.now);
        }
        self.now = now;
        self.before.saturating_add(now)
    }
}

impl Watch {
    /// Follows the deployment that a write began: the `PRIMARY` one of the answer of `UpdateService`.
    /// `None` when the answer has none, as with other controllers than ECS.
    pub fn of(written: &ServiceSnapshot) -> Option<Self> {
        let ours = written.primary()?;
        Some(Self::follow(written, ours))
    }

    /// Follows the deployment with this id, which somebody began: a write whose answer was lost, or
    /// one that put our version back. `None` when the snapshot does not have it.
    pub fn of_deployment(service: &ServiceSnapshot, id: &str) -> Option<Self> {
        let ours = service.deployments.iter().find(|one| one.id == id)?;
        Some(Self::follow(service, ours))
    }

    fn follow(service: &ServiceSnapshot, ours: &Deployment) -> Self {
        let others = service.deployments.iter().filter(|one| one.id != ours.id);
        Self {
            before: others
                .filter(|one| one.created_at <= ours.created_at)
                .map(|one| one.id.clone())
                .collect(),
            ours: ours.clone(),
            task_definition: None,
            standing: Standing::NotVisibleYet,
            has_history: false,
            was_seen: false,
            had_failed: None,
            patience: Patience::default(),
            failed: Failed::default(),
            progress: None,
            messages: Messages::since(ours.created_at),
            explained: HashSet::new(),
            failures: Tally::default(),
            hooks_told: HashSet::new(),
        }
    }

    /// Tells where the logs of failed tasks are.
    pub fn with_task_definition(mut self, task_definition: TaskDefinition) -> Self {
        self.task_definition = Some(task_definition);
        self
    }

    /// Our deployment, as it was last seen.
    pub fn deployment(&self) -> &Deployment {
        &self.ours
    }

    /// Where it stands.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// The tasks of our deployment that failed, those that failed alike together.
    pub fn failures(&self) -> &[TaskFailure] {
        self.failures.failures()
    }

    /// The service events that matter, oldest first.
    pub fn messages(&self) -> &[ServiceEvent] {
        self.messages.kept()
    }

    /// Takes in what is seen at one moment, and gives what is new in it. Nothing is new any more once
    /// the standing is final.
    pub fn observe(&mut self, seen: &Observation) -> Vec<Event> {
        if self.standing.is_final() {
            return Vec::new();
        }
        let mut events = Vec::new();
        let place = Place::find(seen, &self.ours, &self.before);
        if let Some(entry) = place.entry() {
            self.was_seen = true;
            self.ours = entry.clone();
        }
        self.has_history |= seen.deployment.is_some();
        let next = match &seen.deployment {
            _ if !matches!(seen.service.deployment_controller.as_str(), "" | "ECS") => {
                Standing::failed(format!(
                    "the service is deployed by {}, not by ECS",
                    seen.service.deployment_controller
                ))
            }
            _ if matches!(seen.service.status.as_str(), "DRAINING" | "INACTIVE") => {
                Standing::failed(format!("the service is {}", seen.service.status))
            }
            Some(deployment) => self.by_history(deployment, &place),
            None => self.by_rollout_state(&seen.service, &place),
        };
        self.patience.next_moment();
        self.tell_progress(seen, &place, &mut events);
        events.extend(self.messages.take(&seen.service.events));
        events.extend(self.take_failures(&seen.stopped));
        let hooks = seen.deployment.iter().flat_map(waiting_hooks);
        events.extend(
            hooks
                .filter(|hook| self.hooks_told.insert(hook.hook_id.clone()))
                .map(paused),
        );
        if let (Standing::RollingBack { reason }, false) =
            (&next, matches!(self.standing, Standing::RollingBack { .. }))
        {
            events.push(Event::RollingBack {
                reason: reason.clone(),
            });
        }
        self.standing = next;
        events
    }

    fn tell_progress(&mut self, seen: &Observation, place: &Place<'_>, events: &mut Vec<Event>) {
        let Some(entry) = place.entry() else { return };
        let (status, stage) = match &seen.deployment {
            Some(deployment) => (word(&deployment.status), deployment.lifecycle_stage.clone()),
            None => (
                entry.rollout_state.as_ref().map(word).unwrap_or_default(),
                None,
            ),
        };
        let progress = Event::Progress {
            desired: entry.desired_count,
            running: entry.running_count,
            pending: entry.pending_count,
            failed: self.failed.count(entry.failed_tasks),
            stage,
            status,
        };
        if self.progress.as_ref() != Some(&progress) {
            self.progress = Some(progress.clone());
            events.push(progress);
        }
    }

    /// Whether our deployment started a task. An endpoint that does not name deployments in
    /// `startedBy` leaves the revision to tell it.
    fn is_ours(&self, task: &Task) -> bool {
        match task.started_by.as_deref() {
            Some(id) if id.starts_with("ecs-svc/") => id == self.ours.id,
            _ => task.task_definition_arn == self.ours.task_definition,
        }
    }

    fn take_failures(&mut self, stopped: &[Task]) -> Vec<Event> {
        let mut new = Tally::default();
        for task in stopped {
            if !self.is_ours(task) || self.explained.contains(&task.task_arn) {
                continue;
            }
            self.explained.insert(task.task_arn.clone());
            if let Some(failure) = explain(task, self.task_definition.as_ref()) {
                self.failures.add(failure.clone());
                new.add(failure);
            }
        }
        new.into_failures()
            .into_iter()
            .map(Event::TaskFailed)
            .collect()
    }
}

/// The hooks that wait for somebody.
fn waiting_hooks(deployment: &ServiceDeployment) -> impl Iterator<Item = &LifecycleHook> {
    deployment
        .lifecycle_hooks
        .iter()
        .filter(|hook| hook.status == HookStatus::AwaitingAction)
}

fn paused(hook: &LifecycleHook) -> Event {
    Event::Paused {
        hook_id: hook.hook_id.clone(),
        stage: hook.stage.clone(),
        expires_at: hook.expires_at,
        timeout_action: hook.timeout_action.clone(),
    }
}

/// A constant of ECS as ECS writes it.
fn word(constant: &impl Serialize) -> String {
    match serde_json::to_value(constant) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
