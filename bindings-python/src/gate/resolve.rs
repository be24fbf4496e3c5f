//! From a tag to a verified image.

use pyo3::prelude::*;

use super::wait::Deadline;
use super::{PyImageQuery, PyPolicy, PyVerifiedImage, gate};
use crate::failure::Result;
use crate::job::Job;
use crate::registry::RegistryArgument;

/// The call behind `resolve_image`.
#[pyfunction]
#[pyo3(signature = (registry, query, policy, deadline))]
pub(crate) fn resolve_image(
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
        gate.resolve(&*registry, &query).await
    };
    Ok(Job::new(work, |py, image| {
        Ok(Bound::new(py, PyVerifiedImage(image))?.into_any())
    }))
}
