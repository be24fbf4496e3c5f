//! The deployments of a service, as far as they were seen.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};

use crate::rollout::order::{Begun, Entry, Revision, View};
use crate::service::{
    Deployment, DeploymentStatus, RolloutState, ServiceDeployment,
    ServiceDeploymentStatus as Status, ServiceRevision, ServiceSnapshot, TaskDefinitionArn,
};
use crate::version::Version;

/// A service deployment and an entry of `deployments` that are further apart are not the same: ECS
/// makes both for one request.
const SAME_MOMENT: TimeDelta = TimeDelta::seconds(5);

/// Joins what single reads show: `deployments` of the service, which lacks old ones without tasks, and
/// the service deployments, which ECS links to it nowhere.
///
/// Each deployment has one id here, whichever of the two showed it first.
#[derive(Debug, Default)]
pub(in crate::rollout) struct Ledger {
    deployments: BTreeMap<Begun, Seen>,
    /// Entries of `deployments`, by id.
    by_id: HashMap<String, Begun>,
    /// Service deployments, by ARN.
    by_arn: HashMap<String, Begun>,
    /// Service revisions by ARN.
    revisions: HashMap<String, TaskDefinitionArn>,
    versions: HashMap<TaskDefinitionArn, Option<Version>>,
    /// The one in place before anything was written: older ones do not matter.
    baseline: Option<Begun>,
}

#[derive(Debug, Clone)]
struct Seen {
    task_definition: TaskDefinitionArn,
    failed: bool,
}

impl Ledger {
    /// Takes in a read of the service.
    pub(in crate::rollout) fn see(&mut self, service: &ServiceSnapshot) {
        let is_latest = |one: &Deployment| one.status == DeploymentStatus::Primary;
        let mut oldest_first: Vec<&Deployment> = service.deployments.iter().collect();
        oldest_first.sort_by_key(|one| (one.created_at, is_latest(one)));
        for deployment in oldest_first {
            let known = self.by_id.contains_key(&deployment.id);
            let mut begun = self.id_of(deployment);
            // Two that were made in one moment: the latest is the one that ECS calls so.
            while !known && is_latest(deployment) && self.has_another_at(&begun) {
                begun.at += TimeDelta::microseconds(1);
            }
            self.by_id.insert(deployment.id.clone(), begun.clone());
            let failed = deployment.rollout_state == Some(RolloutState::Failed);
            self.note(begun, &deployment.task_definition, failed);
        }
    }

    fn has_another_at(&self, begun: &Begun) -> bool {
        let mut others = self.deployments.keys();
        others.any(|other| other.at == begun.at && other.id != begun.id)
    }

    /// From here on only what began after what is in place now matters, and that itself.
    pub(in crate::rollout) fn set_baseline(&mut self, service: &ServiceSnapshot) {
        self.baseline = service.primary().map(|primary| self.id_of(primary));
    }

    /// The id of an entry of `deployments`.
    pub(in crate::rollout) fn id_of(&self, deployment: &Deployment) -> Begun {
        if let Some(begun) = self.by_id.get(&deployment.id) {
            return begun.clone();
        }
        let taken: HashSet<&Begun> = self.by_id.values().collect();
        self.recognise(deployment.created_at, &deployment.task_definition, &taken)
            .unwrap_or_else(|| Begun::of(deployment))
    }

    /// Takes in service deployments, newest first, as far as their revisions are known.
    pub(in crate::rollout) fn see_history(&mut self, listed: &[ServiceDeployment]) {
        for deployment in listed.iter().rev() {
            let Some(task_definition) = self.revisions.get(&deployment.target_service_revision)
            else {
                continue;
            };
            let task_definition = task_definition.clone();
            let begun = self.by_arn.get(&deployment.arn).cloned();
            let begun = begun.unwrap_or_else(|| {
                let taken: HashSet<&Begun> = self.by_arn.values().collect();
                self.recognise(deployment.created_at, &task_definition, &taken)
                    .unwrap_or_else(|| Begun {
                        at: deployment.created_at,
                        id: deployment.arn.clone(),
                    })
            });
            self.by_arn.insert(deployment.arn.clone(), begun.clone());
            self.note(begun, &task_definition, has_failed(deployment));
        }
    }

    fn note(&mut self, begun: Begun, task_definition: &TaskDefinitionArn, failed: bool) {
        let seen = self.deployments.entry(begun).or_insert_with(|| Seen {
            task_definition: task_definition.clone(),
            failed,
        });
        seen.failed |= failed;
    }

    /// What was made at the same moment for the same task definition, and is not `taken`.
    fn recognise(
        &self,
        at: DateTime<Utc>,
        task_definition: &TaskDefinitionArn,
        taken: &HashSet<&Begun>,
    ) -> Option<Begun> {
        self.deployments
            .iter()
            .filter(|(begun, seen)| {
                seen.task_definition == *task_definition && !taken.contains(begun)
            })
            .map(|(begun, _)| ((begun.at - at).abs(), begun))
            .filter(|(apart, _)| *apart <= SAME_MOMENT)
            .min()
            .map(|(_, begun)| begun.clone())
    }

