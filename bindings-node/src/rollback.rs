//! Taking a service back.

use napi::bindgen_prelude::{Env, Function, PromiseRaw};
use napi_derive::napi;

use crate::call::{ProgressCallback, block, promise};
use crate::cancellation::Cancellation;
use crate::deployable::Places;
use crate::evidence_record::EvidenceRecord;
use crate::failure::Outcome;
use crate::rollout_request::Rollout;

/// Takes a service back; the request comes as JSON text.
#[napi(catch_unwind)]
pub fn rollback<'env>(
    env: &'env Env,
    request: String,
    places: &Places,
    cancellation: &Cancellation,
    progress: Option<ProgressCallback>,
) -> napi::Result<PromiseRaw<'env, Outcome<EvidenceRecord>>> {
    let rollout = Rollout::read(&request, places.ports());
    let left = cancellation.left();
    promise(env, cancellation, progress, |events| async move {
        rollout?.roll_back(events, left).await
    })
}

/// The same, while the JavaScript thread waits.
#[napi(catch_unwind)]
pub fn rollback_sync(
    request: String,
    places: &Places,
    cancellation: &Cancellation,
    progress: Option<Function<'_, String, ()>>,
) -> Outcome<EvidenceRecord> {
    let rollout = Rollout::read(&request, places.ports());
    let left = cancellation.left();
    block(cancellation, progress, |events| async move {
        rollout?.roll_back(events, left).await
    })
}
