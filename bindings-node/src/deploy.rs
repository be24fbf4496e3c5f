//! Deploying a service, watching it, and proving what runs.

use napi::bindgen_prelude::{Env, Function, PromiseRaw};
use napi_derive::napi;

use crate::call::{ProgressCallback, block, promise};
use crate::cancellation::Cancellation;
use crate::deployable::{Deployable, Places};
use crate::evidence_record::EvidenceRecord;
use crate::failure::Outcome;
use crate::rollout_request::Rollout;

/// Deploys; the request comes as JSON text.
#[napi(catch_unwind)]
pub fn deploy<'env>(
    env: &'env Env,
    request: String,
    what: &Deployable,
    places: &Places,
    cancellation: &Cancellation,
    progress: Option<ProgressCallback>,
) -> napi::Result<PromiseRaw<'env, Outcome<EvidenceRecord>>> {
    let rollout = Rollout::read(&request, places.ports());
    let (subject, left) = (what.subject(), cancellation.left());
    promise(env, cancellation, progress, |events| async move {
        rollout?.deploy(subject, events, left).await
    })
}

/// The same, while the JavaScript thread waits.
#[napi(catch_unwind)]
pub fn deploy_sync(
    request: String,
    what: &Deployable,
    places: &Places,
    cancellation: &Cancellation,
    progress: Option<Function<'_, String, ()>>,
) -> Outcome<EvidenceRecord> {
    let rollout = Rollout::read(&request, places.ports());
    let (subject, left) = (what.subject(), cancellation.left());
    block(cancellation, progress, |events| async move {
        rollout?.deploy(subject, events, left).await
    })
}