    /// Of the service deployments, those that began with or after the baseline, whose revision has to
    /// be asked for.
    pub(in crate::rollout) fn unknown_revisions(
        &self,
        listed: &[ServiceDeployment],
    ) -> Vec<String> {
        let mut unknown: Vec<String> = Vec::new();
        for deployment in self.since_baseline(listed) {
            let revision = &deployment.target_service_revision;
            if !self.revisions.contains_key(revision) && !unknown.contains(revision) {
                unknown.push(revision.clone());
            }
        }
        unknown
    }

    /// Of the service deployments, those that matter.
    pub(in crate::rollout) fn since_baseline<'a>(
        &self,
        listed: &'a [ServiceDeployment],
    ) -> impl Iterator<Item = &'a ServiceDeployment> {
        let from = self
            .baseline
            .as_ref()
            .map(|baseline| baseline.at - SAME_MOMENT);
        listed
            .iter()
            .filter(move |deployment| from.is_none_or(|from| deployment.created_at >= from))
    }

    pub(in crate::rollout) fn know_revisions(&mut self, revisions: &[ServiceRevision]) {
        for revision in revisions {
            self.revisions
                .insert(revision.arn.clone(), revision.task_definition.clone());
        }
    }

    /// The task definitions whose version has to be asked for.
    pub(in crate::rollout) fn unknown_versions(&self) -> Vec<TaskDefinitionArn> {
        let mut unknown: Vec<TaskDefinitionArn> = Vec::new();
        for (_, seen) in self.that_matter() {
            let arn = &seen.task_definition;
            if !self.versions.contains_key(arn) && !unknown.contains(arn) {
                unknown.push(arn.clone());
            }
        }
        unknown
    }

    pub(in crate::rollout) fn know_version(
        &mut self,
        task_definition: TaskDefinitionArn,
        version: Option<Version>,
    ) {
        self.versions.insert(task_definition, version);
    }

    pub(in crate::rollout) fn knows_version(&self, task_definition: &TaskDefinitionArn) -> bool {
        self.versions.contains_key(task_definition)
    }

    /// Whether the deployment failed, as far as it was seen.
    pub(in crate::rollout) fn has_failed(&self, begun: &Begun) -> bool {
        self.deployments.get(begun).is_some_and(|seen| seen.failed)
    }

    pub(in crate::rollout) fn revision(&self, task_definition: &TaskDefinitionArn) -> Revision {
        Revision {
            task_definition: task_definition.clone(),
            version: self.versions.get(task_definition).cloned().flatten(),
        }
    }

    /// An entry of `deployments` for the protocol.
    pub(in crate::rollout) fn entry(&self, deployment: &Deployment) -> Entry<Revision, Begun> {
        Entry {
            id: self.id_of(deployment),
            target: self.revision(&deployment.task_definition),
            failed: deployment.rollout_state == Some(RolloutState::Failed),
        }
    }

    /// All that was seen, for the protocol.
    pub(in crate::rollout) fn view(&self) -> View<Revision, Begun> {
        View::new(self.that_matter().map(|(begun, seen)| Entry {
            id: begun.clone(),
            target: self.revision(&seen.task_definition),
            failed: seen.failed,
        }))
    }

    fn that_matter(&self) -> impl Iterator<Item = (&Begun, &Seen)> {
        let baseline = self.baseline.as_ref();
        self.deployments
            .iter()
            .filter(move |(begun, _)| baseline.is_none_or(|baseline| *begun >= baseline))
    }

    /// What an answer shows beside its `PRIMARY`, latest first.
    pub(in crate::rollout) fn replaced<'a>(
        &self,
        written: &'a ServiceSnapshot,
    ) -> Vec<&'a Deployment> {
        let mut others: Vec<&Deployment> = written
            .deployments
            .iter()
            .filter(|deployment| deployment.status != DeploymentStatus::Primary)
            .collect();
        others.sort_by_key(|deployment| std::cmp::Reverse(self.id_of(deployment)));
        others
    }

    /// The ARN of the service deployment that is this deployment.
    pub(in crate::rollout) fn arn_of(&self, begun: &Begun) -> Option<&str> {
        self.by_arn
            .iter()
            .find(|(_, known)| *known == begun)
            .map(|(arn, _)| arn.as_str())
    }
}

/// Whether it failed by itself, and was not merely stopped because another one began.
fn has_failed(deployment: &ServiceDeployment) -> bool {
    let taken_back = matches!(
        deployment.status,
        Status::RollbackRequested
            | Status::RollbackInProgress
            | Status::RollbackSuccessful
            | Status::RollbackFailed
    );
    let triggered = |status: &str| status == "TRIGGERED";
    taken_back
        || deployment
            .circuit_breaker
            .as_ref()
            .is_some_and(|breaker| triggered(&breaker.status))
        || deployment
            .alarms
            .as_ref()
            .is_some_and(|alarms| triggered(&alarms.status))
}
