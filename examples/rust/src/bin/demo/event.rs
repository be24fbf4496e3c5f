//! Where an image comes from, and what it is called.

use artifact_deploy::metadata::{Variables, compact, detect, parse_time};
use artifact_deploy::version::alias;
use artifact_deploy::{Error, ErrorKind, Result};

use crate::print::{chapter, row};
use crate::ship::Release;

const EVENT: &str = include_str!("pull_request.json");

/// Reads the event of a pull request and names its build.
pub(crate) fn read_and_name() -> Result<Release> {
    chapter("2  A version of its own for each build: never the same tag twice");
    let variables: Variables = [
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_EVENT_NAME", "pull_request"),
        ("GITHUB_REF", "refs/pull/51/merge"),
        ("GITHUB_HEAD_REF", "feat/faster-search"),
        ("GITHUB_BASE_REF", "main"),
        // The merge commit, which is on no branch: not what was reviewed.
        ("GITHUB_SHA", "9e107d9d372bb6826bd81d3542a419d6fd3eb50c"),
        ("GITHUB_SERVER_URL", "https://github.com"),
        ("GITHUB_REPOSITORY", "macro-ai/macro-ai"),
        ("GITHUB_RUN_ID", "17039281234"),
        ("GITHUB_RUN_NUMBER", "812"),
        ("GITHUB_RUN_ATTEMPT", "1"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    let event = serde_json::from_str(EVENT).map_err(|error| {
        Error::new(ErrorKind::InvalidMetadata, "the event is not JSON").with_source(error)
    })?;
    let time = parse_time("2025-08-20T12:45:00Z")?;
    let release = Release::of(detect(&variables, Some(&event), None, time)?)?;
    let build = &release.build;
    row("commit", build.commit().as_str());
    row("branch", build.branch().unwrap_or("none"));
    row("built at", &compact(build.build_time()));
    row("version", &release.version.to_string());
    row("image tag", release.version.tag().as_str());
    row("alias", alias(release.version.environment()).as_str());
    Ok(release)
}
