//! Reading what ECS says of containers.

use crate::image::{Digest, ImageReference};
use crate::service::Container;
use crate::version::Version;

/// The digest that a container runs, whatever the case of its letters; `None` when it is not told,
/// or is no digest.
pub(crate) fn running_digest(container: &Container) -> Option<Digest> {
    container
        .image_digest
        .as_deref()?
        .to_ascii_lowercase()
        .parse()
        .ok()
}

/// The digest that an image of a task definition is pinned to.
pub(crate) fn pinned_digest(image: &str) -> Option<Digest> {
    let reference: ImageReference = image.parse().ok()?;
    reference.digest().cloned()
}

/// The version that an image of a task definition names by its tag.
pub(crate) fn tagged_version(image: &str) -> Option<Version> {
    let reference: ImageReference = image.parse().ok()?;
    reference.tag()?.as_str().parse().ok()
}

/// Whether ECS itself adds a container of this name to tasks. Nobody means an image for it, and its
/// name or image may differ from task to task.
pub(crate) fn is_managed(container: &str) -> bool {
    ["aws-guardduty-agent", "ecs-service-connect"]
        .iter()
        .any(|prefix| container.starts_with(prefix))
}
