//! What a promotion asks of a registry.

use async_trait::async_trait;
use bytes::Bytes;

use crate::Result;
use crate::image::{Digest, Repository, Tag};

/// Lets tags lead to images that are there. Apart from
/// [`ImageRegistry`](super::ImageRegistry), so that what only reads cannot write.
#[async_trait]
pub trait ImageTags: Send + Sync {
    /// Lets `tag` lead to the image with these manifest bytes, which is in the repository already.
    /// Does nothing when it leads there.
    ///
    /// # Errors
    /// `VersionConflict` when the tag is immutable and leads elsewhere, `DigestMismatch` when the
    /// registry stored other bytes, and those of [`look_up`](super::ImageRegistry::look_up).
    async fn put_tag(
        &self,
        repository: &Repository,
        tag: &Tag,
        digest: &Digest,
        manifest: &Bytes,
        media_type: &str,
    ) -> Result<()>;
}
