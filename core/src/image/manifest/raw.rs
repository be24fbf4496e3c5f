//! Manifests as they are written, before anything is made of them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::letter_case;
use super::media_type::{self, MediaType};
use super::{Manifest, invalid, not_an_image};
use crate::Error;
use crate::image::{Descriptor, Digest};

/// The members of all manifest formats together.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawManifest {
    schema_version: Option<u64>,
    media_type: Option<String>,
    pub(super) artifact_type: Option<String>,
    pub(super) config: Option<RawDescriptor>,
    pub(super) layers: Option<Vec<RawDescriptor>>,
    pub(super) manifests: Option<Vec<RawDescriptor>>,
    pub(super) annotations: Option<BTreeMap<String, String>>,
    /// Docker schema 1.
    fs_layers: Option<Vec<IgnoredAny>>,
    /// OCI artifact manifest, withdrawn before its release.
    blobs: Option<Vec<IgnoredAny>>,
}

/// A descriptor with all members that matter here.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawDescriptor {
    #[serde(default)]
    pub(super) media_type: String,
    pub(super) digest: Digest,
    pub(super) size: u64,
    pub(super) artifact_type: Option<String>,
    pub(super) platform: Option<RawPlatform>,
    pub(super) annotations: Option<BTreeMap<String, String>>,
}

/// The platform of a child.
#[derive(Deserialize)]
pub(super) struct RawPlatform {
    #[serde(default)]
    pub(super) os: String,
    #[serde(default)]
    pub(super) architecture: String,
    pub(super) variant: Option<String>,
    #[serde(rename = "os.version")]
    pub(super) os_version: Option<String>,
}

impl RawManifest {
    /// Reads a document and finds out what it is.
    pub(super) fn read(bytes: &[u8], media_type: Option<&str>) -> Result<(Self, MediaType), Error> {
        if bytes.len() > Manifest::MAX_BYTES {
            return Err(invalid(&format!(
                "has {} bytes; at most {} are read",
                bytes.len(),
                Manifest::MAX_BYTES
            )));
        }
        let said = media_type.map(MediaType::read).transpose()?.flatten();
        let raw: Self = read_json(bytes)?;
        letter_case::check(bytes)?;
        let kind = raw.kind(said)?;
        Ok((raw, kind))
    }

    /// What the document is, which all that speaks of it must agree on.
    fn kind(&self, said: Option<MediaType>) -> Result<MediaType, Error> {
        let own = self.media_type.as_deref().map(MediaType::read);
        let own = own.transpose()?.flatten();
        if self.schema_version == Some(1) || is_filled(self.fs_layers.as_ref()) {
            return Err(media_type::schema_1());
        }
        if is_filled(self.blobs.as_ref()) {
            let artifact = self.artifact_type.as_deref();
            return Err(not_an_image(artifact.unwrap_or("unknown")));
        }
        if let (Some(own), Some(said)) = (own, said)
            && own != said
        {
            return Err(invalid(&format!(
                "calls itself {:?}, but the registry calls it {:?}; push the image again",
                own.as_str(),
                said.as_str()
            )));
        }
        let image = self.config.is_some() || is_filled(self.layers.as_ref());
        let index = is_filled(self.manifests.as_ref());
        if image && index {
            return Err(invalid(
                "has members of an image (\"config\", \"layers\") and of an index \
                 (\"manifests\"), so it can be read as either; push the image again",
            ));
        }
        let kind = match own.or(said) {
            Some(kind) => kind,
            // OCI leaves the media type optional; in Docker's formats it is required.
            None if image => MediaType::OciManifest,
            None if self.manifests.is_some() => MediaType::OciIndex,
            None => {
                return Err(invalid(
                    "has neither \"config\" and \"layers\" nor \"manifests\", so it is neither \
                     an image nor an index",
                ));
            }
        };
        let fits = if kind.is_index() {
            !image && self.manifests.is_some()
        } else {
            image
        };
        if !fits {
            return Err(invalid(&format!(
                "is called {:?}, but has not the members of one; push the image again",
                kind.as_str()
            )));
        }
        Ok(kind)
    }
}

fn is_filled<T>(list: Option<&Vec<T>>) -> bool {
    list.is_some_and(|list| !list.is_empty())
}

/// Reads a JSON object; a known member that stands twice is an error.
pub(super) fn read_json<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Error> {
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return Err(invalid("is not a JSON object; push the image again"));
    }
    serde_json::from_slice(bytes).map_err(|error| {
        invalid(&format!("cannot be read: {error}; push the image again")).with_source(error)
    })
}

impl From<RawDescriptor> for Descriptor {
    fn from(raw: RawDescriptor) -> Self {
        Self {
            media_type: raw.media_type,
            digest: raw.digest,
            size: raw.size,
        }
    }
}
