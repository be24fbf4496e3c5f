//! What detection sees: plain values, gathered by somebody else.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::draft::Draft;
use super::field::Field;
use crate::text::quoted;
use crate::{Error, ErrorKind, Result};

/// Environment variables by name.
pub type Variables = BTreeMap<String, String>;

/// What git says of a checkout.
///
/// JSON: `{"head","branch"?,"tag"?,"remoteUrl"?}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GitFacts {
    pub(super) head: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) branch: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) tag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) remote_url: Option<String>,
}

impl GitFacts {
    /// A checkout of the commit `head`, with nothing else known.
    pub fn new(head: impl Into<String>) -> Self {
        Self {
            head: head.into(),
            branch: None,
            tag: None,
            remote_url: None,
        }
    }

    /// On this branch.
    pub fn with_branch(mut self, branch: impl Into<String>) -> Self {
        self.branch = Some(branch.into());
        self
    }

    /// With a tag on exactly this commit.
    pub fn with_tag(mut self, tag: impl Into<String>) -> Self {
        self.tag = Some(tag.into());
        self
    }

    /// Cloned from this URL. Credentials in it are dropped.
    pub fn with_remote_url(mut self, url: impl Into<String>) -> Self {
        self.remote_url = Some(url.into());
        self
    }
}

/// Everything a provider may look at.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) variables: &'a Variables,
    pub(super) event: Option<&'a Value>,
    pub(super) git: Option<&'a GitFacts>,
}

impl<'a> Scene<'a> {
    /// The variable; CI systems set what they do not know to nothing at all.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        let value = self.variables.get(name)?.as_str();
        (!value.trim().is_empty()).then_some(value)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Copies a variable into a member, where it is set.
    pub(super) fn copy(&self, draft: &mut Draft, field: Field, name: &str) -> Result<()> {
        self.get(name)
            .map_or(Ok(()), |text| draft.set(field, text, name))
    }

    /// Copies the first of several variables that is set into a member.
    pub(super) fn copy_first(&self, draft: &mut Draft, field: Field, names: &[&str]) -> Result<()> {
        names
            .iter()
            .find(|name| self.has(name))
            .map_or(Ok(()), |name| self.copy(draft, field, name))
    }

    /// Takes the commit that is checked out, where git was asked.
    pub(super) fn copy_head(&self, draft: &mut Draft) -> Result<()> {
        self.git.map_or(Ok(()), |git| {
            draft.set(Field::Commit, &git.head, "git HEAD")
        })
    }

    /// Makes the first of several variables that can be read as a web address the source URL.
    pub(super) fn copy_source(&self, draft: &mut Draft, names: &[&str]) {
        draft.source_url = names
            .iter()
            .filter_map(|name| self.get(name))
            .find_map(super::source::web_address);
    }

    /// A text in the event payload.
    pub(super) fn event_text(&self, pointer: &str) -> Result<Option<&'a str>> {
        match self.event.and_then(|event| event.pointer(pointer)) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(payload(pointer, other, "a text")),
        }
    }

    /// A number in the event payload.
    pub(super) fn event_number(&self, pointer: &str) -> Result<Option<u64>> {
        match self.event.and_then(|event| event.pointer(pointer)) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => match value
                .as_u64()
                .filter(|number| super::draft::in_range(*number))
            {
                Some(number) => Ok(Some(number)),
                None => Err(payload(pointer, value, "a whole number from 1 on")),
            },
        }
    }
}

fn payload(pointer: &str, found: &Value, expected: &str) -> Error {
    Error::new(
        ErrorKind::InvalidMetadata,
        format!(
            "the event payload has {} at {pointer}; expected {expected}",
            quoted(&found.to_string())
        ),
    )
}
