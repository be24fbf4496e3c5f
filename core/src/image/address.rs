//! How people name a repository.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::text::quoted_address;
use super::{EcrHost, Repository, RepositoryName};
use crate::text::{quoted, string_form};
use crate::{Error, ErrorKind};

/// A repository as people name it: with its host, or by its name alone, which then means the
/// registry that is asked (for ECR: the account and Region of the credentials).
///
/// In text the first part is a host when it has a dot or a colon or is `localhost`, and something
/// follows it: the rule of Docker. So a name alone whose *first* part has a dot (`team.a/app`) can be
/// given as [`RepositoryAddress::Name`] only, not as text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum RepositoryAddress {
    /// The name alone.
    Name(RepositoryName),
    /// With its host.
    Full(Repository),
}

/// A repository address taken apart, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RepositoryParts {
    /// The address as it is printed.
    pub repository: String,
    /// The registry host, with its port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// The name within the registry.
    pub name: RepositoryName,
    /// Account, Region and form of the host, when it is one of private ECR.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ecr: Option<EcrHost>,
    /// Whether it is in ECR Public.
    pub ecr_public: bool,
}

impl RepositoryAddress {
    /// The name within the registry.
    pub fn name(&self) -> &RepositoryName {
        match self {
            Self::Name(name) => name,
            Self::Full(repository) => repository.name(),
        }
    }

    /// The registry host, where it is named.
    pub fn host(&self) -> Option<&str> {
        self.repository().map(Repository::host)
    }

    /// The repository with its host, where that is named.
    pub fn repository(&self) -> Option<&Repository> {
        match self {
            Self::Name(_) => None,
            Self::Full(repository) => Some(repository),
        }
    }

    /// Another repository of the same registry.
    pub fn with_name(&self, name: RepositoryName) -> Result<Self, Error> {
        match self {
            Self::Name(_) => Ok(Self::Name(name)),
            Self::Full(repository) => Repository::new(repository.host(), name).map(Self::Full),
        }
    }

    /// The address taken apart.
    pub fn parts(&self) -> RepositoryParts {
        RepositoryParts {
            repository: self.to_string(),
            host: self.host().map(str::to_owned),
            name: self.name().clone(),
            ecr: self.repository().and_then(Repository::ecr),
            ecr_public: self.repository().is_some_and(Repository::is_ecr_public),
        }
    }

    /// Refuses what is not even shaped like the name of an image. The error is the reason alone.
    pub(super) fn check_shape(text: &str) -> Result<(), String> {
        if text.is_empty() {
            return Err("is empty; give one like \"my/app\"".into());
        }
        if text.contains("://") {
            return Err("is a URL; write it without \"https://\"".into());
        }
        if let Some(bad) = text.chars().find(|c| c.is_whitespace() || c.is_control()) {
            return Err(format!("has {bad:?}; remove it"));
        }
        if text
            .split_once('@')
            .is_some_and(|(_, after)| after.contains('/'))
        {
            return Err("has a user name or password before its host; remove them".into());
        }
        Ok(())
    }

    /// Reads text that has neither tag nor digest. The error is the reason alone.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let split = text
            .split_once('/')
            .filter(|(first, _)| first.contains(['.', ':']) || *first == "localhost");
        let Some((host, name)) = split else {
            slash_in_tag(text)?;
            return RepositoryName::parse(text).map(Self::Name);
        };
        // An IPv6 address has colons of its own.
        if !host.starts_with('[') {
            let port = host.split_once(':').map(|(_, port)| port);
            if port.is_some_and(|port| port.bytes().any(|byte| !byte.is_ascii_digit())) {
                slash_in_tag(text)?;
            }
        }
        slash_in_tag(name)?;
        Repository::from_parts(host, RepositoryName::parse(name)?).map(Self::Full)
    }
}

/// Refuses a colon before a slash: a version id (`pr-51/622d2103-…`) where a tag belongs.
fn slash_in_tag(text: &str) -> Result<(), String> {
    match text.split_once(':') {
        Some((_, tag)) if tag.contains('/') => Err(with_slash(tag)),
        _ => Ok(()),
    }
}

/// What to do about a version id where a tag belongs.
pub(super) fn with_slash(tag: &str) -> String {
    format!(
        "has a '/' after ':'; if {} is meant as a tag, it must be {}, because a tag cannot \
         have a '/'",
        quoted(tag),
        quoted(&tag.replace('/', "-"))
    )
}

impl FromStr for RepositoryAddress {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let last = text.rsplit('/').next().unwrap_or(text);
        let parsed = Self::check_shape(text).and_then(|()| {
            if let Some((_, digest)) = last.split_once('@') {
                Err(format!(
                    "carries the digest {}; pass repository and digest apart",
                    quoted(digest)
                ))
            } else if let Some((_, tag)) = last.split_once(':') {
                Err(format!(
                    "carries the tag {}; pass repository and tag apart (after a host and \
                     port comes \"/name\")",
                    quoted(tag)
                ))
            } else {
                Self::parse(text)
            }
        });
        parsed.map_err(|why| {
            Error::new(
                ErrorKind::InvalidRepository,
                format!("repository {} {why}", quoted_address(text)),
            )
        })
    }
}

string_form!(RepositoryAddress);

impl From<RepositoryName> for RepositoryAddress {
    fn from(name: RepositoryName) -> Self {
        Self::Name(name)
    }
}

impl From<Repository> for RepositoryAddress {
    fn from(repository: Repository) -> Self {
        Self::Full(repository)
    }
}

impl fmt::Display for RepositoryAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => name.fmt(f),
            Self::Full(repository) => repository.fmt(f),
        }
    }
}
