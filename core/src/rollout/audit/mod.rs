//! An audit: what many services, or whole clusters, really run.
//!
//! [`Audit`] asks in full batches, judges service by service and keeps nothing of what it has handed
//! over. [`out_of_order`] finds an older version that is in place where a newer one was.

#[allow(
    clippy::module_inception,
    reason = "the file is named by the word that people look for"
)]
mod audit;
mod audited;
mod finding;
mod fold;
mod order;
#[cfg(test)]
mod tests;

pub use audit::Audit;
pub use finding::{AuditSummary, RevisionCount, ServiceVerdict};
pub(super) use order::out_of_order_among;
pub use order::{OlderInPlace, out_of_order};
