//! The name of a repository.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::{quoted, string_form};
use crate::{Error, ErrorKind};

/// The name of a repository within its registry, for example `my/app`.
///
/// Components of lower-case letters and digits, separated within by one `.`, one or two `_` or any
/// number of `-`, and joined by `/`. At most 256 characters.
///
/// The grammar is that of the OCI distribution-spec and of ECR `RepositoryName`. The lengths are
/// the widest that a registry is known to take: Docker's own grammar allows one character and stops at
/// 255, ECR wants two and allows 256. What ECR wants beyond this is checked by
/// [`Repository`](super::Repository), which knows the registry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RepositoryName(String);

impl RepositoryName {
    /// The longest name, in characters.
    pub const MAX_LENGTH: usize = 256;

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The components between the slashes.
    pub fn components(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// This name with a component added: `my/app` and `pr-51` give `my/app/pr-51`.
    pub fn join(&self, component: &str) -> Result<Self, Error> {
        format!("{self}/{component}").parse()
    }

    /// The name without its last component, and that component; `None` when there is only one.
    pub fn split_last(&self) -> Option<(Self, &str)> {
        self.0
            .rsplit_once('/')
            .map(|(rest, last)| (Self(rest.to_owned()), last))
    }

    /// As [`FromStr`], with the reason alone as the error.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Err("has an empty name; give one like \"my/app\"".into());
        }
        for component in text.split('/') {
            check_component(component)?;
        }
        if text.len() > Self::MAX_LENGTH {
            return Err(format!(
                "has a name of {} characters; at most {} are allowed",
                text.len(),
                Self::MAX_LENGTH
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

/// Checks `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`.
fn check_component(component: &str) -> Result<(), String> {
    if let Some(bad) = component
        .chars()
        .find(|c| !(c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '.' | '-')))
    {
        let what = if bad.is_ascii_uppercase() {
            "an upper-case letter "
        } else {
            ""
        };
        return Err(format!(
            "has {what}{bad:?} in its name; a name takes lower-case letters, digits, '.', '_', \
             '-' and '/' only"
        ));
    }
    if component.is_empty() {
        return Err("has an empty part in its name: a '/' at an end, or two in a row".into());
    }
    let mut ends = [component.chars().next(), component.chars().next_back()]
        .into_iter()
        .flatten();
    if ends.any(|c| matches!(c, '_' | '.' | '-')) {
        return Err(format!(
            "has {} in its name; each part must begin and end with a letter or a digit",
            quoted(component)
        ));
    }
    let separators = component.split(|c: char| c.is_ascii_alphanumeric());
    if let Some(bad) = separators
        .filter(|run| !matches!(*run, "" | "." | "_" | "__"))
        .find(|run| run.contains(['.', '_']))
    {
        return Err(format!(
            "has {} in its name; letters and digits are separated by one '.', one or two \
             '_', or by '-'",
            quoted(bad)
        ));
    }
    Ok(())
}

impl FromStr for RepositoryName {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text).map_err(|why| {
            Error::new(
                ErrorKind::InvalidRepository,
                format!("repository name {} {why}", quoted(text)),
            )
        })
    }
}

string_form!(RepositoryName);

impl fmt::Display for RepositoryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_joined_name_splits_into_what_it_was_joined_from() {
        let name: RepositoryName = "my/app".parse().unwrap();
        let joined = name.join("pr-51").unwrap();
        assert_eq!(joined.as_str(), "my/app/pr-51");
        assert_eq!(joined.split_last(), Some((name, "pr-51")));
    }

    #[test]
    fn a_component_that_breaks_the_grammar_is_not_joined() {
        let name: RepositoryName = "app".parse().unwrap();
        assert_eq!(name.split_last(), None);
        for component in ["", "PR-51", "-x", "a b"] {
            assert_eq!(
                name.join(component).unwrap_err().kind(),
                ErrorKind::InvalidRepository
            );
        }
    }
}
