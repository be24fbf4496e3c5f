//! The tag of an image.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::{quoted, string_form};
use crate::{Error, ErrorKind};

/// A tag that every OCI registry and ECR accepts: `[A-Za-z0-9_][A-Za-z0-9._-]{0,127}`.
///
/// A `/` is illegal in a tag. Source: OCI distribution-spec, "Pulling manifests"; ECR's own check
/// of `imageTag` allows the same characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tag(String);

impl Tag {
    /// The longest tag, in characters.
    pub const MAX_LENGTH: usize = 128;

    /// The tag as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A tag whose text another type of this crate has already proved legal, such as an environment.
    pub(crate) fn from_checked(text: String) -> Self {
        debug_assert!(text.parse::<Self>().is_ok(), "{text}");
        Self(text)
    }
}

impl AsRef<str> for Tag {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for Tag {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let invalid = |why: String| {
            Err(Error::new(
                ErrorKind::InvalidTag,
                format!("image tag {} {why}", quoted(text)),
            ))
        };
        let Some(first) = text.chars().next() else {
            return invalid("is empty; give at least one character".into());
        };
        if let Some(bad) = text
            .chars()
            .find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')))
        {
            return invalid(format!(
                "has {bad:?}; a tag takes letters, digits, '_', '.' and '-' only"
            ));
        }
        if matches!(first, '.' | '-') {
            return invalid(format!(
                "begins with {first:?}; it must begin with a letter, a digit or '_'"
            ));
        }
        if text.len() > Self::MAX_LENGTH {
            return invalid(format!(
                "has {} characters; at most {} are allowed",
                text.len(),
                Self::MAX_LENGTH
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

string_form!(Tag);

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tag({})", self.0)
    }
}
