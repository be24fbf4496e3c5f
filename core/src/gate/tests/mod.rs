//! The gate against a registry in memory. Tests are named after what they protect.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy lets tests panic, and does not take their helpers for tests"
)]

mod batches;
mod lies;
mod refusals;
mod waiting;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::*;
use crate::image::{Digest, RepositoryAddress};
use crate::memory::{Damage, Fault, FaultKind, MemoryImage, MemoryRegistry, Operation};
use crate::{Error, ErrorKind};

const REVISION: &str = "622d2103a1b2c3d4e5f60718293a4b5c6d7e8f90";
const TAG: &str = "pr-51-622d2103-20250820-124500";

fn single() -> MemoryImage {
    MemoryImage::new("linux/arm64")
        .unwrap()
        .label("org.opencontainers.image.revision", REVISION)
}

fn index() -> MemoryImage {
    let amd64 = MemoryImage::new("linux/amd64")
        .unwrap()
        .label("org.opencontainers.image.revision", REVISION);
    MemoryImage::index([amd64, single()]).with_attestations()
}

fn registry_with(image: &MemoryImage) -> (MemoryRegistry, Digest) {
    let registry = MemoryRegistry::new();
    let digest = registry.push("my/app", &[TAG], image).unwrap();
    (registry, digest)
}

fn query() -> ImageQuery {
    query_for(TAG)
}

fn query_for(tag: &str) -> ImageQuery {
    let repository: RepositoryAddress = "my/app".parse().unwrap();
    ImageQuery::by_tag(repository, tag.parse().unwrap())
}

fn refuse(registry: &MemoryRegistry, policy: Policy, query: &ImageQuery) -> Error {
    block_on(Gate::new(policy).resolve(registry, query)).unwrap_err()
}

fn pass(registry: &MemoryRegistry, policy: Policy, query: &ImageQuery) -> VerifiedImage {
    block_on(Gate::new(policy).resolve(registry, query)).unwrap()
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap()
        .block_on(future)
}

fn wait(seconds: u64) -> Wait {
    Wait::for_up_to(Duration::from_secs(seconds))
}
