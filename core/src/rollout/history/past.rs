//! Past deployments of a service.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::harmless::escaped;
use crate::service::{
    RevisionImage, ServiceAddress, ServiceDeployment, ServiceDeploymentStatus, TaskDefinitionArn,
};
use crate::version::Version;

/// What a service ran and was told to run, newest first.
///
/// JSON: `{"service", "source", "inPlace"?, "deployments": [PastDeployment]}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct History {
    pub(super) service: ServiceAddress,
    pub(super) source: HistorySource,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) in_place: Option<TaskDefinitionArn>,
    pub(super) deployments: Vec<PastDeployment>,
}

/// Where a history comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HistorySource {
    /// The service deployments that ECS keeps: it knows how each ended.
    ServiceDeployments,
    /// The active revisions of the task definition: nobody knows whether they were good.
    Revisions,
}

/// One deployment of a service.
///
/// JSON: `{"taskDefinition", "version"?: Version, "images": [{"containerName", "image"?,
/// "imageDigest"?}], "outcome", "reason"?, "serviceDeployment"?, "createdAt"?, "finishedAt"?}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PastDeployment {
    pub(super) task_definition: TaskDefinitionArn,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<Version>,
    pub(in crate::rollout) images: Vec<RevisionImage>,
    pub(super) outcome: PastOutcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) service_deployment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) created_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) finished_at: Option<DateTime<Utc>>,
}

/// How a past deployment ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PastOutcome {
    /// ECS brought it to a successful end: it is known to be good.
    Successful,
    /// It was taken back.
    RolledBack,
    /// It was stopped: another one took its place, or it failed.
    Stopped,
    /// It has not come to its end.
    UnderWay,
    /// It is a revision of the task definition; whether it was ever good is not known.
    Unknown,
}

impl History {
    /// The service.
    pub fn service(&self) -> &ServiceAddress {
        &self.service
    }

    /// Where this comes from, and so what it can tell.
    pub fn source(&self) -> HistorySource {
        self.source
    }

    /// What the service is told to run now.
    pub fn in_place(&self) -> Option<&TaskDefinitionArn> {
        self.in_place.as_ref()
    }

    /// All deployments, newest first.
    pub fn deployments(&self) -> &[PastDeployment] {
        &self.deployments
    }

    /// Those that are known to be good, newest first. A revision that was deployed several times
    /// stands here each time.
    pub fn known_good(&self) -> impl Iterator<Item = &PastDeployment> {
        self.deployments
            .iter()
            .filter(|past| past.outcome == PastOutcome::Successful)
    }
}

/// One line for each deployment, newest first.
impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for past in &self.deployments {
            let here = if Some(&past.task_definition) == self.in_place.as_ref() {
                " (in place)"
            } else {
                ""
            };
            writeln!(f, "{past}{here}")?;
        }
        Ok(())
    }
}

impl PastDeployment {
    /// What its tasks ran.
    pub fn task_definition(&self) -> &TaskDefinitionArn {
        &self.task_definition
    }

    /// The version, where its task definition names one and is still there.
    pub fn version(&self) -> Option<&Version> {
        self.version.as_ref()
    }

    /// Its images, as ECS resolved them; empty where that is not known.
    pub fn images(&self) -> &[RevisionImage] {
        &self.images
    }

    /// How it ended.
    pub fn outcome(&self) -> PastOutcome {
        self.outcome
    }

    /// Why, in the words of ECS.
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// The ARN of the service deployment, where there is one.
    pub fn service_deployment(&self) -> Option<&str> {
        self.service_deployment.as_deref()
    }

    /// When it was begun.
    pub fn created_at(&self) -> Option<DateTime<Utc>> {
        self.created_at
    }

    /// When it came to its end.
    pub fn finished_at(&self) -> Option<DateTime<Utc>> {
        self.finished_at
    }

    /// A service deployment with the revision that it was to put in place.
    pub(super) fn of(
        deployment: &ServiceDeployment,
        task_definition: TaskDefinitionArn,
        images: Vec<RevisionImage>,
    ) -> Self {
        Self {
            task_definition,
            version: None,
            images,
            outcome: PastOutcome::of(&deployment.status),
            reason: deployment.status_reason.clone(),
            service_deployment: Some(deployment.arn.clone()),
            created_at: Some(deployment.created_at),
            finished_at: deployment.finished_at,
        }
    }

    /// A revision of which no more is known than that it was registered.
    pub(in crate::rollout) fn registered(task_definition: TaskDefinitionArn) -> Self {
        Self {
            task_definition,
            version: None,
            images: Vec::new(),
            outcome: PastOutcome::Unknown,
            reason: None,
            service_deployment: None,
            created_at: None,
            finished_at: None,
        }
    }
}

impl fmt::Display for PastDeployment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.task_definition.short())?;
        if let Some(version) = &self.version {
            write!(f, "  {version}")?;
        }
        write!(f, "  {}", self.outcome.as_str())?;
        if let Some(at) = self.created_at {
            write!(f, "  {}", at.format("%Y-%m-%dT%H:%M:%SZ"))?;
        }
        match &self.reason {
            Some(reason) => write!(f, "  {}", escaped(reason)),
            None => Ok(()),
        }
    }
}

impl PastOutcome {
    /// The outcome as it stands in JSON: `rolled-back`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Successful => "successful",
            Self::RolledBack => "rolled-back",
            Self::Stopped => "stopped",
            Self::UnderWay => "under-way",
            Self::Unknown => "unknown",
        }
    }

    fn of(status: &ServiceDeploymentStatus) -> Self {
        match status {
            ServiceDeploymentStatus::Successful => Self::Successful,
            ServiceDeploymentStatus::RollbackRequested
            | ServiceDeploymentStatus::RollbackInProgress
            | ServiceDeploymentStatus::RollbackSuccessful
            | ServiceDeploymentStatus::RollbackFailed => Self::RolledBack,
            ServiceDeploymentStatus::StopRequested | ServiceDeploymentStatus::Stopped => {
                Self::Stopped
            }
            ServiceDeploymentStatus::Pending
            | ServiceDeploymentStatus::InProgress
            | ServiceDeploymentStatus::Other(_) => Self::UnderWay,
        }
    }
}
