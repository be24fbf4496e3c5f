//! `PutImage`: a tag for an image that is there.

use async_trait::async_trait;
use aws_sdk_ecr::operation::put_image::PutImageError;
use bytes::Bytes;
use serde_json::json;

use super::registry::EcrRegistry;
use super::repository::{EcrRepository, digest as read_digest};
use crate::image::{Digest, ImageSelector, Repository, Tag};
use crate::ports::{ImageTags, Lookup, LookupDepth};
use crate::{Error, ErrorKind, Result};

/// Needs `ecr:PutImage`. ECR hashes the manifest itself and refuses bytes that are not the image.
/// Sending it again does no harm, so the SDK may.
#[async_trait]
impl ImageTags for EcrRegistry {
    async fn put_tag(
        &self,
        repository: &Repository,
        tag: &Tag,
        digest: &Digest,
        manifest: &Bytes,
        media_type: &str,
    ) -> Result<()> {
        let opened = self.open(repository).await?;
        let Ok(manifest) = std::str::from_utf8(manifest) else {
            return Err(Error::new(
                ErrorKind::InvalidManifest,
                format!("the manifest of {repository}@{digest} is not text"),
            ));
        };
        let sent = opened
            .client()
            .put_image()
            .set_registry_id(opened.account().map(str::to_owned))
            .repository_name(opened.name().as_str())
            .image_tag(tag.as_str())
            .image_digest(digest.as_str())
            .image_manifest(manifest)
            .image_manifest_media_type(media_type)
            .send()
            .await;
        match sent {
            Ok(output) => {
                let id = output.image().and_then(|image| image.image_id());
                let stored = read_digest(id.and_then(|id| id.image_digest()), &opened)?;
                if stored == *digest {
                    return Ok(());
                }
                Err(other_bytes(repository, tag, digest).with_details(json!({
                    "published": stored,
                    "built": digest,
                })))
            }
            // What was to be is.
            Err(error)
                if error
                    .as_service_error()
                    .is_some_and(PutImageError::is_image_already_exists_exception) =>
            {
                Ok(())
            }
            Err(error) => {
                let error = opened.call("PutImage").failed(&error);
                Err(match error.kind() {
                    ErrorKind::VersionConflict => taken(&opened, repository, tag, digest)
                        .await
                        .with_source(error),
                    ErrorKind::DigestMismatch => {
                        other_bytes(repository, tag, digest).with_source(error)
                    }
                    ErrorKind::ContentIncomplete => incomplete(repository, tag, digest, error),
                    _ => error,
                })
            }
        }
    }
}

/// The tag is immutable and there. Where it leads to is asked for the message alone.
async fn taken(
    opened: &EcrRepository,
    repository: &Repository,
    tag: &Tag,
    digest: &Digest,
) -> Error {
    let selector = [ImageSelector::Tag(tag.clone())];
    let answers = opened.look_up(&selector, LookupDepth::Digest).await;
    let published = match answers.unwrap_or_default().into_iter().next() {
        Some(Lookup::Found(found)) => Some(found.digest),
        Some(Lookup::Inactive { digest, .. }) => digest,
        _ => None,
    };
    let elsewhere = published
        .as_ref()
        .map_or_else(|| "another image".to_owned(), ToString::to_string);
    Error::new(
        ErrorKind::VersionConflict,
        format!(
            "tag {repository}:{tag} is immutable and leads to {elsewhere}, not to {digest}; give \
             the image a tag of its own"
        ),
    )
    .with_details(json!({ "published": published, "built": digest }))
}

fn other_bytes(repository: &Repository, tag: &Tag, digest: &Digest) -> Error {
    Error::new(
        ErrorKind::DigestMismatch,
        format!(
            "the manifest given for {repository}:{tag} is not that of {digest}; read it from the \
             registry again"
        ),
    )
}

fn incomplete(repository: &Repository, tag: &Tag, digest: &Digest, error: Error) -> Error {
    let details = error.details().cloned().unwrap_or_default();
    Error::new(
        ErrorKind::ContentIncomplete,
        format!(
            "{repository} does not have all that {digest} refers to, so {tag} cannot lead to it; \
             copy the whole image into the repository first"
        ),
    )
    .with_details(details)
    .with_source(error)
}
