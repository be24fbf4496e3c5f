//! Which image of a repository is meant.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Digest, Tag};

/// Which image of a repository is meant: by tag, by digest, or by both, which must then agree.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ImageSelector {
    /// Whatever the tag leads to.
    Tag(Tag),
    /// Exactly this manifest.
    Digest(Digest),
    /// Exactly this manifest, and the tag must lead to it.
    TagAndDigest(Tag, Digest),
}

impl ImageSelector {
    /// The tag, where one is named.
    pub fn tag(&self) -> Option<&Tag> {
        match self {
            Self::Tag(tag) | Self::TagAndDigest(tag, _) => Some(tag),
            Self::Digest(_) => None,
        }
    }

    /// The digest, where one is named.
    pub fn digest(&self) -> Option<&Digest> {
        match self {
            Self::Digest(digest) | Self::TagAndDigest(_, digest) => Some(digest),
            Self::Tag(_) => None,
        }
    }
}

/// As it follows a repository in a reference: `:tag`, `@digest` or `:tag@digest`.
impl fmt::Display for ImageSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => write!(f, ":{tag}"),
            Self::Digest(digest) => write!(f, "@{digest}"),
            Self::TagAndDigest(tag, digest) => write!(f, ":{tag}@{digest}"),
        }
    }
}
