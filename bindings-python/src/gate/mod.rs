//! The gate.

mod check;
pub(crate) mod default_tag;
mod inspect;
mod policy;
mod progress;
pub(crate) mod publication;
mod query;
mod report;
mod resolve;
mod resolve_all;
mod verified;
mod wait;

pub(crate) use check::PyCheck;
pub(crate) use inspect::inspect_image;
pub(crate) use policy::PyPolicy;
pub(crate) use progress::{PyPending, PyProgress};
pub(crate) use query::PyImageQuery;
pub(crate) use report::{PyFoundSummary, PyGateReport};
pub(crate) use resolve::resolve_image;
pub(crate) use resolve_all::resolve_images;
pub(crate) use verified::PyVerifiedImage;
pub(crate) use wait::{Deadline, PyWait};

use artifact_deploy::gate::{Gate, Policy, Progress};
use pyo3::prelude::*;

use crate::job::Reporter;

/// The gate of one call; progress goes to whoever waits for that call.
fn gate(policy: Option<Policy>, deadline: Option<Deadline>, reporter: Reporter) -> Gate {
    let gate = Gate::new(policy.unwrap_or_default()).on_progress(move |progress: &Progress| {
        let progress = progress.clone();
        reporter.report(|py| {
            let progress = Bound::new(py, PyProgress(progress))?;
            Ok(progress.into_any())
        });
    });
    match deadline {
        Some(deadline) => gate.waiting(deadline.0),
        None => gate,
    }
}
