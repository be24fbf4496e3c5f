//! What a service ran before.

use std::sync::Arc;

use artifact_deploy::ports::ServiceControl;
use artifact_deploy::{Result, rollout};
use napi::bindgen_prelude::{Env, PromiseRaw};
use napi_derive::napi;

use crate::call::{block, promise};
use crate::cancellation::Cancellation;
use crate::control::Control;
use crate::failure::{Outcome, outcome};
use crate::json;

/// What a service ran and was told to run, newest first.
#[napi]
pub struct History(rollout::History);

#[napi]
impl History {
    /// The JSON form.
    #[napi(catch_unwind)]
    pub fn to_json(&self) -> Outcome<String> {
        outcome(json::write(&self.0))
    }

    /// The deployments that are known to be good, as JSON.
    #[napi(catch_unwind)]
    pub fn known_good(&self) -> Outcome<String> {
        outcome(json::write(&self.0.known_good().collect::<Vec<_>>()))
    }

    /// One line for each deployment.
    #[napi(catch_unwind)]
    pub fn to_text(&self) -> String {
        self.0.to_string()
    }
}

/// Asks what a service ran, at most `limit` deployments.
#[napi(catch_unwind)]
pub fn deployment_history<'env>(
    env: &'env Env,
    service: String,
    limit: u32,
    control: &Control,
    cancellation: &Cancellation,
) -> napi::Result<PromiseRaw<'env, Outcome<History>>> {
    let control = control.inner();
    promise(env, cancellation, None, |_| read(service, limit, control))
}

/// The same, while the JavaScript thread waits.
#[napi(catch_unwind)]
pub fn deployment_history_sync(
    service: String,
    limit: u32,
    control: &Control,
    cancellation: &Cancellation,
) -> Outcome<History> {
    let control = control.inner();
    block(cancellation, None, |_| read(service, limit, control))
}

async fn read(service: String, limit: u32, control: Arc<dyn ServiceControl>) -> Result<History> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let history = rollout::history(&*control, &service.parse()?, limit).await?;
    Ok(History(history))
}
