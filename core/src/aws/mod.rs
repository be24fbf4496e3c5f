//! The ports on AWS.
//!
//! | feature | type | port |
//! |---|---|---|
//! | `ecr` | `EcrRegistry`, Amazon ECR | `ImageRegistry`, `ImageTags` |
//! | `ecs` | `EcsControl`, Amazon ECS | `ServiceControl` |
//! | `elb` | `LoadBalancerTargets`, Elastic Load Balancing | `TargetGroups` |
//!
//! Credentials, Region, profile and endpoints come from the environment as with every AWS tool;
//! [`AwsOptions`] overrides them.

mod advice;
mod cause;
mod codes;
mod configuration;
mod connections;
mod credentials;
#[cfg(feature = "ecr")]
mod ecr;
#[cfg(feature = "ecs")]
mod ecs;
#[cfg(feature = "elb")]
mod elb;
mod errors;
mod options;
mod quota;
mod rights;

pub use crate::timeouts::Timeouts;
#[cfg(feature = "ecr")]
pub use ecr::EcrRegistry;
#[cfg(feature = "ecs")]
pub use ecs::EcsControl;
#[cfg(feature = "elb")]
pub use elb::LoadBalancerTargets;
pub use options::AwsOptions;
