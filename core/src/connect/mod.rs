//! From the JSON options that all three languages take to what the library asks of the world.
//!
//! | function | what it makes | options |
//! |---|---|---|
//! | `connect` | an image registry | `RegistryOptions` |
//! | `image_tags` | what puts tags in a registry, for promotions | `RegistryOptions` |
//! | `control` | the control of services, Amazon ECS | `ControlOptions` |
//! | `target_groups` | the health of load-balancer targets | `TargetGroupOptions` |
//!
//! `Registries` takes any address: names alone and hosts of private ECR registries go to Amazon ECR,
//! everything else to an OCI registry.

#[cfg(feature = "ecs")]
mod control;
#[cfg(feature = "ecr")]
mod image_tags;
mod json;
#[cfg(feature = "ecr")]
mod registries;
#[cfg(feature = "oci")]
mod registry;
#[cfg(feature = "elb")]
mod target_groups;

#[cfg(feature = "ecs")]
pub use control::{ControlOptions, control};
#[cfg(feature = "ecr")]
pub use image_tags::image_tags;
#[cfg(feature = "ecr")]
pub use registries::Registries;
#[cfg(feature = "oci")]
pub use registry::{RegistryOptions, connect};
#[cfg(feature = "elb")]
pub use target_groups::{TargetGroupOptions, target_groups};
