//! What a registry keeps, for those who serve or check it as a whole.

use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use tokio::time::Instant;

use super::registry::MemoryRegistry;
use super::store::Contents;
use crate::Result;
use crate::image::{Digest, Repository, ScanFindings, Tag, TagMutability};
use crate::ports::BlobState;

/// A repository of a [`MemoryRegistry`] at one moment.
#[derive(Debug, Clone)]
pub struct Inventory {
    /// The repository with its host.
    pub repository: Repository,
    /// What it does when a tag that exists is pushed again.
    pub mutability: TagMutability,
    /// The text of its lifecycle policy, where it has one.
    pub lifecycle_policy: Option<String>,
    /// Its images that can be seen by now, in the order of their digests.
    pub images: Vec<KeptImage>,
    /// Its blobs as they are served, in the order of their digests.
    pub blobs: Vec<KeptBlob>,
}

/// One image, or index, of an [`Inventory`].
#[derive(Debug, Clone)]
pub struct KeptImage {
    /// Its digest.
    pub digest: Digest,
    /// The tags that lead to it, in alphabetical order.
    pub tags: Vec<Tag>,
    /// The manifest bytes as they are served.
    pub manifest: Bytes,
    /// Their media type.
    pub media_type: Option<String>,
    /// `ACTIVE`, `ARCHIVED`, `ACTIVATING`, or one that nobody knows.
    pub state: String,
    /// How long it can be seen already.
    pub age: Duration,
    /// When it was pushed, where that was said and is not its age.
    pub pushed_at: Option<DateTime<Utc>>,
    /// What its scan for vulnerabilities tells at this moment, where it has one.
    pub scan: Option<ScanFindings>,
}

/// One layer or configuration of an [`Inventory`].
#[derive(Debug, Clone)]
pub struct KeptBlob {
    /// Its digest.
    pub digest: Digest,
    /// Its bytes as they are served.
    pub bytes: Bytes,
    /// Whether they are.
    pub state: BlobState,
}

impl MemoryRegistry {
    /// The host of the repositories that are named without one.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Every repository, in alphabetical order. It is no call of the port: none is counted, and no
    /// fault strikes.
    pub fn repositories(&self) -> Vec<Repository> {
        self.lock().repositories.keys().cloned().collect()
    }

    /// What a repository keeps at this moment. As [`repositories`](Self::repositories) it is no call.
    ///
    /// # Errors
    /// `InvalidRepository`, `RepositoryNotFound`.
    pub fn inventory(&self, repository: &str) -> Result<Inventory> {
        let repository = self.locate(&repository.parse()?)?;
        let mut store = self.lock();
        let contents = store.contents(&repository)?;
        Ok(contents.inventory(repository, Instant::now()))
    }
}

impl Contents {
    fn inventory(&self, repository: Repository, now: Instant) -> Inventory {
        let seen = |from: Instant| now.checked_duration_since(from);
        let images = self.manifests.iter().filter_map(|(digest, kept)| {
            let tags = self
                .tags
                .iter()
                .filter(|(_, (of, from))| of == digest && seen(*from).is_some());
            Some(KeptImage {
                digest: digest.clone(),
                tags: tags.map(|(tag, _)| tag.clone()).collect(),
                manifest: kept.served.clone(),
                media_type: kept.media_type.clone(),
                state: kept.state.clone(),
                age: seen(kept.visible_from)?,
                pushed_at: kept.pushed_at,
                scan: kept.scan_now(),
            })
        });
        let blobs = self.blobs.iter().map(|(digest, (bytes, state))| KeptBlob {
            digest: digest.clone(),
            bytes: bytes.clone(),
            state: *state,
        });
        Inventory {
            images: images.collect(),
            blobs: blobs.collect(),
            mutability: self.mutability.clone(),
            lifecycle_policy: self.lifecycle_policy.clone(),
            repository,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::MemoryImage;

    #[tokio::test(start_paused = true)]
    async fn an_inventory_has_what_can_be_seen_and_is_no_call() {
        let registry = MemoryRegistry::new();
        let image = || MemoryImage::new("linux/amd64").unwrap();
        let now = registry.push("my/app", &["b", "a"], &image()).unwrap();
        let late = image()
            .label("a", "late")
            .visible_after(Duration::from_secs(5));
        registry.push("my/app", &["late"], &late).unwrap();

        let inventory = registry.inventory("my/app").unwrap();
        let [seen] = inventory.images.as_slice() else {
            panic!("one image can be seen: {inventory:?}");
        };
        assert_eq!(seen.digest, now);
        assert_eq!(
            seen.tags.iter().map(Tag::as_str).collect::<Vec<_>>(),
            ["a", "b"]
        );
        assert_eq!(Digest::of(&seen.manifest), now);

        tokio::time::advance(Duration::from_secs(7)).await;
        let inventory = registry.inventory("my/app").unwrap();
        let mut ages: Vec<_> = inventory.images.iter().map(|image| image.age).collect();
        ages.sort();
        assert_eq!(ages, [2, 7].map(Duration::from_secs));
        assert_eq!(registry.calls().total(), 0);
        assert_eq!(registry.repositories().len(), 1);
    }
}
