//! One build for one environment.

use artifact_deploy::image::{RepositoryAddress, Tag};
use artifact_deploy::version::{Environment, Release, RepositoryLayout, Version};
use chrono::{DateTime, Utc};
use pyo3::prelude::*;

use super::{PyEnvironment, PyRun};
use crate::argument::{Layout, Text, Texts};
use crate::failure::Result;
use crate::json::{self, Object};
use crate::metadata::PyBuildMetadata;

/// One build for one environment: `pr-51/622d2103-20250820-124500`.
///
/// `str(version)` is the version id; `version.tag` is the same as a legal image tag. The order is
/// by time, then run, then attempt, never by text.
#[pyclass(
    frozen,
    eq,
    ord,
    hash,
    name = "Version",
    module = "artifact_deploy",
    from_py_object
)]
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PyVersion(pub(crate) Version);

#[pymethods]
impl PyVersion {
    /// The version of a build for an environment, from its commit and build time.
    ///
    /// `release` is a semantic version that is put in front of the commit. `run` tells two builds
    /// of one second apart: a `Run`, or `True` for the run that the metadata names.
    #[staticmethod]
    #[pyo3(
        name = "new",
        signature = (environment, metadata, *, release=None, run=None)
    )]
    fn create(
        environment: Text<Environment>,
        metadata: PyRef<'_, PyBuildMetadata>,
        release: Option<Text<Release>>,
        run: Option<RunArgument>,
    ) -> Result<Self> {
        let mut version = Version::new(environment.0, &metadata.0)?;
        if let Some(release) = release {
            version = version.with_release(release.0)?;
        }
        version = match run {
            None | Some(RunArgument::OfTheBuild(false)) => version,
            Some(RunArgument::OfTheBuild(true)) => version.with_run_of(&metadata.0)?,
            Some(RunArgument::Run(run)) => version.with_run(run.0)?,
        };
        Ok(Self(version))
    }

    /// Reads a version id or the tag of a version; anything else is an `InvalidVersionError`.
    #[staticmethod]
    fn parse(text: &str) -> Result<Self> {
        Ok(Self(text.parse()?))
    }

    /// Reads a tag of a repository that one environment has to itself.
    #[staticmethod]
    fn parse_tag_of(environment: Text<Environment>, tag: &str) -> Result<Self> {
        Ok(Self(Version::parse_tag_of(&environment.0, tag)?))
    }

    /// The inverse of `locate`: the repository without an environment, and the version.
    #[staticmethod]
    #[pyo3(signature = (repository, tag, *, layout=Layout(RepositoryLayout::Shared)))]
    fn identify(
        repository: Text<RepositoryAddress>,
        tag: Text<Tag>,
        layout: Layout,
    ) -> Result<(String, Self)> {
        let (base, version) = layout.0.identify(&repository.0, &tag.0)?;
        Ok((base.to_string(), Self(version)))
    }

    /// The repository and tag of this version, where `repository` is named without an environment.
    #[pyo3(signature = (repository, *, layout=Layout(RepositoryLayout::Shared)))]
    fn locate(
        &self,
        repository: Text<RepositoryAddress>,
        layout: Layout,
    ) -> Result<(String, String)> {
        let (repository, tag) = layout.0.locate(&repository.0, &self.0)?;
        Ok((repository.to_string(), tag.to_string()))
    }

    /// The version id, for people: `pr-51/622d2103-20250820-124500`.
    #[getter]
    fn id(&self) -> String {
        self.0.to_string()
    }

    /// The image tag: `pr-51-622d2103-20250820-124500`.
    #[getter]
    fn tag(&self) -> String {
        self.0.tag().to_string()
    }

    /// Where it is deployed.
    #[getter]
    fn environment(&self) -> PyEnvironment {
        PyEnvironment(self.0.environment().clone())
    }

    /// The first eight digits of the commit.
    #[getter]
    fn commit(&self) -> &str {
        self.0.commit().as_str()
    }

    /// When it was built, UTC, whole seconds.
    #[getter]
    fn time(&self) -> DateTime<Utc> {
        self.0.time()
    }

    /// The release, as it was given: `v1.4.2`.
    #[getter]
    fn release(&self) -> Option<String> {
        self.0.release().map(ToString::to_string)
    }

    /// The CI run.
    #[getter]
    fn run(&self) -> Option<PyRun> {
        self.0.run().map(PyRun)
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<Version> {
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
        format!("Version({:?})", self.0.to_string())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let parse = slf.get_type().getattr("parse")?;
        Ok((parse, (slf.get().0.to_string(),)))
    }
}

/// A run, or whether to take that of the build.
#[derive(FromPyObject)]
pub(crate) enum RunArgument {
    /// Whether to take that of the build.
    OfTheBuild(bool),
    /// This one.
    Run(PyRun),
}

/// The newest version of `environment` among the tags of its repository; tags that are no version
/// of it are passed over.
#[pyfunction]
#[pyo3(signature = (environment, tags, *, layout=Layout(RepositoryLayout::Shared)))]
pub(crate) fn newest_version(
    environment: Text<Environment>,
    tags: Texts,
    layout: Layout,
) -> Option<PyVersion> {
    layout.0.newest(&environment.0, tags.0).map(PyVersion)
}

/// A version, or its id as text that is written down as it is.
#[derive(FromPyObject)]
pub(crate) enum VersionId {
    /// The id as text.
    Text(String),
    /// The version.
    Version(PyVersion),
}

impl VersionId {
    /// The id as text.
    pub(crate) fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Version(version) => version.0.to_string(),
        }
    }
}
