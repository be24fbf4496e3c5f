//! Metadata while it is being gathered: any member may still be missing.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::field::Field;
use super::text::{checked, checked_url};
use super::time::whole_seconds;
use super::{BuildMetadata, Commit, Provider, parse_time};
use crate::text::quoted;
use crate::{Error, ErrorKind, Result};

/// The largest number that JSON carries exactly into every language.
const MAX_NUMBER: u64 = (1 << 53) - 1;

/// Its members, in this order, are those of the JSON form of build metadata.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Draft {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) commit: Option<Commit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) build_time: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) branch: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) git_tag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) run_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) run_number: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) run_attempt: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pr_number: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) source_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) merge_commit: Option<Commit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) provider: Option<Provider>,
}

impl Draft {
    /// Takes one member as text. `origin` says where the text stood, for the message.
    pub(super) fn set(&mut self, field: Field, text: &str, origin: &str) -> Result<()> {
        self.parse(field, text)
            .map_err(|error| Error::new(error.kind(), format!("{origin}: {}", error.message())))
    }

    fn parse(&mut self, field: Field, text: &str) -> Result<()> {
        match field {
            Field::Commit => self.commit = Some(built(text.parse()?)?),
            Field::BuildTime => self.build_time = Some(parse_time(text)?),
            Field::Branch => self.branch = Some(checked("branch", text.to_owned())?),
            Field::GitTag => self.git_tag = Some(checked("git tag", text.to_owned())?),
            Field::RunId => self.run_id = Some(checked("run id", text.to_owned())?),
            Field::RunNumber => self.run_number = Some(number("run number", text)?),
            Field::RunAttempt => {
                let attempt = number("run attempt", text)?;
                self.run_attempt =
                    Some(u32::try_from(attempt).map_err(|_| not_a_number("run attempt", text))?);
            }
            Field::PrNumber => self.pr_number = Some(number("pull request number", text)?),
            Field::SourceUrl => self.source_url = Some(checked_url(text.to_owned())?),
            Field::MergeCommit => self.merge_commit = Some(built(text.parse()?)?),
            Field::Provider => self.provider = Some(text.parse()?),
        }
        Ok(())
    }

    /// One member as text.
    pub(super) fn text(&self, field: Field) -> Option<String> {
        match field {
            Field::Commit => self.commit.as_ref().map(ToString::to_string),
            Field::BuildTime => self.build_time.map(super::time::rfc3339),
            Field::Branch => self.branch.clone(),
            Field::GitTag => self.git_tag.clone(),
            Field::RunId => self.run_id.clone(),
            Field::RunNumber => self.run_number.map(|number| number.to_string()),
            Field::RunAttempt => self.run_attempt.map(|number| number.to_string()),
            Field::PrNumber => self.pr_number.map(|number| number.to_string()),
            Field::SourceUrl => self.source_url.clone(),
            Field::MergeCommit => self.merge_commit.as_ref().map(ToString::to_string),
            Field::Provider => self.provider.map(|provider| provider.to_string()),
        }
    }

    /// The metadata, where its two required members are there.
    pub(super) fn into_metadata(self) -> Option<BuildMetadata> {
        let mut metadata = BuildMetadata::new(self.commit?, whole_seconds(self.build_time?));
        metadata.branch = self.branch;
        metadata.git_tag = self.git_tag;
        metadata.run_id = self.run_id;
        metadata.run_number = self.run_number;
        metadata.run_attempt = self.run_attempt;
        metadata.pr_number = self.pr_number;
        metadata.source_url = self.source_url;
        metadata.merge_commit = self.merge_commit.filter(|merge| *merge != metadata.commit);
        metadata.provider = self.provider;
        Some(metadata)
    }
}

impl From<BuildMetadata> for Draft {
    fn from(metadata: BuildMetadata) -> Self {
        Self {
            commit: Some(metadata.commit),
            build_time: Some(metadata.build_time),
            branch: metadata.branch,
            git_tag: metadata.git_tag,
            run_id: metadata.run_id,
            run_number: metadata.run_number,
            run_attempt: metadata.run_attempt,
            pr_number: metadata.pr_number,
            source_url: metadata.source_url,
            merge_commit: metadata.merge_commit,
            provider: metadata.provider,
        }
    }
}

/// A commit that something can be built of.
pub(super) fn built(commit: Commit) -> Result<Commit> {
    // What git and CI systems give for a branch that is deleted; no commit has that name.
    if commit.as_str().bytes().all(|byte| byte == b'0') {
        return Err(Error::new(
            ErrorKind::InvalidCommit,
            "the commit is all zeros, which is how a deleted branch is told; nothing can be built of it",
        ));
    }
    Ok(commit)
}

fn number(what: &str, text: &str) -> Result<u64> {
    // `parse` alone would take "+5".
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text
        .parse()
        .ok()
        .filter(|number| digits && in_range(*number));
    number.ok_or_else(|| not_a_number(what, text))
}

/// Whether runs, attempts and pull requests can have this number.
pub(super) fn in_range(number: u64) -> bool {
    (1..=MAX_NUMBER).contains(&number)
}

pub(super) fn not_a_number(what: &str, text: &str) -> Error {
    Error::new(
        ErrorKind::InvalidMetadata,
        format!("{what} {} is not a whole number from 1 on", quoted(text)),
    )
}
