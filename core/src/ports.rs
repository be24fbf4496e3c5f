//! The ports of the library to the world: what it asks of a registry, of Amazon ECS, of load
//! balancers, and of the running application.
//!
//! The library decides; whoever implements a port only fetches and applies. [`ImageRegistry`] has
//! three implementations here: in memory (feature `memory`), Amazon ECR (feature `ecr`) and any OCI
//! registry (feature `oci`). [`ServiceControl`] and [`TargetGroups`] have two: in memory, and on the
//! AWS SDK (features `ecs` and `elb`).

mod application;
mod image_tags;
mod service_control;
mod target_groups;

pub use application::ApplicationProbe;
pub use image_tags::ImageTags;
pub use service_control::{Page, RegisteredTaskDefinition, ServiceControl, TaskState};
pub use target_groups::TargetGroups;

use async_trait::async_trait;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::image::{
    Descriptor, Digest, ImageSelector, Repository, RepositoryAddress, ScanFindings, StoredImage,
    Tag, TagMutability,
};
use crate::{Error, ErrorKind, Result};

/// A registry of container images, read only.
///
/// Every method has a timeout of its own and may repeat a throttled or failed request a few times.
/// Dropping a returned future cancels the work.
#[async_trait]
pub trait ImageRegistry: Send + Sync {
    /// Looks up images of one repository; the answers stand in the order of `images`.
    ///
    /// Asks in as few calls as the registry allows (ECR: one per 100 images).
    /// For a tag and a digest together, an image that the tag leads to is given as it is, whatever its
    /// digest; where the registry compares them itself, a mismatch is a [`Lookup::Failed`] of the kind
    /// `UnexpectedDigest`.
    ///
    /// # Errors
    /// Whatever keeps the registry from answering for any of them: `RepositoryNotFound`,
    /// `AccessDenied`, `Unauthenticated`, `Throttled`, `RegistryUnavailable`, `Timeout`,
    /// `UnexpectedResponse`. What concerns one image alone is in its [`Lookup`].
    async fn look_up(
        &self,
        repository: &RepositoryAddress,
        images: &[ImageSelector],
        depth: LookupDepth,
    ) -> Result<Vec<Lookup>>;

    /// The states of blobs (layers and configurations), in the order of `blobs`.
    async fn blob_states(
        &self,
        repository: &Repository,
        blobs: &[Descriptor],
        depth: BlobDepth,
    ) -> Result<Vec<BlobState>>;

    /// The bytes of a small blob, such as an image configuration, as the registry sends them.
    ///
    /// They are not checked: the caller hashes them.
    ///
    /// # Errors
    /// `ContentIncomplete` when the registry does not have it, `UnexpectedResponse` when it is
    /// longer than `blob` says.
    async fn read_blob(&self, repository: &Repository, blob: &Descriptor) -> Result<Bytes>;

    /// What the repository does when a tag that exists is pushed again.
    async fn tag_mutability(&self, repository: &Repository) -> Result<TagMutability>;

    /// What the scan of an image for vulnerabilities found; `None` when it was never scanned. An
    /// index is not scanned: its images are.
    ///
    /// # Errors
    /// `ImageNotFound`; `UnsupportedOperation` where the registry does not scan, which is the default.
    async fn scan_findings(
        &self,
        repository: &Repository,
        _digest: &Digest,
    ) -> Result<Option<ScanFindings>> {
        Err(unsupported(repository, "does not tell what scans found"))
    }

    /// The text of the lifecycle policy of a repository; `None` when it has none.
    ///
    /// # Errors
    /// `UnsupportedOperation` where the registry has no such policies, which is the default.
    async fn lifecycle_policy(&self, repository: &Repository) -> Result<Option<String>> {
        Err(unsupported(repository, "has no lifecycle policies"))
    }

    /// One image of a repository, or all, with what the rules of the repository go by.
    ///
    /// # Errors
    /// `ImageNotFound`; `UnsupportedOperation`, which is the default.
    async fn stored_images(
        &self,
        repository: &Repository,
        _only: Option<&Digest>,
    ) -> Result<StoredImages> {
        Err(unsupported(repository, "does not list its images"))
    }
}

/// Images of a repository at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredImages {
    /// The images, in no order.
    pub images: Vec<StoredImage>,
    /// The moment, by the clock that the times of the images are of.
    pub as_of: DateTime<Utc>,
}

fn unsupported(repository: &Repository, what: &str) -> Error {
    Error::new(
        ErrorKind::UnsupportedOperation,
        format!("the registry of {repository} {what}"),
    )
}

/// How much of an image a lookup must bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookupDepth {
    /// The exact bytes of the manifest.
    Manifest,
    /// The digest alone is enough. A registry that has two ways to it uses the one it is allowed.
    Digest,
}

/// What a registry says about one image.
#[derive(Debug)]
pub enum Lookup {
    /// It is there and can be pulled. Asked for by tag and digest, it is what the tag leads to: the
    /// caller compares.
    Found(FoundImage),
    /// The registry does not have it. `reason` is what the registry said of it.
    Missing {
        /// What the registry said.
        reason: String,
    },
    /// It is there, but cannot be pulled as things stand.
    Inactive {
        /// Its digest, where the registry told it.
        digest: Option<Digest>,
        /// `ARCHIVED`, `ACTIVATING`, or a state that this library does not know.
        state: String,
    },
    /// The registry cannot answer for this image.
    Failed(Error),
}

/// An image as a registry gives it: nothing of it is checked yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FoundImage {
    /// The repository with its host, however it was asked for.
    pub repository: Repository,
    /// The tag it was asked for by.
    pub tag: Option<Tag>,
    /// The digest that the registry names.
    pub digest: Digest,
    /// The media type that the registry names.
    pub media_type: Option<String>,
    /// The manifest bytes as sent. Absent where the registry told the digest alone.
    #[serde(skip)]
    pub manifest: Option<Bytes>,
}

/// How closely blobs are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobDepth {
    /// Whether the registry has them.
    Presence,
    /// Their bytes are read and hashed.
    Bytes,
}

/// What a registry says about one blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlobState {
    /// It is there.
    Available,
    /// The registry does not have it.
    Missing,
    /// It is in archive storage and cannot be pulled.
    Archived,
    /// Its bytes do not hash to its digest, or its length is not the one that was promised.
    Corrupt,
}
