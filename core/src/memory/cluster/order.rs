//! Orders: a service is told to run something.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::definition::Definition;
use super::pull::Resolution;
use super::record::Record;
use super::rollout::{Revision, Rollout};
use super::service::Service;
use super::stage::Progress;
use super::world::World;
use crate::service::{
    CircuitBreakerState, DeploymentAlarms, RevisionCount, RolloutState, ServiceDeploymentStatus,
};

/// What ECS tells times by.
const MOMENT: Duration = Duration::from_millis(1);

impl Service {
    /// Begins a deployment of `definition`, and supersedes the one under way.
    pub(super) fn deploy(&mut self, definition: Arc<Definition>, at: Instant, world: &World) {
        // Of two at one moment the second one is later, and its time says so.
        let latest = self.rollouts.first().map(|latest| latest.created);
        let at = latest.map_or(at, |latest| at.max(latest + MOMENT));
        self.supersede(at, world);
        let sources = self.sources();
        let crowded = sources.len() > 1;
        let revision = self.add_revision(&definition, at, world);
        let id: String = self
            .next_id("service-deployment")
            .chars()
            .take(21)
            .collect();
        let Self { cluster, name, .. } = self;
        let resource = format!("service-deployment/{cluster}/{name}/{id}");
        let configuration = &self.configuration;
        let threshold = configuration
            .breaker
            .map_or(3, |breaker| breaker.threshold.of(self.desired));
        let ignored: Vec<String> = world.alarms.iter().cloned().collect();
        self.records.push(Record {
            arn: world.place.arn(&resource),
            status: ServiceDeploymentStatus::Pending,
            reason: None,
            target: revision,
            sources,
            rollback: None,
            breaker: Some(CircuitBreakerState {
                status: watching(configuration.breaker.is_some()).to_owned(),
                failure_count: 0,
                threshold,
            }),
            alarms: configuration
                .alarms
                .as_ref()
                .map(|alarms| DeploymentAlarms {
                    status: watching(true).to_owned(),
                    alarm_names: alarms.names.clone(),
                    triggered_alarm_names: Vec::new(),
                }),
            hooks: Vec::new(),
            stage: None,
            created: at,
            started: None,
            finished: None,
            stops: None,
            rolls_back: None,
        });
        let progress = Progress::new(configuration, crowded);
        self.definition = definition;
        let old_side = self.rollouts.first().is_some_and(|old| old.alternate);
        let first = self.rollouts.is_empty();
        let mut rollout = self.rollout(revision, progress, at, world);
        rollout.ignored_alarms = ignored;
        // Old and new tasks stand side by side, in a target group each.
        rollout.alternate = old_side != (rollout.progress.side_by_side && !first);
        self.rollouts.insert(0, rollout);
        self.retry = None;
        self.steady = false;
    }

    /// A deployment of a revision, of the service deployment that is the latest.
    pub(super) fn rollout(
        &mut self,
        revision: usize,
        progress: Progress,
        at: Instant,
        world: &World,
    ) -> Rollout {
        let id = format!("ecs-svc/{}", self.next_number("deployment"));
        Rollout {
            revision,
            definition: Arc::clone(&self.definition),
            record: self.records.len().saturating_sub(1),
            rollback: false,
            alternate: false,
            progress,
            state: RolloutState::InProgress,
            reason: format!("ECS deployment {id} in progress."),
            id,
            failed_tasks: 0,
            failures: 0,
            last_failure: None,
            halted: false,
            begins: at + world.pace.scheduling,
            begun: false,
            created: at,
            updated: at,
            ignored_alarms: Vec::new(),
            stuck: false,
        }
    }

    /// The service deployment under way is to stop, because there is another one.
    fn supersede(&mut self, at: Instant, world: &World) {
        if let Some(record) = self
            .records
            .last_mut()
            .filter(|one| !one.status.is_terminal())
        {
            record.status = ServiceDeploymentStatus::StopRequested;
            record.reason = Some(SUPERSEDED.to_owned());
            record.stops = Some(at + world.pace.scheduling);
            record.rolls_back = None;
            record.stage = None;
            for hook in record.hooks.iter_mut().filter(|hook| hook.is_open()) {
                hook.ends = None;
            }
        }
        if let Some(primary) = self.rollouts.first_mut() {
            // What has not begun never will: its successor does.
            primary.begun = true;
            primary.progress.end();
            primary.updated = at;
        }
    }

    /// The service revisions that have tasks now.
    fn sources(&self) -> Vec<RevisionCount> {
        let mut sources: Vec<RevisionCount> = Vec::new();
        for (index, rollout) in self.rollouts.iter().enumerate() {
            let counts = self.counts(rollout, index == 0);
            let arn = self
                .revisions
                .get(rollout.revision)
                .map(|one| one.arn.clone());
            let Some(arn) = arn else { continue };
            match sources.iter_mut().find(|source| source.arn == arn) {
                Some(source) => {
                    source.requested_task_count += counts.desired;
                    source.running_task_count += counts.running;
                    source.pending_task_count += counts.pending;
                }
                None => sources.push(RevisionCount {
                    arn,
                    requested_task_count: counts.desired,
                    running_task_count: counts.running,
                    pending_task_count: counts.pending,
                }),
            }
        }
        sources
    }

    fn add_revision(&mut self, definition: &Arc<Definition>, at: Instant, world: &World) -> usize {
        let number = self.next_number("revision");
        let Self { cluster, name, .. } = self;
        let arn = world
            .place
            .arn(&format!("service-revision/{cluster}/{name}/{number}"));
        // Without a task to start there is nothing that would fix the digests.
        let resolution = Resolution {
            open: self.desired == 0,
            ..Resolution::default()
        };
        self.revisions.push(Revision {
            arn,
            definition: Arc::clone(definition),
            resolutions: vec![resolution; definition.containers.len()],
            created: at,
        });
        self.revisions.len() - 1
    }
}

/// Why a service deployment stops that has a successor.
const SUPERSEDED: &str = "Service deployment was stopped because a new service deployment started.";

fn watching(on: bool) -> &'static str {
    if on { "MONITORING" } else { "DISABLED" }
}
