//! Asking by HTTP.

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;
use reqwest::header::{CACHE_CONTROL, HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::{Action, Attempt, Policy};
use reqwest::{Client, Response, StatusCode, Url};

use crate::ports::ApplicationProbe;
use crate::{Error, ErrorKind, Result};

const CONNECT: Duration = Duration::from_millis(3100);
const TIMEOUT: Duration = Duration::from_secs(10);
/// No application needs more to say which version it is.
const LONGEST: usize = 64 * 1024;
const MAX_REDIRECTS: usize = 3;

/// Asks a running application by HTTP: one GET, with a timeout and a limit on the answer.
///
/// It follows redirects only within the same scheme, host and port, so that headers with
/// credentials go nowhere else. The machine's own proxy settings hold, but for its own loopback
/// address.
#[derive(Debug, Clone)]
pub struct HttpProbe {
    http: Client,
    local: Client,
}

impl HttpProbe {
    /// With a timeout of ten seconds for each answer.
    ///
    /// # Errors
    /// `RuntimeUnavailable` when this machine has no usable TLS certificates.
    pub fn new() -> Result<Self> {
        Self::with_timeout(TIMEOUT)
    }

    /// With this timeout for each answer, from connecting to its last byte.
    ///
    /// # Errors
    /// Those of [`new`](Self::new).
    pub fn with_timeout(timeout: Duration) -> Result<Self> {
        let builder = || {
            Client::builder()
                .connect_timeout(CONNECT.min(timeout))
                .timeout(timeout)
                .redirect(Policy::custom(follow))
                .referer(false)
                .user_agent(concat!("artifact-deploy/", env!("CARGO_PKG_VERSION")))
        };
        let no_client = |error| {
            Error::new(
                ErrorKind::RuntimeUnavailable,
                "no HTTP client can be made; check the TLS certificates of this machine",
            )
            .with_source::<reqwest::Error>(error)
        };
        Ok(Self {
            http: builder().build().map_err(no_client)?,
            local: builder().no_proxy().build().map_err(no_client)?,
        })
    }
}

#[async_trait]
impl ApplicationProbe for HttpProbe {
    async fn ask(&self, url: &str, headers: &BTreeMap<String, String>) -> Result<String> {
        let url: Url = url.parse().map_err(|_| {
            let message = "the url of the probe cannot be read";
            Error::new(ErrorKind::InvalidArgument, message)
        })?;
        let shown = shown(&url);
        let client = if is_loopback(&url) {
            &self.local
        } else {
            &self.http
        };
        let response = client
            .get(url)
            .header(CACHE_CONTROL, "no-cache")
            .headers(read_headers(headers)?)
            .send()
            .await
            .map_err(|error| failed(error, &shown))?;
        if !response.status().is_success() {
            return Err(refused(response.status(), &shown));
        }
        read(response, &shown).await
    }
}

/// The address without query, fragment, user name and password.
fn shown(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let port = url
        .port()
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    format!("{}://{host}{port}{}", url.scheme(), url.path())
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse()
            .is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}

fn read_headers(headers: &BTreeMap<String, String>) -> Result<HeaderMap> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let invalid = |what: &str| {
            let message = format!("header {name:?} of the probe has {what} that HTTP cannot carry");
            Error::new(ErrorKind::InvalidArgument, message)
        };
        let key: HeaderName = name.parse().map_err(|_| invalid("a name"))?;
        let mut value: HeaderValue = value.parse().map_err(|_| invalid("a value"))?;
        value.set_sensitive(true);
        map.insert(key, value);
    }
    Ok(map)
}

fn follow(attempt: Attempt<'_>) -> Action {
    let Some(first) = attempt.previous().first() else {
        return attempt.stop();
    };
    if attempt.previous().len() > MAX_REDIRECTS {
        return attempt.error("too many redirects");
    }
    if first.origin() == attempt.url().origin() {
        return attempt.follow();
    }
    attempt.error("a redirect to another host")
}

async fn read(mut response: Response, shown: &str) -> Result<String> {
    let unexpected = |why: &str| {
        Error::new(
            ErrorKind::UnexpectedResponse,
            format!("the answer of {shown} {why}"),
        )
    };
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| failed(error, shown))?
    {
        if body.len() + chunk.len() > LONGEST {
            return Err(unexpected(
                "is longer than 64 KiB; ask where it tells its version alone",
            ));
        }
        body.extend_from_slice(&chunk);
    }
    String::from_utf8(body).map_err(|_| unexpected("is no text"))
}

fn refused(status: StatusCode, shown: &str) -> Error {
    let (kind, advice) = match status.as_u16() {
        401 => (ErrorKind::Unauthenticated, "; send credentials in a header"),
        403 => (ErrorKind::AccessDenied, "; check who may ask it"),
        404 => (ErrorKind::UnexpectedResponse, "; check the path"),
        429 => (ErrorKind::Throttled, ""),
        500..=599 => (ErrorKind::ServiceUnavailable, ""),
        _ => (ErrorKind::UnexpectedResponse, ""),
    };
    Error::new(
        kind,
        format!("{shown} answered {}{advice}", status.as_u16()),
    )
}

fn failed(error: reqwest::Error, shown: &str) -> Error {
    // Where it was redirected to, and its query, may hold a secret.
    let error = error.without_url();
    let (kind, why) = if error.is_timeout() {
        (ErrorKind::Timeout, "did not answer in time")
    } else if error.is_redirect() {
        (
            ErrorKind::UnexpectedResponse,
            "redirects to another host, or in circles; ask where it answers itself",
        )
    } else if error.is_connect() {
        (
            ErrorKind::ServiceUnavailable,
            "cannot be reached; check host, port, security groups and certificate",
        )
    } else {
        (ErrorKind::ServiceUnavailable, "broke the connection off")
    };
    Error::new(kind, format!("{shown} {why}")).with_source(error)
}
