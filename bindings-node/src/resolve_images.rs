//! Many images through the gate: all or nothing.

use artifact_deploy::Result;
use artifact_deploy::gate::require_all;
use napi::bindgen_prelude::{Env, Function, PromiseRaw};
use napi_derive::napi;

use crate::call::{ProgressCallback, block, promise};
use crate::cancellation::Cancellation;
use crate::failure::Outcome;
use crate::gate_request::Asked;
use crate::registry::Registry;
use crate::verified_image::VerifiedImage;

/// Lets images through the gate, or none; the request comes as JSON text.
#[napi(catch_unwind)]
pub fn resolve_images<'env>(
    env: &'env Env,
    request: String,
    registry: &Registry,
    cancellation: &Cancellation,
    progress: Option<ProgressCallback>,
) -> napi::Result<PromiseRaw<'env, Outcome<Vec<VerifiedImage>>>> {
    promise(env, cancellation, progress, |events| {
        resolve(Asked::read(&request, registry, events))
    })
}

/// The same, while the JavaScript thread waits.
#[napi(catch_unwind)]
pub fn resolve_images_sync(
    request: String,
    registry: &Registry,
    cancellation: &Cancellation,
    progress: Option<Function<'_, String, ()>>,
) -> Outcome<Vec<VerifiedImage>> {
    block(cancellation, progress, |events| {
        resolve(Asked::read(&request, registry, events))
    })
}

async fn resolve(asked: Result<Asked>) -> Result<Vec<VerifiedImage>> {
    let asked = asked?;
    let outcomes = asked
        .gate
        .resolve_all(asked.registry.as_ref(), &asked.queries)
        .await;
    let images = require_all(&asked.queries, outcomes)?;
    Ok(images.into_iter().map(Into::into).collect())
}
