//! Images: where they are (repository, tag, digest, reference) and what they are (manifest, platform).

mod address;
mod config;
mod descriptor;
mod digest;
mod ecr;
mod host;
mod lifecycle;
mod manifest;
mod mutability;
mod name;
mod platform;
#[cfg(test)]
mod properties;
mod reference;
mod repository;
mod scan;
mod selector;
mod tag;
mod text;

pub use address::{RepositoryAddress, RepositoryParts};
pub use config::ImageConfig;
pub use descriptor::Descriptor;
pub use digest::Digest;
pub use ecr::EcrHost;
#[cfg(any(feature = "ecr", feature = "ecs"))]
pub(crate) use ecr::partition_of;
pub use lifecycle::{Action, Fate, LifecyclePolicy, StoredImage};
pub use manifest::{ChildKind, ImageIndex, ImageManifest, IndexChild, Manifest};
pub use mutability::TagMutability;
pub use name::RepositoryName;
pub use platform::Platform;
pub use reference::{ImageReference, ReferenceParts};
pub use repository::Repository;
pub use scan::ScanFindings;
pub use selector::ImageSelector;
pub use tag::Tag;
