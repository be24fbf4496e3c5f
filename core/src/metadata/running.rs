//! Reading metadata back: from the environment of a running container, from image labels.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::draft::Draft;
use super::field::Field;
use super::sinks::{IMAGE_DIGEST, IMAGE_TAG};
use super::text::known;
use super::{BuildMetadata, Commit, Variables};
use crate::image::{Digest, Tag};
use crate::{Error, ErrorKind, Result};

/// What a running container knows of its image, for an application's `/health` or `/version`.
///
/// Any member may be missing. JSON: `{"imageTag"?,"imageDigest"?,"commit"?,"buildTime"?,…}` with the
/// members of [`BuildMetadata`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RunningImage {
    #[serde(rename = "imageTag", skip_serializing_if = "Option::is_none")]
    tag: Option<Tag>,
    #[serde(rename = "imageDigest", skip_serializing_if = "Option::is_none")]
    digest: Option<Digest>,
    #[serde(flatten)]
    draft: Draft,
}

impl RunningImage {
    /// Reads the environment that
    /// [`container_environment`](BuildMetadata::container_environment) wrote. A variable that is
    /// missing, empty or `unknown` (any case) is not known; both time forms are accepted.
    ///
    /// # Errors
    /// That of the variable that holds something unusable; the message names it.
    pub fn from_environment(variables: &Variables) -> Result<Self> {
        let known = |name: &str| known(variables.get(name));
        let invalid = |name: &str, error: Error| {
            Error::new(error.kind(), format!("{name}: {}", error.message()))
        };
        let mut image = Self::default();
        if let Some(tag) = known(IMAGE_TAG) {
            image.tag = Some(tag.parse().map_err(|error| invalid(IMAGE_TAG, error))?);
        }
        if let Some(digest) = known(IMAGE_DIGEST) {
            image.digest = Some(
                digest
                    .parse()
                    .map_err(|error| invalid(IMAGE_DIGEST, error))?,
            );
        }
        for field in Field::ALL {
            if let Some(text) = known(field.variable()) {
                image.draft.set(field, text, field.variable())?;
            }
        }
        Ok(image)
    }

    /// The tag that was deployed.
    pub fn tag(&self) -> Option<&Tag> {
        self.tag.as_ref()
    }

    /// The digest that was deployed.
    pub fn digest(&self) -> Option<&Digest> {
        self.digest.as_ref()
    }

    /// The commit that was built.
    pub fn commit(&self) -> Option<&Commit> {
        self.draft.commit.as_ref()
    }

    /// When it was built, UTC, whole seconds.
    pub fn build_time(&self) -> Option<DateTime<Utc>> {
        self.draft.build_time
    }

    /// The build metadata, where at least the commit and the build time are known.
    pub fn metadata(&self) -> Option<BuildMetadata> {
        self.draft.clone().into_metadata()
    }
}

impl From<RunningImage> for serde_json::Value {
    fn from(image: RunningImage) -> Self {
        // Texts and numbers alone: none of them can fail to be written.
        serde_json::to_value(image).unwrap_or_default()
    }
}

impl BuildMetadata {
    /// The build metadata in the environment of a running container.
    ///
    /// # Errors
    /// Those of [`RunningImage::from_environment`]; `MetadataNotFound` when `COMMIT_SHA` or
    /// `BUILD_TIME` is missing, empty or `unknown`.
    pub fn from_environment(variables: &Variables) -> Result<Self> {
        RunningImage::from_environment(variables)?
            .metadata()
            .ok_or_else(|| not_found("the environment does", Field::variable))
    }

    /// The build metadata in the labels of an image, as [`labels`](Self::labels) wrote them. Other
    /// labels are ignored; an empty or `unknown` value is not known.
    ///
    /// # Errors
    /// `MetadataNotFound` without the labels for commit and build time; otherwise that of the label
    /// that holds something unusable, with its key.
    pub fn from_labels(labels: &BTreeMap<String, String>) -> Result<Self> {
        let mut draft = Draft::default();
        for field in Field::ALL {
            if let Some(text) = known(labels.get(field.label())) {
                draft.set(field, text, field.label())?;
            }
        }
        draft
            .into_metadata()
            .ok_or_else(|| not_found("the labels do", Field::label))
    }
}

fn not_found(place: &str, name: impl Fn(Field) -> &'static str) -> Error {
    Error::new(
        ErrorKind::MetadataNotFound,
        format!(
            "{place} not say what was built: {} or {} is missing, empty or \"unknown\"; set both in the \
             image's final stage or in the task definition",
            name(Field::Commit),
            name(Field::BuildTime)
        ),
    )
}
