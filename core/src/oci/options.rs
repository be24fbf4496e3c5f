//! How an OCI registry is reached.

use serde::Deserialize;

use super::Timeouts;
use super::credentials::Credentials;
use crate::{Error, ErrorKind, Result};

/// How an OCI registry is reached, and as whom.
///
/// JSON: `{"registry"?, "username"?, "password"?, "token"?, "plainHttp"?, "timeouts"?}`. Give either a
/// user name with its password, or a token, or neither; and with them the registry that they are
/// for, unless only that one is ever asked.
///
/// ```
/// use artifact_deploy::oci::OciOptions;
///
/// let options = OciOptions::default().with_password("ci", "secret");
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
    /// anonymously. Without this, every registry that asks for credentials gets them.
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

    /// What a host may be told of the caller.
    pub(super) fn credentials_for(&self, host: &str) -> &Credentials {
        match &self.registry {
            Some(registry) if !registry.eq_ignore_ascii_case(host) => &Credentials::Anonymous,
            _ => &self.credentials,
        }
    }
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
