//! The proof of passing the gate.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{FoundSummary, GateReport};
use crate::image::{Digest, Platform, Repository, Tag};
use crate::metadata::BuildMetadata;

/// An image that passed the gate. There is no other way to make one.
///
/// JSON: `{"reference", "repository", "tag"?, "digest", "mediaType"?, "platforms", "children",
/// "metadata"?, "report"}`. It is written as JSON and never read from it:
///
/// ```compile_fail
/// let forged: artifact_deploy::gate::VerifiedImage = serde_json::from_str("{}").unwrap();
/// ```
///
/// Nor can its members be put together outside the gate:
///
/// ```compile_fail
/// use artifact_deploy::gate::{GateReport, VerifiedImage};
///
/// fn forge(report: GateReport) -> VerifiedImage {
///     VerifiedImage { report, metadata: None }
/// }
/// ```
#[derive(Debug, Clone)]
pub struct VerifiedImage {
    found: FoundSummary,
    report: GateReport,
    metadata: Option<BuildMetadata>,
}

impl VerifiedImage {
    /// The one place where a verified image is made; nothing comes of a report that refuses.
    pub(super) fn prove(report: &GateReport, metadata: Option<BuildMetadata>) -> Option<Self> {
        if !report.is_verified() {
            return None;
        }
        Some(Self {
            found: report.found()?.clone(),
            report: report.clone(),
            metadata,
        })
    }

    /// The repository with its host.
    pub fn repository(&self) -> &Repository {
        self.found.repository()
    }

    /// The tag that led to it. For people: what is deployed is the [`reference`](Self::reference).
    pub fn tag(&self) -> Option<&Tag> {
        self.found.tag()
    }

    /// The digest that it is pinned by: of the index, when it is one.
    pub fn digest(&self) -> &Digest {
        self.found.digest()
    }

    /// The media type of the manifest.
    pub fn media_type(&self) -> Option<&str> {
        self.found.media_type()
    }

    /// The digests of the images of an index, without attestations. Empty when it is no index.
    pub fn children(&self) -> &[Digest] {
        self.found.children()
    }

    /// What it runs on, as far as that was read: an index names its platforms, a single image only
    /// in its configuration.
    pub fn platforms(&self) -> &[Platform] {
        self.found.platforms()
    }

    /// Whether a running container with `digest` runs this image: the index or one of its images.
    pub fn has_digest(&self, digest: &Digest) -> bool {
        self.digest() == digest || self.children().contains(digest)
    }

    /// The pinned reference, `repository@sha256:…`.
    pub fn reference(&self) -> String {
        format!("{}@{}", self.repository(), self.digest())
    }

    /// How it passed, check by check.
    pub fn report(&self) -> &GateReport {
        &self.report
    }

    /// Where it says that it comes from: its labels, when its configuration was read and all images
    /// of an index say the same.
    pub fn metadata(&self) -> Option<&BuildMetadata> {
        self.metadata.as_ref()
    }
}

/// The pinned reference.
impl std::fmt::Display for VerifiedImage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}", self.repository(), self.digest())
    }
}

impl Serialize for VerifiedImage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut form = serializer.serialize_struct("VerifiedImage", 9)?;
        form.serialize_field("reference", &self.reference())?;
        form.serialize_field("repository", self.repository())?;
        match self.tag() {
            Some(tag) => form.serialize_field("tag", tag)?,
            None => form.skip_field("tag")?,
        }
        form.serialize_field("digest", self.digest())?;
        match self.media_type() {
            Some(media_type) => form.serialize_field("mediaType", media_type)?,
            None => form.skip_field("mediaType")?,
        }
        form.serialize_field("platforms", self.platforms())?;
        form.serialize_field("children", self.children())?;
        match self.metadata() {
            Some(metadata) => form.serialize_field("metadata", metadata)?,
            None => form.skip_field("metadata")?,
        }
        form.serialize_field("report", &self.report)?;
        form.end()
    }
}

#[cfg(test)]
impl VerifiedImage {
    /// An image for the tests of this crate that begin after the gate.
    pub(crate) fn for_tests(repository: &str, tag: Option<&str>, platforms: &[&str]) -> Self {
        let found = FoundSummary::for_tests(
            repository.parse().unwrap(),
            tag.map(|tag| tag.parse().unwrap()),
            platforms.iter().map(|platform| platform.parse().unwrap()),
        );
        Self {
            report: GateReport::for_tests(&found),
            found,
            metadata: None,
        }
    }
}
