//! Taking a service back.

use artifact_deploy::gate::{Gate, Policy};
use artifact_deploy::rollout::{RollbackTo, rollback_request};
use artifact_deploy::service::ServiceAddress;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::PyString;
use pyo3::{PyTypeInfo, type_hint_identifier, type_hint_union};

use super::PyEvidenceRecord;
use super::deploy::{Rollout, finish};
use crate::argument::Text;
use crate::control::{ControlArgument, TargetsArgument};
use crate::failure::Result;
use crate::gate::PyPolicy;
use crate::job::Job;
use crate::json::ObjectArgument;
use crate::registry::RegistryArgument;
use crate::version::PyVersion;

/// Where a rollback goes: a version, its text, or the ARN of a revision.
pub(crate) struct ToArgument(RollbackTo);

impl<'py> FromPyObject<'_, 'py> for ToArgument {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        <PyVersion as PyTypeInfo>::TYPE_HINT,
        type_hint_identifier!("builtins", "str")
    );

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(version) = value.cast::<PyVersion>() {
            return Ok(Self(RollbackTo::Version(version.get().0.clone())));
        }
        let text = value.cast::<PyString>()?;
        let text = text.to_cow()?;
        text.parse().map(Self).map_err(crate::failure::raise)
    }
}

/// The call behind `rollback`.
#[pyfunction]
#[pyo3(signature = (service, to, control, registry, targets, policy, options, check))]
#[allow(clippy::too_many_arguments, reason = "as the Python function has them")]
pub(crate) fn rollback(
    service: Text<ServiceAddress>,
    to: Option<ToArgument>,
    control: Option<ControlArgument>,
    registry: Option<RegistryArgument>,
    targets: Option<TargetsArgument>,
    policy: Option<PyRef<'_, PyPolicy>>,
    options: ObjectArgument,
    check: bool,
) -> Result<Job> {
    let rollout = Rollout::new(control, registry, targets, options)?;
    let to = to.map_or(RollbackTo::Previous, |to| to.0);
    let gate = Gate::new(policy.map_or_else(Policy::new, |policy| policy.0));
    let work = move |reporter| async move {
        let request = rollback_request(
            &*rollout.control,
            &*rollout.registry,
            &gate,
            &service.0,
            &to,
        )
        .await?;
        let request = rollout.options.request(request);
        let record = rollout.deployer(reporter)?.deploy(&request).await?;
        finish(record, check)
    };
    Ok(Job::new(work, |py, record| {
        Ok(Bound::new(py, PyEvidenceRecord(record))?.into_any())
    }))
}
