//! Images to push.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fixture;
use crate::Result;
use crate::image::{Platform, ScanFindings};

/// An image to push to a [`MemoryRegistry`](super::MemoryRegistry).
///
/// The same image always has the same digest. Layers are the bytes that they are given as; nothing
/// here unpacks them.
#[derive(Debug, Clone)]
pub struct MemoryImage {
    pub(super) content: Content,
    pub(super) docker: bool,
    pub(super) damage: Vec<Damage>,
    pub(super) state: String,
    pub(super) visible_after: Duration,
    pub(super) pushed_at: Option<DateTime<Utc>>,
    pub(super) scan: Option<MemoryScan>,
}

/// The scan of an image, as it goes on after the push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MemoryScan {
    /// What is told in the end.
    pub(super) findings: ScanFindings,
    /// How long there is none.
    pub(super) started_after: Duration,
    /// How long it is `IN_PROGRESS`, from the push.
    pub(super) finished_after: Duration,
}

#[derive(Debug, Clone)]
pub(super) enum Content {
    Single {
        platform: Platform,
        labels: BTreeMap<String, String>,
        layers: Vec<Bytes>,
    },
    Index {
        children: Vec<MemoryImage>,
        attestations: bool,
    },
    Manifest {
        bytes: Bytes,
        media_type: Option<String>,
    },
}

/// What is wrong with a pushed image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Damage {
    /// The manifest is gone. On a member of an index: a missing child.
    ManifestMissing,
    /// The manifest is served with other bytes than its digest names.
    ManifestCorrupt,
    /// The configuration is gone.
    ConfigMissing,
    /// The configuration is served with other bytes than its digest names.
    ConfigCorrupt,
    /// The first layer is gone.
    LayerMissing,
    /// The first layer is served with other bytes than its digest names.
    LayerCorrupt,
    /// The first layer is archived.
    LayerArchived,
}

/// The state of an image that can be pulled. Source: ECR `ImageStatus`.
pub(super) const ACTIVE: &str = "ACTIVE";

impl MemoryImage {
    /// An image for one platform, with one layer and no labels.
    ///
    /// # Errors
    /// `InvalidPlatform`.
    pub fn new(platform: &str) -> Result<Self> {
        Ok(Self::single(platform.parse()?))
    }

    /// An image as the [JSON form](super#as-json) of a registry describes it. Its `tags` are those of
    /// the push.
    ///
    /// # Errors
    /// `InvalidArgument`, `InvalidPlatform`.
    pub fn from_json(json: &Value) -> Result<Self> {
        fixture::image(json)
    }

    /// An index of images.
    pub fn index(children: impl IntoIterator<Item = Self>) -> Self {
        Self::of(Content::Index {
            children: children.into_iter().collect(),
            attestations: false,
        })
    }

    /// A manifest as it is, for example one that a real registry served. Its blobs are missing.
    pub fn from_manifest(bytes: impl Into<Bytes>, media_type: Option<&str>) -> Self {
        Self::of(Content::Manifest {
            bytes: bytes.into(),
            media_type: media_type.map(str::to_owned),
        })
    }

    /// Adds a label. Without effect on what is not an image for one platform.
    pub fn label(self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.labels([(key.into(), value.into())])
    }

    /// Adds labels, for example those of build metadata. Without effect on what is not an image for
    /// one platform.
    pub fn labels(mut self, new: impl IntoIterator<Item = (String, String)>) -> Self {
        if let Content::Single { labels, .. } = &mut self.content {
            labels.extend(new);
        }
        self
    }

    /// Sets the layers. Without effect on what is not an image for one platform.
    pub fn layers(mut self, new: impl IntoIterator<Item = Bytes>) -> Self {
        if let Content::Single { layers, .. } = &mut self.content {
            *layers = new.into_iter().collect();
        }
        self
    }

    /// Adds an attestation to each image of an index, as `docker buildx build` does by default.
    pub fn with_attestations(mut self) -> Self {
        if let Content::Index { attestations, .. } = &mut self.content {
            *attestations = true;
        }
        self
    }

    /// Writes manifests as Docker schema 2 in place of OCI.
    pub fn docker(mut self) -> Self {
        self.docker = true;
        self
    }

    /// Damages what is pushed.
    pub fn damaged(mut self, damage: Damage) -> Self {
        self.damage.push(damage);
        self
    }

    /// Sets the state: `ACTIVE`, `ARCHIVED`, `ACTIVATING`, or one that nobody knows.
    pub fn in_state(mut self, state: impl Into<String>) -> Self {
        self.state = state.into();
        self
    }

    /// Lets it appear some time after the push, by tokio's clock.
    pub fn visible_after(mut self, delay: Duration) -> Self {
        self.visible_after = delay;
        self
    }

    /// Lets it have been pushed at another time than it is. The registry's clock begins at
    /// 2025-08-20T12:45:00Z.
    pub fn pushed_at(mut self, time: DateTime<Utc>) -> Self {
        self.pushed_at = Some(time);
        self
    }

    /// Lets a scan for vulnerabilities have found this. On an index it means nothing: its images are
    /// scanned.
    pub fn scanned(self, findings: ScanFindings) -> Self {
        self.scanned_after(findings, Duration::ZERO, Duration::ZERO)
    }

    /// As [`scanned`](Self::scanned), of a scan that begins some time after the push and is finished
    /// some time after it, by tokio's clock.
    pub fn scanned_after(
        mut self,
        findings: ScanFindings,
        started_after: Duration,
        finished_after: Duration,
    ) -> Self {
        self.scan = Some(MemoryScan {
            findings,
            started_after,
            finished_after,
        });
        self
    }

    pub(super) fn single(platform: Platform) -> Self {
        let layer = Bytes::from(format!("the layer of {platform}"));
        Self::of(Content::Single {
            platform,
            labels: BTreeMap::new(),
            layers: vec![layer],
        })
    }

    fn of(content: Content) -> Self {
        Self {
            content,
            docker: false,
            damage: Vec::new(),
            state: ACTIVE.to_owned(),
            visible_after: Duration::ZERO,
            pushed_at: None,
            scan: None,
        }
    }
}
