//! Misbehaviour on request.

use serde::{Deserialize, Serialize};

use crate::image::{RepositoryName, Tag};
use crate::{Error, ErrorKind};

/// A method of the port, or a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Operation {
    /// Any look-up.
    LookUp,
    /// A look-up that brings manifest bytes. Where the digest alone is enough, it is still told.
    ReadManifest,
    /// The states of blobs.
    BlobStates,
    /// Reading a blob.
    ReadBlob,
    /// The mutability of tags.
    TagMutability,
    /// What a scan found.
    ScanFindings,
    /// The lifecycle policy.
    LifecyclePolicy,
    /// What lifecycle policies go by.
    StoredImages,
}

/// How a call goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FaultKind {
    /// What is asked for is not there.
    Missing,
    /// `Throttled`.
    Throttled,
    /// `RegistryUnavailable`.
    Unavailable,
    /// `Timeout`.
    Timeout,
    /// `AccessDenied`.
    AccessDenied,
    /// `Unauthenticated`.
    Unauthenticated,
    /// `QuotaExceeded`.
    QuotaExceeded,
    /// `UnexpectedResponse`.
    Garbled,
    /// The call never returns.
    Hang,
}

/// One way in which a [`MemoryRegistry`](super::MemoryRegistry) goes wrong, for some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    deny_unknown_fields,
    expecting = "a fault as an object"
)]
pub struct Fault {
    operation: Operation,
    #[serde(rename = "fault")]
    kind: FaultKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    repository: Option<RepositoryName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tag: Option<Tag>,
}

impl Fault {
    /// Every such call goes wrong in this way.
    pub fn new(operation: Operation, kind: FaultKind) -> Self {
        Self {
            operation,
            kind,
            times: None,
            repository: None,
            tag: None,
        }
    }

    /// Only the next `times` calls.
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Only in one repository.
    pub fn in_repository(mut self, repository: RepositoryName) -> Self {
        self.repository = Some(repository);
        self
    }

    /// Only for one image of a [look-up](Operation::LookUp); the others of the call are answered.
    /// Other operations know no tag, and never go wrong in this way.
    pub fn for_tag(mut self, tag: Tag) -> Self {
        self.tag = Some(tag);
        self
    }

    /// Uses the fault up by one, if it concerns this call. `tag` is that of one image; without it the
    /// whole call is meant.
    pub(super) fn strike(
        &mut self,
        operation: Operation,
        repository: &RepositoryName,
        tag: Option<&Tag>,
    ) -> Option<FaultKind> {
        let concerned = self.operation == operation
            && self.tag.as_ref() == tag
            && self
                .repository
                .as_ref()
                .is_none_or(|only| only == repository);
        if !concerned || self.times == Some(0) {
            return None;
        }
        self.times = self.times.map(|times| times.saturating_sub(1));
        Some(self.kind)
    }
}

impl FaultKind {
    /// The error that an operation gives for the fault.
    pub(super) fn error(self, operation: Operation) -> Error {
        let what = operation.permission();
        let (kind, message) = match self {
            Self::Missing => (
                ErrorKind::ContentIncomplete,
                "the registry does not have the blob".to_owned(),
            ),
            Self::Throttled => (
                ErrorKind::Throttled,
                format!("the registry throttles {what}; ask less often"),
            ),
            Self::Unavailable => (
                ErrorKind::RegistryUnavailable,
                format!("the registry answered {what} with a server error; try again later"),
            ),
            Self::Timeout | Self::Hang => (
                ErrorKind::Timeout,
                format!("the registry did not answer {what} in time; try again later"),
            ),
            Self::AccessDenied => (
                ErrorKind::AccessDenied,
                format!("the registry does not allow {what}; add the permission"),
            ),
            Self::Unauthenticated => (
                ErrorKind::Unauthenticated,
                format!("the registry does not accept the credentials for {what}; renew them"),
            ),
            Self::QuotaExceeded => (
                ErrorKind::QuotaExceeded,
                format!("the quota for {what} is used up; raise it"),
            ),
            Self::Garbled => (
                ErrorKind::UnexpectedResponse,
                format!("the answer of the registry to {what} makes no sense; look at proxies"),
            ),
        };
        Error::new(kind, message)
    }
}

impl Operation {
    /// What ECR calls the permission for it.
    fn permission(self) -> &'static str {
        match self {
            Self::LookUp | Self::ReadManifest => "ecr:BatchGetImage",
            Self::BlobStates => "ecr:BatchCheckLayerAvailability",
            Self::ReadBlob => "ecr:GetDownloadUrlForLayer",
            Self::TagMutability => "ecr:DescribeRepositories",
            Self::ScanFindings => "ecr:DescribeImageScanFindings",
            Self::LifecyclePolicy => "ecr:GetLifecyclePolicy",
            Self::StoredImages => "ecr:DescribeImages",
        }
    }
}
