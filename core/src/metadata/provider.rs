//! The systems that metadata is read from.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::quoted;
use crate::{Error, ErrorKind};

macro_rules! providers {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        /// The CI system, or git alone, that metadata was read from.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Provider {
            $($(#[$doc])* #[serde(rename = $text)] $name,)+
        }

        impl Provider {
            /// Every provider, in the order in which detection tries them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The name as JSON, labels and environments carry it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }
        }
    };
}

// A runner may run inside another system: CodeBuild hosts runners for GitHub, GitLab and Buildkite,
// and a Jenkins agent may be a CodeBuild build. So what hosts others comes last.
providers! {
    /// GitHub Actions (`GITHUB_ACTIONS`).
    GitHubActions = "github-actions",
    /// GitLab CI (`GITLAB_CI`).
    GitLabCi = "gitlab-ci",
    /// `CircleCI` (`CIRCLECI`).
    CircleCi = "circleci",
    /// Buildkite (`BUILDKITE`).
    Buildkite = "buildkite",
    /// Azure Pipelines (`TF_BUILD`).
    AzurePipelines = "azure-pipelines",
    /// Bitbucket Pipelines (`BITBUCKET_BUILD_NUMBER`).
    Bitbucket = "bitbucket",
    /// Jenkins (`JENKINS_URL`).
    Jenkins = "jenkins",
    /// AWS `CodeBuild` (`CODEBUILD_BUILD_ID`).
    CodeBuild = "codebuild",
    /// A git checkout, without any CI system.
    Git = "git",
}

impl FromStr for Provider {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let found = Self::ALL.iter().find(|provider| provider.as_str() == text);
        found.copied().ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|provider| provider.as_str()).collect();
            Error::new(
                ErrorKind::InvalidMetadata,
                format!(
                    "provider {} is not known; expected one of {}",
                    quoted(text),
                    known.join(", ")
                ),
            )
        })
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
