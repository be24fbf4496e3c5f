//! Which image of a repository is meant.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Digest, Tag};
use crate::{Error, ErrorKind};

/// Which image of a repository is meant: by tag, by digest, or by both, which must then agree.
///
/// JSON: an object with `tag`, `digest` or both.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub enum ImageSelector {
    /// Whatever the tag leads to.
    Tag(Tag),
    /// Exactly this manifest.
    Digest(Digest),
    /// Exactly this manifest, and the tag must lead to it.
    TagAndDigest(Tag, Digest),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tag: Option<Tag>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest: Option<Digest>,
}

impl ImageSelector {
    /// The selector of a tag, a digest or both; `None` of neither.
    pub fn of(tag: Option<Tag>, digest: Option<Digest>) -> Option<Self> {
        match (tag, digest) {
            (Some(tag), Some(digest)) => Some(Self::TagAndDigest(tag, digest)),
            (Some(tag), None) => Some(Self::Tag(tag)),
            (None, Some(digest)) => Some(Self::Digest(digest)),
            (None, None) => None,
        }
    }

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

impl TryFrom<Parts> for ImageSelector {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self, Error> {
        Self::of(parts.tag, parts.digest).ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidArgument,
                "neither a tag nor a digest says which image is meant; give one of them",
            )
        })
    }
}

impl From<ImageSelector> for Parts {
    fn from(selector: ImageSelector) -> Self {
        Self {
            tag: selector.tag().cloned(),
            digest: selector.digest().cloned(),
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_selector_is_an_object_of_tag_and_digest() {
        let digest = Digest::of(b"");
        for value in [
            json!({ "tag": "v1" }),
            json!({ "digest": digest }),
            json!({ "tag": "v1", "digest": digest }),
        ] {
            let selector: ImageSelector = serde_json::from_value(value.clone()).unwrap();
            assert_eq!(serde_json::to_value(selector).unwrap(), value);
        }
    }

    #[test]
    fn a_selector_of_nothing_or_of_something_else_is_refused() {
        for value in [json!({}), json!({ "tag": "a/b" }), json!({ "name": "v1" })] {
            assert!(serde_json::from_value::<ImageSelector>(value).is_err());
        }
    }
}
