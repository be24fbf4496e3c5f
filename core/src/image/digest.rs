//! The digest of a manifest or blob.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::text::{quoted, string_form};
use crate::{Error, ErrorKind};

/// `sha256:` and 64 lower-case hexadecimal digits: the name of exact bytes.
///
/// Upper-case digits are accepted, as ECS and ECR accept them, and printed in lower case.
/// Source: OCI image-spec, "Digests"; ECS: `ContainerDefinition.image` takes only sha256.
///
/// ```
/// use artifact_deploy::image::Digest;
///
/// let digest = Digest::of(b"");
/// assert!(digest.as_str().starts_with("sha256:e3b0c442"));
/// assert_eq!(digest.as_str().parse::<Digest>().unwrap(), digest);
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(String);

impl Digest {
    const PREFIX: &'static str = "sha256:";

    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(format!(
            "{}{}",
            Self::PREFIX,
            hex::encode(Sha256::digest(bytes))
        ))
    }

    /// The whole text, `sha256:…`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The 64 hexadecimal digits.
    pub fn hex(&self) -> &str {
        self.0.strip_prefix(Self::PREFIX).unwrap_or(&self.0)
    }
}

impl FromStr for Digest {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let invalid = |why: &str| {
            Error::new(
                ErrorKind::InvalidDigest,
                format!(
                    "digest {} {why}; expected \"sha256:\" and 64 hexadecimal digits",
                    quoted(text)
                ),
            )
        };
        let Some(hex) = text.strip_prefix(Self::PREFIX) else {
            return Err(invalid("does not begin with \"sha256:\""));
        };
        if hex.len() != 64 {
            return Err(invalid(&format!("has {} characters after it", hex.len())));
        }
        if !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(invalid("has a character that is not hexadecimal"));
        }
        Ok(Self(text.to_ascii_lowercase()))
    }
}

string_form!(Digest);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({})", self.0)
    }
}
