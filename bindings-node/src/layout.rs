//! Where the images of a version stand.

use artifact_deploy::image::RepositoryAddress;
use artifact_deploy::version::{RepositoryLayout, Version};
use napi_derive::napi;
use serde_json::json;

use crate::failure::{Outcome, outcome};
use crate::json;

/// Repository and tag of a version, as JSON; the layout comes as JSON text.
#[napi(catch_unwind)]
pub fn locate_version(layout: String, repository: String, version: String) -> Outcome<String> {
    let locate = || {
        let layout: RepositoryLayout = json::read(&layout)?;
        let base: RepositoryAddress = repository.parse()?;
        let (repository, tag) = layout.locate(&base, &version.parse()?)?;
        json::write(&json!({ "repository": repository, "tag": tag }))
    };
    outcome(locate())
}

/// Base repository and version of an image, as JSON; the layout comes as JSON text.
#[napi(catch_unwind)]
pub fn identify_version(layout: String, repository: String, tag: String) -> Outcome<String> {
    let identify = || {
        let layout: RepositoryLayout = json::read(&layout)?;
        let repository: RepositoryAddress = repository.parse()?;
        let (base, version): (_, Version) = layout.identify(&repository, &tag.parse()?)?;
        json::write(&json!({ "repository": base, "version": version }))
    };
    outcome(identify())
}
