//! Step outputs and environment of GitHub Actions.

use artifact_deploy::metadata::{GithubFile, Variables};
use napi_derive::napi;
use serde::Deserialize;

use crate::failure::{Outcome, outcome};
use crate::json;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    entries: Vec<(String, String)>,
    /// Where to write; else the file that the variables name.
    path: Option<String>,
    variables: Variables,
}

/// Appends step outputs. The request comes as JSON text; the path of the file comes back.
#[napi(catch_unwind)]
pub fn write_github_output(request: String) -> Outcome<String> {
    append(&request, GithubFile::output_at, GithubFile::output)
}

/// Appends variables of later steps.
#[napi(catch_unwind)]
pub fn write_github_environment(request: String) -> Outcome<String> {
    append(
        &request,
        GithubFile::environment_at,
        GithubFile::environment,
    )
}

fn append(
    request: &str,
    at: impl FnOnce(String) -> GithubFile,
    named: impl FnOnce(&Variables) -> artifact_deploy::Result<GithubFile>,
) -> Outcome<String> {
    let write = || {
        let request: Request = json::read(request)?;
        let file = match request.path {
            Some(path) => at(path),
            None => named(&request.variables)?,
        };
        file.append(&request.entries)?;
        Ok(file.path().display().to_string())
    };
    outcome(write())
}
