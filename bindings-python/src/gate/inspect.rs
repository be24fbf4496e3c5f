//! What the gate finds on an image, whatever the verdict.

use pyo3::prelude::*;

use super::report::PyGateReport;
use super::wait::Deadline;
use super::{PyImageQuery, PyPolicy, gate};
use crate::failure::Result;
use crate::job::Job;
use crate::registry::RegistryArgument;

/// The call behind `inspect_image`.
#[pyfunction]
#[pyo3(signature = (registry, query, policy, deadline))]
pub(crate) fn inspect_image(
    registry: Option<RegistryArgument>,
    query: PyRef<'_, PyImageQuery>,
    policy: Option<PyRef<'_, PyPolicy>>,
    deadline: Option<Deadline>,
) -> Result<Job> {
    let registry = RegistryArgument::or_default(registry)?;
    let query = query.0.clone();
    let policy = policy.map(|policy| policy.0);
    let work = move |reporter| async move {
        let gate = gate(policy, deadline, reporter);
        gate.inspect(&*registry, &query).await
    };
    Ok(Job::new(work, |py, report| {
        Ok(Bound::new(py, PyGateReport(report))?.into_any())
    }))
}
