//! The name of a commit.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::{quoted, string_form};
use crate::{Error, ErrorKind};

/// The object name of a commit: 40 hexadecimal digits (SHA-1), 64 (SHA-256), or an abbreviation of
/// at least eight. Printed in lower case.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Commit(String);

impl Commit {
    /// How many digits of a commit a version carries.
    pub const SHORT_LENGTH: usize = 8;

    /// The object name as it was given, in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first eight digits.
    pub fn short(&self) -> &str {
        self.0.get(..Self::SHORT_LENGTH).unwrap_or(&self.0)
    }

    /// Whether both can name the same commit: one begins with the other.
    ///
    /// ```
    /// use artifact_deploy::metadata::Commit;
    ///
    /// let whole: Commit = "622d2103a1b2c3d4e5f60718293a4b5c6d7e8f90".parse().unwrap();
    /// let short: Commit = "622D2103".parse().unwrap();
    /// assert!(whole.matches(&short) && short.matches(&whole));
    /// ```
    pub fn matches(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0) || other.0.starts_with(&self.0)
    }
}

impl FromStr for Commit {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let hexadecimal = text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if hexadecimal && matches!(text.len(), Self::SHORT_LENGTH..=40 | 64) {
            return Ok(Self(text.to_ascii_lowercase()));
        }
        Err(Error::new(
            ErrorKind::InvalidCommit,
            format!(
                "commit {} is not an object name; expected 8 to 40, or 64, hexadecimal digits",
                quoted(text)
            ),
        ))
    }
}

string_form!(Commit);

impl fmt::Display for Commit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Commit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Commit({})", self.0)
    }
}
