//! The authorization token for the registry's own interface.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use reqwest::header::HeaderValue;
use tokio::sync::Mutex;

use super::repository::EcrRepository;
use crate::image::Repository;
use crate::oci::{Authorize, Challenge, Origin, secret};
use crate::{Error, Result};

/// A token is renewed this long before it expires: it must outlast the longest request.
const MARGIN: Duration = Duration::from_mins(5);

/// A token, and where it is to be used.
#[derive(Clone)]
pub(super) struct Token {
    header: HeaderValue,
    /// The registry of the account, as ECR names it.
    endpoint: Option<String>,
    expires: SystemTime,
}

/// The tokens of each Region.
#[derive(Default)]
pub(super) struct Tokens {
    kept: Mutex<HashMap<String, Token>>,
}

impl Tokens {
    /// The token for a repository; a new one when `refused` was not accepted.
    pub(super) async fn get(
        &self,
        repository: &EcrRepository,
        refused: Option<&HeaderValue>,
    ) -> Result<Token> {
        let mut kept = self.kept.lock().await;
        if let Some(token) = kept.get(repository.region())
            && token.expires > SystemTime::now() + MARGIN
            && refused != Some(&token.header)
        {
            return Ok(token.clone());
        }
        let token = fetch(repository).await?;
        kept.insert(repository.region().to_owned(), token.clone());
        Ok(token)
    }
}

impl Token {
    /// Where the blobs of a repository are: at its own host, unless the token is of an endpoint that
    /// is no host of ECR, such as an emulator.
    pub(super) fn origin(&self, repository: &Repository) -> Result<Origin> {
        match self.endpoint.as_deref() {
            Some(endpoint) if !is_of_ecr(endpoint, repository) => Origin::at(endpoint),
            _ => Origin::of(repository.host(), None),
        }
    }
}

async fn fetch(repository: &EcrRepository) -> Result<Token> {
    let call = repository.registry_call("GetAuthorizationToken");
    let output = repository
        .client()
        .get_authorization_token()
        .send()
        .await
        .map_err(|error| call.failed(&error))?;
    let data = output.authorization_data().first();
    let data = data.ok_or_else(|| no_token(repository))?;
    let header = data
        .authorization_token()
        .and_then(|token| secret(format!("Basic {token}")))
        .ok_or_else(|| no_token(repository))?;
    let expires = data
        .expires_at()
        .and_then(|time| u64::try_from(time.secs()).ok())
        .map_or(SystemTime::UNIX_EPOCH, |seconds| {
            SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
        });
    Ok(Token {
        header,
        endpoint: data.proxy_endpoint().map(str::to_owned),
        expires,
    })
}

fn no_token(repository: &EcrRepository) -> Error {
    repository.unexpected("has no authorization token")
}

fn is_of_ecr(endpoint: &str, repository: &Repository) -> bool {
    let host = endpoint
        .strip_prefix("https://")
        .map(|host| host.trim_end_matches('/'));
    host.and_then(|host| Repository::new(host, repository.name().clone()).ok())
        .is_some_and(|found| found.ecr().is_some())
}

/// Sends the token with every request; a refused one is replaced once.
pub(super) struct WithToken<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) repository: &'a EcrRepository,
}

#[async_trait]
impl Authorize for WithToken<'_> {
    async fn current(&self, _repository: &Repository) -> Result<Option<HeaderValue>> {
        let token = self.tokens.get(self.repository, None).await?;
        Ok(Some(token.header))
    }

    async fn answer(
        &self,
        _repository: &Repository,
        _origin: &Origin,
        _challenge: Option<Challenge>,
        refused: Option<&HeaderValue>,
    ) -> Result<Option<HeaderValue>> {
        let token = self.tokens.get(self.repository, refused).await?;
        Ok(Some(token.header).filter(|header| Some(header) != refused))
    }
}
