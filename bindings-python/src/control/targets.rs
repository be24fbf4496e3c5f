//! Elastic Load Balancing.

use artifact_deploy::connect::target_groups;
use pyo3::prelude::*;

use super::Targets;
use crate::failure::Result;
use crate::registry::{Timeouts, options};

/// The targets of load balancers, as Elastic Load Balancing tells their health.
///
/// The Region is that of each target group. What is not given comes from the environment.
#[pyclass(frozen, name = "LoadBalancerTargets", module = "artifact_deploy")]
pub(crate) struct PyLoadBalancerTargets(pub(super) Targets);

#[pymethods]
impl PyLoadBalancerTargets {
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
        let options = options("elb", region, profile, role_arn, endpoint_url, timeouts);
        Ok(Self(target_groups(options)?))
    }

    #[allow(
        clippy::unused_self,
        reason = "options may be secret, so none is shown"
    )]
    fn __repr__(&self) -> &'static str {
        "LoadBalancerTargets()"
    }
}
