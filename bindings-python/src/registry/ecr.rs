//! Amazon ECR.

use pyo3::prelude::*;

use super::{Registry, Timeouts, from_options};
use crate::failure::Result;

/// Amazon ECR. What is not given comes from the environment, as for every AWS SDK.
///
/// Connections and credentials are kept: use one object for many calls.
#[pyclass(frozen, name = "EcrRegistry", module = "artifact_deploy")]
pub(crate) struct PyEcrRegistry(pub(super) Registry);

#[pymethods]
impl PyEcrRegistry {
    /// `region` is that of repositories without a host; the Region in a host goes before it.
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
        let options = [
            ("region", region.map(Into::into)),
            ("profile", profile.map(Into::into)),
            ("roleArn", role_arn.map(Into::into)),
            ("endpointUrl", endpoint_url.map(Into::into)),
            ("timeouts", timeouts.map(|timeouts| timeouts.0.into())),
        ];
        from_options("ecr", options).map(Self)
    }

    #[allow(
        clippy::unused_self,
        reason = "options may be secret, so none is shown"
    )]
    fn __repr__(&self) -> &'static str {
        "EcrRegistry()"
    }
}
