//! A record while the rollout runs.

use chrono::{DateTime, Utc};

use super::{
    EvidenceRecord, ImageRecord, OrderRecord, ServiceDeploymentRecord, TaskDefinitionRecord,
};
use crate::metadata::BuildMetadata;
use crate::rollout::failure::Tally;
use crate::rollout::targets::TargetsProof;
use crate::rollout::{
    Answers, DeployedVersion, Intent, LeftBehind, Outcome, Proof, TaskFailure, Until,
};
use crate::service::{ServiceAddress, ServiceDeployment, ServiceEvent};
use crate::version::Version;

/// How many service events are kept: of more, the latest.
const MESSAGES: usize = 100;

/// An evidence record while the rollout runs: each step writes down what it found.
///
/// It can be finished at any moment, so that a rollout that ends early has a record too.
#[derive(Debug, Clone)]
pub struct EvidenceDraft {
    record: EvidenceRecord,
    failures: Tally,
}

impl EvidenceDraft {
    /// The record of a rollout that begins now.
    pub fn begin(
        service: ServiceAddress,
        intent: Intent,
        until: Until,
        started_at: DateTime<Utc>,
    ) -> Self {
        Self {
            record: EvidenceRecord {
                schema_version: 1,
                service,
                intent,
                until,
                outcome: None,
                reason: String::new(),
                started_at,
                finished_at: started_at,
                version: None,
                build: None,
                images: Vec::new(),
                task_definition: None,
                previous: None,
                service_deployment: None,
                order: None,
                failures: Vec::new(),
                messages: Vec::new(),
                proof: None,
                targets: None,
                application: None,
                left: None,
            },
            failures: Tally::default(),
        }
    }

    /// How far it went in the end, where that is less than it was asked to go.
    pub fn until(&mut self, until: Until) {
        self.record.until = until;
    }

    /// Why it goes without the order guard.
    pub fn unguarded(&mut self, reason: &str) {
        self.order().unguarded = Some(reason.to_owned());
    }

    /// The version that is deployed.
    pub fn version(&mut self, version: Version) {
        self.record.version = Some(version);
    }

    /// Where it comes from.
    pub fn build(&mut self, build: BuildMetadata) {
        self.record.build = Some(build);
    }

    /// The image of one more container.
    pub fn image(&mut self, image: ImageRecord) {
        self.record.images.push(image);
    }

    /// The revision that is deployed.
    pub fn task_definition(&mut self, task_definition: TaskDefinitionRecord) {
        self.record.task_definition = Some(task_definition);
    }

    /// What ran before.
    pub fn previous(&mut self, previous: DeployedVersion) {
        self.record.previous = Some(previous);
    }

    /// The id of our deployment, `ecs-svc/…`; a later one replaces it.
    pub fn deployment_id(&mut self, id: &str) {
        self.record.service_deployment = Some(ServiceDeploymentRecord {
            id: Some(id.to_owned()),
            seen: None,
        });
    }

    /// The service deployment of ours, as it was last seen.
    pub fn service_deployment(&mut self, deployment: &ServiceDeployment) {
        self.record
            .service_deployment
            .get_or_insert(ServiceDeploymentRecord {
                id: None,
                seen: None,
            })
            .seen = Some(deployment.into());
    }

    /// What the update replaced.
    pub fn replaced(&mut self, replaced: Vec<DeployedVersion>) {
        self.order().replaced = replaced;
    }

    /// The newer version that was put back.
    pub fn healed(&mut self, restored: DeployedVersion) {
        self.order().healed = Some(restored);
    }

    /// What took the place of it.
    pub fn superseded_by(&mut self, by: DeployedVersion) {
        self.order().superseded_by = Some(by);
    }

    /// A task that failed, or several that failed alike.
    pub fn failure(&mut self, failure: TaskFailure) {
        self.failures.add(failure);
    }

    /// A service event that matters.
    pub fn message(&mut self, event: ServiceEvent) {
        if !self
            .record
            .messages
            .iter()
            .any(|known| known.id == event.id)
        {
            self.record.messages.push(event);
        }
        let excess = self.record.messages.len().saturating_sub(MESSAGES);
        self.record.messages.drain(..excess);
    }

    /// What the running tasks prove.
    pub fn proof(&mut self, proof: Proof) {
        self.record.proof = Some(proof);
    }

    /// The health of the targets.
    pub fn targets(&mut self, targets: TargetsProof) {
        self.record.targets = Some(targets);
    }

    /// What the application answered.
    pub fn application(&mut self, application: Answers) {
        self.record.application = Some(application);
    }

    /// What is left behind, should it end now.
    pub fn left(&mut self, left: LeftBehind) {
        self.record.left = Some(left);
    }

    /// The record of a rollout that came to an end.
    pub fn finish(
        mut self,
        outcome: Outcome,
        reason: impl Into<String>,
        at: DateTime<Utc>,
    ) -> EvidenceRecord {
        if outcome != Outcome::TimedOut {
            self.record.left = None;
        }
        self.record.outcome = Some(outcome);
        self.end(reason.into(), at)
    }

    /// The record of a rollout that the caller gave up.
    pub fn cancel(mut self, left: LeftBehind, at: DateTime<Utc>) -> EvidenceRecord {
        let reason = format!("cancelled: {left}");
        self.record.left = Some(left);
        self.end(reason, at)
    }

    /// The record of a rollout that an error ended.
    pub fn break_off(
        mut self,
        reason: impl Into<String>,
        left: LeftBehind,
        at: DateTime<Utc>,
    ) -> EvidenceRecord {
        self.record.left = Some(left);
        self.end(reason.into(), at)
    }

    fn end(mut self, reason: String, at: DateTime<Utc>) -> EvidenceRecord {
        self.record.reason = reason;
        self.record.failures = self.failures.into_failures();
        self.record.finished_at = at;
        self.record
    }

    fn order(&mut self) -> &mut OrderRecord {
        self.record.order.get_or_insert_default()
    }
}
