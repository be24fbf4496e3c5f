//! Amazon ECS in memory, with the load balancers of its services.
//!
//! Tasks have a life: they are provisioned, pull, start, get healthy, and stop. What a tag leads to
//! is decided when a task pulls, so that the races of mutable tags really occur. Deployments keep
//! the limits of their configuration, fail by circuit breaker and alarms, are rolled back and
//! superseded, go through stages and wait in hooks; and every call can go wrong on request.
//!
//! Nothing runs in the background. Everything that is due is played, in its order of time, when
//! something is asked, and before the registry changes. The same calls at the same times give the
//! same answers, ids and all.
//!
//! ```
//! use artifact_deploy::memory::{Behaviour, MemoryCluster, MemoryImage, MemoryRegistry};
//! use artifact_deploy::ports::ServiceControl;
//! use artifact_deploy::service::{ServiceAddress, ServiceUpdate};
//! use serde_json::json;
//!
//! # fn main() -> artifact_deploy::Result<()> {
//! # tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap().block_on(async {
//! let registry = MemoryRegistry::new();
//! registry.push("app", &["v1"], &MemoryImage::new("linux/amd64")?)?;
//! let bad = registry.push("app", &["v2"], &MemoryImage::new("linux/amd64")?.label("v", "2"))?;
//!
//! let cluster = MemoryCluster::new(registry);
//! cluster.behave(bad.as_str(), Behaviour::CrashLoop { exit_code: 1, after: None });
//! let definition = |image: &str| {
//!     let container = json!({ "name": "app", "image": image, "memory": 512 });
//!     cluster.add_task_definition(&json!({ "family": "app", "containerDefinitions": [container] }))
//! };
//! definition("app:v1")?;
//! cluster.create_steady_service(&json!({
//!     "cluster": "previews", "serviceName": "app", "desiredCount": 2, "taskDefinition": "app:1",
//!     "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } },
//! }))?;
//!
//! let service: ServiceAddress = "previews/app".parse()?;
//! let update = ServiceUpdate { task_definition: Some(definition("app:v2")?.arn), ..Default::default() };
//! cluster.update_service(&service, &update).await?;
//! cluster.settle().await;
//!
//! // Stable, and not what was ordered.
//! let now = cluster.service(&service)?;
//! assert_eq!(now.deployments.len(), 1);
//! assert_eq!(now.task_definition.unwrap().short(), "app:1");
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! # As JSON
//!
//! [`MemoryCluster::from_json`] reads a whole scene; all of it can be left out. `faster`,
//! `pageSize`, `platformDigests`, `serviceDeployments` and `steady` are shown with what they are
//! without being given.
//!
//! ```json
//! {
//!   "clusters": ["previews"],
//!   "taskDefinitions": [{ "family": "app", "containerDefinitions": [] }],
//!   "services": [{ "cluster": "previews", "serviceName": "app", "taskDefinition": "app:1", "steady": false }],
//!   "behaviours": [
//!     { "image": "sha256:…, or app:v1, or v1", "behaviour": "crash-loop", "exitCode": 1, "afterSeconds": 20, "tasks": 3 },
//!     { "image": "v2", "behaviour": "never-healthy", "check": "container" },
//!     { "image": "v3", "behaviour": "cannot-pull", "pull": "not-found" }
//!   ],
//!   "failingHooks": ["arn:aws:lambda:…"],
//!   "alarms": ["alarms that go off"],
//!   "faults": [{ "operation": "update-service", "fault": "lost-answer", "times": 1, "after": 0, "service": "app" }],
//!   "pace": { "pulling": 10 },
//!   "faster": 1,
//!   "time": "2025-08-20T12:45:00Z",
//!   "pageSize": 100,
//!   "platformDigests": false,
//!   "serviceDeployments": true
//! }
//! ```
//!
//! Services are what CreateService takes, with `steady` beside it: such a one begins where its first
//! deployment ends. `behaviour` takes the names of [`Behaviour`] in kebab case, `check` those of
//! [`Check`], `pull` those of [`PullFailure`], `pace` the members of [`Pace`] in seconds,
//! `operation` and `fault` the names of [`ControlOperation`] and [`ControlFaultKind`]; a fault
//! without `operation` strikes every call, one without `times` lasts.
//!
//! # Where it is simpler
//!
//! - A deployment's `failedTasks` goes back to 0 once a task has passed the checks that it has;
//!   without checks that is when it runs.
//! - A service deployment that fails while there is nothing to go back to stays `IN_PROGRESS`, with
//!   the circuit breaker `TRIGGERED` and its `rolloutState` `FAILED`: AWS says only that it stalls.
//! - Shifts of traffic take time, and nothing else. With an alternate target group the tasks of each
//!   deployment are in the other one.
//! - There are no capacity providers, placements and task sets; `earlySuccessCriteria` has no
//!   effect.

mod behaviour;
mod breaker;
mod configuration;
mod create;
mod definition;
mod fault;
mod fixture;
mod history;
mod memory_cluster;
mod order;
mod pace;
mod page;
mod port;
mod pull;
mod record;
mod refusal;
mod rollout;
mod scene;
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
pub use fault::{ControlCalls, ControlFault, ControlFaultKind, ControlOperation};
pub use memory_cluster::MemoryCluster;
pub use pace::Pace;
pub use pull::PullFailure;

#[cfg(test)]
mod tests;
