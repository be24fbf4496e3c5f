//! Step outputs and environment of GitHub Actions, written so that no value can set another name.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use super::Variables;
use crate::text::quoted;
use crate::{Error, ErrorKind, Result};

/// Which of the runner's two files: the rules for names differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Output,
    Environment,
}

/// The file behind `GITHUB_OUTPUT` or `GITHUB_ENV`.
///
/// Every entry is written as a block, `name<<delimiter`, value, delimiter, with a fresh random
/// delimiter: a branch name with a line break in it stays a value. All entries of one call are
/// checked first and appended in one write, on a new line even where another tool left one open.
///
/// Source: GitHub, "Workflow commands"; the parser is `FileCommandManager` of actions/runner.
#[derive(Debug, Clone)]
pub struct GithubFile {
    path: PathBuf,
    purpose: Purpose,
}

impl GithubFile {
    /// The file for step outputs at `path`.
    pub fn output_at(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            purpose: Purpose::Output,
        }
    }

    /// The file for the environment of later steps at `path`.
    pub fn environment_at(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            purpose: Purpose::Environment,
        }
    }

    /// The file for step outputs that `GITHUB_OUTPUT` names; `MetadataNotFound` when it is not set.
    pub fn output(variables: &Variables) -> Result<Self> {
        named_by(variables, "GITHUB_OUTPUT").map(Self::output_at)
    }

    /// The file for the environment of later steps that `GITHUB_ENV` names; `MetadataNotFound` when
    /// it is not set.
    pub fn environment(variables: &Variables) -> Result<Self> {
        named_by(variables, "GITHUB_ENV").map(Self::environment_at)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Appends the entries: all of them, or on an error of the entries none.
    ///
    /// # Errors
    /// `InvalidOutput` for a name that is not `[A-Za-z_][A-Za-z0-9_-]*` (in an environment no `-`,
    /// and neither `NODE_OPTIONS`, `GITHUB_…` nor `RUNNER_…`, which the runner refuses or keeps for
    /// itself), a name given twice, or a value with a control character other than tab and line feed.
    /// `Io` when the file cannot be written.
    pub fn append<N: AsRef<str>, V: AsRef<str>>(&self, entries: &[(N, V)]) -> Result<()> {
        let text = blocks(self.purpose, entries, &delimiter()?)?;
        let written = ends_within_a_line(&self.path).and_then(|within| {
            let text = if within { format!("\n{text}") } else { text };
            OpenOptions::new()
                .append(true)
                .create(true)
                .open(&self.path)?
                .write_all(text.as_bytes())
        });
        written.map_err(|error| {
            Error::new(
                ErrorKind::Io,
                format!(
                    "cannot append to {}; check that the path is writable",
                    self.path.display()
                ),
            )
            .with_source(error)
        })
    }
}

fn named_by(variables: &Variables, name: &str) -> Result<PathBuf> {
    variables
        .get(name)
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
        .ok_or_else(|| {
            Error::new(
                ErrorKind::MetadataNotFound,
                format!("{name} is not set; run in a step of GitHub Actions, or name the file"),
            )
        })
}

/// Whether what is appended would continue a line that another tool left open: the first name would
/// then belong to that line, and the lines of its value would be read as entries.
fn ends_within_a_line(path: &Path) -> std::io::Result<bool> {
    match path.metadata() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
        // A terminal or a pipe, where somebody tries it out, has no end to look at.
        Ok(data) if !data.is_file() || data.len() == 0 => return Ok(false),
        Ok(_) => {}
    }
    let mut last = [0_u8];
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

fn delimiter() -> Result<String> {
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).map_err(|error| {
        Error::new(
            ErrorKind::Io,
            "the operating system gives no random bytes, so nothing can be written safely",
        )
        .with_source(error.to_string())
    })?;
    Ok(format!("artifact_deploy_{}", hex::encode(random)))
}

fn blocks<N: AsRef<str>, V: AsRef<str>>(
    purpose: Purpose,
    entries: &[(N, V)],
    delimiter: &str,
) -> Result<String> {
    let mut text = String::new();
    let mut seen = std::collections::BTreeSet::new();
    for (name, value) in entries {
        let (name, value) = (name.as_ref(), value.as_ref());
        check_name(purpose, name)?;
        if !seen.insert(name) {
            return invalid(format!("name {name} is given twice; give one value"));
        }
        if let Some(bad) = value
            .chars()
            .find(|c| c.is_control() && !matches!(c, '\n' | '\t'))
        {
            return invalid(format!(
                "the value of {name} holds the control character {bad:?}; remove it or hand the value on in a file"
            ));
        }
        if value.contains(delimiter) {
            return invalid(format!(
                "the value of {name} holds the delimiter; nothing was written"
            ));
        }
        for part in [name, "<<", delimiter, "\n", value, "\n", delimiter, "\n"] {
            text.push_str(part);
        }
    }
    Ok(text)
}

fn check_name(purpose: Purpose, name: &str) -> Result<()> {
    let dash = purpose == Purpose::Output;
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '_' || (dash && c == '-');
    if !begins || !name.chars().all(legal) {
        return invalid(format!(
            "name {} cannot be written; expected letters, digits and '_'{}, not beginning with a digit",
            quoted(name),
            if dash { " or '-'" } else { "" }
        ));
    }
    let upper = name.to_ascii_uppercase();
    if !dash
        && (upper == "NODE_OPTIONS" || upper.starts_with("GITHUB_") || upper.starts_with("RUNNER_"))
    {
        return invalid(format!(
            "the runner does not let a step set {name}; use another name"
        ));
    }
    Ok(())
}

fn invalid<T>(why: String) -> Result<T> {
    Err(Error::new(ErrorKind::InvalidOutput, why))
}

#[cfg(test)]
#[path = "github_file_tests.rs"]
mod tests;
