//! How an OCI registry is reached.

use serde::Deserialize;

use super::Timeouts;
use super::credentials::Credentials;
use super::origin::is_docker_hub;
use crate::image::Repository;
use crate::{Error, ErrorKind, Result};

/// How an OCI registry is reached, and as whom.
///
/// JSON: `{"registry"?, "username"?, "password"?, "token"?, "plainHttp"?, "timeouts"?}`. Give either a
/// user name with its password, or a token, or neither; and with them the registry that they are
/// for. No other host is told them, whatever it asks for; all others are asked anonymously.
///
/// ```
/// use artifact_deploy::oci::OciOptions;
///
/// let options = OciOptions::default().for_registry("ghcr.io").with_password("ci", "secret");
/// assert!(!format!("{options:?}").contains("secret"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Raw")]
pub struct OciOptions {
    registry: Option<String>,
    credentials: Credentials,
    plain_http: Option<bool>,
    timeouts: Timeouts,
}

impl OciOptions {
    /// The host, with its port where it has one, that the credentials are for; all others are asked
    /// anonymously. Credentials need it.
    pub fn for_registry(mut self, host: impl Into<String>) -> Self {
        self.registry = Some(host.into());
        self
    }

    /// Asks as this user. Many registries take an access token as the password.
    pub fn with_password(
        mut self,
        username: impl Into<String>,
        password: impl Into<String>,
    ) -> Self {
        self.credentials = Credentials::Basic {
            username: username.into(),
            password: password.into(),
        };
        self
    }

    /// Sends this bearer token as it is.
    pub fn with_token(mut self, token: impl Into<String>) -> Self {
        self.credentials = Credentials::Token(token.into());
        self
    }

    /// Speaks plain HTTP with every host (`true`) or with none (`false`). Without this, plain HTTP
    /// is spoken with loopback hosts alone.
    pub fn with_plain_http(mut self, plain_http: bool) -> Self {
        self.plain_http = Some(plain_http);
        self
    }

    /// Sets how long calls may take.
    pub fn with_timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// How long calls may take.
    pub fn timeouts(&self) -> Timeouts {
        self.timeouts
    }

    pub(super) fn plain_http(&self) -> Option<bool> {
        self.plain_http
    }

    /// What a host, in lower case, may be told of the caller.
    pub(super) fn credentials_for(&self, host: &str) -> &Credentials {
        match &self.registry {
            Some(registry) if registry == host => &self.credentials,
            Some(registry) if is_docker_hub(registry) && is_docker_hub(host) => &self.credentials,
            _ => &Credentials::Anonymous,
        }
    }

    /// Which registry the credentials are for, when there are any.
    pub(super) fn registry_of_credentials(&self) -> Option<&str> {
        let given = self.credentials != Credentials::Anonymous;
        self.registry.as_deref().filter(|_| given)
    }

    /// With the registry as repositories name it.
    pub(super) fn checked(mut self) -> Result<Self> {
        self.registry = match self.registry {
            Some(registry) => Some(host(&registry)?),
            None if self.credentials != Credentials::Anonymous => {
                return Err(Error::new(
                    ErrorKind::InvalidArgument,
                    "registry credentials lack the registry that they are for; name its host, for \
                     example \"ghcr.io\" or \"localhost:5000\": no other is told them",
                ));
            }
            None => None,
        };
        Ok(self)
    }
}

fn host(registry: &str) -> Result<String> {
    // Any name will do: it is the host that is read.
    Repository::try_from(format!("{registry}/name"))
        .ok()
        .filter(|repository| repository.name().as_str() == "name")
        .map(|repository| repository.host().to_owned())
        .ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidArgument,
                "the registry that credentials are for is not a host; give host or host:port alone, \
                 without https:// and without a path",
            )
        })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Raw {
    registry: Option<String>,
    username: Option<String>,
    password: Option<String>,
    token: Option<String>,
    plain_http: Option<bool>,
    timeouts: Option<Timeouts>,
}

impl TryFrom<Raw> for OciOptions {
    type Error = Error;

    fn try_from(raw: Raw) -> Result<Self> {
        let credentials = match (raw.username, raw.password, raw.token) {
            (None, None, None) => Credentials::Anonymous,
            (Some(username), Some(password), None) => Credentials::Basic { username, password },
            (None, None, Some(token)) => Credentials::Token(token),
            (_, _, Some(_)) => {
                return Err(Error::new(
                    ErrorKind::InvalidArgument,
                    "a registry is given both a token and a user name or password; give one of them",
                ));
            }
            (username, _, None) => {
                let missing = if username.is_some() {
                    "password"
                } else {
                    "username"
                };
                return Err(Error::new(
                    ErrorKind::InvalidArgument,
                    format!(
                        "registry credentials lack {missing:?}; give a user name and a password"
                    ),
                ));
            }
        };
        Ok(Self {
            registry: raw.registry,
            credentials,
            plain_http: raw.plain_http,
            timeouts: raw.timeouts.unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_read_from_json_are_those_of_the_setters() {
        let options: OciOptions =
            serde_json::from_str(r#"{"username": "ci", "password": "s", "plainHttp": true}"#)
                .unwrap();
        assert_eq!(
            options,
            OciOptions::default()
                .with_password("ci", "s")
                .with_plain_http(true)
        );
    }

    #[test]
    fn credentials_are_for_the_registry_that_is_named_with_them_and_no_other() {
        let options = |registry: &str| {
            let options = OciOptions::default().with_token("hush");
            options.for_registry(registry).checked()
        };
        for (registry, host, told) in [
            ("ghcr.io", "ghcr.io", true),
            ("GHCR.io", "ghcr.io", true),
            ("ghcr.io", "ghcr.io.evil.example", false),
            ("ghcr.io", "ghcr.io:444", false),
            ("localhost:5000", "localhost:5001", false),
            ("docker.io", "registry-1.docker.io", true),
            ("index.docker.io", "docker.io", true),
            ("docker.io", "ghcr.io", false),
        ] {
            let options = options(registry).unwrap();
            let seen = options.credentials_for(host);
            assert_eq!(*seen != Credentials::Anonymous, told, "{registry} {host}");
        }
        for registry in [
            "https://ghcr.io",
            "ghcr.io/",
            "ghcr.io/team",
            "ci:hush@ghcr.io",
            "",
        ] {
            let error = options(registry).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{registry}");
            assert!(!error.message().contains("hush"), "{error}");
        }
        let nowhere = OciOptions::default().with_password("ci", "hush").checked();
        assert!(nowhere.unwrap_err().message().contains("ghcr.io"));
        assert!(OciOptions::default().checked().is_ok());
    }

    #[test]
    fn half_a_credential_and_unknown_options_are_refused() {
        for text in [
            r#"{"username": "ci"}"#,
            r#"{"password": "hush"}"#,
            r#"{"username": "ci", "password": "hush", "token": "hush"}"#,
            r#"{"user": "ci"}"#,
        ] {
            let error = serde_json::from_str::<OciOptions>(text).unwrap_err();
            assert!(!error.to_string().contains("hush"), "{error}");
        }
    }
}
