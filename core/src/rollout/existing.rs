//! Whether a registered revision runs what passed the gate.

use super::{Intent, VerifiedImages};
use crate::image::ImageReference;
use crate::metadata::IMAGE_TAG;
use crate::ports::RegisteredTaskDefinition;
use crate::text::quoted;
use crate::{Error, ErrorKind, Result};

/// Whether each of `images` is what its container in `revision` is pinned to.
///
/// A rollback may go back to a revision that names its image by a tag, from before images were pinned:
/// when that very tag led to the verified image. The proof tells whether it still did.
///
/// # Errors
/// `TaskDefinitionNotFound` when the revision is not active, `ContainerNotFound`, `UnexpectedDigest`
/// when a container is pinned to another image, `InvalidArgument` when it is not pinned at all or there
/// are no images.
pub(super) fn require_gated(
    revision: &RegisteredTaskDefinition,
    images: &VerifiedImages,
    intent: Intent,
) -> Result<()> {
    let name = revision.arn.short();
    if revision.status != "ACTIVE" {
        return Err(Error::new(
            ErrorKind::TaskDefinitionNotFound,
            format!(
                "{name} is {}, and ECS deploys active revisions only; register it again",
                quoted(&revision.status)
            ),
        ));
    }
    if images.iter().len() == 0 {
        return Err(Error::new(
            ErrorKind::InvalidArgument,
            format!("no image of {name} passed the gate; give at least that of the application"),
        ));
    }
    for (container, verified) in images.iter() {
        let named = revision
            .task_definition
            .images(IMAGE_TAG)
            .find(|(name, ..)| *name == container)
            .and_then(|(_, image, _)| image)
            .ok_or_else(|| {
                let message = format!(
                    "{name} has no container {} with an image",
                    quoted(container)
                );
                Error::new(ErrorKind::ContainerNotFound, message)
            })?;
        let reference: ImageReference = named.parse()?;
        let Some(digest) = reference.digest() else {
            if intent == Intent::Rollback
                && reference.tag().is_some()
                && reference.tag() == verified.tag()
            {
                tracing::warn!(
                    "{name} names the image of {} by a tag, which can lead elsewhere by the time a \
                     task pulls it; the proof tells whether it did",
                    quoted(container)
                );
                continue;
            }
            return Err(Error::new(
                ErrorKind::InvalidArgument,
                format!(
                    "{name} names the image of {container} by a tag, {}, which can lead elsewhere by the \
                     time a task pulls it; render the revision with the verified image instead",
                    quoted(named)
                ),
            ));
        };
        if !verified.has_digest(digest) {
            return Err(Error::new(
                ErrorKind::UnexpectedDigest,
                format!(
                    "{name} pins {container} to {digest}, but {} passed the gate",
                    verified.digest()
                ),
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::VerifiedImage;
    use crate::task_definition::TaskDefinition;
    use serde_json::json;

    fn revision(image: &str) -> RegisteredTaskDefinition {
        let document =
            json!({"family": "app", "containerDefinitions": [{"name": "app", "image": image}]});
        RegisteredTaskDefinition {
            arn: "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:7"
                .parse()
                .unwrap(),
            status: "ACTIVE".to_owned(),
            task_definition: TaskDefinition::from_value(document).unwrap(),
        }
    }

    fn verified() -> VerifiedImage {
        VerifiedImage::for_tests("registry.example/my/app", None, &["linux/amd64"])
    }

    #[track_caller]
    fn refused(revision: &RegisteredTaskDefinition, container: &str) -> ErrorKind {
        let images = VerifiedImages::new().with(container, verified());
        require_gated(revision, &images, Intent::Deploy)
            .unwrap_err()
            .kind()
    }

    #[test]
    fn want_23_an_existing_revision_is_deployed_when_its_image_passed_the_gate() {
        let images = VerifiedImages::new().with("app", verified());
        assert!(require_gated(&revision(&verified().reference()), &images, Intent::Deploy).is_ok());
    }

    #[test]
    fn a_rollback_reaches_revisions_from_before_images_were_pinned() {
        let image = VerifiedImage::for_tests("my.registry/app", Some("v1"), &["linux/amd64"]);
        let images = VerifiedImages::new().with("app", image);
        let allowed =
            |named: &str, intent| require_gated(&revision(named), &images, intent).is_ok();
        assert!(allowed("my.registry/app:v1", Intent::Rollback));
        assert!(!allowed("my.registry/app:v2", Intent::Rollback));
        assert!(!allowed("my.registry/app:v1", Intent::Deploy));
    }

    #[test]
    fn what_passed_the_gate_must_be_what_the_revision_runs() {
        let pinned = revision(&verified().reference());
        assert_eq!(refused(&pinned, "web"), ErrorKind::ContainerNotFound);
        let other = format!("my/app@sha256:{}", "1".repeat(64));
        assert_eq!(
            refused(&revision(&other), "app"),
            ErrorKind::UnexpectedDigest
        );
        let tagged = revision("my/app:latest");
        assert_eq!(refused(&tagged, "app"), ErrorKind::InvalidArgument);
        let none = require_gated(&pinned, &VerifiedImages::new(), Intent::Deploy).unwrap_err();
        assert_eq!(none.kind(), ErrorKind::InvalidArgument);
        let gone = RegisteredTaskDefinition {
            status: "INACTIVE".to_owned(),
            ..pinned
        };
        assert_eq!(refused(&gone, "app"), ErrorKind::TaskDefinitionNotFound);
    }
}
