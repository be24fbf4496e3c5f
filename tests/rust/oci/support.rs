//! What the tests of OCI registries share.

use std::time::Duration;

use artifact_deploy::image::{ImageSelector, Repository, RepositoryAddress};
use artifact_deploy::oci::{OciOptions, OciRegistry, Timeouts};
use artifact_deploy::ports::{FoundImage, ImageRegistry as _, Lookup, LookupDepth};
use artifact_deploy::{Error, Result};

pub(crate) fn options() -> OciOptions {
    OciOptions::default().with_timeouts(
        Timeouts::default()
            .with_connect(Duration::from_secs(1))
            .with_read(Duration::from_millis(500))
            .with_attempt(Duration::from_secs(2))
            .with_operation(Duration::from_secs(8)),
    )
}

pub(crate) fn client() -> OciRegistry {
    OciRegistry::new(options()).unwrap()
}

pub(crate) fn tag(tag: &str) -> ImageSelector {
    ImageSelector::Tag(tag.parse().unwrap())
}

pub(crate) async fn one(
    registry: &OciRegistry,
    repository: &Repository,
    image: ImageSelector,
) -> Result<Lookup> {
    let address = RepositoryAddress::Full(repository.clone());
    let answers = registry
        .look_up(&address, &[image], LookupDepth::Manifest)
        .await?;
    Ok(answers.into_iter().next().unwrap())
}

pub(crate) fn found(lookup: Lookup) -> FoundImage {
    match lookup {
        Lookup::Found(found) => found,
        other => panic!("expected an image, got {other:?}"),
    }
}

/// Everything that an error shows, its causes included.
pub(crate) fn shown(error: &Error) -> String {
    format!("{error} {error:?}")
}
