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

#[cfg(all(test, feature = "memory"))]
#[allow(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "clippy lets tests panic, and does not take their helpers for tests; `json!` reads best \
              as an argument"
)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::gate::Policy;
    use crate::image::{Digest, TagMutability};
    use crate::memory::{MemoryImage, MemoryRegistry};
    use crate::task_definition::TaskDefinition;

    const HOST: &str = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

    fn registry() -> (MemoryRegistry, Digest) {
        let registry = MemoryRegistry::new();
        let image = MemoryImage::new("linux/amd64").unwrap();
        let digest = registry.push("app", &["v1"], &image).unwrap();
        (registry, digest)
    }

    fn revision(containers: Value) -> RegisteredTaskDefinition {
        let document = json!({"family": "app", "containerDefinitions": containers});
        RegisteredTaskDefinition {
            arn: "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:7"
                .parse()
                .unwrap(),
            status: "ACTIVE".to_owned(),
            task_definition: TaskDefinition::from_value(document).unwrap(),
        }
    }

    fn ran(container: &str, digest: &Digest) -> RevisionImage {
        RevisionImage {
            container_name: container.to_owned(),
            image: None,
            image_digest: Some(digest.clone()),
        }
    }

    async fn verify(
        registry: &MemoryRegistry,
        containers: Value,
        resolved: &[RevisionImage],
    ) -> Result<Vec<String>> {
        let gate = Gate::new(Policy::new());
        let images = verify_revision(registry, &gate, &revision(containers), resolved).await?;
        Ok(images.iter().map(|(name, _)| name.to_owned()).collect())
    }

    #[tokio::test]
    async fn a_pinned_image_passes_and_a_log_router_by_its_tag_is_left_to_ecs() {
        let (registry, digest) = registry();
        let containers = json!([
            {"name": "app", "image": format!("{HOST}/app@{digest}")},
            {"name": "router", "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable"},
        ]);
        assert_eq!(verify(&registry, containers, &[]).await.unwrap(), ["app"]);
    }

    #[tokio::test]
    async fn a_rollback_target_whose_image_is_gone_is_refused() {
        let (registry, digest) = registry();
        let containers = json!([{"name": "app", "image": format!("{HOST}/app@{digest}")}]);
        registry.delete("app", &digest).unwrap();
        let error = verify(&registry, containers, &[]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ImageNotFound);
    }

    #[tokio::test]
    async fn a_tag_passes_only_while_it_leads_to_what_ran() {
        let (registry, digest) = registry();
        let containers = json!([{"name": "app", "image": format!("{HOST}/app:v1")}]);
        let resolved = [ran("app", &digest)];
        let passed = verify(&registry, containers.clone(), &resolved).await;
        assert_eq!(passed.unwrap(), ["app"]);

        registry
            .create_repository("app", TagMutability::Mutable)
            .unwrap();
        let moved = MemoryImage::new("linux/arm64").unwrap();
        registry.push("app", &["v1"], &moved).unwrap();
        let error = verify(&registry, containers, &resolved).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedDigest);
    }

    #[tokio::test]
    async fn a_revision_of_which_nothing_can_be_told_is_refused() {
        let (registry, _) = registry();
        let containers = json!([{"name": "app", "image": format!("{HOST}/app:v1")}]);
        let error = verify(&registry, containers, &[]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidTaskDefinition);
        let nameless = json!([{"name": "app", "image": "not an image"}]);
        let error = verify(&registry, nameless, &[]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidReference);
    }
}
