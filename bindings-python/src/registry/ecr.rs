//! Amazon ECR.

use std::sync::Arc;

use artifact_deploy::connect::{connect, image_tags};
use artifact_deploy::ports::ImageTags;
use pyo3::prelude::*;
use serde_json::Value;

use super::{Registry, Timeouts, options};
use crate::failure::Result;

/// Amazon ECR. What is not given comes from the environment, as for every AWS SDK.
///
/// Connections and credentials are kept: use one object for many calls.
#[pyclass(frozen, name = "EcrRegistry", module = "artifact_deploy")]
pub(crate) struct PyEcrRegistry {
    pub(super) registry: Registry,
    options: Value,
}

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
        let options = options("ecr", region, profile, role_arn, endpoint_url, timeouts);
        Ok(Self {
            registry: connect(options.clone())?,
            options,
        })
    }

    #[allow(
        clippy::unused_self,
        reason = "options may be secret, so none is shown"
    )]
    fn __repr__(&self) -> &'static str {
        "EcrRegistry()"
    }
}

impl PyEcrRegistry {
    /// The same registry, to be written to.
    pub(super) fn tags(&self) -> Result<Arc<dyn ImageTags>> {
        Ok(image_tags(self.options.clone())?)
    }
}
