//! The proof.

use serde::{Serialize, Serializer};
use serde_json::json;

use super::{ContainerVerdict, Meant, SeenImage, TaskVerdict, Verdict};
use crate::image::Digest;
use crate::rollout::audit::OlderInPlace;
use crate::service::{ServiceAddress, TaskDefinitionArn};
use crate::version::Version;
use crate::{Error, ErrorKind, Result};

/// What every running task of a service runs, against what was meant.
///
/// JSON: `{"service"?, "verdict", "reason", "desired"?, "running", "right", "wrong", "unknown",
/// "meant", "images", "agreementOnly"?, "tasks", "starting"?, "leaving"?, "unseen"?, "order"?}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Proof {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) service: Option<ServiceAddress>,
    #[serde(flatten)]
    pub(super) summary: ProofSummary,
    pub(super) meant: Meant,
    pub(super) images: Vec<SeenImage>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) agreement_only: Vec<String>,
    pub(super) tasks: Vec<TaskProof>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) starting: Vec<OtherTask>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) leaving: Vec<OtherTask>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) unseen: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) order: Option<OlderInPlace>,
}

/// A proof in short: the verdict and the counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProofSummary {
    /// The verdict.
    pub verdict: Verdict,
    /// Why, in a sentence.
    pub reason: String,
    /// How many tasks the service wants, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desired: Option<u32>,
    /// How many tasks run and are to go on running: those that are judged.
    pub running: u32,
    /// How many of them run what was meant.
    pub right: u32,
    /// How many of them run something else.
    pub wrong: u32,
    /// Of how many of them it cannot be told.
    pub unknown: u32,
}

/// What one running task runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskProof {
    /// Its ARN.
    pub task_arn: String,
    /// Whether it runs what was meant.
    pub verdict: TaskVerdict,
    /// What is wrong with it or not known of it, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The version of its task definition, as far as it is known.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "version_id")]
    pub version: Option<Version>,
    /// The revision of the task definition that it was started from.
    pub task_definition: TaskDefinitionArn,
    /// The deployment that started it, `ecs-svc/…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployment_id: Option<String>,
    /// Its containers; those that are meant and missing too.
    pub containers: Vec<ContainerProof>,
}

/// What one container of a running task runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContainerProof {
    /// Its name.
    pub name: String,
    /// Whether it runs what was meant.
    pub verdict: ContainerVerdict,
    /// The digest that it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// The digest that was meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Digest>,
    /// The image as its task definition names it. No evidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
}

/// A task that is not judged: it does not run yet, or is being stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OtherTask {
    /// Its ARN.
    pub task_arn: String,
    /// `PENDING`, `DEACTIVATING`, … as ECS writes it.
    pub last_status: String,
    /// The revision of the task definition that it was started from.
    pub task_definition: TaskDefinitionArn,
    /// The deployment that started it, `ecs-svc/…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployment_id: Option<String>,
}

impl Proof {
    /// The service, where it is known.
    pub fn service(&self) -> Option<&ServiceAddress> {
        self.service.as_ref()
    }

    /// Whether the service runs what was meant.
    pub fn verdict(&self) -> Verdict {
        self.summary.verdict
    }

    /// Whether every wanted task runs what was meant.
    pub fn is_verified(&self) -> bool {
        self.verdict() == Verdict::Verified
    }

    /// Why, in a sentence.
    pub fn reason(&self) -> &str {
        &self.summary.reason
    }

    /// The verdict and the counts.
    pub fn summary(&self) -> &ProofSummary {
        &self.summary
    }

    /// What was meant.
    pub fn meant(&self) -> &Meant {
        &self.meant
    }

    /// What runs, by container, digest and version, with counts.
    pub fn images(&self) -> &[SeenImage] {
        &self.images
    }

    /// The containers of which nothing but agreement could be shown, because their image is not
    /// pinned.
    pub fn agreement_only(&self) -> &[String] {
        &self.agreement_only
    }

    /// Every running task.
    pub fn tasks(&self) -> &[TaskProof] {
        &self.tasks
    }

    /// The tasks that do not run yet.
    pub fn starting(&self) -> &[OtherTask] {
        &self.starting
    }

    /// The tasks that are being stopped, as far as they were seen: what a rollout leaves.
    pub fn leaving(&self) -> &[OtherTask] {
        &self.leaving
    }

    /// The ARNs of tasks that are listed, and of which ECS tells nothing.
    pub fn unseen(&self) -> &[String] {
        &self.unseen
    }

    /// An older version that is in place where a newer one was, where that was
    /// [looked for](crate::rollout::audit::out_of_order) and found. It does not change the verdict:
    /// it can be a rollback that was meant.
    pub fn order(&self) -> Option<&OlderInPlace> {
        self.order.as_ref()
    }

    /// Adds what was found out about the order of versions.
    pub fn with_order(mut self, found: Option<OlderInPlace>) -> Self {
        self.order = found;
        self
    }

    /// The proof, unless it is anything but verified.
    ///
    /// # Errors
    /// `ProofFailed`, with `{"proof"}` in the details.
    pub fn require_verified(self) -> Result<Self> {
        if self.is_verified() {
            return Ok(self);
        }
        let service = match &self.service {
            Some(service) => format!("service {service}"),
            None => "the service".to_owned(),
        };
        Err(Error::new(
            ErrorKind::ProofFailed,
            format!(
                "{service} is not proven to run what was meant ({}): {}",
                self.verdict(),
                self.reason()
            ),
        )
        .with_details(json!({ "proof": self })))
    }
}

#[allow(
    clippy::ref_option,
    reason = "serde hands over a reference to the field"
)]
pub(crate) fn version_id<S: Serializer>(
    version: &Option<Version>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match version {
        Some(version) => serializer.collect_str(version),
        None => serializer.serialize_none(),
    }
}
