//! Build metadata: where an image comes from, from the CI run into the running container.

mod build;
mod commit;

pub use build::BuildMetadata;
pub use commit::Commit;
