//! The CI run that a version may carry.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::metadata::BuildMetadata;
use crate::text::quoted;
use crate::{Error, ErrorKind};

/// A CI run and its attempt, where two runs can share a second. Written `r17039281234.2`.
///
/// Ordered by id, then attempt: a CI system counts both upwards.
///
/// The jobs of one matrix share run and attempt; they need repositories or environments of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Fields")]
pub struct Run {
    id: u64,
    attempt: u32,
}

/// The JSON form, before the checks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    id: u64,
    attempt: u32,
}

impl Run {
    /// The largest id: 2^53 - 1, the largest integer that JSON carries exactly in every language.
    pub const MAX_ID: u64 = (1 << 53) - 1;

    /// Attempt `attempt` (from 1) of the run `id` (from 1 to [`MAX_ID`](Self::MAX_ID)).
    ///
    /// Fails with `InvalidArgument` outside these ranges.
    pub fn new(id: u64, attempt: u32) -> Result<Self, Error> {
        if !(1..=Self::MAX_ID).contains(&id) || attempt == 0 {
            return Err(Error::new(
                ErrorKind::InvalidArgument,
                format!(
                    "run {id}, attempt {attempt} is out of range; \
                     expected a run from 1 to {} and an attempt from 1",
                    Self::MAX_ID
                ),
            ));
        }
        Ok(Self { id, attempt })
    }

    /// The run of a build: its run id where that is a number, else its run number; the attempt is 1
    /// where none is known.
    ///
    /// Fails with `MetadataNotFound` where neither is a number that a run can have.
    pub fn of(build: &BuildMetadata) -> Result<Self, Error> {
        let id = build.run_id().and_then(|id| id.parse().ok());
        let attempt = build.run_attempt().unwrap_or(1);
        [id, build.run_number()]
            .into_iter()
            .flatten()
            .find_map(|id| Self::new(id, attempt).ok())
            .ok_or_else(|| {
                Error::new(
                    ErrorKind::MetadataNotFound,
                    format!(
                        "the build metadata of commit {} has no CI run with a number; \
                         give the run itself, or make the version without one",
                        build.commit().short()
                    ),
                )
            })
    }

    /// The number of the run, at most 2^53 - 1.
    pub fn id(self) -> u64 {
        self.id
    }

    /// The attempt, from 1.
    pub fn attempt(self) -> u32 {
        self.attempt
    }
}

impl TryFrom<Fields> for Run {
    type Error = Error;

    fn try_from(fields: Fields) -> Result<Self, Error> {
        Self::new(fields.id, fields.attempt)
    }
}

impl FromStr for Run {
    type Err = Error;

    /// Fails with `InvalidArgument` for anything but the form that is printed: no leading zeros.
    fn from_str(text: &str) -> Result<Self, Error> {
        let run = text
            .strip_prefix('r')
            .and_then(|numbers| numbers.split_once('.'))
            .and_then(|(id, attempt)| Some((id.parse().ok()?, attempt.parse().ok()?)))
            .and_then(|(id, attempt)| Self::new(id, attempt).ok());
        // Printing it again also refuses a sign and leading zeros, which `parse` lets through.
        run.filter(|run| run.to_string() == text).ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidArgument,
                format!(
                    "run {} is not of the form r{{id}}.{{attempt}}, such as r17039281234.2",
                    quoted(text)
                ),
            )
        })
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "r{}.{}", self.id, self.attempt)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn run_of(more: &serde_json::Value) -> Result<String, Error> {
        let mut build = json!({"commit": "622d2103", "buildTime": "2025-08-20T12:45:00Z"});
        for (key, value) in more.as_object().unwrap() {
            build[key] = value.clone();
        }
        let build: BuildMetadata = serde_json::from_value(build).unwrap();
        Run::of(&build).map(|run| run.to_string())
    }

    #[test]
    fn a_rerun_keeps_the_run_and_counts_the_attempt() {
        let run = run_of(&json!({"runId": "17039281234", "runAttempt": 2}));
        assert_eq!(run.unwrap(), "r17039281234.2");
    }

    #[test]
    fn where_the_run_id_is_no_number_the_run_number_counts() {
        let run = run_of(&json!({"runId": "{9f3c2e1a-uuid}", "runNumber": 77}));
        assert_eq!(run.unwrap(), "r77.1");
    }

    #[test]
    fn a_build_without_a_numbered_run_is_refused_rather_than_given_a_made_up_one() {
        for more in [
            json!({}),
            json!({"runId": "project:5f3c"}),
            json!({"runId": "0"}),
        ] {
            let error = run_of(&more).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::MetadataNotFound);
        }
    }

    #[test]
    fn only_the_printed_form_is_read() {
        for text in [
            "r1",
            "1.1",
            "r1.0",
            "r0.1",
            "r01.1",
            "r1.01",
            "r+1.1",
            "r1.1.1",
            "r9007199254740992.1",
        ] {
            assert!(text.parse::<Run>().is_err(), "{text}");
        }
        assert_eq!(
            "r9007199254740991.1".parse::<Run>().unwrap().id(),
            Run::MAX_ID
        );
    }

    #[test]
    fn json_is_checked_like_every_other_way_in() {
        let run: Run = serde_json::from_value(json!({"id": 7, "attempt": 2})).unwrap();
        assert_eq!(
            serde_json::to_value(run).unwrap(),
            json!({"id": 7, "attempt": 2})
        );
        assert!(serde_json::from_value::<Run>(json!({"id": 7, "attempt": 0})).is_err());
        assert!(serde_json::from_value::<Run>(json!({"id": 7, "attempt": 1, "x": 1})).is_err());
    }
}
