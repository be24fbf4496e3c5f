//! Where images are kept.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The name of a repository within its registry, for example `my/app`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RepositoryName(String);

impl RepositoryName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RepositoryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for RepositoryName {
    type Error = crate::Error;

    fn try_from(_text: String) -> Result<Self, Self::Error> {
        todo!("image helper")
    }
}

impl From<RepositoryName> for String {
    fn from(name: RepositoryName) -> Self {
        name.0
    }
}

/// A registry host and a repository name, for example
/// `123456789012.dkr.ecr.eu-central-1.amazonaws.com/my/app`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Repository {
    host: String,
    name: RepositoryName,
}

impl Repository {
    /// The registry host, with its port where it has one.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The name within the registry.
    pub fn name(&self) -> &RepositoryName {
        &self.name
    }
}

impl fmt::Display for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.host, self.name)
    }
}

impl TryFrom<String> for Repository {
    type Error = crate::Error;

    fn try_from(_text: String) -> Result<Self, Self::Error> {
        todo!("image helper")
    }
}

impl From<Repository> for String {
    fn from(repository: Repository) -> Self {
        repository.to_string()
    }
}

/// A repository as people name it: with its host, or by its name alone, which then means the
/// registry that is asked (for ECR: the account and Region of the credentials).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum RepositoryAddress {
    /// The name alone.
    Name(RepositoryName),
    /// With its host.
    Full(Repository),
}

impl RepositoryAddress {
    /// The name within the registry.
    pub fn name(&self) -> &RepositoryName {
        match self {
            Self::Name(name) => name,
            Self::Full(repository) => repository.name(),
        }
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

impl TryFrom<String> for RepositoryAddress {
    type Error = crate::Error;

    fn try_from(_text: String) -> Result<Self, Self::Error> {
        todo!("image helper")
    }
}

impl From<RepositoryAddress> for String {
    fn from(address: RepositoryAddress) -> Self {
        address.to_string()
    }
}
