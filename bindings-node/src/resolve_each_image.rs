//! Many images through the gate: each with its own outcome.

use artifact_deploy::Result;
use napi::bindgen_prelude::{Env, Function, PromiseRaw};
use napi_derive::napi;

use crate::call::{ProgressCallback, block, promise};
use crate::cancellation::Cancellation;
use crate::failure::{Outcome, outcome};
use crate::gate_request::Asked;
use crate::registry::Registry;
use crate::verified_image::VerifiedImage;

/// Lets each image through the gate that passes; the request comes as JSON text.
#[napi(catch_unwind)]
pub fn resolve_each_image<'env>(
    env: &'env Env,
    request: String,
    registry: &Registry,
    cancellation: &Cancellation,
    progress: Option<ProgressCallback>,
) -> napi::Result<PromiseRaw<'env, Outcome<Vec<Outcome<VerifiedImage>>>>> {
    promise(env, cancellation, progress, |events| {
        resolve(Asked::read(&request, registry, events))
    })
}

/// The same, while the JavaScript thread waits.
#[napi(catch_unwind)]
pub fn resolve_each_image_sync(
    request: String,
    registry: &Registry,
    cancellation: &Cancellation,
    progress: Option<Function<'_, String, ()>>,
) -> Outcome<Vec<Outcome<VerifiedImage>>> {
    block(cancellation, progress, |events| {
        resolve(Asked::read(&request, registry, events))
    })
}

async fn resolve(asked: Result<Asked>) -> Result<Vec<Outcome<VerifiedImage>>> {
    let asked = asked?;
    let registry = asked.registry.as_ref();
    let outcomes = asked.gate.resolve_all(registry, &asked.queries).await;
    Ok(outcomes
        .into_iter()
        .map(|image| outcome(image.map(Into::into)))
        .collect())
}
