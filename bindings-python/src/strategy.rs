//! How a service is deployed.

use artifact_deploy::strategy::{CdkProperties, DeploymentConfiguration};
use pyo3::prelude::*;
use serde_json::Value;

use crate::failure::Result;
use crate::json::{self, Object, ObjectArgument};
use crate::task_definition::PyProblem;

/// How a service is deployed: strategy, percentages, bake times, circuit breaker, alarms, hooks.
#[pyclass(
    frozen,
    eq,
    name = "DeploymentConfiguration",
    module = "artifact_deploy"
)]
#[derive(Clone, PartialEq)]
pub(crate) struct PyDeploymentConfiguration(DeploymentConfiguration);

#[pymethods]
impl PyDeploymentConfiguration {
    /// Reads what ECS writes and `UpdateService` takes: a mapping, or JSON text.
    #[staticmethod]
    fn from_ecs(configuration: ObjectArgument) -> Result<Self> {
        Ok(Self(DeploymentConfiguration::parse(&configuration.0)?))
    }

    /// Refuses what can never start or stop a task, with the arithmetic, and what ECS refuses.
    fn check(&self, desired_count: u32) -> Result<()> {
        Ok(self.0.check(desired_count)?)
    }

    /// All that is wrong, for a service of so many tasks.
    fn problems(&self, desired_count: u32) -> Vec<PyProblem> {
        let problems = self.0.problems(desired_count);
        problems.into_iter().map(PyProblem).collect()
    }

    /// For `CreateService` and `UpdateService`.
    fn to_ecs(&self) -> Object<Value> {
        Object(self.0.to_ecs())
    }

    /// The properties of `AWS::ECS::Service` `DeploymentConfiguration`.
    fn to_cloud_formation(&self) -> Object<Value> {
        Object(self.0.to_cloud_formation())
    }

    /// `{"properties", "missing"}`: those of the CDK's `FargateService`, and what has none.
    fn to_cdk(&self) -> Object<CdkProperties> {
        Object(self.0.to_cdk())
    }

    fn __repr__(&self) -> Result<String> {
        Ok(format!(
            "DeploymentConfiguration({})",
            json::text(&self.0.to_ecs())?
        ))
    }
}
