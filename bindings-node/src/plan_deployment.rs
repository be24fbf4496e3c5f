//! What a deployment would do.

use artifact_deploy::rollout;
use napi::bindgen_prelude::{Env, PromiseRaw};
use napi_derive::napi;

use crate::call::{block, promise};
use crate::cancellation::Cancellation;
use crate::deployable::{Deployable, Places};
use crate::failure::{Outcome, outcome};
use crate::json;
use crate::rollout_request::Rollout;

/// What a deployment would do. Nothing was changed to know it.
#[napi]
pub struct DeploymentPlan(rollout::Plan);

#[napi]
impl DeploymentPlan {
    /// Whether a revision would be registered.
    #[napi(getter)]
    pub fn registers(&self) -> bool {
        self.0.registers()
    }

    /// Whether the service would be updated.
    #[napi(getter)]
    pub fn updates(&self) -> bool {
        self.0.updates()
    }

    /// Whether all is as it should be already.
    #[napi(getter)]
    pub fn changes_nothing(&self) -> bool {
        self.0.changes_nothing()
    }

    /// The JSON form.
    #[napi(catch_unwind)]
    pub fn to_json(&self) -> Outcome<String> {
        outcome(json::write(&self.0))
    }

    /// As Markdown, for a job summary or a comment.
    #[napi(catch_unwind)]
    pub fn to_markdown(&self) -> String {
        self.0.to_markdown()
    }

    /// As text, for a terminal.
    #[napi(catch_unwind)]
    pub fn to_text(&self) -> String {
        self.0.to_text()
    }
}

impl From<rollout::Plan> for DeploymentPlan {
    fn from(plan: rollout::Plan) -> Self {
        Self(plan)
    }
}

/// Says what a deployment would do; the request comes as JSON text.
#[napi(catch_unwind)]
pub fn plan_deployment<'env>(
    env: &'env Env,
    request: String,
    what: &Deployable,
    places: &Places,
    cancellation: &Cancellation,
) -> napi::Result<PromiseRaw<'env, Outcome<DeploymentPlan>>> {
    let rollout = Rollout::read(&request, places.ports());
    let subject = what.subject();
    promise(env, cancellation, None, |_| async move {
        rollout?.plan(subject).await
    })
}

/// The same, while the JavaScript thread waits.
#[napi(catch_unwind)]
pub fn plan_deployment_sync(
    request: String,
    what: &Deployable,
    places: &Places,
    cancellation: &Cancellation,
) -> Outcome<DeploymentPlan> {
    let rollout = Rollout::read(&request, places.ports());
    let subject = what.subject();
    block(cancellation, None, |_| async move {
        rollout?.plan(subject).await
    })
}
