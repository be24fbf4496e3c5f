//! What a registry's refusal means.

use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde::Deserialize;
use serde_json::json;

use crate::{Error, ErrorKind};

/// The longest text of a registry that is repeated in an error.
const MAX_TEXT: usize = 300;

/// The refusal of a registry, read from its answer.
pub(super) struct Refusal {
    status: StatusCode,
    code: Option<String>,
    text: Option<String>,
    retry_after: Option<Duration>,
}

#[derive(Deserialize)]
struct Envelope {
    errors: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    code: String,
    #[serde(default)]
    message: Option<String>,
}

impl Refusal {
    pub(super) fn read(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        let entry = serde_json::from_slice::<Envelope>(body)
            .ok()
            .and_then(|envelope| envelope.errors.into_iter().next());
        let (code, text) = match entry {
            Some(entry) => (
                Some(clean(&entry.code)),
                entry.message.as_deref().map(clean),
            ),
            None => (None, None),
        };
        Self {
            status,
            code,
            text: text.filter(|text| !text.is_empty()),
            retry_after: headers
                .get(RETRY_AFTER)
                .and_then(|value| value.to_str().ok()?.trim().parse().ok())
                .map(Duration::from_secs),
        }
    }

    pub(super) fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// Whether the registry says that it does not have the thing itself.
    pub(super) fn is_missing(&self) -> bool {
        self.status == StatusCode::NOT_FOUND && self.code.as_deref() != Some("NAME_UNKNOWN")
    }

    /// What the registry said, for a person.
    pub(super) fn reason(&self) -> String {
        let status = self.status.as_u16();
        match (&self.code, &self.text) {
            (Some(code), Some(text)) => format!("HTTP {status}, {code}: {text}"),
            (Some(code), None) => format!("HTTP {status}, {code}"),
            (None, _) => format!("HTTP {status}"),
        }
    }

    /// The error for `what`, for example `manifest localhost:5000/app:1`.
    pub(super) fn into_error(self, what: &str) -> Error {
        let reason = self.reason();
        let (kind, advice) = match (self.status.as_u16(), self.code.as_deref()) {
            (404, Some("NAME_UNKNOWN")) => (
                ErrorKind::RepositoryNotFound,
                "the registry does not have the repository; check its name",
            ),
            (401, _) => (
                ErrorKind::Unauthenticated,
                "the registry does not accept the credentials; check them, and that the repository \
                 exists",
            ),
            (403, _) | (_, Some("DENIED")) => (
                ErrorKind::AccessDenied,
                "the registry refuses; grant the right to pull, and check that the repository exists",
            ),
            (429, _) | (_, Some("TOOMANYREQUESTS")) => (
                ErrorKind::Throttled,
                "the registry asks to slow down; ask less often, or with credentials",
            ),
            (500..=599 | 408, _) => (
                ErrorKind::RegistryUnavailable,
                "the registry failed; try again later",
            ),
            _ => (
                ErrorKind::UnexpectedResponse,
                "this is not an answer of an OCI registry; check its address",
            ),
        };
        Error::new(kind, format!("{what}: {reason}: {advice}")).with_details(json!({
            "status": self.status.as_u16(),
            "registryCode": self.code,
            "registryMessage": self.text,
        }))
    }
}

/// Untrusted text, cut and without control characters: it may be printed on a terminal.
fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .take(MAX_TEXT)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(status: u16, body: &str) -> ErrorKind {
        let status = StatusCode::from_u16(status).unwrap();
        Refusal::read(status, &HeaderMap::new(), body.as_bytes())
            .into_error("manifest")
            .kind()
    }

    #[test]
    fn every_refusal_has_its_own_kind() {
        for (status, body, expected) in [
            (401, "", ErrorKind::Unauthenticated),
            (
                403,
                r#"{"errors":[{"code":"DENIED"}]}"#,
                ErrorKind::AccessDenied,
            ),
            (
                404,
                r#"{"errors":[{"code":"NAME_UNKNOWN"}]}"#,
                ErrorKind::RepositoryNotFound,
            ),
            (429, "slow", ErrorKind::Throttled),
            (
                400,
                r#"{"errors":[{"code":"TOOMANYREQUESTS"}]}"#,
                ErrorKind::Throttled,
            ),
            (502, "<html>", ErrorKind::RegistryUnavailable),
            (405, "", ErrorKind::UnexpectedResponse),
            (302, "", ErrorKind::UnexpectedResponse),
        ] {
            assert_eq!(kind(status, body), expected, "{status} {body}");
        }
    }

    #[test]
    fn text_of_the_registry_is_cut_and_cannot_write_control_characters() {
        let body = json!({"errors": [{"code": "X\u{1b}[2J", "message": "y".repeat(5000)}]});
        let error = Refusal::read(
            StatusCode::BAD_REQUEST,
            &HeaderMap::new(),
            body.to_string().as_bytes(),
        )
        .into_error("manifest");
        assert!(!error.message().contains('\u{1b}'));
        assert!(error.message().len() < 600);
    }
}
