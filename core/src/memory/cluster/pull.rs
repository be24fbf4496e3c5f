//! Pulls: what a task gets when it asks the registry.

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::behaviour::Behaviour;
use super::definition::ContainerSpec;
use super::world::World;
use crate::image::{Digest, ImageReference, ImageSelector, Manifest, Platform};
use crate::ports::Lookup;

/// Why an image cannot be pulled: the forms of `CannotPullContainerError` that ECS documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PullFailure {
    /// The tag or digest is not there.
    #[default]
    NotFound,
    /// The registry refuses the bytes of a layer.
    CopyFailed,
    /// The execution role lacks a permission, or the image is not there.
    RoleNotAllowed,
    /// The task has no way to the registry.
    Network,
    /// The registry does not answer.
    Timeout,
    /// The registry asks to slow down.
    RateLimit,
    /// The repository is not there, or needs a login.
    PullAccessDenied,
    /// The disk is full.
    DiskFull,
    /// The pull was cancelled.
    Cancelled,
}

impl PullFailure {
    /// In the words of ECS.
    pub(super) fn words(self, image: &str) -> String {
        let repository = image.split('@').next().unwrap_or(image);
        let host = image.split('/').next().unwrap_or(image);
        let why = match self {
            Self::NotFound => format!(
                "pull image manifest has been retried 5 time(s): failed to resolve ref {image}: \
                 {image}: not found"
            ),
            Self::CopyFailed => format!(
                "ref pull has been retried 1 time(s): failed to copy: httpReaderSeeker: failed \
                 open: unexpected status code https://{host}/v2/: 403 Forbidden"
            ),
            Self::RoleNotAllowed => "The task can't pull the image. Check that the role has the \
                                     permissions to pull images from the registry."
                .to_owned(),
            Self::Network => format!(
                "The task cannot pull '{image}' from the Amazon ECR repository '{repository}'. \
                 There is a connection issue between the task and Amazon ECR. Check your task \
                 network configuration."
            ),
            Self::Timeout => format!(
                "API error (500): Get https://{host}/v2/: net/http: request canceled while waiting \
                 for connection"
            ),
            Self::RateLimit => format!(
                "pull image manifest has been retried 5 time(s): httpReadSeeker: failed open: \
                 {repository}: toomanyrequests: Rate exceeded"
            ),
            Self::PullAccessDenied => format!(
                "pull access denied for {repository}, repository does not exist or may require \
                 'docker login'"
            ),
            Self::DiskFull => {
                "ref pull has been retried 1 time(s): failed to extract layer: no space left on \
                 device"
                    .to_owned()
            }
            Self::Cancelled => "context canceled".to_owned(),
        };
        format!("CannotPullContainerError: {why}")
    }
}

/// What is known of the image of one container of a service revision.
#[derive(Debug, Clone, Default)]
pub(super) struct Resolution {
    pub(super) digest: Option<Digest>,
    pub(super) attempts: u32,
    /// ECS resolves no more: each task does so for itself.
    pub(super) open: bool,
}

/// Attempts after which ECS gives up. Source: ECS, "Container image resolution".
pub(super) const ATTEMPTS: u32 = 3;

/// A pulled image.
#[derive(Debug, Clone)]
pub(super) struct Pulled {
    /// What `imageDigest` tells.
    pub(super) reported: Digest,
    pub(super) behaviour: Behaviour,
}

/// Pulls the image of a container at the moment `at`. The error is in the words of ECS.
pub(super) fn pull(
    world: &mut World,
    container: &ContainerSpec,
    platform: &Platform,
    resolution: &mut Resolution,
    at: Instant,
) -> Result<Pulled, String> {
    let reference = container.reference.as_ref();
    let tag = reference.and_then(ImageReference::tag);
    let tag = tag.map(|tag| tag.as_str().to_owned());
    let behaviour = world.rules.next(
        &container.image,
        tag.as_deref(),
        None,
        Behaviour::is_of_pull,
    );
    let found = match behaviour {
        Behaviour::CannotPull(failure) => Err(failure.words(&container.image)),
        Behaviour::SecretsUnreadable => return Err(secrets_unreadable()),
        _ => find(world, container, resolution, at),
    };
    let consistent = container.consistent && !resolution.open;
    match found {
        Ok((digest, manifest)) => {
            if consistent {
                resolution.digest = Some(digest.clone());
            }
            let behaviour =
                world
                    .rules
                    .next(&container.image, tag.as_deref(), Some(&digest), |_| true);
            match behaviour {
                Behaviour::CannotPull(failure) => Err(failure.words(&container.image)),
                Behaviour::SecretsUnreadable => Err(secrets_unreadable()),
                behaviour => Ok(Pulled {
                    reported: if world.platform_digests {
                        child_of(&digest, manifest.as_deref(), platform)
                    } else {
                        digest
                    },
                    behaviour,
                }),
            }
        }
        Err(words) => {
            let by_tag = reference.is_none_or(|reference| !reference.is_pinned());
            if consistent && by_tag && resolution.digest.is_none() {
                resolution.attempts += 1;
                resolution.open = resolution.attempts >= ATTEMPTS;
            }
            Err(words)
        }
    }
}

fn find(
    world: &World,
    container: &ContainerSpec,
    resolution: &Resolution,
    at: Instant,
) -> Result<(Digest, Option<Vec<u8>>), String> {
    let not_found = || PullFailure::NotFound.words(&container.image);
    let reference = container.reference.as_ref().ok_or_else(not_found)?;
    // A digest beside a tag wins: the agent pulls by it and ignores the tag.
    let digest = reference.digest().or(resolution.digest.as_ref());
    let selector = match (digest, reference.tag()) {
        (Some(digest), _) => ImageSelector::Digest(digest.clone()),
        (None, Some(tag)) => ImageSelector::Tag(tag.clone()),
        (None, None) => ImageSelector::Tag("latest".parse().map_err(|_| not_found())?),
    };
    match world
        .registry
        .pull(reference.repository(), &selector, at)
        .map_err(|_| not_found())?
    {
        Lookup::Found(image) => Ok((image.digest, image.manifest.map(|bytes| bytes.to_vec()))),
        _ => Err(not_found()),
    }
}

/// The image of an index that runs on `platform`; the digest itself where there is none.
fn child_of(digest: &Digest, manifest: Option<&[u8]>, platform: &Platform) -> Digest {
    let parsed = manifest.and_then(|bytes| Manifest::parse(bytes, None).ok());
    match parsed {
        Some(Manifest::Index(index)) => index
            .child_for(platform)
            .map_or_else(|| digest.clone(), |child| child.digest().clone()),
        _ => digest.clone(),
    }
}

fn secrets_unreadable() -> String {
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource \
     retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): \
     failed to fetch secret: AccessDeniedException"
        .to_owned()
}
