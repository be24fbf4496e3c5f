//! Where something is deployed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::slug::slug;
use crate::text::{quoted, string_form};
use crate::{Error, ErrorKind};

/// Where something is deployed: `pr-51`, `staging`, `production`.
///
/// Lower-case letters and digits, in parts joined by single `-`; at most 63 characters, so that it
/// is a DNS label (RFC 1123). `unknown` is reserved: it stands for a missing value wherever build
/// metadata is written.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Environment(String);

impl Environment {
    /// The longest environment, in characters.
    pub const MAX_LENGTH: usize = 63;

    /// The reserved name, which stands for a missing value.
    const RESERVED: &'static str = "unknown";

    /// The environment of a branch, by the documented slug.
    ///
    /// A branch name that is an environment already is taken as it is. In any other, letters `A` to
    /// `Z` become lower case, each run of other characters becomes one `-`, and none is left at
    /// the ends; then it is cut to 54 characters and `-` and the first eight hexadecimal digits of
    /// the SHA-256 of the branch name (UTF-8) are appended, so that `feat/x`, `Feat-x` and `feat-x`
    /// stay apart.
    ///
    /// The hash is also appended to a name that reads as what this library makes of something else:
    /// `pr-51` (a pull request) or one that ends in `-` and eight hexadecimal digits (such a hash).
    ///
    /// Of a pull request use [`for_pull_request`](Self::for_pull_request): whoever opens one chooses
    /// the name of its branch, and may choose `production`.
    ///
    /// Fails with `InvalidEnvironment` for a full ref (`refs/heads/main`), for `HEAD`, for the
    /// reserved `unknown`, and when no letter or digit is left.
    ///
    /// ```
    /// use artifact_deploy::version::Environment;
    ///
    /// assert_eq!(Environment::from_branch("staging")?.as_str(), "staging");
    /// assert_eq!(Environment::from_branch("feat/x")?.as_str(), "feat-x-79b4cc55");
    /// # Ok::<(), artifact_deploy::Error>(())
    /// ```
    pub fn from_branch(branch: &str) -> Result<Self, Error> {
        slug(branch)?.parse()
    }

    /// The environment of a pull request: `pr-51`.
    ///
    /// Fails with `InvalidEnvironment` for 0: no CI system counts from there, so it stands for a
    /// number that was not found.
    pub fn for_pull_request(number: u64) -> Result<Self, Error> {
        if number == 0 {
            return Err(Error::new(
                ErrorKind::InvalidEnvironment,
                "there is no pull request 0; give the number of the pull request",
            ));
        }
        Ok(Self(format!("pr-{number}")))
    }

    /// The environment as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Environment {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let invalid = |why: String| {
            Err(Error::new(
                ErrorKind::InvalidEnvironment,
                format!("environment {} {why}", quoted(text)),
            ))
        };
        if text.is_empty() {
            return invalid("is empty; give a name such as pr-51 or production".into());
        }
        if let Some(bad) = text
            .chars()
            .find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-'))
        {
            return invalid(format!(
                "has {bad:?}; it takes lower-case letters, digits and '-' only \
                 (of a branch, make an environment with from_branch)"
            ));
        }
        if text.split('-').any(str::is_empty) {
            return invalid(
                "has a '-' at an end or two in a row; put one '-' between parts".into(),
            );
        }
        if text.len() > Self::MAX_LENGTH {
            return invalid(format!(
                "has {} characters; at most {} are allowed, as in a DNS label",
                text.len(),
                Self::MAX_LENGTH
            ));
        }
        if text == Self::RESERVED {
            return invalid(
                "is reserved: it stands for a missing value; give the real name".into(),
            );
        }
        Ok(Self(text.to_owned()))
    }
}

string_form!(Environment);

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Environment({})", self.0)
    }
}
