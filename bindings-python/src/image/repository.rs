//! Where images are kept.

use artifact_deploy::image::{Repository, RepositoryAddress, RepositoryName, RepositoryParts};
use pyo3::prelude::*;

use super::PyEcrHost;
use crate::argument::Text;
use crate::failure::Result;
use crate::json::{self, Object};

/// A repository: its name, with the host of its registry or without.
///
/// `123456789012.dkr.ecr.eu-central-1.amazonaws.com/my/app`, `localhost:5000/app`, or `my/app`
/// alone, which means the account and Region of the credentials. Docker Hub is never assumed.
#[pyclass(frozen, eq, hash, name = "Repository", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct PyRepository(pub(crate) RepositoryAddress);

#[pymethods]
impl PyRepository {
    /// Reads a repository; anything else is an `InvalidRepositoryError`.
    #[new]
    fn new(text: Text<RepositoryAddress>) -> Self {
        Self(text.0)
    }

    /// The repository in private ECR, with the host of the partition of the Region.
    #[staticmethod]
    fn in_ecr(account: &str, region: &str, name: &str) -> Result<Self> {
        let repository = Repository::in_ecr(account, region, &name.parse()?)?;
        Ok(Self(repository.into()))
    }

    /// Checks a name without a host, and gives it back.
    #[staticmethod]
    fn check_name(name: &str) -> Result<String> {
        Ok(name.parse::<RepositoryName>()?.to_string())
    }

    /// The name within the registry.
    #[getter]
    fn name(&self) -> &str {
        self.0.name().as_str()
    }

    /// The host of the registry, with its port, where it is named.
    #[getter]
    fn host(&self) -> Option<&str> {
        self.0.host()
    }

    /// Account, Region and form of the host, when it is one of private ECR.
    #[getter]
    fn ecr(&self) -> Option<PyEcrHost> {
        self.0.repository().and_then(Repository::ecr).map(PyEcrHost)
    }

    /// Whether it is in ECR Public.
    #[getter]
    fn is_ecr_public(&self) -> bool {
        self.0.repository().is_some_and(Repository::is_ecr_public)
    }

    /// Whether both name the same repository, under whatever host. Both must have one.
    fn is_same_as(&self, other: Text<RepositoryAddress>) -> Result<bool> {
        let with_host = |address: &RepositoryAddress| address.to_string().parse::<Repository>();
        Ok(with_host(&self.0)?.is_same_as(&with_host(&other.0)?))
    }

    /// Its parts, as Python values.
    fn to_dict(&self) -> Object<RepositoryParts> {
        Object(self.0.parts())
    }

    /// Its parts, as JSON text.
    fn to_json(&self) -> Result<String> {
        json::text(&self.0.parts())
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("Repository({:?})", self.0.to_string())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, (String,)) {
        (slf.get_type().into_any(), (slf.get().0.to_string(),))
    }
}
