//! The report on one image, whatever the verdict.

use artifact_deploy::Result;
use napi::bindgen_prelude::{Env, Function, PromiseRaw};
use napi_derive::napi;

use crate::call::{ProgressCallback, block, promise};
use crate::cancellation::Cancellation;
use crate::failure::Outcome;
use crate::gate_report::GateReport;
use crate::gate_request::Asked;
use crate::registry::Registry;

/// Reports on an image; the request comes as JSON text.
#[napi(catch_unwind)]
pub fn inspect_image<'env>(
    env: &'env Env,
    request: String,
    registry: &Registry,
    cancellation: &Cancellation,
    progress: Option<ProgressCallback>,
) -> napi::Result<PromiseRaw<'env, Outcome<GateReport>>> {
    promise(env, cancellation, progress, |events| {
        inspect(Asked::read(&request, registry, events))
    })
}

/// The same, while the JavaScript thread waits.
#[napi(catch_unwind)]
pub fn inspect_image_sync(
    request: String,
    registry: &Registry,
    cancellation: &Cancellation,
    progress: Option<Function<'_, String, ()>>,
) -> Outcome<GateReport> {
    block(cancellation, progress, |events| {
        inspect(Asked::read(&request, registry, events))
    })
}

async fn inspect(asked: Result<Asked>) -> Result<GateReport> {
    let asked = asked?;
    let report = asked.gate.inspect(asked.registry.as_ref(), asked.query()?);
    report.await.map(Into::into)
}
