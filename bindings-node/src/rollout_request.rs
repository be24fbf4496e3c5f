//! What deploying calls have in common, from JSON.

use std::sync::Arc;

use artifact_deploy::gate::{Gate, Policy};
use artifact_deploy::rollout::probe::HttpProbe;
use artifact_deploy::rollout::{
    DeployOptions, DeployRequest, Deployer, Event, RollbackTo, rollback_request,
};
use artifact_deploy::service::ServiceAddress;
use artifact_deploy::{Error, ErrorKind, Result};
use chrono::Utc;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::call::Events;
use crate::cancellation::Left;
use crate::deployable::{Ports, Subject};
use crate::evidence_record::EvidenceRecord;
use crate::json;
use crate::plan_deployment::DeploymentPlan;

/// The members of `deploy` and its siblings, but for places, signal and listener.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    service: String,
    options: Value,
    check: bool,
    /// Where a rollback goes; without it, to the latest that is known to be good.
    to: Option<String>,
    /// What the images of a rollback have to pass.
    policy: Option<Value>,
}

/// A rollout that is asked for.
pub(crate) struct Rollout {
    service: ServiceAddress,
    options: DeployOptions,
    check: bool,
    to: RollbackTo,
    gate: Gate,
    ports: Ports,
}

impl Rollout {
    /// Reads the JSON text of a request.
    pub(crate) fn read(text: &str, ports: Ports) -> Result<Self> {
        let form: Form = json::read(text)?;
        let policy = form.policy.as_ref().map(Policy::from_json).transpose()?;
        Ok(Self {
            service: form.service.parse()?,
            options: DeployOptions::from_json(&form.options)?,
            check: form.check,
            to: match form.to {
                Some(to) => to.parse()?,
                None => RollbackTo::Previous,
            },
            gate: Gate::new(policy.unwrap_or_default()),
            ports,
        })
    }

    /// Deploys `subject`.
    pub(crate) async fn deploy(
        self,
        subject: Subject,
        events: Option<Events>,
        left: Left,
    ) -> Result<EvidenceRecord> {
        let what = subject.verified(&self.ports).await?;
        let request = DeployRequest::new(self.service.clone(), what);
        self.carry_out(request, events, left).await
    }

    /// Takes the service back.
    pub(crate) async fn roll_back(
        self,
        events: Option<Events>,
        left: Left,
    ) -> Result<EvidenceRecord> {
        let Ports {
            control, registry, ..
        } = &self.ports;
        let request =
            rollback_request(&**control, &**registry, &self.gate, &self.service, &self.to).await?;
        self.carry_out(request, events, left).await
    }

    /// What [`deploy`](Self::deploy) would do.
    pub(crate) async fn plan(self, subject: Subject) -> Result<DeploymentPlan> {
        let what = subject.verified(&self.ports).await?;
        let request = DeployRequest::new(self.service.clone(), what);
        let request = self.options.request(request);
        let plan = self.deployer(None, Left::default())?.plan(&request).await?;
        Ok(plan.into())
    }

    async fn carry_out(
        self,
        request: DeployRequest,
        events: Option<Events>,
        left: Left,
    ) -> Result<EvidenceRecord> {
        let request = self.options.request(request);
        let record = self.deployer(events, left)?.deploy(&request).await?;
        if self.check {
            record.require_completed().map(Into::into)
        } else {
            Ok(record.into())
        }
    }

    /// The deployer of this one call.
    fn deployer(&self, events: Option<Events>, left: Left) -> Result<Deployer> {
        let deployer = Deployer::new(Arc::clone(&self.ports.control));
        let mut deployer = self.options.deployer(deployer).on_event(move |event| {
            if let Event::Cancelled { left: behind } = event {
                left.tell(behind);
            }
            if let Some(events) = &events {
                // Nobody listens any more only when the call has ended.
                drop(events.send(told(event)));
            }
        });
        if let Some(targets) = &self.ports.targets {
            deployer = deployer.targets(Arc::clone(targets));
        }
        if let Some(probe) = self.options.probe() {
            deployer = deployer.probing(Arc::new(HttpProbe::new()?), probe.clone());
        }
        Ok(deployer)
    }
}

/// An event with its line for a log, as JSON text.
fn told(event: &Event) -> String {
    json!({ "event": event.to_json(Utc::now()), "text": event.to_string() }).to_string()
}

/// What a paused deployment is told, from its name.
pub(crate) fn hook_action(name: &str) -> Result<artifact_deploy::service::HookAction> {
    use artifact_deploy::service::HookAction;
    match name {
        "continue" => Ok(HookAction::Continue),
        "rollback" => Ok(HookAction::Rollback),
        other => Err(Error::new(
            ErrorKind::InvalidArgument,
            format!("action {other:?} is not known; give \"continue\" or \"rollback\""),
        )),
    }
}
