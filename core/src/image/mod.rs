//! Images: where they are (repository, tag, digest, reference) and what they are (manifest, platform).

mod descriptor;
mod digest;
mod mutability;
mod platform;
mod repository;
mod selector;
mod tag;

pub use descriptor::Descriptor;
pub use digest::Digest;
pub use mutability::TagMutability;
pub use platform::Platform;
pub use repository::{Repository, RepositoryAddress, RepositoryName};
pub use selector::ImageSelector;
pub use tag::Tag;
