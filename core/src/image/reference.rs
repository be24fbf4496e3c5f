//! References to images.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::text::quoted_address;
use super::{Digest, ImageSelector, Repository, RepositoryAddress, RepositoryName, Tag};
use crate::text::{quoted, string_form};
use crate::{Error, ErrorKind};

/// An image as it is written where one is used: `repository[:tag][@digest]`.
///
/// Nothing is assumed for what is left out: no `latest`, and no Docker Hub
/// (see [`on_docker_hub`](Self::on_docker_hub)).
///
/// Source: distribution/reference, the grammar of Docker; of digests only sha256, which is all that
/// ECS takes.
///
/// ```
/// use artifact_deploy::image::ImageReference;
///
/// let reference: ImageReference = "localhost:5000/my/app:v1".parse().unwrap();
/// assert_eq!(reference.repository().to_string(), "localhost:5000/my/app");
/// assert_eq!(reference.tag().unwrap().as_str(), "v1");
/// assert!(!reference.is_pinned());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ImageReference {
    repository: RepositoryAddress,
    tag: Option<Tag>,
    digest: Option<Digest>,
}

/// An image reference taken apart, as JSON: what CI outputs should carry instead of one string,
/// because CI systems mask account ids and drop outputs that contain one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReferenceParts {
    /// The whole reference.
    pub reference: String,
    /// The repository with its host, where it has one.
    pub repository: String,
    /// The registry host, with its port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// The name of the repository within its registry.
    pub name: RepositoryName,
    /// The tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<Tag>,
    /// The digest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Whether it has a digest.
    pub pinned: bool,
}

impl ImageReference {
    /// A reference to an image of a repository.
    pub fn new(repository: impl Into<RepositoryAddress>, image: &ImageSelector) -> Self {
        Self {
            repository: repository.into(),
            tag: image.tag().cloned(),
            digest: image.digest().cloned(),
        }
    }

    /// The repository.
    pub fn repository(&self) -> &RepositoryAddress {
        &self.repository
    }

    /// The tag.
    pub fn tag(&self) -> Option<&Tag> {
        self.tag.as_ref()
    }

    /// The digest.
    pub fn digest(&self) -> Option<&Digest> {
        self.digest.as_ref()
    }

    /// Which image of the repository it means; `None` when it has neither tag nor digest.
    pub fn selector(&self) -> Option<ImageSelector> {
        ImageSelector::of(self.tag.clone(), self.digest.clone())
    }

    /// Whether it has a digest, so that it can never lead to other bytes.
    pub fn is_pinned(&self) -> bool {
        self.digest.is_some()
    }

    /// The form that ECS documents, `repository@digest` without the tag; `None` when it has no
    /// digest.
    pub fn pinned(&self) -> Option<Self> {
        self.digest.as_ref().map(|digest| self.pinned_to(digest))
    }

    /// This repository pinned to a digest.
    pub fn pinned_to(&self, digest: &Digest) -> Self {
        Self {
            repository: self.repository.clone(),
            tag: None,
            digest: Some(digest.clone()),
        }
    }

    /// What Docker makes of it: without a host it is on Docker Hub, and there without an owner it is
    /// in `library`. `nginx` becomes `docker.io/library/nginx`.
    ///
    /// Everything else in this library leaves references as they are. No tag is added.
    pub fn on_docker_hub(&self) -> Result<Self, Error> {
        let hub = |host: &str| matches!(host, "docker.io" | "index.docker.io");
        if self.repository.host().is_some_and(|host| !hub(host)) {
            return Ok(self.clone());
        }
        let name = self.repository.name();
        let name = if name.as_str().contains('/') {
            name.clone()
        } else {
            format!("library/{name}").parse()?
        };
        Ok(Self {
            repository: Repository::new("docker.io", name)?.into(),
            ..self.clone()
        })
    }

    /// The reference taken apart.
    pub fn parts(&self) -> ReferenceParts {
        ReferenceParts {
            reference: self.to_string(),
            repository: self.repository.to_string(),
            host: self.repository.host().map(str::to_owned),
            name: self.repository.name().clone(),
            tag: self.tag.clone(),
            digest: self.digest.clone(),
            pinned: self.is_pinned(),
        }
    }

