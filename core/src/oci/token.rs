//! Tokens of a registry's token server.

use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::{Method, StatusCode, Url};
use serde::Deserialize;
use serde_json::json;

use super::authorize::secret;
use super::transport::{Ask, Transport, read};
use crate::image::Repository;
use crate::{Error, ErrorKind, Result};

/// The longest answer of a token server that is read. Tokens are a few kilobytes.
const MAX_ANSWER: usize = 256 * 1024;

/// The answer of a token server (distribution's token specification).
#[derive(Deserialize)]
struct Granted {
    token: Option<String>,
    access_token: Option<String>,
}

/// Fetches a token, as `authorization` or as anyone, and makes it a header.
pub(super) async fn fetch(
    transport: &Transport,
    url: Url,
    authorization: Option<HeaderValue>,
    repository: &Repository,
) -> Result<HeaderValue> {
    let what = format!("token server of {repository}");
    let anonymous = authorization.is_none();
    let ask = Ask {
        method: Method::GET,
        url,
        accept: None,
        authorization,
        extra: Duration::ZERO,
    };
    let response = transport.send(ask, &what).await?;
    let status = response.status();
    if status != StatusCode::OK {
        return Err(refused(status, anonymous, repository));
    }
    let answer = read(response, MAX_ANSWER, &what).await?;
    answer
        .and_then(|body| serde_json::from_slice::<Granted>(&body).ok())
        .and_then(|granted| granted.token.or(granted.access_token))
        .and_then(|token| secret(format!("Bearer {token}")))
        .ok_or_else(|| {
            Error::new(
                ErrorKind::UnexpectedResponse,
                format!(
                    "repository {repository}: its token server gave something else than a token"
                ),
            )
        })
}

fn refused(status: StatusCode, anonymous: bool, repository: &Repository) -> Error {
    let (kind, why) = match status.as_u16() {
        429 => (
            ErrorKind::Throttled,
            "its token server asks to slow down; ask less often",
        ),
        408 | 500..=599 => (
            ErrorKind::RegistryUnavailable,
            "its token server failed; try again later",
        ),
        _ if anonymous => (
            ErrorKind::Unauthenticated,
            "its token server gives nothing to anonymous requests; give credentials for this registry",
        ),
        _ => (
            ErrorKind::Unauthenticated,
            "its token server does not accept the credentials; check them",
        ),
    };
    Error::new(kind, format!("repository {repository}: {why}"))
        .with_details(json!({ "status": status.as_u16() }))
}
