//! A registry, and an Amazon ECS that pulls from it, in memory, for tests and demonstrations (feature
//! `memory`). The latter is [`MemoryCluster`], in the module [`cluster`].
//!
//! The registry serves real manifests, configurations and layers with real digests, and it misbehaves on
//! request: images that appear late, throttling, refused permissions, corrupt bytes, archived
//! images, a call that never returns. The same pushes give the same digests. Its only clock is
//! that of tokio, so a test that pauses it waits for nothing.
//!
//! ```
//! use std::time::Duration;
//!
//! use artifact_deploy::gate::{Gate, ImageQuery, Policy, Wait};
//! use artifact_deploy::image::RepositoryAddress;
//! use artifact_deploy::memory::{Fault, FaultKind, MemoryImage, MemoryRegistry, Operation};
//!
//! # fn main() -> artifact_deploy::Result<()> {
//! # tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap().block_on(async {
//! let registry = MemoryRegistry::new();
//! let image = MemoryImage::new("linux/arm64")?.label("org.opencontainers.image.revision", "622d2103");
//! let digest = registry.push("my/app", &["pr-51-622d2103-20250820-124500"], &image)?;
//! // The first two look-ups come too early.
//! registry.inject(Fault::new(Operation::LookUp, FaultKind::Missing).times(2));
//!
//! let repository: RepositoryAddress = "my/app".parse()?;
//! let query = ImageQuery::by_tag(repository, "pr-51-622d2103-20250820-124500".parse()?);
//! let gate = Gate::new(Policy::new()).waiting(Wait::for_up_to(Duration::from_secs(60)));
//! let verified = gate.resolve(&registry, &query).await?;
//!
//! assert_eq!(verified.digest(), &digest);
//! assert_eq!(registry.calls().look_up, 3);
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! # As JSON
//!
//! [`MemoryRegistry::from_json`] reads a whole registry; what is left out has the value shown.
//!
//! ```json
//! {
//!   "host": "123456789012.dkr.ecr.eu-central-1.amazonaws.com",
//!   "repositories": {
//!     "my/app": {
//!       "mutability": { "mode": "mutable" },
//!       "lifecyclePolicy": { "rules": [] },
//!       "images": [
//!         {
//!           "tags": ["v1"],
//!           "platform": "linux/amd64",
//!           "labels": {},
//!           "layers": ["text of the one layer"],
//!           "format": "oci",
//!           "state": "ACTIVE",
//!           "visibleAfterSeconds": 0,
//!           "pushedAt": "2025-08-20T12:45:00Z",
//!           "scan": { "status": "COMPLETE", "counts": { "LOW": 3 },
//!                     "startedAfterSeconds": 0, "finishedAfterSeconds": 0 },
//!           "damage": []
//!         },
//!         { "tags": ["v2"], "index": [{ "platform": "linux/arm64" }], "attestations": true },
//!         { "tags": ["v3"], "manifest": "the exact text", "mediaType": "application/…" }
//!       ]
//!     }
//!   },
//!   "faults": [{ "operation": "look-up", "fault": "throttled", "times": 2, "repository": "my/app", "tag": "v1" }]
//! }
//! ```
//!
//! `format` is `oci` or `docker`. An image is one of three: of a `platform` (default
//! `linux/amd64`), an `index` of images, or a `manifest` as it is. `damage` and `fault` take the
//! names of [`Damage`] and [`FaultKind`]; a fault without `times` lasts. An image without `scan` was
//! never scanned, a repository without `lifecyclePolicy` has none.

mod assemble;
mod calls;
pub mod cluster;
mod fault;
mod fixture;
mod image;
mod inventory;
mod port;
mod registry;
mod rules;
mod store;
mod tags;

pub use calls::Calls;
pub use cluster::{
    Behaviour, Check, ControlCalls, ControlFault, ControlFaultKind, ControlOperation,
    MemoryCluster, Pace, PullFailure,
};
pub use fault::{Fault, FaultKind, Operation};
pub use image::{Damage, MemoryImage};
pub use inventory::{Inventory, KeptBlob, KeptImage};
pub use registry::MemoryRegistry;
