//! A cluster in memory.

use std::sync::Arc;

use artifact_deploy::ErrorKind;
use artifact_deploy::memory::{ControlCalls, MemoryCluster};
use artifact_deploy::ports::TargetGroups;
use artifact_deploy::service::{ServiceAddress, ServiceSnapshot, Task};
use pyo3::prelude::*;
use serde_json::{Map, Value};

use super::{Control, Targets};
use crate::argument::Text;
use crate::failure::Result;
use crate::json::{Object, ObjectArgument, Objects};
use crate::registry::PyMemoryRegistry;

/// Amazon ECS in memory, for tests and demonstrations: tasks that pull from a registry in memory
/// when they start, deployments, circuit breaker, rollback. It runs in real time, and misbehaves on
/// request.
#[pyclass(frozen, name = "MemoryCluster", module = "artifact_deploy")]
pub(crate) struct PyMemoryCluster(Arc<MemoryCluster>);

#[pymethods]
impl PyMemoryCluster {
    /// A cluster whose tasks pull from `registry`. `fixture` sets the scene: `{"services"?: […],
    /// "taskDefinitions"?: […], "behaviours"?: […], "faults"?: […], "pace"?: {…}, "faster"?: 1000}`.
    #[new]
    #[pyo3(signature = (registry, fixture=None))]
    fn new(registry: PyRef<'_, PyMemoryRegistry>, fixture: Option<ObjectArgument>) -> Result<Self> {
        let fixture = match fixture {
            Some(fixture) => fixture.read(ErrorKind::InvalidArgument, "the cluster fixture")?,
            None => Value::Object(Map::new()),
        };
        let cluster = MemoryCluster::from_json(registry.registry(), &fixture)?;
        Ok(Self(Arc::new(cluster)))
    }

    /// Makes an empty cluster.
    fn create_cluster(&self, name: &str) {
        self.0.create_cluster(name);
    }

    /// Registers a task definition, as `RegisterTaskDefinition` takes it, and gives its ARN.
    fn add_task_definition(&self, document: ObjectArgument) -> Result<String> {
        let document = document.read(ErrorKind::InvalidTaskDefinition, "the task definition")?;
        Ok(self.0.add_task_definition(&document)?.arn.to_string())
    }

    /// Makes a service, as `CreateService` takes it. With `steady` it runs already.
    #[pyo3(signature = (document, *, steady=false))]
    fn create_service(
        &self,
        document: ObjectArgument,
        steady: bool,
    ) -> Result<Object<ServiceSnapshot>> {
        let document = document.read(ErrorKind::InvalidService, "the service")?;
        let made = if steady {
            self.0.create_steady_service(&document)?
        } else {
            self.0.create_service(&document)?
        };
        Ok(Object(made))
    }

    /// Says how tasks behave that run an image: `{"image": digest or tag, "behaviour": "crash-loop",
    /// "exitCode"?: 1}`.
    fn behave(&self, behaviour: ObjectArgument) -> Result<()> {
        let behaviour = behaviour.read(ErrorKind::InvalidArgument, "the behaviour")?;
        Ok(self.0.behave_as(&behaviour)?)
    }

    /// Makes calls misbehave: `{"operation"?, "fault", "times"?, "after"?, "service"?}`.
    fn inject(&self, fault: ObjectArgument) -> Result<()> {
        self.0
            .inject(fault.read(ErrorKind::InvalidArgument, "the fault")?);
        Ok(())
    }

    /// Takes all faults back.
    fn heal(&self) {
        self.0.heal();
    }

    /// Lets an alarm go off.
    fn sound_alarm(&self, name: &str) {
        self.0.sound_alarm(name);
    }

    /// Stops a task; ECS starts another one.
    #[pyo3(signature = (task_arn, reason="stopped by the test"))]
    fn stop_task(&self, task_arn: &str, reason: &str) -> Result<()> {
        Ok(self.0.stop_task(task_arn, reason)?)
    }

    /// The tasks of a service, those that stopped too, as `DescribeTasks` tells them.
    fn tasks(&self, service: Text<ServiceAddress>) -> Result<Objects<Task>> {
        Ok(Objects(self.0.tasks(&service.0)?))
    }

    /// How many calls were made, by operation.
    #[getter]
    fn calls(&self) -> Object<ControlCalls> {
        Object(self.0.calls())
    }

    /// Starts to count calls from zero.
    fn reset_calls(&self) {
        self.0.reset_calls();
    }

    #[allow(clippy::unused_self, reason = "there is nothing short to show")]
    fn __repr__(&self) -> &'static str {
        "MemoryCluster()"
    }
}

impl PyMemoryCluster {
    pub(super) fn control(&self) -> Control {
        Arc::<MemoryCluster>::clone(&self.0)
    }

    pub(super) fn targets(&self) -> Targets {
        let targets: Arc<dyn TargetGroups> = Arc::<MemoryCluster>::clone(&self.0);
        targets
    }
}
