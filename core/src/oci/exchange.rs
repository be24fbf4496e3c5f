//! One repository of one registry: requests with the right credentials.

use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::{Method, Response, StatusCode, Url};

use super::authorize::Authorize;
use super::challenge::Challenge;
use super::origin::Origin;
use super::refusal::Refusal;
use super::transport::{Ask, Failure, Transport, read};
use crate::Result;
use crate::image::Repository;

/// What is read of the body of a refusal.
const MAX_REFUSAL: usize = 64 * 1024;

/// One repository of one registry.
pub(crate) struct Exchange<'a> {
    pub(super) transport: &'a Transport,
    pub(super) authorize: &'a dyn Authorize,
    pub(super) origin: Origin,
    pub(super) repository: &'a Repository,
}

/// The answer to one attempt.
pub(super) enum Answer {
    Accepted(Response),
    Refused(Refusal),
}

impl<'a> Exchange<'a> {
    pub(crate) fn new(
        transport: &'a Transport,
        authorize: &'a dyn Authorize,
        origin: Origin,
        repository: &'a Repository,
    ) -> Self {
        Self {
            transport,
            authorize,
            origin,
            repository,
        }
    }

    /// One attempt. A challenge is answered once; what can be tried again is a [`Failure`].
    pub(super) async fn ask(
        &self,
        method: Method,
        url: Url,
        accept: Option<&'static str>,
        extra: Duration,
        what: &str,
    ) -> Result<Answer, Failure> {
        let send = |authorization: Option<HeaderValue>| {
            let ask = Ask {
                method: method.clone(),
                url: url.clone(),
                accept,
                authorization,
                extra,
            };
            self.transport.send(ask, what)
        };
        let first = self.authorize.current(self.repository).await?;
        let mut response = send(first.clone()).await?;
        let status = response.status();
        let denied = matches!(
            status,
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND
        );
        if denied && (first.is_none() || status == StatusCode::UNAUTHORIZED) {
            let challenge = Challenge::of(&response, &self.origin);
            let renewed = self
                .authorize
                .answer(self.repository, &self.origin, challenge, first.as_ref())
                .await?;
            if let Some(header) = renewed {
                response = send(Some(header)).await?;
            }
        }
        if response.status() == StatusCode::OK {
            return Ok(Answer::Accepted(response));
        }
        let status = response.status();
        let headers = response.headers().clone();
        let body = read(response, MAX_REFUSAL, what).await?.unwrap_or_default();
        let refusal = Refusal::read(status, &headers, &body);
        if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
            let pause = refusal.retry_after();
            return Err(Failure {
                error: refusal.into_error(what),
                pause,
            });
        }
        Ok(Answer::Refused(refusal))
    }
}
