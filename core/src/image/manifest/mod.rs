//! What an image consists of, as its registry says it.

mod child;
mod letter_case;
mod media_type;
mod raw;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

pub use self::child::{ChildKind, IndexChild};
use self::media_type::MediaType;
use self::raw::RawManifest;
use super::{Descriptor, Digest, Platform};
use crate::text::quoted;
use crate::{Error, ErrorKind};

/// A manifest: of one image, or an index of images for several platforms.
///
/// Docker schema 2 and OCI, each with its index. Docker schema 1 and artifacts that are not
/// container images (charts, signatures, attestations) are refused.
///
/// The digest of a manifest is that of its exact bytes: [`Digest::of`] them, not of this.
///
/// JSON: `kind` (`image` or `index`) and the members of the variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Manifest {
    /// One image.
    Image(ImageManifest),
    /// One image for each of several platforms.
    Index(ImageIndex),
}

/// The manifest of one image.
///
/// Source: OCI image-spec, "Image Manifest"; Docker "Image Manifest V2, Schema 2".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageManifest {
    media_type: String,
    config: Descriptor,
    layers: Vec<Descriptor>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    annotations: BTreeMap<String, String>,
}

/// A list of images, each for a platform.
///
/// Source: OCI image-spec, "Image Index"; Docker "Manifest List".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageIndex {
    media_type: String,
    children: Vec<IndexChild>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    annotations: BTreeMap<String, String>,
}

impl Manifest {
    /// The longest manifest that is read, in bytes: what ECR and the OCI distribution-spec take.
    pub const MAX_BYTES: usize = 4 * 1024 * 1024;

    /// Reads the bytes of a manifest. `media_type` is what the registry said it is, if it did.
    ///
    /// Members that are not known are ignored. A document that can be read in two ways is refused,
    /// because another program could read it the other way: one that is both an image and an index,
    /// one whose own media type is not the registry's, one with a member twice or in another letter
    /// case. (Security advisory on this: OCI image-spec, GHSA-77vh-xpmg-72qh.)
    ///
    /// # Errors
    /// `InvalidManifest`.
    pub fn parse(bytes: &[u8], media_type: Option<&str>) -> Result<Self, Error> {
        let (raw, kind) = RawManifest::read(bytes, media_type)?;
        if kind.is_index() {
            ImageIndex::from_raw(raw, kind).map(Self::Index)
        } else {
            ImageManifest::from_raw(raw, kind).map(Self::Image)
        }
    }

    /// The media type, as the document or else the registry names it.
    pub fn media_type(&self) -> &str {
        match self {
            Self::Image(image) => image.media_type(),
            Self::Index(index) => index.media_type(),
        }
    }

    /// The manifests that an index refers to; none for a single image.
    pub fn children(&self) -> &[IndexChild] {
        match self {
            Self::Image(_) => &[],
            Self::Index(index) => index.children(),
        }
    }

    /// The platforms that an index names. Empty for a single image: its platform is in its
    /// [configuration](super::ImageConfig).
    pub fn platforms(&self) -> Vec<Platform> {
        match self {
            Self::Image(_) => Vec::new(),
            Self::Index(index) => index.platforms(),
        }
    }

    /// The annotations of the manifest itself.
    pub fn annotations(&self) -> &BTreeMap<String, String> {
        match self {
            Self::Image(image) => &image.annotations,
            Self::Index(index) => &index.annotations,
        }
    }
}

impl ImageManifest {
    fn from_raw(raw: RawManifest, kind: MediaType) -> Result<Self, Error> {
        let Some(config) = raw.config else {
            return Err(invalid("has no \"config\", so it is not a container image"));
        };
        if !media_type::is_image_config(&config.media_type) {
            let artifact = raw.artifact_type.unwrap_or(config.media_type);
            return Err(not_an_image(&artifact));
        }
        Ok(Self {
            media_type: kind.as_str().to_owned(),
            config: config.into(),
            layers: raw
                .layers
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
            annotations: raw.annotations.unwrap_or_default(),
        })
    }

    /// The media type.
    pub fn media_type(&self) -> &str {
        &self.media_type
    }

    /// The image configuration.
    pub fn config(&self) -> &Descriptor {
        &self.config
    }

    /// The layers, the base first.
    pub fn layers(&self) -> &[Descriptor] {
        &self.layers
    }

    /// Everything that the registry must have for the image to be pulled: the configuration and
    /// the layers, each once, without layers that are fetched from elsewhere.
    pub fn blobs(&self) -> Vec<&Descriptor> {
        // A set, because a manifest of the greatest length has tens of thousands of layers.
        let mut known = BTreeSet::new();
        let layers = self.layers.iter().filter(|layer| !layer.is_foreign());
        [&self.config]
            .into_iter()
            .chain(layers)
            .filter(|blob| known.insert(&blob.digest))
            .collect()
    }
}

impl ImageIndex {
    fn from_raw(raw: RawManifest, kind: MediaType) -> Result<Self, Error> {
        let children: Vec<IndexChild> = raw
            .manifests
            .unwrap_or_default()
            .into_iter()
            .map(IndexChild::from_raw)
            .collect();
        if !children.iter().any(IndexChild::is_runnable) {
            return Err(invalid(
                "is an index without any image; push the image for at least one platform",
            ));
        }
        Ok(Self {
            media_type: kind.as_str().to_owned(),
            children,
            annotations: raw.annotations.unwrap_or_default(),
        })
    }

    /// The media type.
    pub fn media_type(&self) -> &str {
        &self.media_type
    }

    /// Everything that the index lists, attestations too.
    pub fn children(&self) -> &[IndexChild] {
        &self.children
    }

    /// The digests of the images among the children, without attestations and artifacts: what a
    /// task can report instead of the digest of the index.
    pub fn image_digests(&self) -> Vec<&Digest> {
        self.children
            .iter()
            .filter(|child| child.is_runnable())
            .map(IndexChild::digest)
            .collect()
    }

    /// The platforms of the images, in the order of the index, each once.
    pub fn platforms(&self) -> Vec<Platform> {
        let mut known = BTreeSet::new();
        self.children
            .iter()
            .filter_map(IndexChild::platform)
            .filter(|platform| known.insert(*platform))
            .cloned()
            .collect()
    }

    /// The first image that serves `wanted`, as a runtime chooses it.
    pub fn child_for(&self, wanted: &Platform) -> Option<&IndexChild> {
        self.children.iter().find(|child| {
            child
                .platform()
                .is_some_and(|platform| platform.matches(wanted))
        })
    }
}

fn invalid(why: &str) -> Error {
    Error::new(ErrorKind::InvalidManifest, format!("manifest {why}"))
}

/// An artifact that shares its manifest format with images.
fn not_an_image(artifact: &str) -> Error {
    invalid(&format!(
        "is an artifact of type {}, not a container image; name the tag or digest of the \
         image itself",
        quoted(artifact)
    ))
}

#[cfg(test)]
mod tests;
