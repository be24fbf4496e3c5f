//! Passing the images of a revision that exists through the gate.

use serde_json::json;

use super::request::VerifiedImages;
use crate::gate::{Gate, ImageQuery};
use crate::image::{ImageReference, ImageSelector};
use crate::metadata::IMAGE_TAG;
use crate::ports::{ImageRegistry, RegisteredTaskDefinition};
use crate::service::RevisionImage;
use crate::{Error, ErrorKind, Result};

/// Passes the images that a revision names through `gate`, so that the revision can be deployed:
/// what was good once may be deleted, archived or expired since.
///
/// An image that is pinned is looked up by its digest. One that is named by a tag passes only when
/// `resolved`, what ECS resolved when the revision ran, says which digest that was, and the tag still
/// leads there. Others are containers beside the application (a log router by its tag, say): they
/// are left to ECS, as they were when the revision first ran.
///
/// # Errors
/// Those of the gate, for the first image that it refuses; `InvalidTaskDefinition` when an image is
/// no reference, or when no image is left that the gate could look at.
pub async fn verify_revision(
    registry: &dyn ImageRegistry,
    gate: &Gate,
    revision: &RegisteredTaskDefinition,
    resolved: &[RevisionImage],
) -> Result<VerifiedImages> {
    let mut verified = VerifiedImages::new();
    for (container, image, _) in revision.task_definition.images(IMAGE_TAG) {
        let Some(image) = image else { continue };
        let Some(query) = query(container, image, resolved)? else {
            continue;
        };
        let passed = gate.resolve(registry, &query).await?;
        verified = verified.with(container, passed);
    }
    if verified.iter().len() == 0 {
        return Err(Error::new(
            ErrorKind::InvalidTaskDefinition,
            format!(
                "{} names no image by digest, and it is not known what its tags led to when it ran; \
                 deploy a version whose image is pinned",
                revision.arn.short()
            ),
        )
        .with_details(json!({ "taskDefinition": revision.arn })));
    }
    Ok(verified)
}

/// What the gate is asked about one container; nothing when it cannot be told what was meant.
fn query(container: &str, image: &str, resolved: &[RevisionImage]) -> Result<Option<ImageQuery>> {
    let reference: ImageReference = image.parse()?;
    // ECS takes a name without a host for one of Docker Hub; only ours stand for Amazon ECR.
    let reference = match reference.repository().host() {
        Some(_) => reference,
        None => reference.on_docker_hub()?,
    };
    let address = reference.repository().clone();
    if let Some(digest) = reference.digest() {
        let selector = ImageSelector::Digest(digest.clone());
        return Ok(Some(ImageQuery::new(address, selector)));
    }
    let ran = resolved
        .iter()
        .find(|ran| ran.container_name == container)
        .and_then(|ran| ran.image_digest.clone());
    Ok(match (reference.tag(), ran) {
        (Some(tag), Some(digest)) => {
            Some(ImageQuery::by_tag(address, tag.clone()).expecting_digest(digest))
        }
        _ => None,
    })
}
