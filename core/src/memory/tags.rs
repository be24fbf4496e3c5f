//! The registry, as a promotion writes to it.

use async_trait::async_trait;
use bytes::Bytes;

use super::MemoryRegistry;
use crate::image::{Digest, Repository, Tag};
use crate::ports::ImageTags;
use crate::{Error, ErrorKind, Result};

#[async_trait]
impl ImageTags for MemoryRegistry {
    async fn put_tag(
        &self,
        repository: &Repository,
        tag: &Tag,
        digest: &Digest,
        manifest: &Bytes,
        _media_type: &str,
    ) -> Result<()> {
        let actual = Digest::of(manifest);
        if actual != *digest {
            return Err(Error::new(
                ErrorKind::DigestMismatch,
                format!(
                    "the manifest for {repository}:{tag} hashes to {actual}, not to {digest}; send \
                     the bytes as they came"
                ),
            ));
        }
        let mut store = self.lock();
        store.calls.put_tag += 1;
        store.contents(repository)?.tag(tag.clone(), digest.clone())
    }
}
