//! Deploys.

use std::fmt;
use std::sync::Arc;

use super::drive::{self, Teller};
use super::{DeployRequest, Event, Events, EvidenceRecord, Hooks, Probe, Until};
use crate::Result;
use crate::gate::Wait;
use crate::ports::{ApplicationProbe, ServiceControl, TargetGroups};
use crate::service::HookAction;

/// Deploys to services: order guard → register → update → watch → prove.
///
/// - **Registered once.** A revision of the family with the same content and version is reused.
/// - **In order.** A version never takes the place of a newer one; see [`order`](super::order).
/// - **Ours.** What counts is the end of the deployment that this call began, and then what each
///   running task runs. A rollback by ECS is [`Outcome::RolledBack`](super::Outcome::RolledBack).
/// - **Patient.** Throttling, server errors and lost answers are borne with until the deadline. Where
///   the answer of a change is lost, it is read back before it is repeated.
///
/// To cancel, drop the future: [`Event::Cancelled`] then says what was left behind. ECS goes on with
/// what it was told; [`stop`](Self::stop) takes it back.
#[derive(Clone)]
pub struct Deployer {
    pub(super) control: Arc<dyn ServiceControl>,
    pub(super) targets: Option<Arc<dyn TargetGroups>>,
    pub(super) probing: Option<(Arc<dyn ApplicationProbe>, Probe)>,
    pub(super) wait: Option<Wait>,
    pub(super) until: Until,
    pub(super) hooks: Hooks,
    pub(super) teller: Teller,
}

impl Deployer {
    /// Deploys until every running task is proven to run what was meant.
    pub fn new(control: Arc<dyn ServiceControl>) -> Self {
        Self {
            control,
            targets: None,
            probing: None,
            wait: None,
            until: Until::default(),
            hooks: Hooks::default(),
            teller: Teller::default(),
        }
    }

    /// Also proves that the load balancers of the service send traffic to the tasks.
    pub fn targets(mut self, targets: Arc<dyn TargetGroups>) -> Self {
        self.targets = Some(targets);
        self
    }

    /// Also asks the running application until it reports what was deployed: what the probe expects,
    /// else the version.
    pub fn probing(mut self, port: Arc<dyn ApplicationProbe>, probe: Probe) -> Self {
        self.probing = Some((port, probe));
        self
    }

    /// How long the whole of it may take, and how often is asked. Without it the time follows from the
    /// service: [`default_timeout`](super::default_timeout).
    pub fn waiting(mut self, wait: Wait) -> Self {
        self.wait = Some(wait);
        self
    }

    /// How far it goes.
    pub fn until(mut self, until: Until) -> Self {
        self.until = until;
        self
    }

    /// What becomes of a deployment that waits in a hook.
    pub fn hooks(mut self, hooks: Hooks) -> Self {
        self.hooks = hooks;
        self
    }

    /// Calls `on_event` for everything that happens, in its order. It should return soon.
    pub fn on_event(mut self, on_event: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        self.teller = self.teller.and(Arc::new(on_event));
        self
    }

    /// Deploys. Every end of a rollout is a record with an outcome:
    /// [`require_completed`](EvidenceRecord::require_completed) makes an error of all but success.
    ///
    /// A service that wants no task (`desiredCount` 0) completes, but proves nothing: the record then
    /// says that it went until `stable`, and its proof is `empty`.
    ///
    /// # Errors
    /// What kept it from being carried out or followed, with the record so far in the details
    /// (`{"record"}`): `ServiceNotFound`, `ServiceNotActive`, `UnsupportedController`,
    /// `TaskDefinitionNotFound`, `ContainerNotFound`, `UnexpectedDigest`, `InvalidArgument`,
    /// `InvalidTaskDefinition`, `AccessDenied`, `RequestRejected`, … The deadline is no error but
    /// [`Outcome::TimedOut`](super::Outcome::TimedOut).
    pub async fn deploy(&self, request: &DeployRequest) -> Result<EvidenceRecord> {
        // Boxed: the states of all its calls together would make every caller's future large.
        Box::pin(drive::run(self, request, self.teller.clone())).await
    }

    /// The same with its events as a stream, which ends when the rollout does. Both have to be polled.
    pub fn deploy_with_events<'a>(
        &'a self,
        request: &'a DeployRequest,
    ) -> (
        impl Future<Output = Result<EvidenceRecord>> + Send + 'a,
        Events,
    ) {
        let (sender, events) = Events::channel();
        let teller = self
            .teller
            .clone()
            .and(Arc::new(move |event: &Event| sender.send(event)));
        (Box::pin(drive::run(self, request, teller)), events)
    }

    /// Answers a hook in which a service deployment waits ([`Event::Paused`] names it).
    ///
    /// # Errors
    /// `ServiceDeploymentNotFound`; `Conflict` when it does not wait; those of [`ServiceControl`].
    pub async fn continue_deployment(
        &self,
        service_deployment_arn: &str,
        hook_id: &str,
        action: HookAction,
    ) -> Result<()> {
        self.control
            .continue_service_deployment(service_deployment_arn, hook_id, action)
            .await
    }

    /// Takes a service deployment that is under way back to what was there before.
    ///
    /// # Errors
    /// `ServiceDeploymentNotFound`; `Conflict` when it has come to its end; those of
    /// [`ServiceControl`].
    pub async fn stop(&self, service_deployment_arn: &str) -> Result<()> {
        self.control
            .stop_service_deployment(service_deployment_arn)
            .await
    }
}

impl fmt::Debug for Deployer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deployer")
            .field("wait", &self.wait)
            .field("until", &self.until)
            .field("hooks", &self.hooks)
            .finish_non_exhaustive()
    }
}
