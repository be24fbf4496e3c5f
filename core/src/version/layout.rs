//! How the images of several environments are laid out over repositories.

use serde::{Deserialize, Serialize};

use super::{Environment, Version, alias, newest};
use crate::image::{RepositoryAddress, Tag};
use crate::{Error, ErrorKind};

/// How the images of several environments are laid out over repositories.
///
/// As JSON: `"shared"` or `"per-environment"`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RepositoryLayout {
    /// One repository for all: `macro-ai-express-api:pr-51-622d2103-20250820-124500`.
    #[default]
    Shared,
    /// One repository for each, named after the environment:
    /// `macro-ai-express-api/pr-51:622d2103-20250820-124500`. Each can have its own lifecycle
    /// policy and permissions.
    PerEnvironment,
}

impl RepositoryLayout {
    /// The repository and tag of `version`, where `base` is the repository without an environment.
    ///
    /// Fails with `InvalidRepository` when the name with the environment is longer than a
    /// repository name may be.
    pub fn locate(
        self,
        base: &RepositoryAddress,
        version: &Version,
    ) -> Result<(RepositoryAddress, Tag), Error> {
        let repository = self.repository_of(base, version.environment())?;
        let tag = match self {
            Self::Shared => version.tag(),
            Self::PerEnvironment => version.tag_in_own_repository(),
        };
        Ok((repository, tag))
    }

    /// The inverse of [`locate`](Self::locate): the repository without an environment, and the
    /// version.
    ///
    /// Fails with `InvalidVersion` when the tag is no version, and with `InvalidRepository` when
    /// the repository is not one of a base repository and an environment.
    pub fn identify(
        self,
        repository: &RepositoryAddress,
        tag: &Tag,
    ) -> Result<(RepositoryAddress, Version), Error> {
        match self {
            Self::Shared => Ok((repository.clone(), tag.as_str().parse()?)),
            Self::PerEnvironment => {
                let (base, environment) = split(repository)?;
                let version = Version::parse_tag_of(&environment, tag.as_str())?;
                Ok((base, version))
            }
        }
    }

    /// The repository that holds the images of `environment`.
    ///
    /// Fails as [`locate`](Self::locate) does.
    pub fn repository_of(
        self,
        base: &RepositoryAddress,
        environment: &Environment,
    ) -> Result<RepositoryAddress, Error> {
        match self {
            Self::Shared => Ok(base.clone()),
            Self::PerEnvironment => base.with_name(base.name().join(environment.as_str())?),
        }
    }

    /// The moving tag of `environment` in its repository: `pr-51-latest`, or `latest` in one of its
    /// own. For people; a deployment never depends on it.
    pub fn alias(self, environment: &Environment) -> Tag {
        match self {
            Self::Shared => alias(environment),
            Self::PerEnvironment => Tag::from_checked("latest".to_owned()),
        }
    }

    /// The newest version of `environment` among the tags of its repository; other tags are passed
    /// over, as [`newest`] does.
    pub fn newest<I>(self, environment: &Environment, tags: I) -> Option<Version>
    where
        I: IntoIterator<Item: AsRef<str>>,
    {
        match self {
            Self::Shared => newest(environment, tags),
            Self::PerEnvironment => tags
                .into_iter()
                .filter_map(|tag| Version::parse_tag_of(environment, tag.as_ref()).ok())
                .max(),
        }
    }
}

/// The repository without its environment, and that.
fn split(repository: &RepositoryAddress) -> Result<(RepositoryAddress, Environment), Error> {
    let invalid = |why: &str| {
        Error::new(
            ErrorKind::InvalidRepository,
            format!("repository {repository} {why}; expected a form such as my-app/pr-51"),
        )
    };
    let Some((base, environment)) = repository.name().split_last() else {
        return Err(invalid("has no environment as the last part of its name"));
    };
    let environment = environment.parse().map_err(|cause: Error| {
        invalid("has no valid environment as the last part of its name").with_source(cause)
    })?;
    Ok((repository.with_name(base)?, environment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_repository_of_its_own_a_shared_tag_is_foreign() {
        let environment: Environment = "pr-5".parse().unwrap();
        let tags = [
            "aaaaaaaa-20250820-124500",
            "v1.4.2-bbbbbbbb-20250820-134500-r7.1",
            "pr-5-cccccccc-20250821-124500",
            "latest",
        ];
        let newest = RepositoryLayout::PerEnvironment.newest(&environment, tags);
        assert_eq!(
            newest.unwrap().to_string(),
            "pr-5/v1.4.2-bbbbbbbb-20250820-134500-r7.1"
        );
        let newest = RepositoryLayout::Shared.newest(&environment, tags);
        assert_eq!(newest.unwrap().to_string(), "pr-5/cccccccc-20250821-124500");
    }

    #[test]
    fn each_layout_has_its_alias() {
        let environment: Environment = "pr-5".parse().unwrap();
        let [shared, own] = [RepositoryLayout::Shared, RepositoryLayout::PerEnvironment]
            .map(|layout| layout.alias(&environment).to_string());
        assert_eq!((shared.as_str(), own.as_str()), ("pr-5-latest", "latest"));
    }
}
