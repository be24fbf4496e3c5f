//! The moving alias of an environment, after the proof.

use super::promotion::{Promotion, manifest_of};
use crate::image::{RepositoryAddress, Tag};
use crate::ports::{ImageRegistry, ImageTags};
use crate::rollout::Proof;
use crate::version::alias;
use crate::{Error, ErrorKind, Result};

impl Promotion {
    /// Lets the alias of the environment (`production-latest`) lead to the promoted image, and gives
    /// it. It is for people: no deployment depends on it, and so it moves last.
    ///
    /// `proof` has to show that every running task of a service runs this very image.
    ///
    /// # Errors
    /// `ProofFailed` when the proof is of something else, or does not verify; `VersionConflict` when
    /// the repository does not let the alias move; and those of the registry.
    pub async fn move_alias(
        &self,
        registry: &dyn ImageRegistry,
        tags: &dyn ImageTags,
        proof: &Proof,
    ) -> Result<Tag> {
        let image = self.image();
        let tag = alias(self.version().environment());
        let of_this_image = proof
            .meant()
            .images()
            .any(|(_, meant)| meant.digest() == image.digest());
        if !proof.is_verified() || !of_this_image {
            return Err(Error::new(
                ErrorKind::ProofFailed,
                format!(
                    "the alias {tag} may move to {image} once every running task is proven to run it; \
                     this proof says {}: {}",
                    proof.verdict().as_str(),
                    proof.reason()
                ),
            )
            .with_details(serde_json::json!({ "proof": proof })));
        }
        let address = RepositoryAddress::Full(image.repository().clone());
        let (manifest, media_type) = manifest_of(registry, &address, image).await?;
        tags.put_tag(
            image.repository(),
            &tag,
            image.digest(),
            &manifest,
            &media_type,
        )
        .await?;
        Ok(tag)
    }
}
