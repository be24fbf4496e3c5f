//! What a manifest says of a blob or of another manifest.

use serde::{Deserialize, Serialize};

use super::Digest;

/// Media type, digest and size of content that a manifest refers to.
///
/// Source: OCI image-spec, "Content Descriptors".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Descriptor {
    /// What kind of content it is.
    pub media_type: String,
    /// The digest of the content.
    pub digest: Digest,
    /// The length of the content in bytes.
    pub size: u64,
}

impl Descriptor {
    /// Whether the content is kept elsewhere, so that the registry need not have it: base layers of
    /// Windows.
    ///
    /// Source: OCI image-spec, "Non-Distributable Layers"; Docker's "foreign" layers.
    pub fn is_foreign(&self) -> bool {
        self.media_type
            .starts_with("application/vnd.oci.image.layer.nondistributable.")
            || self
                .media_type
                .starts_with("application/vnd.docker.image.rootfs.foreign.")
    }
}
