//! Before a push: whether a version is still unpublished.

use serde::Serialize;

use crate::image::{Digest, ImageSelector, RepositoryAddress, Tag};
use crate::ports::{ImageRegistry, Lookup, LookupDepth};
use crate::{Error, ErrorKind, Result};

/// Whether a tag is already in a registry.
///
/// JSON: `{"state": "unpublished"}` or `{"state": "published", "digest"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum Publication {
    /// The registry does not have it: push.
    Unpublished,
    /// The registry has it, and it is what was built, as far as that was told: nothing to do.
    Published {
        /// The digest that it has there.
        digest: Digest,
    },
}

/// Asks whether `tag` is still unpublished in `repository`. `digest` is what the build has, when it
/// is known already.
///
/// An answer of a moment: somebody else can push right after it. Only a repository with immutable
/// tags decides who is first.
///
/// # Errors
/// - `VersionConflict` when the tag is there with another digest: never push over it, build again
///   with a tag of its own.
/// - `ImageNotActive` when it is there but archived.
/// - What keeps the registry from answering, such as `RepositoryNotFound` or `AccessDenied`.
pub async fn publication(
    registry: &dyn ImageRegistry,
    repository: &RepositoryAddress,
    tag: &Tag,
    digest: Option<&Digest>,
) -> Result<Publication> {
    let selector = [ImageSelector::Tag(tag.clone())];
    let answers = registry
        .look_up(repository, &selector, LookupDepth::Digest)
        .await?;
    let published = match answers.into_iter().next() {
        Some(Lookup::Missing { .. }) => return Ok(Publication::Unpublished),
        Some(Lookup::Found(found)) => (Some(found.digest), None),
        Some(Lookup::Inactive { digest, state }) => (digest, Some(state)),
        Some(Lookup::Failed(error)) => return Err(error),
        None => {
            return Err(Error::new(
                ErrorKind::UnexpectedResponse,
                format!("the registry gave no answer for {repository}:{tag}"),
            ));
        }
    };
    match (published, digest) {
        ((Some(there), _), Some(ours)) if there != *ours => {
            Err(conflict(repository, tag, &there, ours))
        }
        ((Some(there), None), _) => Ok(Publication::Published { digest: there }),
        ((_, state), _) => Err(Error::new(
            ErrorKind::ImageNotActive,
            format!(
                "{repository}:{tag} is published, but cannot be pulled in the state {}; restore it, \
                 or build again with a tag of its own",
                state.as_deref().unwrap_or("unknown")
            ),
        )),
    }
}

fn conflict(repository: &RepositoryAddress, tag: &Tag, there: &Digest, ours: &Digest) -> Error {
    Error::new(
        ErrorKind::VersionConflict,
        format!(
            "{repository}:{tag} is already published as {there}, and this build has {ours}; do not \
             push over it: build again with a version of its own"
        ),
    )
    .with_details(serde_json::json!({ "published": there, "built": ours }))
}
