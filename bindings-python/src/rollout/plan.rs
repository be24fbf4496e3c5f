//! What a deployment would do.

use artifact_deploy::rollout::{DeployRequest, Plan};
use artifact_deploy::service::ServiceAddress;
use pyo3::prelude::*;

use super::deploy::{Rollout, WhatArgument};
use crate::argument::Text;
use crate::control::ControlArgument;
use crate::failure::Result;
use crate::job::Job;
use crate::json::{self, Object, ObjectArgument};
use crate::registry::RegistryArgument;

/// What a deployment would do. Nothing was changed to know it.
#[pyclass(frozen, name = "DeploymentPlan", module = "artifact_deploy")]
pub(crate) struct PyDeploymentPlan(Plan);

#[pymethods]
impl PyDeploymentPlan {
    /// Whether a revision would be registered, and not one that is there be used again.
    #[getter]
    fn registers(&self) -> bool {
        self.0.registers()
    }

    /// Whether the service would be updated.
    #[getter]
    fn updates(&self) -> bool {
        self.0.updates()
    }

    /// Whether all is as it should be already.
    #[getter]
    fn changes_nothing(&self) -> bool {
        self.0.changes_nothing()
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<Plan> {
        Object(self.0.clone())
    }

    /// The one JSON form, as text.
    fn to_json(&self) -> Result<String> {
        json::text(&self.0)
    }

    /// For the summary of a CI step. Text from elsewhere is escaped.
    fn to_markdown(&self) -> String {
        self.0.to_markdown()
    }

    /// For people.
    fn __str__(&self) -> String {
        self.0.to_text()
    }

    fn __repr__(&self) -> String {
        format!(
            "DeploymentPlan(registers={}, updates={})",
            self.registers(),
            self.updates()
        )
    }
}

/// The call behind `plan_deployment`.
#[pyfunction]
#[pyo3(signature = (service, what, control, registry, options))]
pub(crate) fn plan_deployment(
    service: Text<ServiceAddress>,
    what: WhatArgument,
    control: Option<ControlArgument>,
    registry: Option<RegistryArgument>,
    options: ObjectArgument,
) -> Result<Job> {
    let rollout = Rollout::new(control, registry, None, options)?;
    let work = move |reporter| async move {
        let what = what.verified(&*rollout.control, &*rollout.registry).await?;
        let request = rollout.options.request(DeployRequest::new(service.0, what));
        rollout.deployer(reporter)?.plan(&request).await
    };
    Ok(Job::new(work, |py, plan| {
        Ok(Bound::new(py, PyDeploymentPlan(plan))?.into_any())
    }))
}
