//! PyO3 layer of artifact-deploy: convert, call, convert.
//!
//! The module is flat and private. What people import, `artifact_deploy`, is the Python package
//! beside it, which names what is public and pairs each call with its asyncio version.

mod argument;
mod delivery;
mod failure;
mod gate;
mod image;
mod job;
mod json;
mod metadata;
mod runtime;
mod task_definition;
mod version;

use pyo3::prelude::*;

/// The native part of `artifact_deploy`; import from there.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::gate::PyVerifiedImage;
    #[pymodule_export]
    use super::image::{
        PyDescriptor, PyDigest, PyEcrHost, PyImageConfig, PyImageReference, PyIndexChild,
        PyManifest, PyPlatform, PyRepository, PyTag, PyTagMutability,
    };
    #[pymodule_export]
    use super::job::{Job, RunningJob};
    #[pymodule_export]
    use super::metadata::PyBuildMetadata;
    #[pymodule_export]
    use super::task_definition::{
        PyChange, PyProblem, PyRenderedTaskDefinition, PyTaskDefinition, PyTaskDefinitionDiff,
        render_task_definition,
    };
    #[pymodule_export]
    use super::version::{PyEnvironment, PyRun, PyVersion, newest_version};

    #[pymodule_export]
    use super::error_codes;
}

/// Every error code in the published order, and whether the same call can succeed later.
#[pyfunction]
fn error_codes() -> Vec<(&'static str, bool)> {
    artifact_deploy::ErrorKind::ALL
        .iter()
        .map(|kind| (kind.code(), kind.is_retryable()))
        .collect()
}
