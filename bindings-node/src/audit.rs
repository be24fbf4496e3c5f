//! Looking at many services.

use std::sync::Arc;

use artifact_deploy::Result;
use artifact_deploy::ports::ServiceControl;
use artifact_deploy::rollout::audit::{Audit, ServiceVerdict};
use artifact_deploy::service::ServiceAddress;
use napi::bindgen_prelude::{Env, Function, PromiseRaw};
use napi_derive::napi;
use serde::Deserialize;

use crate::call::{Events, ProgressCallback, block, promise};
use crate::cancellation::Cancellation;
use crate::control::Control;
use crate::failure::Outcome;
use crate::json;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Request {
    cluster: Option<String>,
    services: Vec<String>,
    with_versions: bool,
    with_order: bool,
    look_again: bool,
}

/// Looks at every service of a cluster, or at services by name, and gives the counts as JSON; the
/// request comes as JSON text. Each verdict is told as it is known, and not kept.
#[napi(catch_unwind)]
pub fn audit_services<'env>(
    env: &'env Env,
    request: String,
    control: &Control,
    cancellation: &Cancellation,
    progress: Option<ProgressCallback>,
) -> napi::Result<PromiseRaw<'env, Outcome<String>>> {
    let control = control.inner();
    promise(env, cancellation, progress, |events| {
        look(request, control, events)
    })
}

/// The same, while the JavaScript thread waits.
#[napi(catch_unwind)]
pub fn audit_services_sync(
    request: String,
    control: &Control,
    cancellation: &Cancellation,
    progress: Option<Function<'_, String, ()>>,
) -> Outcome<String> {
    let control = control.inner();
    block(cancellation, progress, |events| {
        look(request, control, events)
    })
}

async fn look(
    request: String,
    control: Arc<dyn ServiceControl>,
    events: Option<Events>,
) -> Result<String> {
    let request: Request = json::read(&request)?;
    let services = request.services.iter().map(|service| service.parse());
    let services: Vec<ServiceAddress> = services.collect::<Result<_>>()?;
    let mut audit = Audit::new(&*control);
    if request.with_versions {
        audit = audit.with_versions();
    }
    if request.with_order {
        audit = audit.with_order();
    }
    if request.look_again {
        audit = audit.looking_again();
    }
    let mut found = |verdict: ServiceVerdict| {
        if let Some(events) = &events
            && let Ok(event) = json::write(&verdict)
        {
            // Nobody listens any more only when the call has ended.
            drop(events.send(event));
        }
    };
    let summary = match &request.cluster {
        Some(cluster) => audit.cluster(cluster, &mut found).await,
        None => audit.services(&services, &mut found).await,
    };
    json::write(&summary?)
}
