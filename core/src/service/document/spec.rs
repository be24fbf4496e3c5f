//! What a render changes.

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::document::kind_of;
use crate::service::TaskDefinitionArn;
use crate::strategy::{CircuitBreaker, DeploymentConfiguration};
use crate::{Error, ErrorKind, Result};

/// The changes to a service. What is not mentioned stays as it is.
///
/// JSON, every member optional: `{"taskDefinition": ARN of a revision, "desiredCount",
/// "deploymentConfiguration", "circuitBreaker", "enableExecuteCommand",
/// "serviceConnectConfiguration"}`, the objects as ECS writes them.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ServiceSpec {
    pub(super) task_definition: Option<TaskDefinitionArn>,
    pub(super) desired_count: Option<u32>,
    pub(super) deployment_configuration: Option<DeploymentConfiguration>,
    pub(super) circuit_breaker: Option<CircuitBreaker>,
    pub(super) enable_execute_command: Option<bool>,
    #[serde(deserialize_with = "object")]
    pub(super) service_connect_configuration: Option<Map<String, Value>>,
}

impl ServiceSpec {
    /// No change yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the JSON form.
    ///
    /// # Errors
    /// `InvalidArgument` for members that do not exist and values of the wrong type.
    pub fn from_value(json: Value) -> Result<Self> {
        let invalid = |problem: String| {
            Error::new(
                ErrorKind::InvalidArgument,
                format!("the changes to the service cannot be used: {problem}"),
            )
        };
        if !json.is_object() {
            return Err(invalid(format!(
                "they are {}; expected an object",
                kind_of(&json)
            )));
        }
        serde_json::from_value(json).map_err(|error| invalid(error.to_string()))
    }

    /// Sets what the tasks run: one revision, never a family, of which ECS would take the latest.
    pub fn task_definition(mut self, arn: TaskDefinitionArn) -> Self {
        self.task_definition = Some(arn);
        self
    }

    /// Sets how many tasks are wanted. Not for a service that is scaled automatically.
    pub fn desired_count(mut self, count: u32) -> Self {
        self.desired_count = Some(count);
        self
    }

    /// Sets what `configuration` says of how the service is deployed; what it does not say stays.
    pub fn deployment_configuration(mut self, configuration: DeploymentConfiguration) -> Self {
        self.deployment_configuration = Some(configuration);
        self
    }

    /// Sets the circuit breaker, over that of the deployment configuration.
    pub fn circuit_breaker(mut self, breaker: CircuitBreaker) -> Self {
        self.circuit_breaker = Some(breaker);
        self
    }

    /// Sets whether commands may be run in its tasks (ECS Exec).
    pub fn enable_execute_command(mut self, enable: bool) -> Self {
        self.enable_execute_command = Some(enable);
        self
    }

    /// Replaces the Service Connect configuration, as ECS writes it (`ServiceConnectConfiguration`).
    pub fn service_connect_configuration(mut self, configuration: Map<String, Value>) -> Self {
        self.service_connect_configuration = Some(configuration);
        self
    }
}

/// An object that is carried on as it is.
fn object<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Map<String, Value>>, D::Error> {
    Option::<Map<String, Value>>::deserialize(deserializer)
}
