//! What must hold.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::form;
use super::retention_policy::RetentionPolicy;
use super::scan_policy::{self, ScanPolicy};
use crate::Result;

/// Which checks are made beyond those that always are, and how strictly.
///
/// JSON: `{"content": "off|available|verified", "tagImmutable": "off|warn|require",
/// "unverifiedManifest": bool, "scan": …, "retention": …}`; `scan` is `"off"` or as [`ScanPolicy`],
/// `retention` as [`RetentionPolicy`]; what is left out is off.
///
/// ```
/// use artifact_deploy::gate::{ContentPolicy, Policy, TagImmutablePolicy};
///
/// let policy = Policy::new()
///     .content(ContentPolicy::Available)
///     .tag_immutable(TagImmutablePolicy::Warn);
/// # let _ = policy;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Policy {
    content: ContentPolicy,
    tag_immutable: TagImmutablePolicy,
    unverified_manifest: bool,
    #[serde(
        deserialize_with = "scan_policy::read",
        serialize_with = "scan_policy::write"
    )]
    scan: Option<ScanPolicy>,
    retention: RetentionPolicy,
}

/// How closely the check `content-complete` looks.
///
/// With a platform in the query it concerns the image for that platform, else all that the image
/// refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContentPolicy {
    /// The check is not made.
    #[default]
    Off,
    /// Every manifest is fetched and hashed; the registry has every configuration and layer.
    Available,
    /// As `Available`, and the bytes of every configuration and layer are fetched and hashed.
    Verified,
}

/// What the check `tag-immutable` does about a tag that can be moved.
///
/// The pinned digest does not move with it: what is at stake is that the tag still tells people the
/// truth, and that the digest is not left untagged and expired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TagImmutablePolicy {
    /// The check is not made. It costs a call more.
    #[default]
    Off,
    /// It warns.
    Warn,
    /// It fails.
    Require,
}

impl Policy {
    /// The default: the checks that always are made and those that the query asks for.
    ///
    /// One call per image, one per 100 images of a repository in a batch.
    pub fn new() -> Self {
        Self::default()
    }

    /// Everything that is in the image and its tag is required: all bytes hashed, the tag immutable.
    pub fn strict() -> Self {
        Self {
            content: ContentPolicy::Verified,
            tag_immutable: TagImmutablePolicy::Require,
            ..Self::default()
        }
    }

    /// Sets how closely the content is looked at.
    pub fn content(mut self, content: ContentPolicy) -> Self {
        self.content = content;
        self
    }

    /// Sets what is done about a tag that can be moved.
    pub fn tag_immutable(mut self, tag_immutable: TagImmutablePolicy) -> Self {
        self.tag_immutable = tag_immutable;
        self
    }

    /// Whether the digest that the registry names is believed where its manifest may not be read.
    ///
    /// A bypass, for credentials that may describe images but not pull them (ECR:
    /// `ecr:DescribeImages` without `ecr:BatchGetImage`). The check `manifest-digest` then warns.
    pub fn unverified_manifest(mut self, believed: bool) -> Self {
        self.unverified_manifest = believed;
        self
    }

    /// Requires a finished scan for vulnerabilities that found no more than this. It costs a call for
    /// each image of an index that a task could run.
    pub fn scan(mut self, scan: ScanPolicy) -> Self {
        self.scan = Some(scan);
        self
    }

    /// Sets what is done about an image that the repository will take away. It costs a call, two where
    /// the repository has rules, and more where they count images.
    pub fn retention(mut self, retention: RetentionPolicy) -> Self {
        self.retention = retention;
        self
    }

    /// Reads the JSON form.
    ///
    /// # Errors
    /// `InvalidArgument`.
    pub fn from_json(json: &Value) -> Result<Self> {
        form::read("gate policy", json)
    }

    pub(super) fn content_policy(self) -> ContentPolicy {
        self.content
    }

    pub(super) fn tag_immutable_policy(self) -> TagImmutablePolicy {
        self.tag_immutable
    }

    pub(super) fn scan_policy(self) -> Option<ScanPolicy> {
        self.scan
    }

    pub(super) fn retention_policy(self) -> RetentionPolicy {
        self.retention
    }

    pub(super) fn believes_unverified_manifest(self) -> bool {
        self.unverified_manifest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;
    use serde_json::json;

    #[test]
    fn what_is_left_out_is_off() {
        assert_eq!(Policy::from_json(&json!({})).unwrap(), Policy::new());
        assert_eq!(
            serde_json::to_value(Policy::new()).unwrap(),
            json!({"content": "off", "tagImmutable": "off", "unverifiedManifest": false,
                "scan": "off", "retention": "off"})
        );
    }

    #[test]
    fn a_misspelt_rule_is_refused_and_not_ignored() {
        for bad in [
            json!({"contents": "verified"}),
            json!({"content": "full"}),
            json!({"tagImmutable": true}),
            json!({"scan": "on"}),
            json!({"scan": null}),
            json!({"scan": {"hihg": 0}}),
            json!({"scan": {"high": -1}}),
            json!({"scan": {"high": 0, "onMissing": "ignore"}}),
            json!({"retention": true}),
            json!({"retention": {"mode": "maybe"}}),
            json!({"retention": {"forDays": 3}}),
            json!({"retention": {"mode": "require", "forDays": "3"}}),
            json!([]),
            json!(["verified"]),
            json!(null),
        ] {
            let error = Policy::from_json(&bad).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{bad}");
        }
    }
}
