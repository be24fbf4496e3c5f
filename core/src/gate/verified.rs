//! The proof of passing the gate.

use crate::image::{Digest, Platform, Repository, Tag};

/// An image that passed the gate. There is no other way to make one.
#[derive(Debug, Clone)]
pub struct VerifiedImage {
    repository: Repository,
    tag: Option<Tag>,
    digest: Digest,
    children: Vec<Digest>,
    platforms: Vec<Platform>,
}

impl VerifiedImage {
    /// The repository with its host.
    pub fn repository(&self) -> &Repository {
        &self.repository
    }

    /// The tag that led to it.
    pub fn tag(&self) -> Option<&Tag> {
        self.tag.as_ref()
    }

    /// The digest that it is pinned by.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The digests of the platform manifests, when it is an index.
    pub fn children(&self) -> &[Digest] {
        &self.children
    }

    /// What it runs on, as far as that is known.
    pub fn platforms(&self) -> &[Platform] {
        &self.platforms
    }

    /// The pinned reference, `repository@sha256:…`.
    pub fn reference(&self) -> String {
        format!("{}@{}", self.repository, self.digest)
    }
}

#[cfg(test)]
impl VerifiedImage {
    /// An image for the tests of this crate that begin after the gate.
    pub(crate) fn for_tests(repository: &str, tag: Option<&str>, platforms: &[&str]) -> Self {
        Self {
            repository: Repository::try_from(repository.to_owned()).unwrap(),
            tag: tag.map(|tag| tag.parse().unwrap()),
            digest: Digest::of(repository.as_bytes()),
            children: Vec::new(),
            platforms: platforms
                .iter()
                .map(|platform| Platform::try_from((*platform).to_owned()).unwrap())
                .collect(),
        }
    }
}
