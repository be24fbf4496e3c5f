//! Whether a repository lets a tag be moved.

use serde::{Deserialize, Serialize};

/// What a repository does when a tag that exists is pushed again.
///
/// Source: ECR `PutImageTagMutability`: four modes, two of them with wildcard filters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "mode", content = "filters")]
pub enum TagMutability {
    /// Every tag can be moved.
    Mutable,
    /// No tag can be moved.
    Immutable,
    /// Only tags that match one of these wildcard filters can be moved.
    ImmutableExcept(Vec<String>),
    /// All tags can be moved but those that match one of these wildcard filters.
    MutableExcept(Vec<String>),
    /// The registry does not say.
    Unknown,
}
