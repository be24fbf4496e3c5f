//! What an image runs on.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Operating system and CPU, written `os/architecture[/variant]`, for example `linux/arm64/v8`.
///
/// Source: OCI image-spec, "Image Index" (`platform`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Platform {
    os: String,
    architecture: String,
    variant: Option<String>,
}

impl Platform {
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
}

impl TryFrom<String> for Platform {
    type Error = crate::Error;

    fn try_from(_text: String) -> Result<Self, Self::Error> {
        todo!("image helper")
    }
}

impl From<Platform> for String {
    fn from(platform: Platform) -> Self {
        platform.to_string()
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.os, self.architecture)?;
        self.variant
            .iter()
            .try_for_each(|variant| write!(f, "/{variant}"))
    }
}
