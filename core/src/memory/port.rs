//! The registry as the gate sees it.

use async_trait::async_trait;
use bytes::Bytes;
use tokio::time::Instant;

use super::fault::{FaultKind, Operation};
use super::registry::MemoryRegistry;
use super::rules::scan_of;
use crate::image::{
    Descriptor, Digest, ImageSelector, Repository, RepositoryAddress, ScanFindings, TagMutability,
};
use crate::ports::{BlobDepth, BlobState, ImageRegistry, Lookup, LookupDepth, StoredImages};
use crate::{Error, ErrorKind, Result};

/// A call that never returns.
async fn hang_if(fault: Option<FaultKind>) {
    if fault == Some(FaultKind::Hang) {
        std::future::pending::<()>().await;
    }
}

fn count(images: usize) -> u32 {
    u32::try_from(images).unwrap_or(u32::MAX)
}

#[async_trait]
impl ImageRegistry for MemoryRegistry {
    async fn look_up(
        &self,
        address: &RepositoryAddress,
        images: &[ImageSelector],
        depth: LookupDepth,
    ) -> Result<Vec<Lookup>> {
        let repository = self.locate(address)?;
        let name = repository.name();
        let (fault, denied) = {
            let mut store = self.lock();
            store.calls.look_up += 1;
            store.calls.images = store.calls.images.saturating_add(count(images.len()));
            let fault = store.strike(Operation::LookUp, name, None);
            (fault, store.strike(Operation::ReadManifest, name, None))
        };
        hang_if(fault.or(denied.filter(|_| depth == LookupDepth::Manifest))).await;
        match (fault, denied, depth) {
            (Some(FaultKind::Missing), _, _) => {
                return Ok(images.iter().map(|_| not_yet()).collect());
            }
            (Some(fault), _, _) => return Err(fault.error(Operation::LookUp)),
            (None, Some(fault), LookupDepth::Manifest) => {
                return Err(fault.error(Operation::ReadManifest));
            }
            (None, _, _) => {}
        }
        let mut store = self.lock();
        let faults: Vec<Option<FaultKind>> = images
            .iter()
            .map(|image| {
                image
                    .tag()
                    .and_then(|tag| store.strike(Operation::LookUp, name, Some(tag)))
            })
            .collect();
        let contents = store.contents(&repository)?;
        let now = Instant::now();
        Ok(images
            .iter()
            .zip(faults)
            .map(|(image, fault)| match fault {
                Some(FaultKind::Missing) => not_yet(),
                Some(fault) => Lookup::Failed(fault.error(Operation::LookUp)),
                None => contents.look_up(&repository, image, denied.is_none(), now),
            })
            .collect())
    }

    async fn blob_states(
        &self,
        repository: &Repository,
        blobs: &[Descriptor],
        depth: BlobDepth,
    ) -> Result<Vec<BlobState>> {
        let fault = {
            let mut store = self.lock();
            store.calls.blob_states += 1;
            store.strike(Operation::BlobStates, repository.name(), None)
        };
        hang_if(fault).await;
        match fault {
            Some(FaultKind::Missing) => return Ok(vec![BlobState::Missing; blobs.len()]),
            Some(fault) => return Err(fault.error(Operation::BlobStates)),
            None => {}
        }
        let mut store = self.lock();
        let contents = store.contents(repository)?;
        Ok(blobs
            .iter()
            .map(|blob| match contents.blobs.get(&blob.digest) {
                None => BlobState::Missing,
                Some((bytes, BlobState::Available)) => look_at(bytes, blob, depth),
                Some((_, state)) => *state,
            })
            .collect())
    }

    async fn read_blob(&self, repository: &Repository, blob: &Descriptor) -> Result<Bytes> {
        let fault = {
            let mut store = self.lock();
            store.calls.read_blob += 1;
            store.strike(Operation::ReadBlob, repository.name(), None)
        };
        hang_if(fault).await;
        if let Some(fault) = fault {
            return Err(fault.error(Operation::ReadBlob));
        }
        let mut store = self.lock();
        match store.contents(repository)?.blobs.get(&blob.digest) {
            Some((bytes, BlobState::Available)) => Ok(bytes.clone()),
            _ => Err(Error::new(
                ErrorKind::ContentIncomplete,
                format!(
                    "the registry does not have the blob {} of {repository}; push the image again",
                    blob.digest
                ),
            )),
        }
    }

    async fn tag_mutability(&self, repository: &Repository) -> Result<TagMutability> {
        let fault = {
            let mut store = self.lock();
            store.calls.tag_mutability += 1;
            store.strike(Operation::TagMutability, repository.name(), None)
        };
        hang_if(fault).await;
        match fault {
            Some(FaultKind::Missing) => Ok(TagMutability::Unknown),
            Some(fault) => Err(fault.error(Operation::TagMutability)),
            None => Ok(self.lock().contents(repository)?.mutability.clone()),
        }
    }

    async fn scan_findings(
        &self,
        repository: &Repository,
        digest: &Digest,
    ) -> Result<Option<ScanFindings>> {
        let fault = {
            let mut store = self.lock();
            store.calls.scan_findings += 1;
            store.strike(Operation::ScanFindings, repository.name(), None)
        };
        hang_if(fault).await;
        match fault {
            Some(FaultKind::Missing) => Ok(None),
            Some(fault) => Err(fault.error(Operation::ScanFindings)),
            None => scan_of(self.lock().contents(repository)?, digest),
        }
    }

    async fn lifecycle_policy(&self, repository: &Repository) -> Result<Option<String>> {
        let fault = {
            let mut store = self.lock();
            store.calls.lifecycle_policy += 1;
            store.strike(Operation::LifecyclePolicy, repository.name(), None)
        };
        hang_if(fault).await;
        match fault {
            Some(FaultKind::Missing) => Ok(None),
            Some(fault) => Err(fault.error(Operation::LifecyclePolicy)),
            None => Ok(self.lock().contents(repository)?.lifecycle_policy.clone()),
        }
    }

    async fn stored_images(
        &self,
        repository: &Repository,
        only: Option<&Digest>,
    ) -> Result<StoredImages> {
        let fault = {
            let mut store = self.lock();
            store.calls.stored_images += 1;
            store.strike(Operation::StoredImages, repository.name(), None)
        };
        hang_if(fault).await;
        if let Some(fault) = fault {
            return Err(fault.error(Operation::StoredImages));
        }
        let mut store = self.lock();
        self.stored(store.contents(repository)?, only)
    }
}

fn not_yet() -> Lookup {
    Lookup::Missing {
        reason: "it does not have it yet".to_owned(),
    }
}

fn look_at(bytes: &Bytes, blob: &Descriptor, depth: BlobDepth) -> BlobState {
    let promised = Digest::of(bytes) == blob.digest && u64::try_from(bytes.len()) == Ok(blob.size);
    if depth == BlobDepth::Bytes && !promised {
        return BlobState::Corrupt;
    }
    BlobState::Available
}
