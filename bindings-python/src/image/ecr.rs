//! What the host of a private ECR registry says.

use artifact_deploy::image::EcrHost;
use pyo3::prelude::*;

use crate::failure::Result;
use crate::json::{self, Object};

/// What the host of a private ECR registry says: account, Region and form.
#[pyclass(frozen, eq, hash, name = "EcrHost", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct PyEcrHost(pub(crate) EcrHost);

#[pymethods]
impl PyEcrHost {
    /// The account: 12 digits.
    #[getter]
    fn account(&self) -> &str {
        self.0.account()
    }

    /// The Region: `eu-central-1`.
    #[getter]
    fn region(&self) -> &str {
        self.0.region()
    }

    /// The partition: `aws`, `aws-cn`, …
    #[getter]
    fn partition(&self) -> &'static str {
        self.0.partition()
    }

    /// What its domain ends with: `amazonaws.com`.
    #[getter]
    fn suffix(&self) -> &'static str {
        self.0.suffix()
    }

    /// Whether it is a FIPS endpoint.
    #[getter]
    fn is_fips(&self) -> bool {
        self.0.is_fips()
    }

    /// Whether it has IPv6 too.
    #[getter]
    fn is_dual_stack(&self) -> bool {
        self.0.is_dual_stack()
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<EcrHost> {
        Object(self.0.clone())
    }

    /// The one JSON form, as text.
    fn to_json(&self) -> Result<String> {
        json::text(&self.0)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("EcrHost({:?})", self.0.to_string())
    }
}
