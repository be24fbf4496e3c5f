//! Reading the JSON form of build metadata.

use serde::Deserialize;

use super::draft::built;
use super::{BuildMetadata, Commit, Provider, parse_time};
use crate::{Error, ErrorKind, Result};

/// The members as they are read; [`Draft`](super::draft::Draft) writes them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Wire {
    commit: Commit,
    build_time: String,
    branch: Option<String>,
    git_tag: Option<String>,
    run_id: Option<String>,
    run_number: Option<u64>,
    run_attempt: Option<u32>,
    pr_number: Option<u64>,
    source_url: Option<String>,
    merge_commit: Option<Commit>,
    provider: Option<Provider>,
}

impl TryFrom<Wire> for BuildMetadata {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        let mut build = Self::new(built(wire.commit)?, parse_time(&wire.build_time)?);
        if let Some(branch) = wire.branch {
            build = build.with_branch(branch)?;
        }
        if let Some(tag) = wire.git_tag {
            build = build.with_git_tag(tag)?;
        }
        if let Some(id) = wire.run_id {
            build = build.with_run_id(id)?;
        }
        if let Some(number) = wire.run_number {
            build = build.with_run_number(number)?;
        }
        if let Some(attempt) = wire.run_attempt {
            build = build.with_run_attempt(attempt)?;
        }
        if let Some(number) = wire.pr_number {
            build = build.with_pr_number(number)?;
        }
        if let Some(url) = wire.source_url {
            build = build.with_source_url(url)?;
        }
        if let Some(merge) = wire.merge_commit {
            build = build.with_merge_commit(built(merge)?);
        }
        build.provider = wire.provider;
        Ok(build)
    }
}

impl BuildMetadata {
    /// Reads the JSON form.
    ///
    /// # Errors
    /// `InvalidMetadata` for anything but an object of that form, with what is wrong in it.
    pub fn from_json(text: &str) -> Result<Self> {
        let invalid = |why: &dyn std::fmt::Display| {
            Error::new(
                ErrorKind::InvalidMetadata,
                format!("the build metadata cannot be read from JSON: {why}"),
            )
        };
        // serde would also take a list of the members in their order.
        if !text.trim_start().starts_with('{') {
            return Err(invalid(&"it is not an object"));
        }
        serde_json::from_str(text).map_err(|error| invalid(&error))
    }
}
