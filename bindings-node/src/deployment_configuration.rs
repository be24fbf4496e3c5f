//! How a service is deployed.

use artifact_deploy::strategy;
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::json;

/// A deployment configuration.
#[napi]
pub struct DeploymentConfiguration(strategy::DeploymentConfiguration);

/// Reads the JSON text of a deployment configuration, as ECS writes it.
#[napi(catch_unwind)]
pub fn parse_deployment_configuration(text: String) -> Outcome<DeploymentConfiguration> {
    let parsed = strategy::DeploymentConfiguration::parse(&text);
    outcome(parsed.map(DeploymentConfiguration))
}

#[napi]
impl DeploymentConfiguration {
    /// The name of the strategy, where one is said.
    #[napi(getter)]
    pub fn strategy(&self) -> Option<&str> {
        self.0.chosen_strategy().map(strategy::Strategy::name)
    }

    /// All that could never be carried out, as JSON.
    #[napi(catch_unwind)]
    pub fn problems(&self, desired_count: u32) -> Outcome<String> {
        outcome(json::write(&self.0.problems(desired_count)))
    }

    /// Nothing when it can be carried out; else the error that names what cannot.
    #[napi(catch_unwind)]
    pub fn check(&self, desired_count: u32) -> Outcome<()> {
        outcome(self.0.check(desired_count))
    }

    /// As ECS writes it, as JSON.
    #[napi(catch_unwind)]
    pub fn to_ecs(&self) -> String {
        self.0.to_ecs().to_string()
    }

    /// As CloudFormation writes it, as JSON.
    #[napi(catch_unwind)]
    pub fn to_cloud_formation(&self) -> String {
        self.0.to_cloud_formation().to_string()
    }

    /// As properties of CDK's `FargateService`, as JSON.
    #[napi(catch_unwind)]
    pub fn to_cdk(&self) -> Outcome<String> {
        outcome(json::write(&self.0.to_cdk()))
    }
}
