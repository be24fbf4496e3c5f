//! Versions and the environments that they are for.

mod environment;
mod run;
#[allow(
    clippy::module_inception,
    reason = "the file is named by the word that people look for"
)]
mod version;

pub(crate) use environment::PyEnvironment;
pub(crate) use run::PyRun;
pub(crate) use version::{PyVersion, VersionId, newest_version};
