//! One check of the gate and what came of it.

use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::ErrorKind;
use crate::harmless::is_harmless;

/// How much of a registry's own words a report repeats, in characters.
const SHOWN: usize = 500;

/// The checks of the gate, in the order in which they are judged and reported.
///
/// New ones are added where they belong in that order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CheckName {
    /// The registry has the tag or digest.
    Exists,
    /// It is not archived or being restored.
    Active,
    /// The manifest bytes hash to the digest that the registry names, and can be read.
    ManifestDigest,
    /// It is what the build reported: the image, or one of its platforms.
    ExpectedDigest,
    /// The platform of the task is in the image.
    Platform,
    /// Every manifest and layer that it refers to is available.
    ContentComplete,
    /// The label `org.opencontainers.image.revision` names the commit.
    RevisionLabel,
    /// The mutability mode and filters of the repository protect the tag.
    TagImmutable,
    /// A finished scan for vulnerabilities found no more than the policy allows.
    Scan,
    /// No lifecycle rule of the repository takes the image away.
    Retention,
}

impl CheckName {
    /// The name as it stands in reports: `manifest-digest`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exists => "exists",
            Self::Active => "active",
            Self::ManifestDigest => "manifest-digest",
            Self::ExpectedDigest => "expected-digest",
            Self::Platform => "platform",
            Self::ContentComplete => "content-complete",
            Self::RevisionLabel => "revision-label",
            Self::TagImmutable => "tag-immutable",
            Self::Scan => "scan",
            Self::Retention => "retention",
        }
    }
}

impl fmt::Display for CheckName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckOutcome {
    /// It was made and holds.
    Pass,
    /// It was made and does not hold, or could not be made. The image is refused.
    Fail,
    /// It does not hold, and the policy lets the image pass all the same.
    Warn,
    /// It was not made: not asked for, or an earlier check left nothing to look at.
    Skip,
}

impl CheckOutcome {
    /// The outcome as it stands in reports: `pass`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Warn => "warn",
            Self::Skip => "skip",
        }
    }
}

/// One check, what came of it, and why.
///
/// JSON: `{"name", "outcome", "reason", "code"?, "expected"?, "actual"?, "advice"?}`; `code` with
/// `fail` and `warn` only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    name: CheckName,
    outcome: CheckOutcome,
    reason: String,
    kind: Option<ErrorKind>,
    expected: Option<String>,
    actual: Option<String>,
    advice: Option<String>,
    can_change: bool,
    reached: bool,
}

impl Check {
    /// Which check it is.
    pub fn name(&self) -> CheckName {
        self.name
    }

    /// What came of it.
    pub fn outcome(&self) -> CheckOutcome {
        self.outcome
    }

    /// Why, in words.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The kind of error that it stands for, when it failed or warns.
    pub fn kind(&self) -> Option<ErrorKind> {
        self.kind
    }

    /// What would have held, where that can be said in a word.
    pub fn expected(&self) -> Option<&str> {
        self.expected.as_deref()
    }

    /// What was seen instead.
    pub fn actual(&self) -> Option<&str> {
        self.actual.as_deref()
    }

    /// What to do, when it failed or warns.
    pub fn advice(&self) -> Option<&str> {
        self.advice.as_deref()
    }

    /// Whether asking again later can help, with nothing changed by the caller: what is missing may
    /// still be on its way. A waiting gate asks again only then.
    pub fn can_change(&self) -> bool {
        self.can_change
    }

    pub(super) fn pass(name: CheckName, reason: impl AsRef<str>) -> Self {
        Self::new(name, CheckOutcome::Pass, reason)
    }

    pub(super) fn skip(name: CheckName, reason: impl AsRef<str>) -> Self {
        Self::new(name, CheckOutcome::Skip, reason)
    }

    pub(super) fn not_asked(name: CheckName) -> Self {
        Self::skip(name, "not asked for")
    }

    /// A check that an earlier failure left nothing to look at.
    pub(super) fn not_reached(name: CheckName) -> Self {
        let mut check = Self::skip(name, "not reached: an earlier check failed");
        check.reached = false;
        check
    }

    /// Whether it was made, or need not be. What was asked for and not reached never verifies.
    pub(super) fn is_settled(&self) -> bool {
        self.reached && self.outcome != CheckOutcome::Fail
    }

    pub(super) fn fail(name: CheckName, kind: ErrorKind, reason: impl AsRef<str>) -> Self {
        let mut check = Self::new(name, CheckOutcome::Fail, reason);
        check.kind = Some(kind);
        check
    }

    /// A check that could not be made because the registry did not give what it needs.
    pub(super) fn unread(name: CheckName, what: &str, error: &crate::Error) -> Self {
        let mut check = Self::fail(
            name,
            error.kind(),
            format!("{what} could not be read: {}", error.message()),
        );
        check.can_change = error.is_retryable() || error.kind() == ErrorKind::ContentIncomplete;
        check
    }

    fn new(name: CheckName, outcome: CheckOutcome, reason: impl AsRef<str>) -> Self {
        Self {
            name,
            outcome,
            reason: plain(reason.as_ref()),
            kind: None,
            expected: None,
            actual: None,
            advice: None,
            can_change: false,
            reached: true,
        }
    }

    pub(super) fn expecting(mut self, expected: impl fmt::Display) -> Self {
        self.expected = Some(plain(&expected.to_string()));
        self
    }

    pub(super) fn seeing(mut self, actual: impl fmt::Display) -> Self {
        self.actual = Some(plain(&actual.to_string()));
        self
    }

    pub(super) fn advising(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    pub(super) fn changing(mut self, can_change: bool) -> Self {
        self.can_change = can_change;
        self
    }

    pub(super) fn into_warning(mut self) -> Self {
        self.outcome = CheckOutcome::Warn;
        self.can_change = false;
        self
    }
}

impl Serialize for Check {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("outcome", &self.outcome)?;
        map.serialize_entry("reason", &self.reason)?;
        let code = self.kind.map(ErrorKind::code);
        for (key, value) in [
            ("code", code),
            ("expected", self.expected()),
            ("actual", self.actual()),
            ("advice", self.advice()),
        ] {
            if let Some(value) = value {
                map.serialize_entry(key, value)?;
            }
        }
        map.end()
    }
}

/// Text on one line without control characters: a registry or a label must not be able to draw on
/// somebody's terminal.
pub(super) fn plain(text: &str) -> String {
    let mut out: String = text
        .chars()
        .take(SHOWN)
        .map(|c| if is_harmless(c) { c } else { ' ' })
        .collect();
    if text.chars().nth(SHOWN).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_cannot_draw_on_the_terminal() {
        let check = Check::fail(
            CheckName::Exists,
            ErrorKind::ImageNotFound,
            "a\u{1b}[31mb\r\nc\u{202e}d",
        );
        assert_eq!(check.reason(), "a [31mb  c d");
    }

    #[test]
    fn a_very_long_reason_is_cut() {
        assert_eq!(plain(&"a".repeat(10_000)).chars().count(), SHOWN + 1);
    }

    #[test]
    fn names_in_json_are_the_names_in_text() {
        for name in [
            CheckName::Exists,
            CheckName::ManifestDigest,
            CheckName::TagImmutable,
        ] {
            assert_eq!(serde_json::to_value(name).unwrap(), name.as_str());
        }
    }
}
