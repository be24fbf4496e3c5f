//! Where images are kept.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::address::with_slash;
use super::text::quoted_address;
use super::{EcrHost, RepositoryAddress, RepositoryName, host};
use crate::text::string_form;
use crate::{Error, ErrorKind};

/// The longest name in ECR Public, without the alias of its registry (ECR Public: `RepositoryName`).
const PUBLIC_MAX_LENGTH: usize = 205;

/// A registry host and a repository name, for example
/// `123456789012.dkr.ecr.eu-central-1.amazonaws.com/my/app`.
///
/// The host is kept in lower case. Nothing is assumed: what has no host is a
/// [`RepositoryAddress::Name`], never Docker Hub.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Repository {
    host: String,
    name: RepositoryName,
}

impl Repository {
    /// A repository from its parts.
    ///
    /// # Errors
    /// `InvalidRepository` when the host breaks the grammar, could not be told from a part of the
    /// name (it has no dot, no port and is not `localhost`), or when ECR cannot have such a name.
    pub fn new(host: &str, name: RepositoryName) -> Result<Self, Error> {
        match check(host, &name) {
            Ok(host) => Ok(Self { host, name }),
            Err(why) => Err(Error::new(
                ErrorKind::InvalidRepository,
                format!(
                    "repository {} {why}",
                    quoted_address(&format!("{host}/{name}"))
                ),
            )),
        }
    }

    /// A repository of private ECR, under the usual host of its account and Region.
    ///
    /// ```
    /// use artifact_deploy::image::Repository;
    ///
    /// let name = "my/app".parse().unwrap();
    /// let repository = Repository::in_ecr("123456789012", "eu-central-1", &name).unwrap();
    /// assert_eq!(
    ///     repository.to_string(),
    ///     "123456789012.dkr.ecr.eu-central-1.amazonaws.com/my/app"
    /// );
    /// ```
    pub fn in_ecr(account: &str, region: &str, name: &RepositoryName) -> Result<Self, Error> {
        Self::new(&EcrHost::new(account, region)?.to_string(), name.clone())
    }

    /// As [`new`](Self::new), with the reason alone as the error.
    pub(super) fn from_parts(host: &str, name: RepositoryName) -> Result<Self, String> {
        check(host, &name).map(|host| Self { host, name })
    }

    /// The registry host, with its port where it has one.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The name within the registry.
    pub fn name(&self) -> &RepositoryName {
        &self.name
    }

    /// Account, Region and form of the host, when it is one of private ECR.
    pub fn ecr(&self) -> Option<EcrHost> {
        EcrHost::parse(&self.host).ok().flatten()
    }

    /// Whether it is in ECR Public. The name then begins with the alias of the registry.
    pub fn is_ecr_public(&self) -> bool {
        is_public_host(&self.host)
    }

    /// Whether both are the same repository, even where they name ECR by different hosts (FIPS,
    /// dual-stack).
    pub fn is_same_as(&self, other: &Self) -> bool {
        let same_host = match (self.ecr(), other.ecr()) {
            (Some(a), Some(b)) => a.account() == b.account() && a.region() == b.region(),
            _ => self.host == other.host || (self.is_ecr_public() && other.is_ecr_public()),
        };
        same_host && self.name == other.name
    }
}

/// The normalised host, when host and name go together. The error is the reason alone.
fn check(host: &str, name: &RepositoryName) -> Result<String, String> {
    let host = host::normalize(host)?;
    misread_tag(&host, name.as_str())?;
    if EcrHost::parse(&host)?.is_some() && name.as_str().len() < 2 {
        return Err("has a name of one character; ECR names have at least two".into());
    }
    if is_public_host(&host) {
        check_public_name(name)?;
    }
    Ok(host)
}

fn is_public_host(host: &str) -> bool {
    let host = host.strip_suffix(":443").unwrap_or(host);
    matches!(host, "public.ecr.aws" | "ecr-public.aws.com")
}

