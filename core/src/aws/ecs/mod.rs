//! Amazon ECS as the control of services.

mod control;
mod deployment_values;
mod errors;
mod limits;
mod opened;
mod raw;
mod service_deployments;
mod services;
mod snapshot;
mod task_definitions;
mod task_values;
mod tasks;
mod values;

pub use control::EcsControl;
