//! What is known of a build.

mod build;

pub(crate) use build::PyBuildMetadata;
