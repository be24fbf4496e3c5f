//! Answers to a registry's challenge.

use std::collections::HashMap;
use std::time::Duration;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use reqwest::header::HeaderValue;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::OciOptions;
use super::challenge::{Challenge, token_address};
use super::credentials::Credentials;
use super::origin::Origin;
use super::token;
use super::transport::{Ask, Transport};
use crate::image::Repository;
use crate::{Error, ErrorKind, Result};

/// A token whose lifetime is not known lasts for 60 seconds (distribution's token specification).
const TOKEN_LIFETIME: Duration = Duration::from_secs(50);

/// Who asks, as an `Authorization` header.
#[async_trait]
pub(crate) trait Authorize: Send + Sync {
    /// The header to send first, if any.
    async fn current(&self, repository: &Repository) -> Result<Option<HeaderValue>>;

    /// The header to try after a refusal that `refused` (or no header) brought. `None` when there is
    /// nothing better.
    async fn answer(
        &self,
        repository: &Repository,
        origin: &Origin,
        challenge: Option<Challenge>,
        refused: Option<&HeaderValue>,
    ) -> Result<Option<HeaderValue>>;
}

/// The credentials of a caller, turned into whatever each registry asks for.
pub(super) struct Challenged {
    options: OciOptions,
    transport: Transport,
    known: Mutex<HashMap<Repository, Known>>,
    /// Held while a challenge is answered, so that many requests at once fetch one token.
    answering: Mutex<()>,
}

/// What a repository is known to accept.
struct Known {
    /// None: it wants no credentials at all.
    header: Option<HeaderValue>,
    until: Option<Instant>,
}

impl Challenged {
    pub(super) fn new(options: OciOptions, transport: Transport) -> Self {
        Self {
            options,
            transport,
            known: Mutex::default(),
            answering: Mutex::default(),
        }
    }

    fn credentials(&self, repository: &Repository) -> &Credentials {
        self.options.credentials_for(repository.host())
    }

    /// What a repository accepted last, while it lasts.
    async fn known(&self, repository: &Repository) -> Option<HeaderValue> {
        let known = self.known.lock().await;
        known
            .get(repository)
            .filter(|known| known.until.is_none_or(|until| Instant::now() < until))
            .and_then(|known| known.header.clone())
    }

    async fn wants_none(&self, repository: &Repository) -> bool {
        let known = self.known.lock().await;
        known
            .get(repository)
            .is_some_and(|known| known.header.is_none())
    }

    async fn remember(&self, repository: &Repository, known: Known) {
        self.known.lock().await.insert(repository.clone(), known);
    }

    /// How the registry wants to be asked, from its version check.
    async fn probe(&self, origin: &Origin) -> Result<Option<Challenge>> {
        let ask = Ask {
            method: Method::GET,
            url: origin.version_check(),
            accept: None,
            authorization: None,
            extra: Duration::ZERO,
        };
        let response = self
            .transport
            .send(ask, &format!("registry {}", origin.host()))
            .await?;
        Ok(Challenge::of(&response, origin))
    }

    /// The header that the registry asks for.
    async fn meet(
        &self,
        challenge: Challenge,
        repository: &Repository,
        origin: &Origin,
    ) -> Result<Known> {
        match challenge {
            Challenge::Bearer { realm, service } => {
                let plain_http = self.options.plain_http();
                let service = service.as_deref();
                let url = token_address(&realm, service, repository, origin, plain_http)
                    .map_err(|why| unauthenticated(repository, why))?;
                let password = self.password(repository)?;
                let header = token::fetch(&self.transport, url, password, repository).await?;
                Ok(Known {
                    header: Some(header),
                    until: Some(Instant::now() + TOKEN_LIFETIME),
                })
            }
            Challenge::Basic => {
                let header = self.password(repository)?.ok_or_else(|| {
                    let given = self.options.registry_of_credentials();
                    let why = match given {
                        Some(other) => format!(
                            "the registry asks for a user name and a password, and those given are \
                             for {other:?}; give them for {:?}",
                            repository.host()
                        ),
                        None => {
                            "the registry asks for a user name and a password; give them".to_owned()
                        }
                    };
                    unauthenticated(repository, &why)
                })?;
                Ok(Known {
                    header: Some(header),
                    until: None,
                })
            }
            Challenge::Other => Err(unauthenticated(
                repository,
                "the registry asks for a kind of authentication that this library does not have",
            )),
        }
    }

    fn password(&self, repository: &Repository) -> Result<Option<HeaderValue>> {
        let Credentials::Basic { username, password } = self.credentials(repository) else {
            return Ok(None);
        };
        let pair = STANDARD.encode(format!("{username}:{password}"));
        secret(format!("Basic {pair}")).map(Some).ok_or_else(|| {
            unauthenticated(
                repository,
                "the password has characters that cannot be sent",
            )
        })
    }
}

#[async_trait]
impl Authorize for Challenged {
    async fn current(&self, repository: &Repository) -> Result<Option<HeaderValue>> {
        if let Credentials::Token(token) = self.credentials(repository) {
            let header = secret(format!("Bearer {token}"));
            return header.map(Some).ok_or_else(|| {
                unauthenticated(repository, "the token has characters that cannot be sent")
            });
        }
        Ok(self.known(repository).await)
    }

    async fn answer(
        &self,
        repository: &Repository,
        origin: &Origin,
        challenge: Option<Challenge>,
        refused: Option<&HeaderValue>,
    ) -> Result<Option<HeaderValue>> {
        let credentials = self.credentials(repository);
        if matches!(credentials, Credentials::Token(_)) {
            return Ok(None);
        }
        let _answering = self.answering.lock().await;
        if let Some(header) = self.known(repository).await
            && refused != Some(&header)
        {
            return Ok(Some(header));
        }
        let challenge = match (challenge, credentials) {
            (Some(challenge), _) => Some(challenge),
            (None, Credentials::Anonymous) => None,
            // Some registries hide what is private behind a plain 403 or 404: ask once how to
            // authenticate, and remember when they do not want it at all.
            (None, _) if self.wants_none(repository).await => None,
            (None, _) => self.probe(origin).await?,
        };
        let known = match challenge {
            Some(challenge) => self.meet(challenge, repository, origin).await?,
            None => Known {
                header: None,
                until: None,
            },
        };
        let header = known.header.clone();
        if header.is_some() && header.as_ref() == refused {
            return Ok(None);
        }
        self.remember(repository, known).await;
        Ok(header)
    }
}

/// A header value that never shows in logs.
pub(crate) fn secret(text: String) -> Option<HeaderValue> {
    let mut header = HeaderValue::try_from(text).ok()?;
    header.set_sensitive(true);
    Some(header)
}

fn unauthenticated(repository: &Repository, why: &str) -> Error {
    Error::new(
        ErrorKind::Unauthenticated,
        format!("repository {repository}: {why}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_token_that_ran_out_is_no_sign_that_none_is_wanted() {
        let options = OciOptions::default();
        let transport = Transport::new(options.timeouts()).unwrap();
        let challenged = Challenged::new(options, transport);
        let repository = Repository::try_from("registry.example/app".to_owned()).unwrap();
        let known = Known {
            header: secret("Bearer token".to_owned()),
            until: Some(Instant::now()),
        };
        challenged.remember(&repository, known).await;
        assert_eq!(challenged.known(&repository).await, None);
        assert!(!challenged.wants_none(&repository).await);
    }
}
