//! What the gate keeps out.

use artifact_deploy::gate::{Gate, ImageQuery, Policy};
use artifact_deploy::image::{Digest, RepositoryAddress};
use artifact_deploy::{Error, ErrorKind, Result};

use crate::print::chapter;
use crate::scene::{REPOSITORY, Scene};

const PUSHED: &str = "pr-51-a91c04ff-20250820-124630";

/// Three images that get into no task definition.
pub(crate) async fn refuse(scene: &Scene) -> Result<()> {
    chapter("6  And what the gate refuses, before anything is deployed");
    let repository: RepositoryAddress = REPOSITORY.parse()?;
    let by_tag = |tag| ImageQuery::by_tag(repository.clone(), tag);
    let cases = [
        (
            "a tag that nobody pushed",
            by_tag("pr-51-00000000-20250820-124500".parse()?),
            ErrorKind::ImageNotFound,
        ),
        (
            "another digest than the build reported",
            by_tag(PUSHED.parse()?).expecting_digest(Digest::of(b"another build")),
            ErrorKind::UnexpectedDigest,
        ),
        (
            "an architecture that the image does not have",
            by_tag(PUSHED.parse()?).on_platform("linux/s390x".parse()?),
            ErrorKind::PlatformMismatch,
        ),
    ];
    for (what, query, expected) in cases {
        match Gate::new(Policy::new())
            .resolve(&scene.registry, &query)
            .await
        {
            Err(error) if error.kind() == expected => {
                println!("  {what}:\n    {}: {error}\n", error.code());
            }
            Err(error) => return Err(error),
            Ok(image) => {
                let message = format!("{what}: {} passed the gate", image.reference());
                return Err(Error::new(ErrorKind::UnexpectedResponse, message));
            }
        }
    }
    Ok(())
}