    /// As [`FromStr`], with the reason alone as the error.
    fn parse(text: &str) -> Result<Self, String> {
        RepositoryAddress::check_shape(text)?;
        let (rest, digest) = match text.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest)),
            None => (text, None),
        };
        let last = rest.rsplit('/').next().unwrap_or(rest);
        let (address, tag) = match last.split_once(':') {
            Some((_, tag)) => (
                rest.strip_suffix(tag)
                    .and_then(|rest| rest.strip_suffix(':'))
                    .unwrap_or(rest),
                Some(tag),
            ),
            None => (rest, None),
        };
        check_identifier(address, tag)?;
        let repository = RepositoryAddress::parse(address)?;
        let tag = tag.map(parse_tag).transpose()?;
        let digest = digest
            .map(str::parse::<Digest>)
            .transpose()
            .map_err(|error| format!("has a wrong digest: {error}"))?;
        Ok(Self {
            repository,
            tag,
            digest,
        })
    }
}

fn parse_tag(tag: &str) -> Result<Tag, String> {
    if tag.starts_with("sha256:") {
        return Err(format!(
            "has the digest {} after ':'; a digest follows '@'",
            quoted(tag)
        ));
    }
    tag.parse()
        .map_err(|error| format!("has a wrong tag: {error}"))
}

/// Refuses what names an image by its id or digest alone: the grammar would take both for the
/// names of repositories.
fn check_identifier(address: &str, tag: Option<&str>) -> Result<(), String> {
    let is_hex = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if (address == "sha256" && tag.is_some_and(is_hex)) || (tag.is_none() && is_hex(address)) {
        return Err(
            "is a digest or an image id alone, without its repository; write \
             \"repository@sha256:…\" with the digest that the push reported"
                .into(),
        );
    }
    Ok(())
}

impl FromStr for ImageReference {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text).map_err(|why| {
            Error::new(
                ErrorKind::InvalidReference,
                format!("image reference {} {why}", quoted_address(text)),
            )
        })
    }
}

string_form!(ImageReference);

impl From<RepositoryAddress> for ImageReference {
    fn from(repository: RepositoryAddress) -> Self {
        Self {
            repository,
            tag: None,
            digest: None,
        }
    }
}

impl fmt::Display for ImageReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.repository)?;
        self.selector()
            .iter()
            .try_for_each(|selector| write!(f, "{selector}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinning_drops_the_tag() {
        let digest = Digest::of(b"");
        let reference: ImageReference = format!("host.example/app:v1@{digest}").parse().unwrap();
        let pinned = reference.pinned().unwrap();
        assert_eq!(pinned.to_string(), format!("host.example/app@{digest}"));
        assert_eq!(pinned.selector(), Some(ImageSelector::Digest(digest)));
    }

    /// Deploy tools are on record with tags cut from ports, digests cut at their colon, and a
    /// version id taken for host, port and repository.
    #[test]
    fn a_digest_reference_is_never_misread() {
        let digest = Digest::of(b"");
        for repository in [
            "app",
            "my/app",
            "localhost:5000/my/app",
            "[::1]:5000/app",
            "123456789012.dkr.ecr.eu-central-1.amazonaws.com/my/app",
        ] {
            for tag in [None, Some("v1"), Some("pr-51-latest")] {
                let tag_text = tag.map(|tag| format!(":{tag}")).unwrap_or_default();
                let text = format!("{repository}{tag_text}@{digest}");
                let reference: ImageReference = text.parse().unwrap();
                assert_eq!(reference.repository().to_string(), repository);
                assert_eq!(reference.tag().map(Tag::as_str), tag);
                assert_eq!(reference.digest(), Some(&digest));
            }
        }
    }

    #[test]
    fn a_password_in_a_reference_is_not_repeated() {
        for text in [
            "me:secret@host.example/app:v1",
            "https://me:secret@host.example/app",
            "me:se@cret@host.example/app",
        ] {
            let error = text.parse::<ImageReference>().unwrap_err();
            assert!(!error.message().contains("cret"), "{error}");
            let error = text.parse::<RepositoryAddress>().unwrap_err();
            assert!(!error.message().contains("cret"), "{error}");
        }
    }
}
