//! How a service is deployed: the deployment configuration as a typed value.
//!
//! Read from what ECS returns or from what people write, checked with the arithmetic shown, and
//! written for ECS, CloudFormation and CDK.
//!
//! ```
//! use artifact_deploy::strategy::{CircuitBreaker, DeploymentConfiguration, Strategy};
//!
//! let configuration = DeploymentConfiguration::new()
//!     .strategy(Strategy::rolling())
//!     .minimum_healthy_percent(100)
//!     .maximum_percent(150)
//!     .circuit_breaker(CircuitBreaker::rolling_back());
//! configuration.check(4)?;
//!
//! let stuck = DeploymentConfiguration::new().minimum_healthy_percent(75).maximum_percent(100);
//! let error = stuck.check(2).unwrap_err();
//! assert!(error.message().contains("ceil(1.5) = 2 must stay"));
//! # Ok::<(), artifact_deploy::Error>(())
//! ```

mod cdk;
mod check;
mod circuit_breaker;
mod cloud_formation;
mod configuration;
mod failure;
mod hook;
mod kind;
mod number;
mod schema;

#[cfg(test)]
mod tests;

pub use crate::document::Problem;
pub use cdk::CdkProperties;
pub use circuit_breaker::{CircuitBreaker, Threshold, ThresholdType};
pub use configuration::DeploymentConfiguration;
pub use failure::{Alarms, Cleanup, EarlySuccess};
pub use hook::{HookTarget, HookTimeout, LifecycleHook, LifecycleStage};
pub use kind::{Canary, Linear, Strategy};

pub(crate) use check::{configuration as check_configuration, representable};
pub(crate) use schema::DEPLOYMENT_CONFIGURATION;
