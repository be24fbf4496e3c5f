//! Requests with limits: every step has a timeout, every answer a size, every repetition a bound.

use std::future::Future;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use reqwest::redirect::{Attempt, Policy};
use reqwest::{Client, Method, Response, Url};

use super::Timeouts;
use super::origin::is_loopback;
use crate::{Error, ErrorKind, Result};

/// How often one call is tried, the first time included.
const ATTEMPTS: u32 = 3;
/// The wait before the first repetition; it doubles each time.
const BACKOFF: Duration = Duration::from_millis(300);
/// A registry that asks for a longer pause than this gets no second request.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// Blobs are stored elsewhere one or two redirects away.
const MAX_REDIRECTS: usize = 5;

/// The variables that name a proxy for plain HTTP, or for everything.
const PROXIES: [&str; 4] = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

/// The HTTP client of an adapter.
#[derive(Debug, Clone)]
pub(crate) struct Transport {
    http: Client,
    /// For this machine itself: what is sent there unencrypted must not leave it through a proxy.
    local: Client,
    timeouts: Timeouts,
}

/// One request.
pub(super) struct Ask {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) accept: Option<&'static str>,
    pub(super) authorization: Option<HeaderValue>,
    /// Time for a long body, on top of the timeout of an attempt.
    pub(super) extra: Duration,
}

/// A failed attempt, and how long the registry asks to wait.
pub(super) struct Failure {
    pub(super) error: Error,
    pub(super) pause: Option<Duration>,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { error, pause: None }
    }
}

impl Transport {
    pub(crate) fn new(timeouts: Timeouts) -> Result<Self> {
        let builder = || {
            Client::builder()
                .connect_timeout(timeouts.connect())
                .read_timeout(timeouts.read())
                .redirect(Policy::custom(follow))
                // The address of a redirect carries a signature: it is nothing for the next host.
                .referer(false)
                .user_agent(concat!("artifact-deploy/", env!("CARGO_PKG_VERSION")))
        };
        let http = builder().build().map_err(no_client)?;
        let local = if PROXIES.iter().any(|name| std::env::var_os(name).is_some()) {
            builder().no_proxy().build().map_err(no_client)?
        } else {
            http.clone()
        };
        Ok(Self {
            http,
            local,
            timeouts,
        })
    }

    /// Sends one request and waits for the head of its answer. `what` names the thing asked for.
    pub(super) async fn send(&self, ask: Ask, what: &str) -> Result<Response> {
        let client = if ask.url.host_str().is_some_and(is_loopback) {
            &self.local
        } else {
            &self.http
        };
        let mut request = client
            .request(ask.method, ask.url)
            .timeout(self.timeouts.attempt() + ask.extra);
        if let Some(accept) = ask.accept {
            request = request.header(ACCEPT, accept);
        }
        if let Some(authorization) = ask.authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        request.send().await.map_err(|error| failed(error, what))
    }

    /// Tries until it works, cannot work, or has been tried often enough.
    pub(super) async fn repeat<T, F, Fut>(
        &self,
        what: &str,
        extra: Duration,
        attempt: F,
    ) -> Result<T>
    where
        F: Fn() -> Fut + Send + Sync,
        Fut: Future<Output = Result<T, Failure>> + Send,
    {
        let limit = self.timeouts.operation() + extra;
        let repeated = async {
            let mut backoff = BACKOFF;
            for _ in 1..ATTEMPTS {
                let failure = match attempt().await {
                    Ok(value) => return Ok(value),
                    Err(failure) => failure,
                };
                if !failure.error.is_retryable() || failure.pause > Some(LONGEST_PAUSE) {
                    return Err(failure.error);
                }
                let jittered = backoff.mul_f64(0.5 + fastrand::f64());
                tokio::time::sleep(failure.pause.unwrap_or_default().max(jittered)).await;
                backoff *= 2;
            }
            attempt().await.map_err(|failure| failure.error)
        };
        tokio::time::timeout(limit, repeated)
            .await
            .unwrap_or_else(|_| Err(timed_out(what)))
    }
}

/// Reads a whole body; `None` when it is longer than `limit` bytes.
pub(super) async fn read(
    mut response: Response,
    limit: usize,
    what: &str,
) -> Result<Option<Bytes>> {
    let mut body = BytesMut::new();
    while let Some(chunk) = chunk(&mut response, what).await? {
        if body.len() + chunk.len() > limit {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body.freeze()))
}

/// The next piece of a body.
pub(super) async fn chunk(response: &mut Response, what: &str) -> Result<Option<Bytes>> {
    response.chunk().await.map_err(|error| failed(error, what))
}

// The client itself drops the credentials when scheme, host or port change.
fn follow(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let from_https = attempt
        .previous()
        .last()
        .is_some_and(|url| url.scheme() == "https");
    if attempt.previous().len() > MAX_REDIRECTS {
        attempt.error("too many redirects")
    } else if from_https && attempt.url().scheme() != "https" {
        attempt.error("a redirect from https to an unencrypted address")
    } else {
        attempt.follow()
    }
}

fn no_client(error: reqwest::Error) -> Error {
    Error::new(
        ErrorKind::RuntimeUnavailable,
        "no HTTP client can be made; check the TLS certificates of this machine",
    )
    .with_source(error)
}

fn failed(error: reqwest::Error, what: &str) -> Error {
    // A redirected address carries a signature in its query.
    let error = error.without_url();
    if error.is_timeout() {
        return timed_out(what).with_source(error);
    }
    let (kind, text) = if error.is_redirect() {
        (
            ErrorKind::UnexpectedResponse,
            "the registry redirects to where its content cannot be fetched from",
        )
    } else if error.is_connect() {
        (
            ErrorKind::RegistryUnavailable,
            "the registry cannot be reached; check its host, the network and its certificate",
        )
    } else {
        (
            ErrorKind::RegistryUnavailable,
            "the connection to the registry broke off; try again",
        )
    };
    Error::new(kind, format!("{what}: {text}")).with_source(error)
}

fn timed_out(what: &str) -> Error {
    Error::new(
        ErrorKind::Timeout,
        format!("{what}: the registry did not answer in time; try again, or set longer timeouts"),
    )
}
