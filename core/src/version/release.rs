//! The release that a version carries.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::{quoted, string_form};
use crate::{Error, ErrorKind};

/// A semantic version 2.0.0, with the `v` in front that many projects write: `v1.4.2`,
/// `1.4.2-rc.1+build.7`.
///
/// Ordered by precedence, then by build metadata; where all that is equal, `1.4.2` before `v1.4.2`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Release {
    version: semver::Version,
    prefixed: bool,
}

impl Release {
    /// Whether it comes before a release proper: `1.4.2-rc.1`.
    pub fn is_prerelease(&self) -> bool {
        !self.version.pre.is_empty()
    }

    /// The release as it stands in an image tag: `_` for the `+`, which is illegal there.
    ///
    /// Nothing is lost: semantic versions have no `_`, and at most one `+`.
    pub fn to_tag_text(&self) -> String {
        self.to_string().replace('+', "_")
    }

    /// Reads what [`to_tag_text`](Self::to_tag_text) gives.
    ///
    /// Fails with `InvalidRelease`, also for a `+`, which no tag has.
    pub fn from_tag_text(text: &str) -> Result<Self, Error> {
        if text.contains('+') {
            return Err(invalid(
                text,
                "has a '+', which is illegal in a tag; write '_'",
            ));
        }
        text.replace('_', "+")
            .parse()
            .map_err(|cause: Error| invalid(text, EXPECTED).with_source(cause))
    }
}

const EXPECTED: &str = "is not a semantic version; expected a form such as v1.4.2 or 1.4.2-rc.1";

fn invalid(text: &str, why: &str) -> Error {
    Error::new(
        ErrorKind::InvalidRelease,
        format!("release {} {why}", quoted(text)),
    )
}

impl FromStr for Release {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let bare = text.strip_prefix('v');
        bare.unwrap_or(text)
            .parse()
            .map(|version| Self {
                version,
                prefixed: bare.is_some(),
            })
            .map_err(|cause: semver::Error| invalid(text, EXPECTED).with_source(cause))
    }
}

string_form!(Release);

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = if self.prefixed { "v" } else { "" };
        write!(f, "{prefix}{}", self.version)
    }
}

impl fmt::Debug for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Release({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn build_metadata_survives_the_tag_although_plus_is_illegal_there() {
        for text in [
            "v1.4.2-rc.1+exp.sha-5114f85",
            "1.0.0+001",
            "0.0.0--a-.-b+-c-",
        ] {
            let release: Release = text.parse().unwrap();
            assert_eq!(release.to_string(), text);
            assert!(!release.to_tag_text().contains('+'));
            let back = Release::from_tag_text(&release.to_tag_text()).unwrap();
            assert_eq!(back, release);
        }
    }

    #[test]
    fn what_is_no_semantic_version_is_refused() {
        let bad = [
            "", "v", "1", "1.4", "V1.4.2", "vv1.4.2", "01.4.2", "1.4.2_7", "1.4.2-01", "1.4.2+",
            " 1.4.2",
        ];
        for text in bad {
            let error = text.parse::<Release>().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidRelease, "{text}");
        }
        for text in ["1.4.2+7", "1.4.2_7_8"] {
            let error = Release::from_tag_text(text).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidRelease, "{text}");
        }
    }

    #[test]
    fn releases_are_ordered_by_precedence_and_not_as_text() {
        let parse = |text: &str| text.parse::<Release>().unwrap();
        assert!(parse("v1.10.0") > parse("v1.9.0"));
        assert!(parse("v1.10.0-rc.1") < parse("v1.10.0"));
        assert!(parse("v1.10.0-rc.1").is_prerelease() && !parse("v1.10.0+a").is_prerelease());
        assert!(parse("1.0.0") < parse("v1.0.0"));
    }
}
