//! Answers to a registry's challenge.

use std::collections::HashMap;
use std::time::Duration;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use oci_client::client::ClientConfig;
use oci_client::errors::OciDistributionError;
use oci_client::secrets::RegistryAuth;
use oci_client::{Client, Reference, RegistryOperation};
use reqwest::Method;
use reqwest::header::{HeaderValue, WWW_AUTHENTICATE};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::OciOptions;
use super::credentials::Credentials;
use super::origin::Origin;
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
        challenge: Option<&HeaderValue>,
        refused: Option<&HeaderValue>,
    ) -> Result<Option<HeaderValue>>;
}

/// The credentials of a caller, turned into whatever each registry asks for.
pub(super) struct Challenged {
    options: OciOptions,
    transport: Transport,
    client: Client,
    known: Mutex<HashMap<Repository, Known>>,
    /// Held while a challenge is answered, so that many requests at once fetch one token.
    answering: Mutex<()>,
}

/// What a repository is known to accept.
struct Known {
    header: Option<HeaderValue>,
    until: Option<Instant>,
}

impl Challenged {
    pub(super) fn new(options: OciOptions, transport: Transport) -> Result<Self> {
        let timeouts = transport.timeouts();
        let config = ClientConfig {
            read_timeout: Some(timeouts.read()),
            connect_timeout: Some(timeouts.connect()),
            // The origin decides the scheme; `fetch_token` makes a client for plain HTTP.
            ..ClientConfig::default()
        };
        Ok(Self {
            options,
            client: Client::try_from(config).map_err(no_client)?,
            transport,
            known: Mutex::default(),
            answering: Mutex::default(),
        })
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

    async fn remember(&self, repository: &Repository, known: Known) {
        self.known.lock().await.insert(repository.clone(), known);
    }

    /// How the registry wants to be asked, from its version check.
    async fn probe(&self, origin: &Origin) -> Result<Option<HeaderValue>> {
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
        Ok(response.headers().get(WWW_AUTHENTICATE).cloned())
    }

    async fn fetch_token(&self, repository: &Repository, origin: &Origin) -> Result<HeaderValue> {
        let credentials = match self.credentials(repository) {
            Credentials::Basic { username, password } => {
                RegistryAuth::Basic(username.clone(), password.clone())
            }
            Credentials::Anonymous | Credentials::Token(_) => RegistryAuth::Anonymous,
        };
        let client = if origin.is_plain() {
            let timeouts = self.transport.timeouts();
            Client::try_from(ClientConfig {
                protocol: oci_client::client::ClientProtocol::Http,
                read_timeout: Some(timeouts.read()),
                connect_timeout: Some(timeouts.connect()),
                ..ClientConfig::default()
            })
            .map_err(no_client)?
        } else {
            self.client.clone()
        };
        let reference = Reference::with_tag(
            origin.host(),
            repository.name().to_string(),
            "latest".to_owned(),
        );
        let limit = self.transport.timeouts().attempt();
        let token = tokio::time::timeout(
            limit,
            client.auth(&reference, &credentials, RegistryOperation::Pull),
        )
        .await
        .map_err(|_| {
            Error::new(
                ErrorKind::Timeout,
                format!("the token server of {repository} did not answer in time; try again"),
            )
        })?
        .map_err(|error| token_refused(&error, repository))?;
        token
            .and_then(|token| secret(format!("Bearer {token}")))
            .ok_or_else(|| unauthenticated(repository, "the token server gave no usable token"))
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
        challenge: Option<&HeaderValue>,
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
            (Some(challenge), _) => Some(challenge.clone()),
            (None, Credentials::Anonymous) => None,
            // Some registries hide what is private behind a plain 403 or 404: ask once how to
            // authenticate, and remember when they do not want it at all.
            (None, _) if self.known.lock().await.contains_key(repository) => None,
            (None, _) => self.probe(origin).await?,
        };
        let Some(challenge) = challenge else {
            let known = Known {
                header: None,
                until: None,
            };
            self.remember(repository, known).await;
            return Ok(None);
        };
        let challenge = challenge.to_str().unwrap_or_default();
        let (header, until) = if offers(challenge, "bearer") {
            refuse_plain_realm(challenge, origin, repository)?;
            let header = self.fetch_token(repository, origin).await?;
            (header, Some(Instant::now() + TOKEN_LIFETIME))
        } else if offers(challenge, "basic") {
            let Credentials::Basic { username, password } = credentials else {
                return Err(unauthenticated(
                    repository,
                    "the registry asks for a user name and a password; give them",
                ));
            };
            let pair = STANDARD.encode(format!("{username}:{password}"));
            let header = secret(format!("Basic {pair}")).ok_or_else(|| {
                unauthenticated(
                    repository,
                    "the password has characters that cannot be sent",
                )
            })?;
            (header, None)
        } else {
            return Err(unauthenticated(
                repository,
                "the registry asks for a kind of authentication that this library does not have",
            ));
        };
        if refused == Some(&header) {
            return Ok(None);
        }
        let known = Known {
            header: Some(header.clone()),
            until,
        };
        self.remember(repository, known).await;
        Ok(Some(header))
    }
}

