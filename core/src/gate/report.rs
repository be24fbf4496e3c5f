//! What the gate found, check by check.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::checks::platform::configurations;
use super::{Check, CheckOutcome, Evidence, ImageQuery, Presence};
use crate::image::{Digest, Manifest, Platform, Repository, Tag};

/// Whether the image may be deployed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// No check failed.
    Verified,
    /// At least one check failed.
    Refused,
}

impl Verdict {
    /// The verdict as it stands in reports: `verified` or `refused`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Refused => "refused",
        }
    }
}

/// What the gate found on one image, check by check.
///
/// JSON: `{"image", "verdict", "reference"?, "found"?, "checks"}`. `image` is as it was asked for.
/// `reference` is the pinned reference and is there only when the verdict is `verified`; `found` is
/// what the registry gave, whatever the verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateReport {
    image: String,
    found: Option<FoundSummary>,
    checks: Vec<Check>,
}

/// What the registry gave, whatever came of the checks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FoundSummary {
    repository: Repository,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<Tag>,
    digest: Digest,
    #[serde(skip_serializing_if = "Option::is_none")]
    media_type: Option<String>,
    platforms: Vec<Platform>,
    children: Vec<Digest>,
}

impl FoundSummary {
    /// The repository with its host.
    pub fn repository(&self) -> &Repository {
        &self.repository
    }

    /// The tag that it was asked for by.
    pub fn tag(&self) -> Option<&Tag> {
        self.tag.as_ref()
    }

    /// The digest that the registry names.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The media type of the manifest.
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// What it runs on, as far as that was read: an index names its platforms, a single image only
    /// in its configuration.
    pub fn platforms(&self) -> &[Platform] {
        &self.platforms
    }

    /// The digests of the images of an index, without attestations.
    pub fn children(&self) -> &[Digest] {
        &self.children
    }

    fn of(query: &ImageQuery, evidence: &Evidence) -> Option<Self> {
        let Presence::Found(image) = &evidence.presence else {
            return None;
        };
        let manifest = image.sound_manifest();
        let mut platforms = manifest.map(Manifest::platforms).unwrap_or_default();
        if let Some(Manifest::Image(_)) = manifest {
            platforms.extend(
                configurations(evidence).filter_map(|(_, config)| config.platform().cloned()),
            );
        }
        let children = match manifest {
            Some(Manifest::Index(index)) => index.image_digests().into_iter().cloned().collect(),
            _ => Vec::new(),
        };
        Some(Self {
            repository: image.found.repository.clone(),
            tag: query.selector().tag().cloned(),
            digest: image.found.digest.clone(),
            media_type: manifest
                .map(|manifest| manifest.media_type().to_owned())
                .or_else(|| image.found.media_type.as_deref().map(super::check::plain)),
            platforms,
            children,
        })
    }
}

impl GateReport {
    pub(super) fn new(query: &ImageQuery, evidence: &Evidence, checks: Vec<Check>) -> Self {
        Self {
            image: query.to_string(),
            found: FoundSummary::of(query, evidence),
            checks,
        }
    }

    /// The image as it was asked for.
    pub fn image(&self) -> &str {
        &self.image
    }

    /// Whether the image may be deployed.
    pub fn verdict(&self) -> Verdict {
        if self.found.is_some() && self.checks.iter().all(Check::is_settled) {
            Verdict::Verified
        } else {
            Verdict::Refused
        }
    }

    /// Whether the image may be deployed.
    pub fn is_verified(&self) -> bool {
        self.verdict() == Verdict::Verified
    }

    /// What the registry gave, whatever the verdict.
    pub fn found(&self) -> Option<&FoundSummary> {
        self.found.as_ref()
    }

    /// The pinned reference, `repository@sha256:…`, when the verdict is `verified`.
    pub fn reference(&self) -> Option<String> {
        let found = self.found.as_ref().filter(|_| self.is_verified())?;
        Some(format!("{}@{}", found.repository, found.digest))
    }

    /// Every check, in the order in which they are judged.
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// The checks that failed. The first gives the refusal its kind.
    pub fn failed(&self) -> impl Iterator<Item = &Check> {
        self.checks
            .iter()
            .filter(|check| check.outcome() == CheckOutcome::Fail)
    }

    /// The checks that warn.
    pub fn warnings(&self) -> impl Iterator<Item = &Check> {
        self.checks
            .iter()
            .filter(|check| check.outcome() == CheckOutcome::Warn)
    }

    /// Whether asking again later can help: it is refused, and only for what may still be on its
    /// way. One failure that is final makes the refusal final.
    pub fn can_change(&self) -> bool {
        !self.is_verified() && self.failed().all(Check::can_change)
    }
}

impl Serialize for GateReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let reference = self.reference();
        let mut form = serializer.serialize_struct("GateReport", 5)?;
        form.serialize_field("image", &self.image)?;
        form.serialize_field("verdict", &self.verdict())?;
        match &reference {
            Some(reference) => form.serialize_field("reference", reference)?,
            None => form.skip_field("reference")?,
        }
        match &self.found {
            Some(found) => form.serialize_field("found", found)?,
            None => form.skip_field("found")?,
        }
        form.serialize_field("checks", &self.checks)?;
        form.end()
    }
}

#[cfg(test)]
impl FoundSummary {
    pub(super) fn for_tests(
        repository: Repository,
        tag: Option<Tag>,
        platforms: impl Iterator<Item = Platform>,
    ) -> Self {
        Self {
            digest: Digest::of(repository.to_string().as_bytes()),
            repository,
            tag,
            media_type: None,
            platforms: platforms.collect(),
            children: Vec::new(),
        }
    }
}

#[cfg(test)]
impl GateReport {
    pub(super) fn for_tests(found: &FoundSummary) -> Self {
        Self {
            image: found.repository.to_string(),
            found: Some(found.clone()),
            checks: Vec::new(),
        }
    }
}
