//! What the rules of the repository do with an image.

use crate::gate::retention_policy::Mode;
use crate::gate::{Policy, Reading, Retention};
use crate::image::{Digest, Fate, LifecyclePolicy, Repository};
use crate::ports::ImageRegistry;
use crate::{Error, ErrorKind, Result};

pub(super) async fn retention(
    registry: &dyn ImageRegistry,
    policy: Policy,
    repository: &Repository,
    digest: &Digest,
) -> Reading<Retention> {
    if policy.retention_policy().mode() == Mode::Off {
        return Reading::NotAsked;
    }
    read(registry, repository, digest).await.into()
}

/// Asks for no more than the rules need: nothing of the images where there is no rule, and for all of
/// them only where a rule counts them.
async fn read(
    registry: &dyn ImageRegistry,
    repository: &Repository,
    digest: &Digest,
) -> Result<Retention> {
    let Some(text) = registry.lifecycle_policy(repository).await? else {
        return Ok(Retention {
            fate: Fate::Kept,
            as_of: None,
        });
    };
    let policy = LifecyclePolicy::parse(&text)?;
    let stored = registry.stored_images(repository, Some(digest)).await?;
    let image = stored
        .images
        .into_iter()
        .find(|image| image.digest == *digest)
        .ok_or_else(|| {
            Error::new(
                ErrorKind::UnexpectedResponse,
                format!("the registry does not describe the image {digest} of {repository}"),
            )
        })?;
    let mut fate = policy.fate(&image, None);
    if fate.needs_images() {
        let all = registry.stored_images(repository, None).await?;
        fate = policy.fate(&image, Some(&all.images));
    }
    Ok(Retention {
        fate,
        as_of: Some(stored.as_of),
    })
}
