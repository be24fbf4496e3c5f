//! The gate: collects evidence on an image, judges it by a policy, and lets only verified images pass.
//!
//! - [`ImageQuery`]: which image is meant, and what is expected of it.
//! - [`Policy`]: which checks are made beyond those that always are.
//! - [`Evidence`] → [`judge`] → [`GateReport`]: the decision, without I/O.
//! - [`Gate`]: fetches the evidence from an [`ImageRegistry`](crate::ports::ImageRegistry), waits
//!   where asked to, and gives a [`VerifiedImage`] or an error that names the check that failed.
//! - [`publication`]: before a push, whether a version is still unpublished.
//!
//! It fails closed: no answer, an unknown state and an unreadable manifest are failures.

mod batch;
mod check;
mod checks;
mod collect;
mod default_tag;
mod evidence;
pub(crate) mod form;
#[allow(
    clippy::module_inception,
    reason = "the file is named by the word that people look for"
)]
mod gate;
mod join;
mod judge;
mod markdown;
mod policy;
mod progress;
mod publication;
mod query;
mod refusal;
mod report;
mod retention_policy;
mod scan_policy;
mod subject;
#[cfg(all(test, feature = "memory"))]
mod tests;
mod text;
mod verified;
mod wait;

pub use batch::require_all;
pub use check::{Check, CheckName, CheckOutcome};
pub use default_tag::default_tag;
pub use evidence::{
    BlobEvidence, ChildEvidence, ChildReading, ConfigEvidence, ConfigReading, Evidence,
    ImageEvidence, Presence, Reading, Retention, ScanEvidence, ScanReading,
};
pub use gate::Gate;
pub(crate) use join::{Call, join_all};
pub use judge::judge;
pub use policy::{ContentPolicy, Policy, TagImmutablePolicy};
pub use progress::{Pending, Progress};
pub use publication::{Publication, publication};
pub use query::ImageQuery;
pub use report::{FoundSummary, GateReport, Verdict};
pub use retention_policy::RetentionPolicy;
pub use scan_policy::{OnMissingScan, ScanPolicy};
pub use verified::VerifiedImage;
pub(crate) use wait::Pace;
pub use wait::Wait;
