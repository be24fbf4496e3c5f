//! Versions: one build for one environment.

use artifact_deploy::Result;
use artifact_deploy::metadata::BuildMetadata;
use artifact_deploy::version::{RepositoryLayout, Run, Version};
use napi_derive::napi;
use serde::Deserialize;

use crate::failure::{Outcome, outcome};
use crate::json;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CreateOptions {
    release: Option<String>,
    run: Option<RunOption>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RunOption {
    Of(OfBuild),
    Given(GivenRun),
}

// Not `Run` itself: an untagged enum would hide what is wrong with it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenRun {
    id: u64,
    attempt: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum OfBuild {
    Build,
}

/// A new version, as JSON; metadata and options come as JSON text.
#[napi(catch_unwind)]
pub fn create_version(environment: String, metadata: String, options: String) -> Outcome<String> {
    let create = || {
        let metadata: BuildMetadata = json::read(&metadata)?;
        let options: CreateOptions = json::read(&options)?;
        let mut version = Version::new(environment.parse()?, &metadata)?;
        if let Some(release) = options.release {
            version = version.with_release(release.parse()?)?;
        }
        match options.run {
            None => {}
            Some(RunOption::Of(OfBuild::Build)) => version = version.with_run_of(&metadata)?,
            Some(RunOption::Given(run)) => {
                version = version.with_run(Run::new(run.id, run.attempt)?)?;
            }
        }
        json::write(&version)
    };
    outcome(create())
}

/// The version of a version id or tag, as JSON.
#[napi(catch_unwind)]
pub fn parse_version(text: String) -> Outcome<String> {
    outcome(
        text.parse::<Version>()
            .and_then(|version| json::write(&version)),
    )
}

/// The version of a tag in a repository of the environment's own, as JSON.
#[napi(catch_unwind)]
pub fn parse_version_tag_of(environment: String, tag: String) -> Outcome<String> {
    let parse = || json::write(&Version::parse_tag_of(&environment.parse()?, &tag)?);
    outcome(parse())
}

/// Versions in their order, as JSON; their ids or tags come as JSON text.
#[napi(catch_unwind)]
pub fn sort_versions(texts: String) -> Outcome<String> {
    json::pure(&texts, |texts: Vec<String>| {
        let versions = texts.iter().map(|text| text.parse::<Version>());
        let mut versions = versions.collect::<Result<Vec<_>>>()?;
        versions.sort();
        Ok(versions)
    })
}

/// The newest version of an environment among tags, as JSON; tags and layout come as JSON text.
#[napi(catch_unwind)]
pub fn newest_version(environment: String, tags: String, layout: String) -> Outcome<String> {
    let newest = || {
        let tags: Vec<String> = json::read(&tags)?;
        let layout: RepositoryLayout = json::read(&layout)?;
        json::write(&layout.newest(&environment.parse()?, tags))
    };
    outcome(newest())
}
