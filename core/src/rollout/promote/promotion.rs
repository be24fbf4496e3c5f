//! Giving a verified image the version of another environment.

use bytes::Bytes;
use serde::Serialize;

use crate::gate::{Gate, ImageQuery, Publication, VerifiedImage, publication};
use crate::image::{Digest, ImageSelector, RepositoryAddress};
use crate::ports::{ImageRegistry, ImageTags, Lookup, LookupDepth};
use crate::version::{Environment, Version};
use crate::{Error, ErrorKind, Result};

/// An image that has the version of another environment beside its own.
///
/// JSON: `{"from", "version", "alreadyThere", "image": VerifiedImage}`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Promotion {
    from: Version,
    version: Version,
    already_there: bool,
    image: VerifiedImage,
}

impl Promotion {
    /// The version that was promoted.
    pub fn from(&self) -> &Version {
        &self.from
    }

    /// The version that it has in the other environment: the same commit, build time and run.
    pub fn version(&self) -> &Version {
        &self.version
    }

    /// Whether the registry had the new tag already, with the same digest: a repeated promotion
    /// changes nothing.
    pub fn already_there(&self) -> bool {
        self.already_there
    }

    /// The image as the gate found it under the new tag, with the digest that was promoted.
    pub fn image(&self) -> &VerifiedImage {
        &self.image
    }
}

/// Gives `image` the version of the environment `to`, in the same repository.
///
/// `image` has to be named by the tag of its version. The manifest is read once more, hashed, and
/// put under the new tag as it came; then `gate` looks the new tag up, and what it finds must have
/// the same digest. Nothing is pulled and no layer is copied, so an environment with a repository of
/// its own cannot be promoted to in this way.
///
/// # Errors
/// `InvalidVersion` when the image does not have the tag of a version, `InvalidArgument` when it is
/// one of `to` already; `VersionConflict` when the new tag leads to other bytes; `DigestMismatch`
/// when the bytes are not those that were verified; and those of the gate and the registry.
pub async fn promote(
    registry: &dyn ImageRegistry,
    tags: &dyn ImageTags,
    gate: &Gate,
    image: &VerifiedImage,
    to: Environment,
) -> Result<Promotion> {
    let from = version_of(image)?;
    if *from.environment() == to {
        return Err(Error::new(
            ErrorKind::InvalidArgument,
            format!("{from} is a version of {to} already; promote it to another environment"),
        ));
    }
    let version = from.in_environment(to)?;
    let tag = version.tag();
    let address = RepositoryAddress::Full(image.repository().clone());
    let there = publication(registry, &address, &tag, Some(image.digest())).await?;
    let already_there = matches!(there, Publication::Published { .. });
    if !already_there {
        let (manifest, media_type) = manifest_of(registry, &address, image).await?;
        tags.put_tag(
            image.repository(),
            &tag,
            image.digest(),
            &manifest,
            &media_type,
        )
        .await?;
    }
    let query = ImageQuery::by_tag(address, tag).expecting_digest(image.digest().clone());
    let promoted = gate.resolve(registry, &query).await?;
    // The gate is content with an index that has the digest as a child: a promotion is not.
    if promoted.digest() != image.digest() {
        return Err(not_the_same(image, promoted.digest()));
    }
    Ok(Promotion {
        from,
        version,
        already_there,
        image: promoted,
    })
}

fn version_of(image: &VerifiedImage) -> Result<Version> {
    let Some(tag) = image.tag() else {
        return Err(Error::new(
            ErrorKind::InvalidVersion,
            format!(
                "{image} was resolved by its digest alone; resolve it by the tag of its version, so \
                 that it is known which version is promoted"
            ),
        ));
    };
    tag.as_str().parse()
}

/// The exact bytes that the digest stands for, and their media type.
pub(super) async fn manifest_of(
    registry: &dyn ImageRegistry,
    address: &RepositoryAddress,
    image: &VerifiedImage,
) -> Result<(Bytes, String)> {
    let selector = [ImageSelector::Digest(image.digest().clone())];
    let answers = registry
        .look_up(address, &selector, LookupDepth::Manifest)
        .await?;
    let found = match answers.into_iter().next() {
        Some(Lookup::Found(found)) => found,
        Some(Lookup::Failed(error)) => return Err(error),
        Some(Lookup::Missing { .. } | Lookup::Inactive { .. }) | None => {
            return Err(Error::new(
                ErrorKind::ImageNotFound,
                format!("{image} passed the gate and is gone since; push it again"),
            ));
        }
    };
    let manifest = found.manifest.ok_or_else(|| {
        Error::new(
            ErrorKind::UnexpectedResponse,
            format!("the registry gave no manifest for {image}"),
        )
    })?;
    let actual = Digest::of(&manifest);
    if actual != *image.digest() {
        return Err(not_the_same(image, &actual));
    }
    let media_type = found.media_type.or(image.media_type().map(str::to_owned));
    Ok((manifest, media_type.unwrap_or_default()))
}

fn not_the_same(image: &VerifiedImage, actual: &Digest) -> Error {
    Error::new(
        ErrorKind::DigestMismatch,
        format!(
            "what was to be promoted is {image}, and the registry gave {actual}; nothing may be \
             deployed from it: look at who writes to this repository"
        ),
    )
}
