//! The shell around detection: the process environment, the event file, git, the clock.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::git_command::ask_git;
use super::{BuildMetadata, Variables, detect};
use crate::{Error, ErrorKind, Result};

/// GitHub caps the payload of a webhook at 25 MiB.
const MAX_EVENT_BYTES: u64 = 32 << 20;

impl BuildMetadata {
    /// Reads the build metadata of this process: its environment, the event file, git in the current
    /// directory, and the clock. Blocks for file access and, where git is asked, for some seconds at most.
    ///
    /// # Errors
    /// Those of [`detect`](super::detect()) and of [`BuildMetadata::detect`].
    pub fn detect_here() -> Result<Self> {
        // `vars` would panic on a variable that is not Unicode; none that we read may be.
        let variables = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Self::detect(&variables, Utc::now())
    }

    /// Reads the build metadata of these variables; the event file is the one that they name, and git
    /// is asked in the current directory only where the variables leave the commit or the system open.
    ///
    /// # Errors
    /// Those of [`detect`](super::detect()); `InvalidMetadata` when the event file is not a JSON
    /// object or longer than 32 MiB, `Io` when it cannot be read. An event file that is missing or
    /// empty counts as no payload.
    pub fn detect(variables: &Variables, now: DateTime<Utc>) -> Result<Self> {
        let path = variables
            .get("GITHUB_EVENT_PATH")
            .filter(|path| !path.is_empty());
        let github = variables
            .get("GITHUB_ACTIONS")
            .is_some_and(|text| text.eq_ignore_ascii_case("true"));
        let event = match path {
            Some(path) if github => read_event(Path::new(path))?,
            _ => None,
        };
        let first = detect(variables, event.as_ref(), None, now);
        let open = match &first {
            Err(error) => error.kind() == ErrorKind::MetadataNotFound,
            Ok(build) => build.provider().is_none(),
        };
        match open.then(|| ask_git(Path::new("."))).flatten() {
            Some(git) => detect(variables, event.as_ref(), Some(&git), now),
            None => first,
        }
    }
}

fn read_event(path: &Path) -> Result<Option<Value>> {
    let shown = path.display();
    let unreadable = |error: std::io::Error| {
        Error::new(
            ErrorKind::Io,
            format!("cannot read the event file {shown}; check GITHUB_EVENT_PATH"),
        )
        .with_source(error)
    };
    let invalid = |why: &str| {
        Error::new(
            ErrorKind::InvalidMetadata,
            format!("the event file {shown} {why}; check GITHUB_EVENT_PATH"),
        )
    };
    // A pipe in its place would hang.
    match path.metadata() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
        Ok(data) if !data.is_file() => return Err(invalid("is not a file")),
        Ok(_) => {}
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(MAX_EVENT_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > MAX_EVENT_BYTES {
        return Err(invalid("is longer than 32 MiB"));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(None);
    }
    match serde_json::from_slice(&bytes) {
        Ok(event @ Value::Object(_)) => Ok(Some(event)),
        Ok(_) => Err(invalid("is not a JSON object")),
        Err(error) => Err(invalid("is not JSON").with_source(error)),
    }
}

#[cfg(test)]
#[path = "detect_here_tests.rs"]
mod tests;
