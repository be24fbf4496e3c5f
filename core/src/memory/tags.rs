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
        self.about_to_change();
        let mut store = self.lock();
        store.calls.put_tag += 1;
        store.contents(repository)?.tag(tag.clone(), digest.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::TagMutability;
    use crate::memory::MemoryImage;
    use crate::ports::{ImageRegistry, Lookup, LookupDepth};

    #[tokio::test]
    async fn an_immutable_tag_stays_where_it_is() {
        let registry = MemoryRegistry::new();
        registry
            .create_repository("app", TagMutability::Immutable)
            .unwrap();
        let image = MemoryImage::new("linux/amd64").unwrap();
        let one = registry.push("app", &["one"], &image).unwrap();
        let other = registry
            .push("app", &["other"], &image.label("a", "b"))
            .unwrap();
        let address = "app".parse().unwrap();
        let repository = registry.locate(&address).unwrap();
        let selector = crate::image::ImageSelector::Digest(one.clone());
        let found = registry
            .look_up(&address, &[selector], LookupDepth::Manifest)
            .await
            .unwrap();
        let [Lookup::Found(found)] = found.as_slice() else {
            panic!("{found:?}");
        };
        let bytes = found.manifest.clone().unwrap();
        let put = |tag: &str, digest: &Digest| {
            let (registry, repository) = (registry.clone(), repository.clone());
            let (tag, digest, bytes) = (tag.parse().unwrap(), digest.clone(), bytes.clone());
            async move {
                registry
                    .put_tag(&repository, &tag, &digest, &bytes, "")
                    .await
            }
        };
        put("one", &one).await.unwrap();
        put("new", &one).await.unwrap();
        let conflict = put("other", &one).await.unwrap_err();
        assert_eq!(conflict.kind(), ErrorKind::VersionConflict);
        let mismatch = put("other", &other).await.unwrap_err();
        assert_eq!(mismatch.kind(), ErrorKind::DigestMismatch);
    }
}
