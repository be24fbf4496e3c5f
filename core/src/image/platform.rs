//! What an image runs on.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::{quoted, string_form};
use crate::{Error, ErrorKind};

/// The longest part, in characters: far more than any has, and no burden to a report.
const MAX_PART: usize = 64;

/// Operating system and CPU, written `os/architecture[/variant]`, for example `linux/arm64/v8`.
///
/// Lower case. The names that ECS and uname use for a CPU (`X86_64`, `aarch64`) are accepted and
/// become the ones that images use (`amd64`, `arm64`). `unknown/unknown`, which build tools write
/// on attestations, is not a platform.
///
/// Source: OCI image-spec, "Image Index" (`platform`).
///
/// ```
/// use artifact_deploy::image::Platform;
///
/// let wanted: Platform = "linux/arm64".parse().unwrap();
/// let image: Platform = "linux/arm64/v8".parse().unwrap();
/// assert!(image.matches(&wanted));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Platform {
    os: String,
    architecture: String,
    variant: Option<String>,
}

impl Platform {
    /// A platform from its parts; an empty variant is none.
    pub fn new(os: &str, architecture: &str, variant: Option<&str>) -> Result<Self, Error> {
        let variant = variant.filter(|variant| !variant.is_empty());
        let invalid = |why: &str| {
            let text = [Some(os), Some(architecture), variant]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join("/");
            Error::new(
                ErrorKind::InvalidPlatform,
                format!(
                    "platform {} {why}; expected \"os/architecture\" or \
                     \"os/architecture/variant\", for example \"linux/arm64\"",
                    quoted(&text)
                ),
            )
        };
        for part in [Some(os), Some(architecture), variant]
            .into_iter()
            .flatten()
        {
            if part.is_empty() {
                return Err(invalid("has an empty part"));
            }
            if part.len() > MAX_PART {
                return Err(invalid(&format!(
                    "has a part of {} characters; at most {MAX_PART} are taken",
                    part.len()
                )));
            }
            if let Some(bad) = part
                .chars()
                .find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')))
            {
                return Err(invalid(&format!("has {bad:?}")));
            }
        }
        let os = os.to_ascii_lowercase();
        let architecture = common_name(architecture.to_ascii_lowercase());
        if os == "unknown" || architecture == "unknown" {
            return Err(invalid("names nothing that runs"));
        }
        Ok(Self {
            os,
            architecture,
            variant: variant.map(str::to_ascii_lowercase),
        })
    }

    /// The operating system as Go names it: `linux`, `windows`.
    pub fn os(&self) -> &str {
        &self.os
    }

    /// The CPU architecture as Go names it: `amd64`, `arm64`.
    pub fn architecture(&self) -> &str {
        &self.architecture
    }

    /// The CPU variant: `v8`.
    pub fn variant(&self) -> Option<&str> {
        self.variant.as_deref()
    }

    /// Whether an image of this platform serves where `wanted` is asked for.
    ///
    /// The variant counts only when `wanted` has one. An image without a variant has the usual one
    /// of its CPU: `linux/arm64` is `linux/arm64/v8`.
    pub fn matches(&self, wanted: &Self) -> bool {
        self.os == wanted.os
            && self.architecture == wanted.architecture
            && wanted
                .variant()
                .is_none_or(|variant| self.usual_variant() == Some(variant))
    }

    /// The variant, or the one that images of this CPU have when they name none.
    fn usual_variant(&self) -> Option<&str> {
        self.variant().or(match self.architecture.as_str() {
            "arm64" => Some("v8"),
            "arm" => Some("v7"),
            "amd64" => Some("v1"),
            _ => None,
        })
    }
}

/// One name for each CPU, so that like is compared with like.
fn common_name(architecture: String) -> String {
    match architecture.as_str() {
        "x86_64" | "x86-64" => "amd64".to_owned(),
        "aarch64" => "arm64".to_owned(),
        "i386" => "386".to_owned(),
        _ => architecture,
    }
}

impl FromStr for Platform {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let parts: Vec<&str> = text.split('/').collect();
        match parts.as_slice() {
            [os, architecture] => Self::new(os, architecture, None),
            [os, architecture, variant] if !variant.is_empty() => {
                Self::new(os, architecture, Some(variant))
            }
            _ => Err(Error::new(
                ErrorKind::InvalidPlatform,
                format!(
                    "platform {} does not have two or three parts; expected \
                     \"os/architecture\" or \"os/architecture/variant\", for example \
                     \"linux/arm64\"",
                    quoted(text)
                ),
            )),
        }
    }
}

string_form!(Platform);

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.os, self.architecture)?;
        self.variant
            .iter()
            .try_for_each(|variant| write!(f, "/{variant}"))
    }
}
