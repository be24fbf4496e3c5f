//! Proof: what every running task really runs, against what was meant.
//!
//! - [`Meant`]: which digest each container must run, from a rendered task definition, from one
//!   that is registered, or named one by one.
//! - [`judge`]: tasks × [`Meant`] → [`Proof`], without I/O.
//! - [`verify_running`]: the same for a service, asked for.
//!
//! It fails closed. A container of which ECS does not tell the digest is *unknown* and never passes;
//! a service without tasks proves nothing; and what a task definition says is no evidence: only the
//! `imageDigest` of a running container is.

mod decide;
mod form;
mod judge;
mod look;
mod markdown;
mod meant;
#[allow(
    clippy::module_inception,
    reason = "the file is named by the word that people look for"
)]
mod proof;
mod reading;
mod revisions;
mod tally;
#[cfg(test)]
pub(crate) mod tests;
mod text;
mod verdict;
mod verify;

pub(crate) use decide::Counts;
pub use form::judge_json;
pub(crate) use form::read_tasks;
pub(crate) use judge::{Place, judge_task, place};
pub use judge::{RunningTasks, judge};
pub(super) use look::look;
pub(crate) use look::{MAX_PAGES, TASKS_PER_CALL, endless, list_tasks};
pub use meant::{Meant, MeantImage};
pub(crate) use proof::version_id;
pub use proof::{ContainerProof, OtherTask, Proof, ProofSummary, TaskProof};
pub(crate) use reading::{is_managed, pinned_digest};
pub(crate) use revisions::Revisions;
pub use tally::SeenImage;
pub(crate) use tally::{Tally, is_elsewhere};
pub use verdict::{ContainerVerdict, TaskVerdict, Verdict};
pub(crate) use verify::snapshot;
pub use verify::verify_running;
