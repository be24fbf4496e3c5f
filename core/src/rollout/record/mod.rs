//! The evidence record: what one run did, and what came of it.

mod draft;
mod facts;
mod markdown;
#[cfg(test)]
mod tests;
mod text;

pub use draft::EvidenceDraft;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;

use super::targets::TargetsProof;
use super::{Answers, DeployedVersion, Intent, LeftBehind, Outcome, Proof, TaskFailure, Until};
use crate::gate::{GateReport, VerifiedImage};
use crate::image::Digest;
use crate::metadata::BuildMetadata;
use crate::service::{ServiceAddress, ServiceDeployment, ServiceEvent, TaskDefinitionArn};
use crate::version::Version;
use crate::{Error, ErrorKind, Result};

/// What one run did, and what came of it: build → digest → gate → revision → deployment → each
/// task's digest → the application's answer.
///
/// Made by whoever drives a rollout, through [`EvidenceDraft`]. Its JSON form is published as
/// [`SCHEMA`](Self::SCHEMA): it has every task, for an archive. [`to_markdown`](Self::to_markdown) and
/// [`to_text`](Self::to_text) are for people: they list what is wrong and count what is right.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceRecord {
    schema_version: u32,
    service: ServiceAddress,
    intent: Intent,
    until: Until,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<Outcome>,
    reason: String,
    started_at: DateTime<Utc>,
    finished_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Version>,
    #[serde(skip_serializing_if = "Option::is_none")]
    build: Option<BuildMetadata>,
    images: Vec<ImageRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    task_definition: Option<TaskDefinitionRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<DeployedVersion>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_deployment: Option<ServiceDeploymentRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<OrderRecord>,
    failures: Vec<TaskFailure>,
    messages: Vec<ServiceEvent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proof: Option<Proof>,
    #[serde(skip_serializing_if = "Option::is_none")]
    targets: Option<TargetsProof>,
    #[serde(skip_serializing_if = "Option::is_none")]
    application: Option<Answers>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<LeftBehind>,
}

/// The image of one container, and how it passed the gate.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageRecord {
    container: String,
    reference: String,
    digest: Digest,
    children: Vec<Digest>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<GateReport>,
}

impl ImageRecord {
    /// The container.
    pub fn container(&self) -> &str {
        &self.container
    }

    /// The pinned reference.
    pub fn reference(&self) -> &str {
        &self.reference
    }

    /// The digest: of the index, when it is one.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The image that a container is to run, with the gate's report on it.
    pub fn new(container: &str, image: &VerifiedImage) -> Self {
        Self {
            container: container.to_owned(),
            reference: image.reference(),
            digest: image.digest().clone(),
            children: image.children().to_vec(),
            report: Some(image.report().clone()),
        }
    }
}

/// The revision that was deployed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskDefinitionRecord {
    /// The revision.
    pub arn: TaskDefinitionArn,
    /// Whether the same content was registered before.
    pub reused: bool,
    /// The hash of the content, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_hash: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct ServiceDeploymentRecord {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(flatten)]
    seen: Option<SeenDeployment>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct SeenDeployment {
    arn: String,
    status: crate::service::ServiceDeploymentStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_reason: Option<String>,
    service_revision: String,
}

impl From<&ServiceDeployment> for SeenDeployment {
    fn from(deployment: &ServiceDeployment) -> Self {
        Self {
            arn: deployment.arn.clone(),
            status: deployment.status.clone(),
            status_reason: deployment.status_reason.clone(),
            service_revision: deployment.target_service_revision.clone(),
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct OrderRecord {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    replaced: Vec<DeployedVersion>,
    #[serde(skip_serializing_if = "Option::is_none")]
    healed: Option<DeployedVersion>,
    #[serde(skip_serializing_if = "Option::is_none")]
    superseded_by: Option<DeployedVersion>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unguarded: Option<String>,
}

impl EvidenceRecord {
    /// The JSON Schema (2020-12) of the JSON form. Later versions of this library may add members.
    pub const SCHEMA: &str = include_str!("../../../schemas/evidence-record.schema.json");

    /// The record as JSON text on one line.
    pub fn to_json(&self) -> String {
        json!(self).to_string()
    }

    /// The record as indented JSON text, for files that people read.
    pub fn to_json_pretty(&self) -> String {
        format!("{:#}", json!(self))
    }

    /// Which service.
    pub fn service(&self) -> &ServiceAddress {
        &self.service
    }

    /// What it was for.
    pub fn intent(&self) -> Intent {
        self.intent
    }

    /// How far it was to go.
    pub fn until(&self) -> Until {
        self.until
    }

    /// When it began.
    pub fn started_at(&self) -> DateTime<Utc> {
        self.started_at
    }

    /// When it ended.
    pub fn finished_at(&self) -> DateTime<Utc> {
        self.finished_at
    }

    /// The version that was deployed, as far as it is known.
    pub fn version(&self) -> Option<&Version> {
        self.version.as_ref()
    }

    /// The images, and how they passed the gate.
    pub fn images(&self) -> &[ImageRecord] {
        &self.images
    }

    /// The revision that was deployed.
    pub fn task_definition(&self) -> Option<&TaskDefinitionRecord> {
        self.task_definition.as_ref()
    }

    /// What ran before.
    pub fn previous(&self) -> Option<&DeployedVersion> {
        self.previous.as_ref()
    }

    /// The id of the deployment, `ecs-svc/…`.
    pub fn deployment_id(&self) -> Option<&str> {
        self.service_deployment.as_ref()?.id.as_deref()
    }

    /// What took the place of it.
    pub fn superseded_by(&self) -> Option<&DeployedVersion> {
        self.order.as_ref()?.superseded_by.as_ref()
    }

    /// The events of the service that matter, oldest first.
    pub fn messages(&self) -> &[ServiceEvent] {
        &self.messages
    }

    /// What the running tasks prove.
    pub fn proof(&self) -> Option<&Proof> {
        self.proof.as_ref()
    }

    /// The health of the load-balancer targets.
    pub fn targets(&self) -> Option<&TargetsProof> {
        self.targets.as_ref()
    }

    /// What the application answered.
    pub fn application(&self) -> Option<&Answers> {
        self.application.as_ref()
    }

    /// What came of it; `None` when it was cancelled.
    pub fn outcome(&self) -> Option<Outcome> {
        self.outcome
    }

    /// Why.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The tasks that failed, those that failed alike together.
    pub fn failures(&self) -> &[TaskFailure] {
        &self.failures
    }

    /// What was left behind, when it was cancelled or ran out of time.
    pub fn left(&self) -> Option<&LeftBehind> {
        self.left.as_ref()
    }

    /// The record, when the rollout completed.
    ///
    /// # Errors
    /// `DeploymentRolledBack`, `DeploymentFailed`, `DeploymentSuperseded`, `DeadlineExceeded` or
    /// `Cancelled`, with `{"record"}` in the details.
    pub fn require_completed(self) -> Result<Self> {
        let kind = match self.outcome {
            Some(Outcome::Completed) => return Ok(self),
            Some(Outcome::RolledBack) => ErrorKind::DeploymentRolledBack,
            Some(Outcome::Failed) => ErrorKind::DeploymentFailed,
            Some(Outcome::Superseded) => ErrorKind::DeploymentSuperseded,
            Some(Outcome::TimedOut) => ErrorKind::DeadlineExceeded,
            None => ErrorKind::Cancelled,
        };
        let message = format!("{}: {}", self.service, facts::tame(&self.reason));
        Err(Error::new(kind, message).with_details(json!({ "record": self })))
    }
}
