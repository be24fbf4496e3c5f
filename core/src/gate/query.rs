//! What is asked of the gate.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::form;
use crate::image::{Digest, ImageSelector, Platform, RepositoryAddress, Tag};
use crate::metadata::Commit;
use crate::{Error, ErrorKind, Result};

/// Which image is meant, and what is expected of it.
///
/// JSON: `{"repository", "tag"?, "digest"?, "expectedDigest"?, "platform"?, "revision"?}`, with a tag
/// or a digest or both.
///
/// ```
/// use artifact_deploy::gate::ImageQuery;
/// use serde_json::json;
///
/// let query = ImageQuery::from_json(&json!({
///     "repository": "my/app",
///     "tag": "pr-51-622d2103-20250820-124500",
///     "platform": "linux/arm64",
/// }))?;
/// assert_eq!(query.to_string(), "my/app:pr-51-622d2103-20250820-124500");
/// # Ok::<(), artifact_deploy::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Form", into = "Form")]
pub struct ImageQuery {
    repository: RepositoryAddress,
    selector: ImageSelector,
    expected_digest: Option<Digest>,
    platform: Option<Platform>,
    revision: Option<Commit>,
}

impl ImageQuery {
    /// The image of `repository` that `selector` names, with nothing more expected of it.
    pub fn new(repository: impl Into<RepositoryAddress>, selector: ImageSelector) -> Self {
        Self {
            repository: repository.into(),
            selector,
            expected_digest: None,
            platform: None,
            revision: None,
        }
    }

    /// Whatever `tag` leads to in `repository`.
    pub fn by_tag(repository: impl Into<RepositoryAddress>, tag: Tag) -> Self {
        Self::new(repository, ImageSelector::Tag(tag))
    }

    /// It must be what the build reported: the digest of the image, or of one of its platforms.
    pub fn expecting_digest(mut self, digest: Digest) -> Self {
        self.expected_digest = Some(digest);
        self
    }

    /// It must run on `platform`.
    ///
    /// Checks that concern one image of an index then concern the image for this platform.
    pub fn on_platform(mut self, platform: Platform) -> Self {
        self.platform = Some(platform);
        self
    }

    /// Its label `org.opencontainers.image.revision` must name `commit`.
    pub fn from_commit(mut self, commit: Commit) -> Self {
        self.revision = Some(commit);
        self
    }

    /// Reads the JSON form, with an error of the kind of the member that is wrong.
    ///
    /// # Errors
    /// `InvalidArgument` for the shape; `InvalidRepository`, `InvalidTag`, `InvalidDigest`,
    /// `InvalidPlatform`, `InvalidCommit` for a member.
    pub fn from_json(json: &Value) -> Result<Self> {
        form::read::<Form>("image query", json)?.try_into()
    }

    /// The repository, as it was named.
    pub fn repository(&self) -> &RepositoryAddress {
        &self.repository
    }

    /// Which image of the repository.
    pub fn selector(&self) -> &ImageSelector {
        &self.selector
    }

    /// The digest that the build reported.
    pub fn expected_digest(&self) -> Option<&Digest> {
        self.expected_digest.as_ref()
    }

    /// The platform that it must run on.
    pub fn platform(&self) -> Option<&Platform> {
        self.platform.as_ref()
    }

    /// The commit that it must be built from.
    pub fn revision(&self) -> Option<&Commit> {
        self.revision.as_ref()
    }
}

/// The image as it was asked for: `my/app:tag`, `host/my/app@sha256:…`.
impl fmt::Display for ImageQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.repository, self.selector)
    }
}

/// The JSON form: text is parsed one member at a time, so that each error keeps its kind.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Form {
    repository: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expected_digest: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    platform: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revision: Option<String>,
}

impl TryFrom<Form> for ImageQuery {
    type Error = Error;

    fn try_from(form: Form) -> Result<Self> {
        let repository: RepositoryAddress = form.repository.parse()?;
        let tag = form.tag.map(|tag| tag.parse::<Tag>()).transpose()?;
        let digest = form.digest.map(|digest| digest.parse()).transpose()?;
        let selector = match (tag, digest) {
            (Some(tag), None) => ImageSelector::Tag(tag),
            (None, Some(digest)) => ImageSelector::Digest(digest),
            (Some(tag), Some(digest)) => ImageSelector::TagAndDigest(tag, digest),
            (None, None) => {
                return Err(Error::new(
                    ErrorKind::InvalidArgument,
                    format!(
                        "image query for {repository} has no \"tag\" and no \"digest\"; give one of them"
                    ),
                ));
            }
        };
        Ok(Self {
            repository,
            selector,
            expected_digest: form.expected_digest.map(|text| text.parse()).transpose()?,
            platform: form.platform.map(|text| text.parse()).transpose()?,
            revision: form.revision.map(|text| text.parse()).transpose()?,
        })
    }
}

impl From<ImageQuery> for Form {
    fn from(query: ImageQuery) -> Self {
        Self {
            repository: query.repository.to_string(),
            tag: query.selector.tag().map(ToString::to_string),
            digest: query.selector.digest().map(ToString::to_string),
            expected_digest: query.expected_digest.map(String::from),
            platform: query.platform.map(String::from),
            revision: query.revision.map(String::from),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_member_keeps_the_kind_of_its_error() {
        let cases = [
            (
                json!({"repository": "App", "tag": "v1"}),
                ErrorKind::InvalidRepository,
            ),
            (
                json!({"repository": "app", "tag": "pr-51/622d"}),
                ErrorKind::InvalidTag,
            ),
            (
                json!({"repository": "app", "digest": "sha256:00"}),
                ErrorKind::InvalidDigest,
            ),
            (
                json!({"repository": "app", "tag": "v1", "platform": "arm"}),
                ErrorKind::InvalidPlatform,
            ),
            (
                json!({"repository": "app", "tag": "v1", "revision": "main"}),
                ErrorKind::InvalidCommit,
            ),
            (json!({"repository": "app"}), ErrorKind::InvalidArgument),
            (
                json!({"repository": "app", "tag": "v1", "sha": "x"}),
                ErrorKind::InvalidArgument,
            ),
            (json!("app:v1"), ErrorKind::InvalidArgument),
            (json!(["app", "v1"]), ErrorKind::InvalidArgument),
        ];
        for (input, kind) in cases {
            assert_eq!(
                ImageQuery::from_json(&input).unwrap_err().kind(),
                kind,
                "{input}"
            );
        }
    }

    #[test]
    fn the_json_form_comes_back_as_it_was() {
        let form = json!({
            "repository": "localhost:5000/app",
            "tag": "v1",
            "digest": Digest::of(b"x"),
            "expectedDigest": Digest::of(b"y"),
            "platform": "linux/arm64",
            "revision": "622d2103a1b2c3d4",
        });
        let query = ImageQuery::from_json(&form).unwrap();
        assert_eq!(serde_json::to_value(query).unwrap(), form);
    }
}
