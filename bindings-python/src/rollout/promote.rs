//! Promotion to another environment.

use std::sync::Arc;

use artifact_deploy::gate::{Gate, Policy};
use artifact_deploy::rollout::{Promotion, promote as promote_image};
use artifact_deploy::version::Environment;
use pyo3::prelude::*;

use super::PyProof;
use crate::argument::Text;
use crate::failure::Result;
use crate::gate::{Deadline, PyVerifiedImage};
use crate::job::Job;
use crate::json::{self, Object};
use crate::registry::TagsArgument;
use crate::version::PyVersion;

/// An image that has the version of another environment beside its own.
#[pyclass(frozen, name = "Promotion", module = "artifact_deploy")]
#[derive(Clone)]
pub(crate) struct PyPromotion(Promotion);

#[pymethods]
impl PyPromotion {
    /// The version that was promoted.
    #[getter]
    fn source(&self) -> PyVersion {
        PyVersion(self.0.from().clone())
    }

    /// The version that it has in the other environment.
    #[getter]
    fn version(&self) -> PyVersion {
        PyVersion(self.0.version().clone())
    }

    /// Whether the registry had the new tag already, with the same digest.
    #[getter]
    fn already_there(&self) -> bool {
        self.0.already_there()
    }

    /// The image as the gate found it under the new tag.
    #[getter]
    fn image(&self) -> PyVerifiedImage {
        PyVerifiedImage(self.0.image().clone())
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<Promotion> {
        Object(self.0.clone())
    }

    /// The one JSON form, as text.
    fn to_json(&self) -> Result<String> {
        json::text(&self.0)
    }

    fn __repr__(&self) -> String {
        format!("Promotion({:?})", self.0.version().to_string())
    }
}

/// The call behind `promote`.
#[pyfunction]
#[pyo3(signature = (image, to, registry, deadline))]
pub(crate) fn promote(
    image: PyRef<'_, PyVerifiedImage>,
    to: Text<Environment>,
    registry: Option<TagsArgument>,
    deadline: Option<Deadline>,
) -> Result<Job> {
    let (registry, tags) = TagsArgument::or_default(registry)?;
    let image = image.0.clone();
    let gate = match deadline {
        Some(deadline) => Gate::new(Policy::new()).waiting(deadline.0),
        None => Gate::new(Policy::new()),
    };
    let work = move |_| async move { promote_image(&*registry, &*tags, &gate, &image, to.0).await };
    Ok(Job::new(work, |py, promotion| {
        Ok(Bound::new(py, PyPromotion(promotion))?.into_any())
    }))
}

/// The call behind `move_alias`.
#[pyfunction]
#[pyo3(signature = (promotion, proof, registry))]
pub(crate) fn move_alias(
    promotion: PyRef<'_, PyPromotion>,
    proof: PyRef<'_, PyProof>,
    registry: Option<TagsArgument>,
) -> Result<Job> {
    let (registry, tags) = TagsArgument::or_default(registry)?;
    let promotion = Arc::new(promotion.0.clone());
    let proof = proof.0.clone();
    let work = move |_| async move { promotion.move_alias(&*registry, &*tags, &proof).await };
    Ok(Job::new(work, |py, tag| {
        Ok(tag.to_string().into_pyobject(py)?.into_any())
    }))
}
