//! The registry.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use serde_json::Value;
use tokio::time::Instant;

use super::store::{Contents, Store};
use super::{Calls, Fault, MemoryImage, fixture};
use crate::Result;
use crate::image::{
    Digest, EcrHost, ImageSelector, Repository, RepositoryAddress, Tag, TagMutability,
};
use crate::ports::Lookup;

const DEFAULT_HOST: &str = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

/// A registry in memory. Clones share their contents.
///
/// Names come as text, as in the scripts that it helps to test; a repository by its name alone is
/// one of the registry's own host.
#[derive(Clone)]
pub struct MemoryRegistry {
    pub(super) host: String,
    store: Arc<Mutex<Store>>,
    pub(super) began: Instant,
    watchers: Arc<Mutex<Vec<Weak<dyn Watcher>>>>,
}

/// Somebody who has to act before what the registry holds changes.
pub(super) trait Watcher: Send + Sync {
    /// It changes next.
    fn about_to_change(&self);
}

impl MemoryRegistry {
    /// An empty registry at the host `123456789012.dkr.ecr.eu-central-1.amazonaws.com`.
    pub fn new() -> Self {
        Self::at(DEFAULT_HOST)
    }

    /// An empty registry at `host`.
    ///
    /// # Errors
    /// `InvalidRepository` when it is not a registry host.
    pub fn with_host(host: &str) -> Result<Self> {
        // A host has no type of its own; with any name it must make a repository.
        let repository = Repository::new(host, "any/name".parse()?)?;
        Ok(Self::at(repository.host()))
    }

    /// A registry as the [module](super#as-json) describes it in JSON.
    ///
    /// # Errors
    /// `InvalidArgument` for the shape, and the kind of the name that breaks a rule.
    pub fn from_json(json: &Value) -> Result<Self> {
        fixture::read(json)
    }

    /// Creates a repository, or sets the mutability of the tags of one that is there.
    ///
    /// # Errors
    /// `InvalidRepository`.
    pub fn create_repository(&self, repository: &str, mutability: TagMutability) -> Result<()> {
        let repository = self.locate(&repository.parse()?)?;
        let mut store = self.lock();
        store
            .repositories
            .entry(repository)
            .or_insert_with(|| Contents::new(TagMutability::Mutable))
            .mutability = mutability;
        Ok(())
    }

    /// Pushes an image and gives its digest. Creates the repository, with mutable tags, where there
    /// is none.
    ///
    /// # Errors
    /// `InvalidRepository`, `InvalidTag`; `VersionConflict` when the repository protects a tag that
    /// leads elsewhere.
    pub fn push(&self, repository: &str, tags: &[&str], image: &MemoryImage) -> Result<Digest> {
        let repository = self.locate(&repository.parse()?)?;
        let tags = tags
            .iter()
            .map(|tag| tag.parse())
            .collect::<Result<Vec<Tag>>>()?;
        self.about_to_change();
        self.lock()
            .repositories
            .entry(repository)
            .or_insert_with(|| Contents::new(TagMutability::Mutable))
            .push(&tags, image)
    }

    /// Lets a tag lead to an image that is there.
    ///
    /// # Errors
    /// `RepositoryNotFound`, `ImageNotFound`, and those of [`push`](Self::push).
    pub fn tag(&self, repository: &str, tag: &str, digest: &Digest) -> Result<()> {
        let tag = tag.parse()?;
        self.change(repository, |contents| contents.tag(tag, digest.clone()))
    }

    /// Archives an image: it is there, and cannot be pulled.
    ///
    /// # Errors
    /// `RepositoryNotFound`, `ImageNotFound`.
    pub fn archive(&self, repository: &str, digest: &Digest) -> Result<()> {
        self.set_state(repository, digest, "ARCHIVED")
    }

    /// Sets the state of an image: `ACTIVE`, `ARCHIVED`, `ACTIVATING`, or one that nobody knows.
    ///
    /// # Errors
    /// `RepositoryNotFound`, `ImageNotFound`.
    pub fn set_state(&self, repository: &str, digest: &Digest, state: &str) -> Result<()> {
        self.change(repository, |contents| contents.set_state(digest, state))
    }

    /// Deletes an image and its tags, as a lifecycle rule does.
    ///
    /// # Errors
    /// `RepositoryNotFound`, `ImageNotFound`.
    pub fn delete(&self, repository: &str, digest: &Digest) -> Result<()> {
        self.change(repository, |contents| contents.delete(digest))
    }

    /// Sets the lifecycle policy of a repository, as ECR writes it; without a text it has none. It is
    /// told, and takes nothing away by itself.
    ///
    /// # Errors
    /// `RepositoryNotFound`.
    pub fn set_lifecycle_policy(&self, repository: &str, text: Option<&str>) -> Result<()> {
        self.change(repository, |contents| {
            contents.lifecycle_policy = text.map(str::to_owned);
            Ok(())
        })
    }

    /// Makes calls go wrong. The fault that was injected first strikes first.
    pub fn inject(&self, fault: Fault) {
        self.lock().faults.push(fault);
    }

    /// Ends all faults.
    pub fn heal(&self) {
        self.lock().faults.clear();
    }

    /// What it was asked so far.
    pub fn calls(&self) -> Calls {
        self.lock().calls
    }

    /// Counts from zero again.
    pub fn reset_calls(&self) {
        self.lock().calls = Calls::default();
    }

    /// The host, where it is one of ECR.
    pub(super) fn ecr(&self) -> Option<EcrHost> {
        let repository = Repository::new(&self.host, "any/name".parse().ok()?).ok()?;
        repository.ecr()
    }

    /// What a task gets that pulls an image at the moment `at`: without a fault, and not counted.
    ///
    /// # Errors
    /// `RepositoryNotFound`.
    pub(super) fn pull(
        &self,
        address: &RepositoryAddress,
        image: &ImageSelector,
        at: Instant,
    ) -> Result<Lookup> {
        let repository = self.locate(address)?;
        let mut store = self.lock();
        let contents = store.contents(&repository)?;
        Ok(contents.look_up(&repository, image, true, at))
    }

    /// Calls `watcher` before each change from now on, as long as it is there.
    pub(super) fn watch(&self, watcher: Weak<dyn Watcher>) {
        self.watchers().push(watcher);
    }

    /// Lets those act who have to before a change. Never with the lock held: they pull.
    pub(super) fn about_to_change(&self) {
        let watchers: Vec<_> = {
            let mut all = self.watchers();
            all.retain(|watcher| watcher.strong_count() > 0);
            all.iter().filter_map(Weak::upgrade).collect()
        };
        for watcher in watchers {
            watcher.about_to_change();
        }
    }

    fn watchers(&self) -> MutexGuard<'_, Vec<Weak<dyn Watcher>>> {
        self.watchers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The repository that an address names here.
    pub(super) fn locate(&self, address: &RepositoryAddress) -> Result<Repository> {
        match address {
            RepositoryAddress::Full(repository) => Ok(repository.clone()),
            RepositoryAddress::Name(name) => Repository::new(&self.host, name.clone()),
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(
        &self,
        repository: &str,
        change: impl FnOnce(&mut Contents) -> Result<()>,
    ) -> Result<()> {
        let repository = self.locate(&repository.parse()?)?;
        self.about_to_change();
        change(self.lock().contents(&repository)?)
    }

    fn at(host: &str) -> Self {
        Self {
            host: host.to_owned(),
            store: Arc::default(),
            began: Instant::now(),
            watchers: Arc::default(),
        }
    }
}

impl Default for MemoryRegistry {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for MemoryRegistry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryRegistry")
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}
