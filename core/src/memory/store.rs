//! What a registry keeps.

use std::collections::BTreeMap;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use tokio::time::Instant;

use super::assemble::{Parts, assemble};
use super::calls::Calls;
use super::fault::{Fault, FaultKind, Operation};
use super::image::{ACTIVE, MemoryImage, MemoryScan};
use crate::image::{Digest, ImageSelector, Repository, RepositoryName, Tag, TagMutability};
use crate::ports::{BlobState, FoundImage, Lookup};
use crate::{Error, ErrorKind, Result};

#[derive(Debug, Default)]
pub(super) struct Store {
    pub(super) repositories: BTreeMap<Repository, Contents>,
    pub(super) faults: Vec<Fault>,
    pub(super) calls: Calls,
}

#[derive(Debug)]
pub(super) struct Contents {
    pub(super) mutability: TagMutability,
    pub(super) lifecycle_policy: Option<String>,
    pub(super) tags: BTreeMap<Tag, (Digest, Instant)>,
    pub(super) manifests: BTreeMap<Digest, Kept>,
    pub(super) blobs: BTreeMap<Digest, (Bytes, BlobState)>,
}

#[derive(Debug)]
pub(super) struct Kept {
    pub(super) served: Bytes,
    pub(super) media_type: Option<String>,
    pub(super) state: String,
    pub(super) visible_from: Instant,
    pub(super) pushed: Instant,
    pub(super) pushed_at: Option<DateTime<Utc>>,
    pub(super) scan: Option<MemoryScan>,
}

impl Store {
    pub(super) fn strike(
        &mut self,
        operation: Operation,
        repository: &RepositoryName,
        tag: Option<&Tag>,
    ) -> Option<FaultKind> {
        self.faults
            .iter_mut()
            .find_map(|fault| fault.strike(operation, repository, tag))
    }

    pub(super) fn contents(&mut self, repository: &Repository) -> Result<&mut Contents> {
        self.repositories.get_mut(repository).ok_or_else(|| {
            Error::new(
                ErrorKind::RepositoryNotFound,
                format!(
                    "the registry does not have the repository {repository}; create it, or compare \
                     account and Region"
                ),
            )
        })
    }
}

impl Contents {
    pub(super) fn new(mutability: TagMutability) -> Self {
        Self {
            mutability,
            lifecycle_policy: None,
            tags: BTreeMap::new(),
            manifests: BTreeMap::new(),
            blobs: BTreeMap::new(),
        }
    }

    pub(super) fn push(&mut self, tags: &[Tag], image: &MemoryImage) -> Result<Digest> {
        let mut parts = Parts::default();
        let digest = assemble(image, &mut parts);
        for tag in tags {
            self.check_movable(tag, &digest)?;
        }
        let visible_from = Instant::now() + image.visible_after;
        for part in parts.manifests {
            if let Some(served) = part.served {
                let kept = Kept {
                    served,
                    media_type: part.media_type,
                    state: part.state,
                    visible_from,
                    pushed: Instant::now(),
                    pushed_at: part.pushed_at,
                    scan: part.scan,
                };
                self.manifests.insert(part.digest, kept);
            }
        }
        for blob in parts.blobs {
            self.blobs.insert(blob.digest, (blob.served, blob.state));
        }
        for tag in tags {
            self.tags
                .insert(tag.clone(), (digest.clone(), visible_from));
        }
        Ok(digest)
    }

    pub(super) fn tag(&mut self, tag: Tag, digest: Digest) -> Result<()> {
        self.check_movable(&tag, &digest)?;
        self.kept(&digest)?;
        self.tags.insert(tag, (digest, Instant::now()));
        Ok(())
    }

    pub(super) fn set_state(&mut self, digest: &Digest, state: &str) -> Result<()> {
        state.clone_into(&mut self.kept(digest)?.state);
        Ok(())
    }

    /// Takes away an image and its tags. Its blobs stay, as in ECR for some time.
    pub(super) fn delete(&mut self, digest: &Digest) -> Result<()> {
        self.kept(digest)?;
        self.manifests.remove(digest);
        self.tags.retain(|_, (of, _)| of != digest);
        Ok(())
    }

    fn kept(&mut self, digest: &Digest) -> Result<&mut Kept> {
        self.manifests.get_mut(digest).ok_or_else(|| {
            Error::new(
                ErrorKind::ImageNotFound,
                format!("the registry does not have the image {digest}; push it first"),
            )
        })
    }

    fn check_movable(&self, tag: &Tag, digest: &Digest) -> Result<()> {
        match self.tags.get(tag) {
            Some((there, _)) if there != digest && self.mutability.protects(tag) == Some(true) => {
                Err(Error::new(
                    ErrorKind::VersionConflict,
                    format!(
                        "the tag {tag} is immutable and leads to {there}; push with a tag of its own"
                    ),
                ))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn look_up(
        &self,
        repository: &Repository,
        selector: &ImageSelector,
        with_manifest: bool,
        now: Instant,
    ) -> Lookup {
        let missing = |what: String| Lookup::Missing {
            reason: format!("there is no image {what} in {repository}"),
        };
        let digest = match selector {
            ImageSelector::Digest(digest) => digest,
            ImageSelector::Tag(tag) | ImageSelector::TagAndDigest(tag, _) => {
                match self.tags.get(tag) {
                    Some((digest, visible_from)) if *visible_from <= now => digest,
                    _ => return missing(format!("with the tag {tag}")),
                }
            }
        };
        let Some(kept) = self
            .manifests
            .get(digest)
            .filter(|kept| kept.visible_from <= now)
        else {
            return missing(format!("with the digest {digest}"));
        };
        if kept.state != ACTIVE {
            return Lookup::Inactive {
                digest: Some(digest.clone()),
                state: kept.state.clone(),
            };
        }
        Lookup::Found(FoundImage {
            repository: repository.clone(),
            tag: selector.tag().cloned(),
            digest: digest.clone(),
            media_type: kept.media_type.clone(),
            manifest: with_manifest.then(|| kept.served.clone()),
        })
    }
}