/// A header value that never shows in logs.
pub(crate) fn secret(text: String) -> Option<HeaderValue> {
    let mut header = HeaderValue::try_from(text).ok()?;
    header.set_sensitive(true);
    Some(header)
}

fn offers(challenge: &str, scheme: &str) -> bool {
    challenge
        .split(',')
        .filter_map(|part| part.split_whitespace().next())
        .any(|word| word.eq_ignore_ascii_case(scheme))
}

// A registry on https must not be able to make a client send a password in the clear.
fn refuse_plain_realm(challenge: &str, origin: &Origin, repository: &Repository) -> Result<()> {
    let lower = challenge.to_ascii_lowercase();
    let plain_realm = lower
        .split_once("realm=")
        .is_some_and(|(_, realm)| realm.trim_start_matches(['"', ' ']).starts_with("http://"));
    if plain_realm && !origin.is_plain() {
        return Err(unauthenticated(
            repository,
            "the registry names a token server without encryption; no credentials are sent there",
        ));
    }
    Ok(())
}

fn unauthenticated(repository: &Repository, why: &str) -> Error {
    Error::new(
        ErrorKind::Unauthenticated,
        format!("repository {repository}: {why}"),
    )
}

fn no_client(error: OciDistributionError) -> Error {
    Error::new(
        ErrorKind::RuntimeUnavailable,
        "no HTTP client can be made; check the TLS certificates of this machine",
    )
    .with_source(error)
}

fn token_refused(error: &OciDistributionError, repository: &Repository) -> Error {
    // The client keeps the text of the answer, not its status.
    let (kind, why) = match error {
        OciDistributionError::AuthenticationFailure(text) if is_throttled(text) => (
            ErrorKind::Throttled,
            "its token server asks to slow down; ask less often",
        ),
        OciDistributionError::AuthenticationFailure(text) if is_server_failure(text) => (
            ErrorKind::RegistryUnavailable,
            "its token server failed; try again later",
        ),
        OciDistributionError::RequestError(cause) if cause.is_timeout() => (
            ErrorKind::Timeout,
            "its token server did not answer in time; try again",
        ),
        OciDistributionError::RequestError(_) => (
            ErrorKind::RegistryUnavailable,
            "its token server cannot be reached; check the network",
        ),
        OciDistributionError::RegistryTokenDecodeError(_) => (
            ErrorKind::UnexpectedResponse,
            "its token server gave something else than a token",
        ),
        _ => (
            ErrorKind::Unauthenticated,
            "its token server does not accept the credentials; check them",
        ),
    };
    Error::new(kind, format!("repository {repository}: {why}"))
}

fn is_throttled(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.contains("toomanyrequests") || text.contains("too many requests")
}

fn is_server_failure(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    [
        "internal server error",
        "bad gateway",
        "unavailable",
        "gateway time",
    ]
    .iter()
    .any(|sign| text.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_may_offer_several_schemes() {
        assert!(offers(
            r#"Basic realm="x", Bearer realm="https://t""#,
            "bearer"
        ));
        assert!(offers(r#"bearer realm="https://t",service="s""#, "bearer"));
        assert!(!offers(r#"Basic realm="Bearer""#, "bearer"));
    }

    #[test]
    fn a_registry_on_https_cannot_send_the_password_to_a_token_server_without_encryption() {
        let repository = Repository::try_from("registry.example/app".to_owned()).unwrap();
        let challenge = r#"Bearer realm="http://token.example""#;
        let encrypted = Origin::of("registry.example", None).unwrap();
        let plain = Origin::of("localhost:5000", None).unwrap();
        assert!(refuse_plain_realm(challenge, &encrypted, &repository).is_err());
        assert!(refuse_plain_realm(challenge, &plain, &repository).is_ok());
    }
}
