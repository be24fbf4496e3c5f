//! Where an image comes from.

use artifact_deploy::image::{Digest, Tag};
use artifact_deploy::metadata::{BuildMetadata, Commit, GitFacts, Provider, detect};
use artifact_deploy::{ErrorKind, Result as CoreResult};
use chrono::{DateTime, Utc};
use pyo3::prelude::*;

use crate::argument::{Text, Time, Variables};
use crate::failure::Result;
use crate::json::{self, Object, ObjectArgument};
use crate::version::VersionId;

type Pairs = Vec<(String, String)>;

/// Where an image comes from: commit, time, branch, CI run.
#[pyclass(frozen, eq, name = "BuildMetadata", module = "artifact_deploy")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PyBuildMetadata(pub(crate) BuildMetadata);

#[pymethods]
impl PyBuildMetadata {
    /// Metadata from values of your own. Every text is checked; none may have control characters.
    #[new]
    #[pyo3(signature = (
        commit, build_time, *, branch=None, git_tag=None, run_id=None, run_number=None,
        run_attempt=None, pr_number=None, source_url=None, merge_commit=None, provider=None
    ))]
    #[allow(
        clippy::too_many_arguments,
        reason = "keyword arguments, all but two optional"
    )]
    fn new(
        commit: Text<Commit>,
        build_time: Time,
        branch: Option<String>,
        git_tag: Option<String>,
        run_id: Option<String>,
        run_number: Option<u64>,
        run_attempt: Option<u32>,
        pr_number: Option<u64>,
        source_url: Option<String>,
        merge_commit: Option<Text<Commit>>,
        provider: Option<Text<Provider>>,
    ) -> Result<Self> {
        let build = BuildMetadata::new(commit.0, build_time.0);
        let build = set(build, branch, BuildMetadata::with_branch)?;
        let build = set(build, git_tag, BuildMetadata::with_git_tag)?;
        let build = set(build, run_id, BuildMetadata::with_run_id)?;
        let build = set(build, run_number, BuildMetadata::with_run_number)?;
        let build = set(build, run_attempt, BuildMetadata::with_run_attempt)?;
        let build = set(build, pr_number, BuildMetadata::with_pr_number)?;
        let build = set(build, source_url, BuildMetadata::with_source_url)?;
        let build = set(build, merge_commit, |build, commit| {
            Ok(build.with_merge_commit(commit.0))
        })?;
        let build = set(build, provider, |build, provider| {
            Ok(build.with_provider(provider.0))
        })?;
        Ok(Self(build))
    }

    /// Reads the metadata of this CI run: the environment (or `variables`), the event file that it
    /// names, and git in the current directory where the variables leave the commit open.
    ///
    /// `now` is the build time where `BUILD_TIME` does not say. A pull request gives its head
    /// commit, never the merge commit.
    #[staticmethod]
    #[pyo3(name = "detect", signature = (variables=None, *, now=None))]
    fn detect_here(
        py: Python<'_>,
        variables: Option<Variables>,
        now: Option<Time>,
    ) -> Result<Self> {
        let variables = Variables::or_environment(py, variables)?;
        let now = now.map_or_else(Utc::now, |now| now.0);
        // Git is a process of its own.
        Ok(Self(py.detach(|| BuildMetadata::detect(&variables, now))?))
    }

    /// As `detect`, decided from these values alone: no file, no git, no clock.
    ///
    /// `event` is the payload of the event; `git` is `{"head", "branch"?, "tag"?, "remoteUrl"?}`.
    #[staticmethod]
    #[pyo3(signature = (variables, *, now, event=None, git=None))]
    fn detect_from(
        variables: Variables,
        now: Time,
        event: Option<ObjectArgument>,
        git: Option<ObjectArgument>,
    ) -> Result<Self> {
        let event = event.map(|event| event.read(ErrorKind::InvalidMetadata, "the event payload"));
        let git = git.map(|git| git.read(ErrorKind::InvalidArgument, "what git says"));
        let event: Option<serde_json::Value> = event.transpose()?;
        let git: Option<GitFacts> = git.transpose()?;
        Ok(Self(detect(
            &variables.0,
            event.as_ref(),
            git.as_ref(),
            now.0,
        )?))
    }

    /// The metadata in the environment of a running container (or in `variables`).
    ///
    /// What is missing, empty or `unknown` is not known; without commit and build time this is a
    /// `MetadataNotFoundError`. `RunningImage` gives what little there is.
    #[staticmethod]
    #[pyo3(signature = (variables=None))]
    fn from_environment(py: Python<'_>, variables: Option<Variables>) -> Result<Self> {
        let variables = Variables::or_environment(py, variables)?;
        Ok(Self(BuildMetadata::from_environment(&variables)?))
    }

    /// The metadata in the labels of an image.
    #[staticmethod]
    fn from_labels(labels: Variables) -> Result<Self> {
        Ok(Self(BuildMetadata::from_labels(&labels.0)?))
    }

    /// Reads the one JSON form, as text or as a mapping.
    #[staticmethod]
    fn from_json(value: ObjectArgument) -> Result<Self> {
        Ok(Self(BuildMetadata::from_json(&value.0)?))
    }

    /// The docker build arguments `BUILD_TIME`, `COMMIT_SHA`, `BRANCH`, `WORKFLOW_RUN_ID` and
    /// `PR_NUMBER`, as pairs. What is not known is left out.
    fn build_args(&self) -> Pairs {
        self.0.build_args()
    }

    /// The same as arguments for `docker buildx build`: `--build-arg`, `NAME=value`, … Each is one
    /// argument of a process: never join them for a shell.
    fn build_arg_arguments(&self) -> Vec<String> {
        self.0.build_arg_arguments()
    }

    /// The image labels (`org.opencontainers.image.revision`, …), as pairs.
    #[pyo3(signature = (version=None))]
    fn labels(&self, version: Option<VersionId>) -> Pairs {
        self.0.labels(version.map(VersionId::into_text).as_deref())
    }

    /// The same as arguments for `docker buildx build`: `--label`, `key=value`, …
    #[pyo3(signature = (version=None))]
    fn label_arguments(&self, version: Option<VersionId>) -> Vec<String> {
        self.0
            .label_arguments(version.map(VersionId::into_text).as_deref())
    }

    /// The environment of the container, as pairs: `IMAGE_TAG` and `IMAGE_DIGEST` when given,
    /// `COMMIT_SHA`, `BUILD_TIME`, and all else that is known.
    #[pyo3(signature = (tag=None, digest=None))]
    fn container_environment(&self, tag: Option<Text<Tag>>, digest: Option<Text<Digest>>) -> Pairs {
        let (tag, digest) = (tag.map(|tag| tag.0), digest.map(|digest| digest.0));
        self.0.container_environment(tag.as_ref(), digest.as_ref())
    }

    /// The outputs of a CI step, as pairs: `commit`, `build-time`, `branch`, …
    fn outputs(&self) -> Pairs {
        self.0.outputs()
    }

    /// The commit that was built: of a pull request its head, never the merge commit.
    #[getter]
    fn commit(&self) -> &str {
        self.0.commit().as_str()
    }

    /// When it was built, UTC, whole seconds.
    #[getter]
    fn build_time(&self) -> DateTime<Utc> {
        self.0.build_time()
    }

    /// The branch; of a pull request the branch that it comes from.
    #[getter]
    fn branch(&self) -> Option<&str> {
        self.0.branch()
    }

    /// The git tag that was built.
    #[getter]
    fn git_tag(&self) -> Option<&str> {
        self.0.git_tag()
    }

    /// The id of the CI run, as the CI system writes it.
    #[getter]
    fn run_id(&self) -> Option<&str> {
        self.0.run_id()
    }

    /// The number of the CI run, where the system counts them.
    #[getter]
    fn run_number(&self) -> Option<u64> {
        self.0.run_number()
    }

    /// The attempt of the run, from 1.
    #[getter]
    fn run_attempt(&self) -> Option<u32> {
        self.0.run_attempt()
    }

    /// The number of the pull or merge request.
    #[getter]
    fn pr_number(&self) -> Option<u64> {
        self.0.pr_number()
    }

    /// Where the source code is.
    #[getter]
    fn source_url(&self) -> Option<&str> {
        self.0.source_url()
    }

    /// The merge commit that the CI system checked out, when it is not the one that counts.
    #[getter]
    fn merge_commit(&self) -> Option<&str> {
        self.0.merge_commit().map(Commit::as_str)
    }

    /// What it was read from: `github-actions`, `gitlab-ci`, …, `git`.
    #[getter]
    fn provider(&self) -> Option<&'static str> {
        self.0.provider().map(Provider::as_str)
    }

    /// The one JSON form, as Python values.
    fn to_dict(&self) -> Object<BuildMetadata> {
        Object(self.0.clone())
    }

    /// The one JSON form, as text.
    fn to_json(&self) -> Result<String> {
        json::text(&self.0)
    }

    fn __repr__(&self) -> Result<String> {
        Ok(format!("BuildMetadata({})", json::text(&self.0)?))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> Result<(Bound<'py, PyAny>, (String,))> {
        let read = slf.get_type().getattr("from_json")?;
        Ok((read, (json::text(&slf.get().0)?,)))
    }
}

/// Sets a member that was given.
fn set<T>(
    build: BuildMetadata,
    value: Option<T>,
    with: impl FnOnce(BuildMetadata, T) -> CoreResult<BuildMetadata>,
) -> Result<BuildMetadata> {
    match value {
        Some(value) => Ok(with(build, value)?),
        None => Ok(build),
    }
}
