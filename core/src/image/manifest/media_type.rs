//! The media types of manifests and of what they refer to.

use super::{invalid, not_an_image};
use crate::Error;
use crate::text::quoted;

/// The media types of manifests that are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MediaType {
    OciManifest,
    OciIndex,
    DockerManifest,
    DockerList,
}

impl MediaType {
    const ALL: [Self; 4] = [
        Self::OciManifest,
        Self::OciIndex,
        Self::DockerManifest,
        Self::DockerList,
    ];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::OciManifest => "application/vnd.oci.image.manifest.v1+json",
            Self::OciIndex => "application/vnd.oci.image.index.v1+json",
            Self::DockerManifest => "application/vnd.docker.distribution.manifest.v2+json",
            Self::DockerList => "application/vnd.docker.distribution.manifest.list.v2+json",
        }
    }

    pub(super) fn is_index(self) -> bool {
        matches!(self, Self::OciIndex | Self::DockerList)
    }

    pub(super) fn known(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }

    /// What a media type says of a document. `Ok(None)`: it says nothing, as where a registry is
    /// no more than a server of files.
    pub(super) fn read(text: &str) -> Result<Option<Self>, Error> {
        // A header can carry parameters: `…+json; charset=utf-8`.
        let text = text.split(';').next().unwrap_or(text).trim();
        let text = text.to_ascii_lowercase();
        match text.as_str() {
            "" | "application/json" | "application/octet-stream" | "text/plain" | "text/html" => {
                Ok(None)
            }
            "application/vnd.docker.distribution.manifest.v1+json"
            | "application/vnd.docker.distribution.manifest.v1+prettyjws" => Err(schema_1()),
            "application/vnd.oci.artifact.manifest.v1+json" => Err(not_an_image(&text)),
            other => Self::known(other).map(Some).ok_or_else(|| {
                invalid(&format!(
                    "has the media type {}, which is not understood; push the image as \
                     Docker schema 2 or OCI",
                    quoted(other)
                ))
            }),
        }
    }
}

pub(super) fn schema_1() -> Error {
    invalid(
        "is Docker schema 1, which cannot be verified by its digest alone; push the image again \
         with a current builder (Docker schema 2 or OCI)",
    )
}

/// Whether a configuration of this media type is that of a container image.
///
/// The generic ones stand for images too: old versions of Docker pushed them, and Docker still
/// pulls them.
pub(super) fn is_image_config(media_type: &str) -> bool {
    is_named_image_config(media_type)
        || matches!(
            media_type,
            "" | "application/octet-stream" | "application/json" | "text/html"
        )
}

/// Whether it is one of the two media types made for image configurations.
pub(super) fn is_named_image_config(media_type: &str) -> bool {
    matches!(
        media_type,
        "application/vnd.oci.image.config.v1+json"
            | "application/vnd.docker.container.image.v1+json"
    )
}
