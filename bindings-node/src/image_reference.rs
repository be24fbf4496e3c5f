//! Image references and the repositories in them.

use artifact_deploy::image::{
    Digest, ImageReference, Repository, RepositoryAddress, RepositoryName,
};
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::json;

/// An image reference taken apart, as JSON.
#[napi(catch_unwind)]
pub fn parse_image_reference(text: String) -> Outcome<String> {
    let reference = text.parse::<ImageReference>();
    outcome(reference.and_then(|reference| json::write(&reference.parts())))
}

/// The reference pinned to a digest and taken apart, as JSON.
#[napi(catch_unwind)]
pub fn pin_image_reference(text: String, digest: String) -> Outcome<String> {
    let pin = || {
        let digest: Digest = digest.parse()?;
        let reference: ImageReference = text.parse()?;
        json::write(&reference.pinned_to(&digest).parts())
    };
    outcome(pin())
}

/// What Docker makes of a reference, taken apart, as JSON.
#[napi(catch_unwind)]
pub fn image_reference_on_docker_hub(text: String) -> Outcome<String> {
    let on_docker_hub = || json::write(&text.parse::<ImageReference>()?.on_docker_hub()?.parts());
    outcome(on_docker_hub())
}

/// A repository address taken apart, as JSON.
#[napi(catch_unwind)]
pub fn parse_repository(text: String) -> Outcome<String> {
    let address = text.parse::<RepositoryAddress>();
    outcome(address.and_then(|address| json::write(&address.parts())))
}

/// Checks the name of a repository within its registry.
#[napi(catch_unwind)]
pub fn parse_repository_name(text: String) -> Outcome<String> {
    outcome(text.parse().map(|name: RepositoryName| name.to_string()))
}

/// A repository in private ECR, taken apart, as JSON.
#[napi(catch_unwind)]
pub fn ecr_repository(account: String, region: String, name: String) -> Outcome<String> {
    let repository = || {
        let repository = Repository::in_ecr(&account, &region, &name.parse()?)?;
        json::write(&RepositoryAddress::from(repository).parts())
    };
    outcome(repository())
}

/// Whether two addresses with hosts name the same repository, as JSON.
#[napi(catch_unwind)]
pub fn is_same_repository(one: String, other: String) -> Outcome<String> {
    let same = || {
        let one: Repository = one.parse()?;
        json::write(&one.is_same_as(&other.parse()?))
    };
    outcome(same())
}
