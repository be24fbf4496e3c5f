//! The cluster.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::Value;
use tokio::time::{Instant, sleep_until};

use super::behaviour::{Behaviour, Rule};
use super::fault::{ControlCalls, ControlFault};
use super::fixture;
use super::pace::Pace;
use super::refusal::invalid_parameter;
use super::state::State;
use super::world::World;
use crate::Result;
use crate::memory::MemoryRegistry;
use crate::memory::registry::Watcher;
use crate::ports::RegisteredTaskDefinition;
use crate::service::{ServiceAddress, ServiceSnapshot, Task, TaskDefinitionArn};
use crate::task_definition::TaskDefinition;

/// Amazon ECS in memory, with the load balancers of its services. Clones share everything.
///
/// Its tasks pull from a [`MemoryRegistry`] at the moment at which they pull, by tokio's clock. All
/// that is asked of it goes through the ports [`ServiceControl`](crate::ports::ServiceControl) and
/// [`TargetGroups`](crate::ports::TargetGroups); the methods here set the scene.
#[derive(Clone)]
pub struct MemoryCluster {
    shared: Arc<Shared>,
}

/// What clones share.
pub(super) struct Shared(Mutex<State>);

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whatever was pulled before a change of the registry is pulled before it.
impl Watcher for Shared {
    fn about_to_change(&self) {
        self.lock().advance(Instant::now());
    }
}

impl MemoryCluster {
    /// Without clusters, services and task definitions. Account and Region are those of the host of
    /// the registry, where it is one of ECR.
    pub fn new(registry: MemoryRegistry) -> Self {
        let state = State::new(World::new(registry.clone()));
        let shared = Arc::new(Shared(Mutex::new(state)));
        let watcher: Weak<Shared> = Arc::downgrade(&shared);
        registry.watch(watcher);
        Self { shared }
    }

    /// What the [module](super#as-json) describes in JSON.
    ///
    /// # Errors
    /// `InvalidArgument` for the shape, and those of the calls that it stands for.
    pub fn from_json(registry: MemoryRegistry, json: &Value) -> Result<Self> {
        fixture::read(registry, json)
    }

    /// Sets how fast things happen from now on.
    pub fn set_pace(&self, pace: Pace) {
        self.state().world.pace = pace;
    }

    /// Sets what the clock of its answers shows now; without it that is 2025-08-20T12:45:00Z at its
    /// creation.
    pub fn set_time(&self, time: DateTime<Utc>) {
        self.state().world.begin_at(time);
    }

    /// Takes away service deployments and revisions: their operations fail with
    /// `UnsupportedOperation`, and services do not name them.
    pub fn without_service_deployments(&self) {
        self.state().world.service_deployments = false;
    }

    /// Lets tasks report the digest of the image of their platform in place of that of the index.
    pub fn report_platform_digests(&self) {
        self.state().world.platform_digests = true;
    }

    /// Sets how many items a page of a list has, at least 1. Without it: 100.
    pub fn set_page_size(&self, items: usize) {
        self.state().world.page_size = items.max(1);
    }

    /// Creates a cluster.
    pub fn create_cluster(&self, name: &str) {
        self.state().clusters.entry(name.to_owned()).or_default();
    }

    /// Registers a revision of a task definition, without a fault and without a call.
    ///
    /// # Errors
    /// `RequestRejected`, and `InvalidTaskDefinition` for what is no document at all.
    pub fn add_task_definition(&self, document: &Value) -> Result<RegisteredTaskDefinition> {
        let document = TaskDefinition::from_value(document.clone())?;
        let mut state = self.state();
        state.register(&document)
    }

    /// Makes a revision INACTIVE: no service can be told to run it any more.
    ///
    /// # Errors
    /// `TaskDefinitionNotFound`.
    pub fn deregister_task_definition(&self, name: &str) -> Result<()> {
        self.state().definitions.deregister(name)
    }

    /// The revisions of a family that are INACTIVE, newest first.
    pub fn inactive_task_definitions(&self, family: &str) -> Vec<TaskDefinitionArn> {
        self.state().definitions.inactive(family)
    }

    /// The ARN of a resource in the account and Region of this cluster, for example of
    /// `cluster/main`.
    pub fn arn(&self, resource: &str) -> String {
        self.state().world.place.arn(resource)
    }

    /// Creates a service from what CreateService takes; its cluster too, where there is none.
    /// Members that it does not know have no effect.
    ///
    /// # Errors
    /// `RequestRejected`, `InvalidService`, `TaskDefinitionNotFound`.
    pub fn create_service(&self, document: &Value) -> Result<ServiceSnapshot> {
        self.create(document, false)
    }

    /// As [`create_service`](Self::create_service), in the state in which its first deployment ends.
    /// When its images cannot be pulled, it never gets there.
    pub fn create_steady_service(&self, document: &Value) -> Result<ServiceSnapshot> {
        self.create(document, true)
    }

    /// Deletes a service: its tasks are gone, and it is INACTIVE.
    ///
    /// # Errors
    /// `ClusterNotFound`, `ServiceNotFound`.
    pub fn delete_service(&self, service: &ServiceAddress) -> Result<()> {
        let mut state = self.state();
        let (service, _) = state.service_mut(service)?;
        service.remember();
        service.status = "INACTIVE";
        service.desired = 0;
        service.rollouts.clear();
        service.tasks.clear();
        Ok(())
    }

