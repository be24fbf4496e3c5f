//! Whether the load balancers of a service send traffic to the tasks that were meant.
//!
//! - [`judge_targets`]: running tasks × the targets of each group → [`TargetsProof`], without I/O.
//! - [`verify_targets`]: the same for a service, asked for.
//!
//! A task is joined with its target by its private IPv4 address, which is what `awsvpc` registers.
//! Old tasks that are `draining` are what a rollout leaves, not a failure. A task of a deployment
//! that shifts traffic is in one of two groups, and changes sides each time: either is enough.

mod advice;
mod form;
mod judge;
mod look;
#[cfg(test)]
mod tests;

pub use form::judge_targets_json;
pub use judge::{GroupHealth, TargetProof, TargetVerdict, TargetsProof, judge_targets};
pub use look::{look_at_targets, verify_targets};
