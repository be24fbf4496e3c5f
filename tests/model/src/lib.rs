//! A model of several deployers of one Amazon ECS service, for a model checker.
//!
//! The deployers are the library's own state machine, [`Order`](artifact_deploy::rollout::order::Order);
//! what surrounds them is modelled: the history of the service, the registry (pushed or not), reads
//! that are behind, answers that get lost before or after the write was done, tasks that are
//! replaced, a circuit breaker, deployers that crash. Every order of all that is tried, within the
//! bounds of a [`Setting`].

mod action;
mod checks;
mod driver;
mod model;
mod schedule;
mod setting;
mod world;

pub use action::{Action, Answer};
pub use checks::NEWEST_STAYS;
pub use model::DeployModel;
pub use schedule::schedule;
pub use setting::{Budget, Deployers, Guard, Setting};
pub use world::{Author, Deployer, Stage, Version, World, Written};
