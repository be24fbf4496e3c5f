//! The rules by which a repository takes images away.

mod fate;
mod rule;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use fate::{Action, Fate};

use self::rule::{Rule, Rules};
use super::{Digest, Tag};
use crate::{Error, ErrorKind, Result};

/// An image as a repository keeps it, for the rules of the repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StoredImage {
    /// Its digest.
    pub digest: Digest,
    /// All its tags.
    pub tags: Vec<Tag>,
    /// When it was pushed, where the registry told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pushed_at: Option<DateTime<Utc>>,
}

/// The lifecycle policy of a repository (ECR: `lifecyclePolicyText`).
///
/// ECR's rules: each image is taken away by at most one rule; the first rule, by the least
/// `rulePriority`, whose requirements of tags an image meets decides alone over it, whether it takes
/// it away or not. Source: ECR "Automate the cleanup of images by using lifecycle policies".
///
/// ```
/// use artifact_deploy::image::{Fate, LifecyclePolicy, StoredImage};
///
/// let policy = LifecyclePolicy::parse(
///     r#"{"rules": [
///         {"rulePriority": 1, "selection": {"tagStatus": "tagged", "tagPatternList": ["release-*"],
///             "countType": "imageCountMoreThan", "countNumber": 999}, "action": {"type": "expire"}},
///         {"rulePriority": 2, "selection": {"tagStatus": "any", "countType": "sinceImagePushed",
///             "countUnit": "days", "countNumber": 14}, "action": {"type": "expire"}}
///     ]}"#,
/// )?;
/// let image = StoredImage {
///     digest: format!("sha256:{}", "0".repeat(64)).parse()?,
///     tags: vec!["pr-51-622d2103".parse()?],
///     pushed_at: "2025-08-20T12:45:00Z".parse().ok(),
/// };
/// let Fate::Expires { rule: 2, at: Some(at), .. } = policy.fate(&image, None) else { panic!() };
/// assert_eq!(at.to_rfc3339(), "2025-09-03T12:45:00+00:00");
/// # Ok::<(), artifact_deploy::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LifecyclePolicy {
    rules: Vec<Rule>,
}

impl LifecyclePolicy {
    /// Reads the text of a policy. Rules that are not understood are kept as such: they decide over
    /// nothing that can be told.
    ///
    /// # Errors
    /// `UnexpectedResponse` when it is not the text of a policy at all.
    pub fn parse(text: &str) -> Result<Self> {
        let Rules { rules } = serde_json::from_str(text).map_err(|error| {
            Error::new(
                ErrorKind::UnexpectedResponse,
                format!("the lifecycle policy of the repository cannot be read: {error}"),
            )
        })?;
        let mut rules: Vec<Rule> = rules.into_iter().map(Rule::read).collect();
        rules.sort_by_key(|rule| rule.priority);
        Ok(Self { rules })
    }

    /// What becomes of an active image. `images` are all images of the repository; without them a
    /// rule that counts images gives [`Fate::Unknown`] with [`needs_images`](Fate::needs_images).
    ///
    /// An image of an index is not taken away before the index: ask for the index.
    pub fn fate(&self, image: &StoredImage, images: Option<&[StoredImage]>) -> Fate {
        for rule in &self.rules {
            match rule.meets(image) {
                Some(false) => {}
                Some(true) => return rule.fate(image, images),
                None => return rule.not_understood(),
            }
        }
        Fate::Kept
    }
}
