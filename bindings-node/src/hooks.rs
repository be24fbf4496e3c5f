//! Answering a deployment that waits, and taking one back.

use std::sync::Arc;

use artifact_deploy::Result;
use artifact_deploy::ports::ServiceControl;
use napi::bindgen_prelude::{Env, PromiseRaw};
use napi_derive::napi;
use serde::Deserialize;

use crate::call::{block, promise};
use crate::cancellation::Cancellation;
use crate::control::Control;
use crate::failure::Outcome;
use crate::json;
use crate::rollout_request::hook_action;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Answer {
    service_deployment: String,
    hook_id: String,
    action: String,
}

/// Answers the hook in which a service deployment waits; the answer comes as JSON text.
#[napi(catch_unwind)]
pub fn continue_deployment<'env>(
    env: &'env Env,
    answer: String,
    control: &Control,
    cancellation: &Cancellation,
) -> napi::Result<PromiseRaw<'env, Outcome<()>>> {
    let control = control.inner();
    promise(env, cancellation, None, |_| give(answer, control))
}

/// The same, while the JavaScript thread waits.
#[napi(catch_unwind)]
pub fn continue_deployment_sync(
    answer: String,
    control: &Control,
    cancellation: &Cancellation,
) -> Outcome<()> {
    let control = control.inner();
    block(cancellation, None, |_| give(answer, control))
}

/// Takes a service deployment that is under way back.
#[napi(catch_unwind)]
pub fn stop_deployment<'env>(
    env: &'env Env,
    service_deployment: String,
    control: &Control,
    cancellation: &Cancellation,
) -> napi::Result<PromiseRaw<'env, Outcome<()>>> {
    let control = control.inner();
    promise(env, cancellation, None, |_| {
        stop(service_deployment, control)
    })
}

/// The same, while the JavaScript thread waits.
#[napi(catch_unwind)]
pub fn stop_deployment_sync(
    service_deployment: String,
    control: &Control,
    cancellation: &Cancellation,
) -> Outcome<()> {
    let control = control.inner();
    block(cancellation, None, |_| stop(service_deployment, control))
}

async fn give(answer: String, control: Arc<dyn ServiceControl>) -> Result<()> {
    let answer: Answer = json::read(&answer)?;
    let action = hook_action(&answer.action)?;
    control
        .continue_service_deployment(&answer.service_deployment, &answer.hook_id, action)
        .await
}

async fn stop(service_deployment: String, control: Arc<dyn ServiceControl>) -> Result<()> {
    control.stop_service_deployment(&service_deployment).await
}
