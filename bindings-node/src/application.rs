//! What the running application says of itself.

use artifact_deploy::Result;
use artifact_deploy::gate::Wait;
use artifact_deploy::rollout::Probe;
use artifact_deploy::rollout::probe::{Answers, HttpProbe, watch_application};
use napi::bindgen_prelude::{Env, Function, PromiseRaw};
use napi_derive::napi;
use serde::Deserialize;
use serde_json::Value;

use crate::call::{Events, ProgressCallback, block, promise};
use crate::cancellation::Cancellation;
use crate::failure::Outcome;
use crate::json;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    probe: Value,
    wait: Value,
}

/// Asks a running application until its answers are enough, and gives them as JSON; the request comes
/// as JSON text.
#[napi(catch_unwind)]
pub fn wait_for_application<'env>(
    env: &'env Env,
    request: String,
    cancellation: &Cancellation,
    progress: Option<ProgressCallback>,
) -> napi::Result<PromiseRaw<'env, Outcome<String>>> {
    promise(env, cancellation, progress, |events| ask(request, events))
}

/// The same, while the JavaScript thread waits.
#[napi(catch_unwind)]
pub fn wait_for_application_sync(
    request: String,
    cancellation: &Cancellation,
    progress: Option<Function<'_, String, ()>>,
) -> Outcome<String> {
    block(cancellation, progress, |events| ask(request, events))
}

async fn ask(request: String, events: Option<Events>) -> Result<String> {
    let request: Request = json::read(&request)?;
    let probe = Probe::from_json(&request.probe)?;
    let wait = Wait::from_json(&request.wait)?;
    let port = HttpProbe::new()?;
    let mut told = |answers: &Answers| {
        if let Some(events) = &events
            && let Ok(event) = json::write(answers)
        {
            // Nobody listens any more only when the call has ended.
            drop(events.send(event));
        }
    };
    json::write(&watch_application(&port, &probe, wait, &mut told).await?)
}
