//! One image through the gate.

use artifact_deploy::Result;
use napi::bindgen_prelude::{Env, Function, PromiseRaw};
use napi_derive::napi;

use crate::call::{ProgressCallback, block, promise};
use crate::cancellation::Cancellation;
use crate::failure::Outcome;
use crate::gate_request::Asked;
use crate::registry::Registry;
use crate::verified_image::VerifiedImage;

/// Lets an image through the gate; the request comes as JSON text.
#[napi(catch_unwind)]
pub fn resolve_image<'env>(
    env: &'env Env,
    request: String,
    registry: &Registry,
    cancellation: &Cancellation,
    progress: Option<ProgressCallback>,
) -> napi::Result<PromiseRaw<'env, Outcome<VerifiedImage>>> {
    promise(env, cancellation, progress, |events| {
        resolve(Asked::read(&request, registry, events))
    })
}

/// The same, while the JavaScript thread waits.
#[napi(catch_unwind)]
pub fn resolve_image_sync(
    request: String,
    registry: &Registry,
    cancellation: &Cancellation,
    progress: Option<Function<'_, String, ()>>,
) -> Outcome<VerifiedImage> {
    block(cancellation, progress, |events| {
        resolve(Asked::read(&request, registry, events))
    })
}

async fn resolve(asked: Result<Asked>) -> Result<VerifiedImage> {
    let asked = asked?;
    let image = asked.gate.resolve(asked.registry.as_ref(), asked.query()?);
    image.await.map(Into::into)
}
