//! Amazon ECS in memory.

mod behaviour;
mod breaker;
mod cluster;
mod configuration;
mod create;
mod definition;
mod fault;
mod fixture;
mod history;
mod order;
mod pace;
mod page;
mod port;
mod pull;
mod record;
mod refusal;
mod rollout;
mod scheduler;
mod service;
mod stage;
mod stages;
mod state;
mod targets;
mod task;
mod task_life;
mod world;

pub use behaviour::{Behaviour, Check};
pub use cluster::MemoryCluster;
pub use fault::{ControlCalls, ControlFault, ControlFaultKind, ControlOperation};
pub use pace::Pace;
pub use pull::PullFailure;

#[cfg(test)]
mod tests;
