//! The configuration of an image.

use std::collections::BTreeMap;

use chrono::{DateTime, SubsecRound, Utc};
use serde::{Deserialize, Serialize};

use super::Platform;
use crate::{Error, ErrorKind};

/// What an image says of itself: its platform, its labels and when it was made.
///
/// Members that are not known are ignored.
///
/// Source: OCI image-spec, "Image Configuration".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    platform: Option<Platform>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<DateTime<Utc>>,
    labels: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Raw {
    #[serde(default)]
    os: Option<String>,
    #[serde(default)]
    architecture: Option<String>,
    #[serde(default)]
    variant: Option<String>,
    #[serde(default)]
    created: Option<String>,
    #[serde(default)]
    config: Option<RawExecution>,
}

#[derive(Deserialize)]
struct RawExecution {
    #[serde(default, rename = "Labels")]
    labels: Option<BTreeMap<String, String>>,
}

impl ImageConfig {
    /// The longest configuration that is read, in bytes.
    pub const MAX_BYTES: usize = 8 * 1024 * 1024;

    /// Reads the bytes of a configuration blob. The caller has checked them against their digest.
    ///
    /// # Errors
    /// `InvalidManifest` when they are not an image configuration.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let invalid = |why: &str| {
            Error::new(
                ErrorKind::InvalidManifest,
                format!("image configuration {why}"),
            )
        };
        if bytes.len() > Self::MAX_BYTES {
            return Err(invalid(&format!(
                "has {} bytes; at most {} are read",
                bytes.len(),
                Self::MAX_BYTES
            )));
        }
        if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
            return Err(invalid("is not a JSON object"));
        }
        let raw: Raw = serde_json::from_slice(bytes)
            .map_err(|error| invalid(&format!("cannot be read: {error}")).with_source(error))?;
        let platform = match (raw.os.as_deref(), raw.architecture.as_deref()) {
            (Some(os), Some(architecture)) => {
                Platform::new(os, architecture, raw.variant.as_deref()).ok()
            }
            _ => None,
        };
        Ok(Self {
            platform,
            created: raw.created.as_deref().and_then(whole_seconds),
            labels: raw
                .config
                .and_then(|execution| execution.labels)
                .unwrap_or_default(),
        })
    }

    /// What the image runs on; `None` where it does not say, or says what is not a platform.
    pub fn platform(&self) -> Option<&Platform> {
        self.platform.as_ref()
    }

    /// When the image was made, in whole seconds; `None` where it does not say in RFC 3339.
    pub fn created(&self) -> Option<DateTime<Utc>> {
        self.created
    }

    /// The labels, for example `org.opencontainers.image.revision`.
    pub fn labels(&self) -> &BTreeMap<String, String> {
        &self.labels
    }
}

/// Builders write fractions of any length; nothing here needs them.
fn whole_seconds(text: &str) -> Option<DateTime<Utc>> {
    let time = DateTime::parse_from_rfc3339(text).ok()?;
    Some(time.with_timezone(&Utc).trunc_subsecs(0))
}
