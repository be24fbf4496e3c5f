//! `PyO3` layer of artifact-deploy: convert, call, convert.
//!
//! The module is flat and private. What people import, `artifact_deploy`, is the Python package
//! beside it, which names what is public and pairs each call with its asyncio version.
#![allow(
    clippy::needless_pass_by_value,
    clippy::trivially_copy_pass_by_ref,
    clippy::wrong_self_convention,
    reason = "Python hands arguments over as values and calls methods on a reference"
)]

mod argument;
mod control;
mod delivery;
mod failure;
mod gate;
mod image;
mod job;
mod json;
mod metadata;
mod registry;
mod rollout;
mod runtime;
mod service_document;
mod shared;
mod strategy;
mod task_definition;
mod version;

use pyo3::prelude::*;

/// The native part of `artifact_deploy`; import from there.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::control::{PyEcsControl, PyLoadBalancerTargets, PyMemoryCluster};
    #[pymodule_export]
    use super::gate::default_tag::default_tag;
    #[pymodule_export]
    use super::gate::publication::{PyPublication, publication};
    #[pymodule_export]
    use super::gate::{
        PyCheck, PyFoundSummary, PyGateReport, PyImageQuery, PyPending, PyPolicy, PyProgress,
        PyVerifiedImage, PyWait, inspect_image, resolve_image, resolve_images,
    };
    #[pymodule_export]
    use super::image::{
        PyDescriptor, PyDigest, PyEcrHost, PyImageConfig, PyImageReference, PyIndexChild,
        PyManifest, PyPlatform, PyRepository, PyTag, PyTagMutability,
    };
    #[pymodule_export]
    use super::job::{Job, RunningJob};
    #[pymodule_export]
    use super::metadata::{
        PyBuildMetadata, PyBuildxMetadata, PyBuiltImage, PyCommit, PyGithubFile, PyRunningImage,
        format_time, parse_time,
    };
    #[pymodule_export]
    use super::registry::{PyEcrRegistry, PyMemoryRegistry, PyOciRegistry};
    #[pymodule_export]
    use super::rollout::deploy::deploy;
    #[pymodule_export]
    use super::rollout::promote::{move_alias, promote};
    #[pymodule_export]
    use super::rollout::rollback::rollback;
    #[pymodule_export]
    use super::rollout::{
        PyDeploymentEvent, PyDeploymentPlan, PyEvidenceRecord, PyHistory, PyPromotion, PyProof,
        audit_services, continue_deployment, deployment_history, evidence_schema, explain_task,
        judge_answers, judge_targets, judge_tasks, plan_deployment, require_answers, standings,
        stop_deployment, verify_running, wait_for_application,
    };
    #[pymodule_export]
    use super::service_document::PyServiceDocument;
    #[pymodule_export]
    use super::strategy::PyDeploymentConfiguration;
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
