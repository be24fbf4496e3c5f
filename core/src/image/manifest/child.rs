//! What an index lists.

use serde::{Deserialize, Serialize};

use super::media_type::{self, MediaType};
use super::raw::{RawDescriptor, RawPlatform};
use crate::image::{Descriptor, Digest, Platform};

/// `BuildKit` marks what it attaches to an image (provenance, SBOM) with this annotation.
const REFERENCE_TYPE: &str = "vnd.docker.reference.type";

/// What a manifest that an index lists is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ChildKind {
    /// An image that can run.
    Image,
    /// Another index.
    Index,
    /// A statement about an image: provenance, a bill of materials.
    Attestation,
    /// Anything else that cannot run: a signature, an index for lazy loading, …
    Artifact,
}

/// A manifest that an index lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IndexChild {
    kind: ChildKind,
    #[serde(flatten)]
    descriptor: Descriptor,
    #[serde(skip_serializing_if = "Option::is_none")]
    platform: Option<Platform>,
    #[serde(skip_serializing_if = "Option::is_none")]
    os_version: Option<String>,
}

impl IndexChild {
    pub(super) fn from_raw(raw: RawDescriptor) -> Self {
        let kind = kind_of(&raw);
        let runnable = matches!(kind, ChildKind::Image | ChildKind::Index);
        let named = raw.platform.as_ref().filter(|_| runnable);
        Self {
            kind,
            platform: named.and_then(|named| {
                Platform::new(&named.os, &named.architecture, named.variant.as_deref()).ok()
            }),
            os_version: named.and_then(|named| named.os_version.clone()),
            descriptor: raw.into(),
        }
    }

    /// What it is.
    pub fn kind(&self) -> ChildKind {
        self.kind
    }

    /// Its media type, digest and size.
    pub fn descriptor(&self) -> &Descriptor {
        &self.descriptor
    }

    /// Its digest.
    pub fn digest(&self) -> &Digest {
        &self.descriptor.digest
    }

    /// What it runs on; `None` where the index does not say, and for what cannot run.
    pub fn platform(&self) -> Option<&Platform> {
        self.platform.as_ref()
    }

    /// The version of the operating system, which Windows images name.
    pub fn os_version(&self) -> Option<&str> {
        self.os_version.as_deref()
    }

    /// Whether it is an image or an index of images, not something about one.
    pub fn is_runnable(&self) -> bool {
        matches!(self.kind, ChildKind::Image | ChildKind::Index)
    }
}

fn kind_of(raw: &RawDescriptor) -> ChildKind {
    let marked = raw
        .annotations
        .as_ref()
        .is_some_and(|annotations| annotations.contains_key(REFERENCE_TYPE));
    let unknown = raw.platform.as_ref().is_some_and(RawPlatform::is_unknown);
    // On the descriptor of an image, the artifact type may repeat that of its configuration.
    let artifact = raw.artifact_type.as_deref().is_some_and(|artifact| {
        !media_type::is_named_image_config(artifact) && !artifact.is_empty()
    });
    match MediaType::known(&raw.media_type) {
        _ if marked || unknown => ChildKind::Attestation,
        Some(kind) if !artifact && kind.is_index() => ChildKind::Index,
        Some(_) if !artifact => ChildKind::Image,
        _ => ChildKind::Artifact,
    }
}

impl RawPlatform {
    fn is_unknown(&self) -> bool {
        self.os == "unknown" && self.architecture == "unknown"
    }
}