    /// Sets how many tasks a service is to have. That is no deployment.
    ///
    /// # Errors
    /// `ClusterNotFound`, `ServiceNotFound`.
    pub fn set_desired_count(&self, service: &ServiceAddress, desired: u32) -> Result<()> {
        let now = Instant::now();
        let mut state = self.state();
        let (service, world) = state.service_mut(service)?;
        service.remember();
        service.desired = desired;
        service.step(now, world);
        Ok(())
    }

    /// Stops a task, as StopTask does; its service starts another one.
    ///
    /// # Errors
    /// `RequestRejected` when there is no such task.
    pub fn stop_task(&self, task_arn: &str, reason: &str) -> Result<()> {
        let now = Instant::now();
        let mut state = self.state();
        let State {
            world, clusters, ..
        } = &mut *state;
        let mut services = clusters
            .values_mut()
            .flat_map(|cluster| cluster.values_mut());
        let found = services.find_map(|service| {
            let index = service.tasks.iter().position(|task| task.arn == task_arn)?;
            Some((service, index))
        });
        let (service, index) =
            found.ok_or_else(|| invalid_parameter("The referenced task was not found."))?;
        service.remember();
        service.with_task(index, world, |task, around| {
            task.stop("UserInitiated", reason, now, around);
        });
        service.steady = false;
        service.step(now, world);
        Ok(())
    }

    /// Says how tasks behave whose image this is: a digest, an image as a task definition names it,
    /// or a tag. What was said last goes first.
    pub fn behave(&self, image: &str, behaviour: Behaviour) {
        self.rule(image, behaviour, None);
    }

    /// As [`behave`](Self::behave), for the next `tasks` tasks alone.
    pub fn behave_for(&self, tasks: u32, image: &str, behaviour: Behaviour) {
        self.rule(image, behaviour, Some(tasks));
    }

    /// The same from JSON: one member of `behaviours` of the fixture, such as
    /// `{"image": "v2", "behaviour": "crash-loop", "exitCode": 1}`.
    ///
    /// # Errors
    /// `InvalidArgument`.
    pub fn behave_as(&self, json: &Value) -> Result<()> {
        fixture::read_behaviour(self, json)
    }

    /// Lets an alarm go off. It ends deployments that watch it.
    pub fn sound_alarm(&self, name: &str) {
        let now = Instant::now();
        let mut state = self.state();
        state.world.alarms.insert(name.to_owned());
        let State {
            world, clusters, ..
        } = &mut *state;
        for service in clusters
            .values_mut()
            .flat_map(|cluster| cluster.values_mut())
        {
            service.step(now, world);
        }
    }

    /// Lets an alarm go silent.
    pub fn silence_alarm(&self, name: &str) {
        self.state().world.alarms.remove(name);
    }

    /// Lets the Lambda function of lifecycle hooks fail from now on.
    pub fn fail_hook(&self, function_arn: &str) {
        self.state()
            .world
            .failing_hooks
            .insert(function_arn.to_owned());
    }

    /// Makes calls go wrong. The fault that was injected first strikes first.
    pub fn inject(&self, fault: ControlFault) {
        self.state().faults.push(fault);
    }

    /// Ends all faults.
    pub fn heal(&self) {
        self.state().faults.clear();
    }

    /// What it was asked so far.
    pub fn calls(&self) -> ControlCalls {
        self.state().calls.clone()
    }

    /// Counts from zero again.
    pub fn reset_calls(&self) {
        self.state().calls = ControlCalls::default();
    }

    /// The tasks of a service, those that stopped too, without a fault and without a call.
    ///
    /// # Errors
    /// `ClusterNotFound`, `ServiceNotFound`.
    pub fn tasks(&self, service: &ServiceAddress) -> Result<Vec<Task>> {
        let state = self.state();
        let service = state.service(service)?;
        let tasks = service.visible(&state.world);
        Ok(tasks.map(|task| task.describe(&state.world)).collect())
    }

    /// The service as it is, without a fault and without a call.
    ///
    /// # Errors
    /// `ClusterNotFound`, `ServiceNotFound`.
    pub fn service(&self, service: &ServiceAddress) -> Result<ServiceSnapshot> {
        let state = self.state();
        Ok(state.service(service)?.describe(&state.world))
    }

    /// Waits, by tokio's clock, until nothing happens any more; a pause that awaits an answer is no
    /// reason to wait. Whether that was within an hour.
    pub async fn settle(&self) -> bool {
        let end = Instant::now() + Duration::from_hours(1);
        loop {
            let due = self.state().due();
            match due {
                None => return true,
                Some(due) if due > end => return false,
                Some(due) => sleep_until(due).await,
            }
        }
    }

    /// Everything as it is now.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.shared.lock();
        state.advance(Instant::now());
        state
    }

    fn create(&self, document: &Value, steady: bool) -> Result<ServiceSnapshot> {
        let mut state = self.state();
        let address = state.create(document, steady, Instant::now())?;
        Ok(state.service(&address)?.describe(&state.world))
    }

    fn rule(&self, image: &str, behaviour: Behaviour, tasks: Option<u32>) {
        let image = image.to_owned();
        self.state().world.rules.add(Rule {
            image,
            behaviour,
            tasks,
        });
    }
}

impl fmt::Debug for MemoryCluster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryCluster").finish_non_exhaustive()
    }
}