/// Checks what ECR Public wants beyond the general grammar.
fn check_public_name(name: &RepositoryName) -> Result<(), String> {
    let Some((_alias, rest)) = name.as_str().split_once('/') else {
        return Err(
            "has no registry alias; in ECR Public a name is \"alias/name\", for example \
             \"docker/library/nginx\""
                .into(),
        );
    };
    if !(2..=PUBLIC_MAX_LENGTH).contains(&rest.len()) {
        return Err(format!(
            "has a name of {} characters after its alias; ECR Public takes 2 to \
             {PUBLIC_MAX_LENGTH}",
            rest.len()
        ));
    }
    if rest.contains("__") || rest.contains("--") {
        return Err("has a double separator in its name, which ECR Public does not take".into());
    }
    Ok(())
}

/// Refuses `app:51/622d2103`: by the grammar the repository `622d2103` at port 51 of host `app`, in
/// truth a version id where a tag belongs.
///
/// Only where the host has no dot and the name is nothing but a commit, with or without the time of
/// a version. Such a repository would have to be named by the host's full name.
fn misread_tag(host: &str, name: &str) -> Result<(), String> {
    let Some((short_host, port)) = host.split_once(':') else {
        return Ok(());
    };
    let whole_host = short_host.contains(['.', '[']) || short_host == "localhost";
    let (commit, time) = name.split_once('-').unwrap_or((name, ""));
    let like_commit = matches!(commit.len(), 8 | 40)
        && commit.bytes().all(|byte| byte.is_ascii_hexdigit())
        && commit.bytes().any(|byte| byte.is_ascii_digit());
    let like_time = time.is_empty()
        || time
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_digit());
    if !whole_host && like_commit && like_time {
        return Err(with_slash(&format!("{port}/{name}")));
    }
    Ok(())
}

impl FromStr for Repository {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text.parse()? {
            RepositoryAddress::Full(repository) => Ok(repository),
            RepositoryAddress::Name(_) => Err(Error::new(
                ErrorKind::InvalidRepository,
                format!(
                    "repository {} has no registry host; write \"host/name\", where the host has \
                     a dot or a port, or is \"localhost\"",
                    quoted_address(text)
                ),
            )),
        }
    }
}

string_form!(Repository);

impl fmt::Display for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.host, self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> RepositoryName {
        text.parse().unwrap()
    }

    #[test]
    fn a_host_that_would_not_be_read_back_as_one_is_refused() {
        for host in [
            "registry",
            "",
            "ghcr.io/owner",
            "ghcr.io:x",
            "me:secret@ghcr.io",
            "me:*secret*@ghcr.io",
        ] {
            let error = Repository::new(host, name("app")).unwrap_err();
            assert!(!error.message().contains("secret"), "{error}");
            assert_eq!(error.kind(), ErrorKind::InvalidRepository, "{host}");
        }
    }

    #[test]
    fn parts_and_text_obey_the_same_rules() {
        assert!(Repository::new("app:51", name("622d2103")).is_err());
        assert!(Repository::new("public.ecr.aws", name("nginx")).is_err());
        let repository = Repository::new("LOCALHOST:5000", name("a")).unwrap();
        assert_eq!(
            repository.to_string().parse::<Repository>().unwrap(),
            repository
        );
    }

    #[test]
    fn a_repository_in_ecr_knows_its_account_and_region() {
        let repository = Repository::in_ecr("000000000042", "cn-north-1", &name("my/app")).unwrap();
        let ecr = repository.ecr().unwrap();
        assert_eq!(
            (ecr.account(), ecr.region()),
            ("000000000042", "cn-north-1")
        );
        assert_eq!(
            (ecr.partition(), ecr.suffix()),
            ("aws-cn", "amazonaws.com.cn")
        );
        assert!(!ecr.is_fips() && !ecr.is_dual_stack());
    }
}
