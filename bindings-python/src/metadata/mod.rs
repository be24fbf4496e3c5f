//! What is known of a build.

mod build;
mod buildx;
mod commit;
mod github_file;
mod running;
mod time;

pub(crate) use build::PyBuildMetadata;
pub(crate) use buildx::{PyBuildxMetadata, PyBuiltImage};
pub(crate) use commit::PyCommit;
pub(crate) use github_file::PyGithubFile;
pub(crate) use running::PyRunningImage;
pub(crate) use time::{format_time, parse_time};
