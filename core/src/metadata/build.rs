//! What is known of a build.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Commit;

/// Where an image comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BuildMetadata {
    commit: Commit,
    build_time: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    branch: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    run_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    run_number: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    run_attempt: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pr_number: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source_url: Option<String>,
}

impl BuildMetadata {
    /// Metadata of a build of `commit` at `build_time` (whole seconds), with nothing else known.
    pub fn new(commit: Commit, build_time: DateTime<Utc>) -> Self {
        Self {
            commit,
            build_time,
            branch: None,
            run_id: None,
            run_number: None,
            run_attempt: None,
            pr_number: None,
            source_url: None,
        }
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
    pub fn branch(&self) -> Option<&str> {
        self.branch.as_deref()
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

    /// Where the source code is.
    pub fn source_url(&self) -> Option<&str> {
        self.source_url.as_deref()
    }
}
