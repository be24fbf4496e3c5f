//! What is known of a build.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::draft::{Draft, in_range, not_a_number};
use super::text::{checked, checked_url};
use super::time::whole_seconds;
use super::wire::Wire;
use super::{Commit, Provider};
use crate::{Error, Result};

/// Where an image comes from.
///
/// Every text is free of control characters and bounded, however the value was made: branch names
/// are written by whoever opens a pull request.
///
/// JSON: `{"commit","buildTime","branch"?,"gitTag"?,"runId"?,"runNumber"?,"runAttempt"?,"prNumber"?,
/// "sourceUrl"?,"mergeCommit"?,"provider"?}`, read with the same checks; `buildTime` is written as
/// RFC 3339 and read in both forms of [`parse_time`](super::parse_time).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Draft")]
pub struct BuildMetadata {
    pub(super) commit: Commit,
    pub(super) build_time: DateTime<Utc>,
    pub(super) branch: Option<String>,
    pub(super) git_tag: Option<String>,
    pub(super) run_id: Option<String>,
    pub(super) run_number: Option<u64>,
    pub(super) run_attempt: Option<u32>,
    pub(super) pr_number: Option<u64>,
    pub(super) source_url: Option<String>,
    pub(super) merge_commit: Option<Commit>,
    pub(super) provider: Option<Provider>,
}

impl BuildMetadata {
    /// Metadata of a build of `commit` at `build_time`, cut to whole seconds, with nothing else known.
    pub fn new(commit: Commit, build_time: DateTime<Utc>) -> Self {
        Self {
            commit,
            build_time: whole_seconds(build_time),
            branch: None,
            git_tag: None,
            run_id: None,
            run_number: None,
            run_attempt: None,
            pr_number: None,
            source_url: None,
            merge_commit: None,
            provider: None,
        }
    }

    /// With the branch. Fails with `InvalidMetadata` for an empty, overlong or unprintable name.
    pub fn with_branch(mut self, branch: impl Into<String>) -> Result<Self> {
        self.branch = Some(checked("branch", branch.into())?);
        Ok(self)
    }

    /// With the git tag. Fails as [`with_branch`](Self::with_branch).
    pub fn with_git_tag(mut self, tag: impl Into<String>) -> Result<Self> {
        self.git_tag = Some(checked("git tag", tag.into())?);
        Ok(self)
    }

    /// With the id of the CI run. Fails as [`with_branch`](Self::with_branch).
    pub fn with_run_id(mut self, id: impl Into<String>) -> Result<Self> {
        self.run_id = Some(checked("run id", id.into())?);
        Ok(self)
    }

    /// With the number of the CI run, from 1 to 2^53 - 1; else `InvalidMetadata`.
    pub fn with_run_number(mut self, number: u64) -> Result<Self> {
        self.run_number = Some(counted("run number", number)?);
        Ok(self)
    }

    /// With the attempt of the CI run, from 1; else `InvalidMetadata`.
    pub fn with_run_attempt(mut self, attempt: u32) -> Result<Self> {
        counted("run attempt", attempt.into())?;
        self.run_attempt = Some(attempt);
        Ok(self)
    }

    /// With the number of the pull request, from 1 to 2^53 - 1; else `InvalidMetadata`.
    pub fn with_pr_number(mut self, number: u64) -> Result<Self> {
        self.pr_number = Some(counted("pull request number", number)?);
        Ok(self)
    }

    /// With the URL of the source code: `http` or `https`, at most 2048 bytes, and without
    /// credentials; else `InvalidMetadata`.
    pub fn with_source_url(mut self, url: impl Into<String>) -> Result<Self> {
        self.source_url = Some(checked_url(url.into())?);
        Ok(self)
    }

    /// With the merge commit that CI tested the pull request as. The same commit as
    /// [`commit`](Self::commit) is no merge and is left out.
    pub fn with_merge_commit(mut self, merge: Commit) -> Self {
        self.merge_commit = Some(merge).filter(|merge| *merge != self.commit);
        self
    }

    /// With the system it was read from.
    pub fn with_provider(mut self, provider: Provider) -> Self {
        self.provider = Some(provider);
        self
    }

    /// The commit that was built: of a pull request its head, never the merge commit.
    pub fn commit(&self) -> &Commit {
        &self.commit
    }

    /// When it was built, UTC, whole seconds.
    pub fn build_time(&self) -> DateTime<Utc> {
        self.build_time
    }

    /// The branch; of a pull request the branch that it comes from.
    ///
    /// Whoever opens a pull request chooses that name, in a fork also `main` or `production`: where
    /// [`pr_number`](Self::pr_number) is there, make the environment of that.
    pub fn branch(&self) -> Option<&str> {
        self.branch.as_deref()
    }

    /// The git tag that was pushed, for a build of a tag.
    pub fn git_tag(&self) -> Option<&str> {
        self.git_tag.as_deref()
    }

    /// The id of the CI run, as the CI system writes it.
    pub fn run_id(&self) -> Option<&str> {
        self.run_id.as_deref()
    }

    /// The number of the CI run, where the system counts them.
    pub fn run_number(&self) -> Option<u64> {
        self.run_number
    }

    /// The attempt of the run, from 1.
    pub fn run_attempt(&self) -> Option<u32> {
        self.run_attempt
    }

    /// The number of the pull or merge request.
    pub fn pr_number(&self) -> Option<u64> {
        self.pr_number
    }

    /// Where the source code is: an `http` or `https` URL without credentials.
    pub fn source_url(&self) -> Option<&str> {
        self.source_url.as_deref()
    }

    /// The merge of the pull request into its target that CI made for the test, where there is one.
    pub fn merge_commit(&self) -> Option<&Commit> {
        self.merge_commit.as_ref()
    }

    /// The system that it was read from.
    pub fn provider(&self) -> Option<Provider> {
        self.provider
    }

    pub(super) fn draft(&self) -> Draft {
        self.clone().into()
    }
}

fn counted(what: &str, number: u64) -> Result<u64, Error> {
    in_range(number)
        .then_some(number)
        .ok_or_else(|| not_a_number(what, &number.to_string()))
}
