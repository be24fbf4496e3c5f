//! What the operations of ECR ask for: repositories, played from a script or kept in memory.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::Value;

/// Repositories of one registry.
pub(crate) trait Repositories {
    /// The account of the registry.
    fn account(&self) -> &str;
    /// The names of its repositories.
    fn names(&self) -> Vec<String>;
    /// One repository.
    fn repository(&self, name: &str) -> Option<Cow<'_, Kept>>;
    /// How often `BatchGetImage` was called already: what is pushed late appears by that.
    fn batches(&self) -> usize;
    /// Where the registry's own interface is.
    fn url(&self) -> &str;
    /// How long authorization tokens last, in seconds.
    fn token_lifetime(&self) -> i64;
}

/// One repository.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kept {
    /// As ECR writes it.
    pub(crate) mutability: String,
    pub(crate) filters: Vec<String>,
    /// The text of its lifecycle policy.
    pub(crate) lifecycle_policy: Option<String>,
    pub(crate) images: Vec<Stored>,
    pub(crate) blobs: BTreeMap<String, Blob>,
}

/// One image.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) tags: Vec<String>,
    pub(crate) digest: String,
    pub(crate) manifest: String,
    pub(crate) media_type: String,
    pub(crate) status: String,
    pub(crate) failure_code: Option<String>,
    /// How many `BatchGetImage` calls see it missing.
    pub(crate) appears_after: usize,
    /// In seconds since 1970.
    pub(crate) pushed_at: f64,
    /// What its scan tells, call by call; the last stays. `null`: it was never scanned.
    pub(crate) scan: Vec<Value>,
}

/// One blob.
#[derive(Debug, Clone)]
pub(crate) struct Blob {
    pub(crate) bytes: Bytes,
    /// `AVAILABLE`, `UNAVAILABLE` or `ARCHIVED`.
    pub(crate) availability: &'static str,
}
