//! What tests and demonstrations do to a cluster.

use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, sleep_until};

use super::behaviour::{Behaviour, Rule};
use super::fixture;
use super::memory_cluster::MemoryCluster;
use super::refusal::invalid_parameter;
use crate::Result;
use crate::ports::RegisteredTaskDefinition;
use crate::service::{ServiceAddress, ServiceSnapshot, Task, TaskDefinitionArn};
use crate::task_definition::TaskDefinition;

impl MemoryCluster {
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

    /// Stops a task, as `StopTask` does; its service starts another one.
    ///
    /// # Errors
    /// `RequestRejected` when there is no such task.
    pub fn stop_task(&self, task_arn: &str, reason: &str) -> Result<()> {
        let now = Instant::now();
        let mut state = self.state();
        let (mut services, world) = state.services_mut();
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
        state.step(now);
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
