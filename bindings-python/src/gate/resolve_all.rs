//! From many tags to verified images.

use artifact_deploy::gate::{ImageQuery, VerifiedImage, require_all};
use pyo3::prelude::*;
use pyo3::types::PyList;

use super::wait::Deadline;
use super::{PyImageQuery, PyPolicy, PyVerifiedImage, gate};
use crate::failure::{Result, exception};
use crate::job::Job;
use crate::registry::RegistryArgument;

/// The call behind `resolve_images`. With `return_exceptions` the list has the error of each image
/// that was refused in its place.
#[pyfunction]
#[pyo3(signature = (registry, queries, policy, deadline, return_exceptions))]
pub(crate) fn resolve_images(
    registry: Option<RegistryArgument>,
    queries: Vec<PyRef<'_, PyImageQuery>>,
    policy: Option<PyRef<'_, PyPolicy>>,
    deadline: Option<Deadline>,
    return_exceptions: bool,
) -> Result<Job> {
    let registry = RegistryArgument::or_default(registry)?;
    let queries: Vec<ImageQuery> = queries.iter().map(|query| query.0.clone()).collect();
    let policy = policy.map(|policy| policy.0);
    let work = move |reporter| async move {
        let gate = gate(policy, deadline, reporter);
        let outcomes = gate.resolve_all(&*registry, &queries).await;
        if return_exceptions {
            return Ok(outcomes);
        }
        let images = require_all(&queries, outcomes)?;
        Ok(images.into_iter().map(Ok).collect())
    };
    Ok(Job::new(work, to_list))
}

fn to_list(
    py: Python<'_>,
    outcomes: Vec<artifact_deploy::Result<VerifiedImage>>,
) -> PyResult<Bound<'_, PyAny>> {
    let list = PyList::empty(py);
    for outcome in outcomes {
        match outcome {
            Ok(image) => list.append(Bound::new(py, PyVerifiedImage(image))?)?,
            Err(error) => list.append(exception(py, &error).into_value(py))?,
        }
    }
    Ok(list.into_any())
}
