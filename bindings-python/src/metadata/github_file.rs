//! Step outputs and environment of GitHub Actions.

use std::path::PathBuf;

use artifact_deploy::metadata::GithubFile;
use pyo3::prelude::*;

use crate::argument::Variables;
use crate::failure::Result;

/// The file behind `GITHUB_OUTPUT` or `GITHUB_ENV`, written so that no value can set another name.
#[pyclass(frozen, name = "GithubFile", module = "artifact_deploy")]
pub(crate) struct PyGithubFile(GithubFile);

#[pymethods]
impl PyGithubFile {
    /// The file for step outputs: that of `GITHUB_OUTPUT`, or the one at `path`.
    #[staticmethod]
    #[pyo3(signature = (path=None))]
    fn output(py: Python<'_>, path: Option<PathBuf>) -> Result<Self> {
        Ok(Self(match path {
            Some(path) => GithubFile::output_at(path),
            None => GithubFile::output(&Variables::or_environment(py, None)?)?,
        }))
    }

    /// The file for the environment of later steps: that of `GITHUB_ENV`, or the one at `path`.
    #[staticmethod]
    #[pyo3(signature = (path=None))]
    fn environment(py: Python<'_>, path: Option<PathBuf>) -> Result<Self> {
        Ok(Self(match path {
            Some(path) => GithubFile::environment_at(path),
            None => GithubFile::environment(&Variables::or_environment(py, None)?)?,
        }))
    }

    /// Appends the entries, pairs of name and value: all of them, or on an error of the entries none.
    fn append(&self, entries: Vec<(String, String)>) -> Result<()> {
        Ok(self.0.append(&entries)?)
    }

    /// Where it is.
    #[getter]
    fn path(&self) -> PathBuf {
        self.0.path().to_owned()
    }

    fn __repr__(&self) -> String {
        format!("GithubFile('{}')", self.0.path().display())
    }
}
