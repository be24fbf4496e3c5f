//! What becomes of an image.

use chrono::{DateTime, Utc};
use serde::Serialize;

/// What the rules of a repository do with an image, by themselves.
///
/// JSON: `{"fate": "kept"}`, `{"fate": "expires", "rule", "action", "at"?, "afterPushes"?}`,
/// `{"fate": "unknown", "rule"?, "reason"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(
    tag = "fate",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Fate {
    /// No rule takes it away.
    Kept,
    /// A rule takes it away, within a day of the moment.
    Expires {
        /// The `rulePriority` of the rule.
        rule: i64,
        /// How.
        action: Action,
        /// From when on, for a rule that counts time; it may have passed.
        #[serde(skip_serializing_if = "Option::is_none")]
        at: Option<DateTime<Utc>>,
        /// After how many more images that the rule is about, for one that counts images; 0: now.
        #[serde(skip_serializing_if = "Option::is_none")]
        after_pushes: Option<u32>,
    },
    /// That cannot be told.
    Unknown {
        /// The `rulePriority` of the rule that decides.
        #[serde(skip_serializing_if = "Option::is_none")]
        rule: Option<i64>,
        /// Why not.
        reason: String,
        /// Whether the images of the repository would tell.
        #[serde(skip)]
        needs_images: bool,
    },
}

impl Fate {
    /// Whether the images of the repository are all that is missing to tell.
    pub fn needs_images(&self) -> bool {
        matches!(
            self,
            Self::Unknown {
                needs_images: true,
                ..
            }
        )
    }
}

/// How a rule takes an image away. Either way it cannot be pulled any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// It is deleted.
    Expire,
    /// It is moved to archive storage.
    Archive,
}

impl Action {
    /// What the rule does with it: `expires`, `archives`.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Expire => "expires",
            Self::Archive => "archives",
        }
    }
}
