//! Amazon ECS.

use artifact_deploy::connect::control;
use pyo3::prelude::*;

use super::Control;
use crate::failure::Result;
use crate::registry::{Timeouts, options};

/// Amazon ECS. What is not given comes from the environment, as for every AWS SDK.
///
/// Connections and credentials are kept, and requests are paced within the limits of ECS: use one
/// object for many calls.
#[pyclass(frozen, name = "EcsControl", module = "artifact_deploy")]
pub(crate) struct PyEcsControl(pub(super) Control);

#[pymethods]
impl PyEcsControl {
    /// `role_arn` is a role to assume. `timeouts` are seconds: `connect`, `read`, `attempt`,
    /// `operation`.
    #[new]
    #[pyo3(signature = (
        *, region=None, profile=None, role_arn=None, endpoint_url=None, timeouts=None
    ))]
    fn new(
        region: Option<String>,
        profile: Option<String>,
        role_arn: Option<String>,
        endpoint_url: Option<String>,
        timeouts: Option<Timeouts>,
    ) -> Result<Self> {
        let options = options("ecs", region, profile, role_arn, endpoint_url, timeouts);
        Ok(Self(control(options)?))
    }

    #[allow(
        clippy::unused_self,
        reason = "options may be secret, so none is shown"
    )]
    fn __repr__(&self) -> &'static str {
        "EcsControl()"
    }
}
