//! One file per CI system: a pure function of its variables and its event payload.
//!
//! A provider leaves the commit out where it cannot know it, and says in [`Reading::advice`] what to
//! do. It never falls back to a commit that was not asked to be built, such as a merge commit.

mod azure;
mod bitbucket;
mod buildkite;
mod circleci;
mod codebuild;
mod git;
mod github;
mod gitlab;
mod jenkins;

use super::Provider;
use super::draft::Draft;
use super::field::Field;
use super::scene::Scene;
use crate::Result;

/// What a provider found.
pub(super) struct Reading {
    pub(super) draft: Draft,
    /// What to do where the commit is missing.
    pub(super) advice: &'static str,
}

/// Whether this is the system that runs the build.
pub(super) fn recognises(provider: Provider, scene: &Scene<'_>) -> bool {
    let says_true = |name| {
        scene
            .get(name)
            .is_some_and(|text| text.eq_ignore_ascii_case("true"))
    };
    match provider {
        Provider::GitHubActions => says_true("GITHUB_ACTIONS"),
        Provider::GitLabCi => says_true("GITLAB_CI"),
        Provider::CircleCi => says_true("CIRCLECI"),
        Provider::Buildkite => says_true("BUILDKITE"),
        Provider::AzurePipelines => says_true("TF_BUILD"),
        Provider::Bitbucket => scene.has("BITBUCKET_BUILD_NUMBER"),
        Provider::Jenkins => scene.has("JENKINS_URL"),
        Provider::CodeBuild => scene.has("CODEBUILD_BUILD_ID"),
        Provider::Git => scene.git.is_some(),
    }
}

pub(super) fn read(provider: Provider, scene: &Scene<'_>) -> Result<Reading> {
    match provider {
        Provider::GitHubActions => github::read(scene),
        Provider::GitLabCi => gitlab::read(scene),
        Provider::CircleCi => circleci::read(scene),
        Provider::Buildkite => buildkite::read(scene),
        Provider::AzurePipelines => azure::read(scene),
        Provider::Bitbucket => bitbucket::read(scene),
        Provider::Jenkins => jenkins::read(scene),
        Provider::CodeBuild => codebuild::read(scene),
        Provider::Git => git::read(scene),
    }
}

/// Takes a whole ref as a branch or a tag; other refs (`refs/pull/51/merge`) are neither.
fn set_ref(draft: &mut Draft, full: &str, origin: &str) -> Result<()> {
    if let Some(branch) = full.strip_prefix("refs/heads/") {
        draft.set(Field::Branch, branch, origin)
    } else if let Some(tag) = full.strip_prefix("refs/tags/") {
        draft.set(Field::GitTag, tag, origin)
    } else {
        Ok(())
    }
}

/// Whether it can be the number of a pull request: a branch may be called `pull/x` or `pr/x` too.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `51` of `refs/pull/51/merge` and `refs/pull/51/head`.
fn pull_of_ref(full: &str) -> Option<&str> {
    full.strip_prefix("refs/pull/")?.split('/').next()
}
