//! What a service ran before, and which of it is known to be good.
//!
//! Known to be good is what ECS brought to a successful end: a service deployment that is
//! `SUCCESSFUL`. One that was taken back, that was stopped, or that is still under way is not. Where
//! the endpoint has no service deployments (ECS keeps them for 90 days), the revisions of the task
//! definition are all there is: they say what was registered, not what was good.

mod past;
mod read;
mod target;

#[cfg(test)]
mod tests;

pub use past::{History, HistorySource, PastDeployment, PastOutcome};
pub use read::history;
pub use target::RollbackTo;
