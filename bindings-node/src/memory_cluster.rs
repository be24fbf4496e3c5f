//! A cluster in memory, for tests and demonstrations.

use std::sync::Arc;

use artifact_deploy::memory;
use napi_derive::napi;

use crate::control::Control;
use crate::failure::{Outcome, outcome};
use crate::json;
use crate::memory_registry::MemoryRegistry;
use crate::target_groups::TargetGroups;

/// A cluster in memory.
#[napi]
pub struct MemoryCluster(Arc<memory::MemoryCluster>);

/// A cluster in memory whose tasks pull from `registry`, from its fixture, which comes as JSON text.
#[napi(catch_unwind)]
pub fn create_memory_cluster(registry: &MemoryRegistry, fixture: String) -> Outcome<MemoryCluster> {
    let cluster = || {
        let fixture = json::read(&fixture)?;
        let cluster = memory::MemoryCluster::from_json(registry.inner(), &fixture)?;
        Ok(MemoryCluster(Arc::new(cluster)))
    };
    outcome(cluster())
}

#[napi]
impl MemoryCluster {
    /// The same cluster, for calls.
    #[napi(catch_unwind)]
    pub fn control(&self) -> Control {
        Control::new(self.0.clone())
    }

    /// The load balancers of its services, for calls.
    #[napi(catch_unwind)]
    pub fn target_groups(&self) -> TargetGroups {
        TargetGroups::new(self.0.clone())
    }

    /// Makes an empty cluster.
    #[napi(catch_unwind)]
    pub fn create_cluster(&self, name: String) {
        self.0.create_cluster(&name);
    }

    /// Registers a task definition, which comes as JSON text, and gives its ARN.
    #[napi(catch_unwind)]
    pub fn add_task_definition(&self, document: String) -> Outcome<String> {
        let added = || {
            let registered = self.0.add_task_definition(&json::read(&document)?)?;
            Ok(registered.arn.to_string())
        };
        outcome(added())
    }

    /// Makes a service from what CreateService takes, and gives it as JSON.
    #[napi(catch_unwind)]
    pub fn create_service(&self, document: String, steady: bool) -> Outcome<String> {
        let created = || {
            let document = json::read(&document)?;
            let service = if steady {
                self.0.create_steady_service(&document)?
            } else {
                self.0.create_service(&document)?
            };
            json::write(&service)
        };
        outcome(created())
    }

    /// Says how tasks behave that run an image; it comes as JSON text.
    #[napi(catch_unwind)]
    pub fn behave(&self, behaviour: String) -> Outcome<()> {
        outcome(json::read(&behaviour).and_then(|behaviour| self.0.behave_as(&behaviour)))
    }

    /// Makes calls go wrong; the fault comes as JSON text.
    #[napi(catch_unwind)]
    pub fn inject(&self, fault: String) -> Outcome<()> {
        outcome(json::read(&fault).map(|fault| self.0.inject(fault)))
    }

    /// Ends all faults.
    #[napi(catch_unwind)]
    pub fn heal(&self) {
        self.0.heal();
    }

    /// Lets an alarm go off.
    #[napi(catch_unwind)]
    pub fn sound_alarm(&self, name: String) {
        self.0.sound_alarm(&name);
    }

    /// Stops a task.
    #[napi(catch_unwind)]
    pub fn stop_task(&self, task_arn: String, reason: String) -> Outcome<()> {
        outcome(self.0.stop_task(&task_arn, &reason))
    }

    /// The tasks of a service, those that stopped too, as JSON.
    #[napi(catch_unwind)]
    pub fn tasks(&self, service: String) -> Outcome<String> {
        let tasks = || json::write(&self.0.tasks(&service.parse()?)?);
        outcome(tasks())
    }

    /// The service as it is, as JSON.
    #[napi(catch_unwind)]
    pub fn service(&self, service: String) -> Outcome<String> {
        let found = || json::write(&self.0.service(&service.parse()?)?);
        outcome(found())
    }

    /// How many calls it had, as JSON.
    #[napi(catch_unwind)]
    pub fn calls(&self) -> Outcome<String> {
        outcome(json::write(&self.0.calls()))
    }

    /// Counts from zero again.
    #[napi(catch_unwind)]
    pub fn reset_calls(&self) {
        self.0.reset_calls();
    }
}
