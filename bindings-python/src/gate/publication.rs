//! Before a push: whether a version is still unpublished.

use artifact_deploy::gate::{self, Publication};
use artifact_deploy::image::{Digest, RepositoryAddress, Tag};
use pyo3::prelude::*;

use crate::argument::Text;
use crate::failure::Result;
use crate::job::Job;
use crate::json::Object;
use crate::registry::RegistryArgument;

/// Whether a tag is already in a registry.
#[pyclass(frozen, eq, name = "Publication", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PyPublication(Publication);

#[pymethods]
impl PyPublication {
    /// Whether the registry has it, and it is what was built, as far as that was told.
    #[getter]
    fn is_published(&self) -> bool {
        matches!(self.0, Publication::Published { .. })
    }

    /// The digest that it has there.
    #[getter]
    fn digest(&self) -> Option<&str> {
        match &self.0 {
            Publication::Published { digest } => Some(digest.as_str()),
            Publication::Unpublished => None,
        }
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<Publication> {
        Object(self.0.clone())
    }

    fn __repr__(&self) -> String {
        match self.digest() {
            Some(digest) => format!("Publication(digest={digest:?})"),
            None => "Publication(unpublished)".to_owned(),
        }
    }
}

/// The call behind `publication`.
#[pyfunction]
#[pyo3(signature = (registry, repository, tag, digest))]
pub(crate) fn publication(
    registry: Option<RegistryArgument>,
    repository: Text<RepositoryAddress>,
    tag: Text<Tag>,
    digest: Option<Text<Digest>>,
) -> Result<Job> {
    let registry = RegistryArgument::or_default(registry)?;
    let work = move |_reporter| async move {
        let digest = digest.map(|digest| digest.0);
        gate::publication(&*registry, &repository.0, &tag.0, digest.as_ref()).await
    };
    Ok(Job::new(work, |py, publication| {
        Ok(Bound::new(py, PyPublication(publication))?.into_any())
    }))
}
