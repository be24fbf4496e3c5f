//! Answering a deployment that waits, and taking one back.

use artifact_deploy::service::HookAction;
use artifact_deploy::{Error, ErrorKind};
use pyo3::prelude::*;

use crate::control::ControlArgument;
use crate::failure::Result;
use crate::job::Job;

/// The call behind `continue_deployment`.
#[pyfunction]
#[pyo3(signature = (service_deployment, hook_id, action, control))]
pub(crate) fn continue_deployment(
    service_deployment: String,
    hook_id: String,
    action: &str,
    control: Option<ControlArgument>,
) -> Result<Job> {
    let action = match action {
        "continue" => HookAction::Continue,
        "rollback" => HookAction::Rollback,
        other => {
            let message =
                format!("action {other:?} is not known; give \"continue\" or \"rollback\"");
            return Err(Error::new(ErrorKind::InvalidArgument, message).into());
        }
    };
    let control = ControlArgument::or_default(control)?;
    let work = move |_| async move {
        control
            .continue_service_deployment(&service_deployment, &hook_id, action)
            .await
    };
    Ok(Job::new(work, |py, ()| Ok(py.None().into_bound(py))))
}

/// The call behind `stop_deployment`.
#[pyfunction]
#[pyo3(signature = (service_deployment, control))]
pub(crate) fn stop_deployment(
    service_deployment: String,
    control: Option<ControlArgument>,
) -> Result<Job> {
    let control = ControlArgument::or_default(control)?;
    let work = move |_| async move { control.stop_service_deployment(&service_deployment).await };
    Ok(Job::new(work, |py, ()| Ok(py.None().into_bound(py))))
}
