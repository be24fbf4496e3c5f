//! Any registry that speaks the OCI distribution protocol.

use pyo3::prelude::*;

use super::{Registry, Timeouts, from_options};
use crate::failure::Result;

/// Any registry that speaks the OCI distribution protocol: anonymously, with a user name and
/// password, or with a bearer token.
///
/// Connections and tokens are kept: use one object for many calls.
#[pyclass(frozen, name = "OciRegistry", module = "artifact_deploy")]
pub(crate) struct PyOciRegistry(pub(super) Registry);

#[pymethods]
impl PyOciRegistry {
    /// `registry` is the host, with its port where it has one, that the credentials are for: they
    /// need it, and no other host is told them. `plain_http` allows or forbids HTTP without TLS; by
    /// default it is used for loopback addresses only. `timeouts` are seconds: `connect`, `read`,
    /// `attempt`, `operation`.
    #[new]
    #[pyo3(signature = (
        *, registry=None, username=None, password=None, token=None, plain_http=None, timeouts=None
    ))]
    fn new(
        registry: Option<String>,
        username: Option<String>,
        password: Option<String>,
        token: Option<String>,
        plain_http: Option<bool>,
        timeouts: Option<Timeouts>,
    ) -> Result<Self> {
        let options = [
            ("registry", registry.map(Into::into)),
            ("username", username.map(Into::into)),
            ("password", password.map(Into::into)),
            ("token", token.map(Into::into)),
            ("plainHttp", plain_http.map(Into::into)),
            ("timeouts", timeouts.map(|timeouts| timeouts.0.into())),
        ];
        from_options("oci", options).map(Self)
    }

    #[allow(
        clippy::unused_self,
        reason = "options may be secret, so none is shown"
    )]
    fn __repr__(&self) -> &'static str {
        "OciRegistry()"
    }
}
