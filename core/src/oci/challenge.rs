//! What a registry asks for before it answers.

use reqwest::header::{HeaderMap, WWW_AUTHENTICATE};
use reqwest::{Response, Url};

use super::origin::{Origin, is_loopback};
use crate::image::Repository;

/// How a registry wants to be asked: its `WWW-Authenticate`, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Challenge {
    /// With a token of a token server.
    Bearer {
        /// The token server.
        realm: String,
        /// The name that the registry has there.
        service: Option<String>,
    },
    /// With a user name and a password.
    Basic,
    /// In a way that this library does not have.
    Other,
}

impl Challenge {
    /// The challenge of an answer, when the registry itself gave it.
    ///
    /// A redirect may lead to a host that is not to be told anything: its challenge counts for
    /// nothing.
    pub(super) fn of(response: &Response, origin: &Origin) -> Option<Self> {
        if !origin.is_of(response.url()) {
            return None;
        }
        Self::read(response.headers())
    }

    fn read(headers: &HeaderMap) -> Option<Self> {
        let mut chosen = None;
        for value in headers.get_all(WWW_AUTHENTICATE) {
            let parsed = value
                .to_str()
                .ok()
                .and_then(|text| http_auth::parse_challenges(text).ok());
            for challenge in parsed.unwrap_or_default() {
                let parameter = |name: &str| {
                    let found = challenge.params.iter();
                    let mut found = found.filter(|(known, _)| known.eq_ignore_ascii_case(name));
                    found.next().map(|(_, value)| value.to_unescaped())
                };
                if challenge.scheme.eq_ignore_ascii_case("bearer")
                    && let Some(realm) = parameter("realm")
                {
                    let service = parameter("service");
                    return Some(Self::Bearer { realm, service });
                }
                if challenge.scheme.eq_ignore_ascii_case("basic") {
                    chosen = Some(Self::Basic);
                }
            }
            chosen = chosen.or(Some(Self::Other));
        }
        chosen
    }
}

/// Where a token for pulling from a repository is asked for. The error says what is wrong with the
/// token server that the registry names.
///
/// The registry chooses its token server freely: Docker Hub and GitLab have theirs on another host. It
/// gains nothing by a lie, since it could ask for the password itself; so all that matters is that
/// nobody else can listen.
pub(super) fn token_address(
    realm: &str,
    service: Option<&str>,
    repository: &Repository,
    origin: &Origin,
    plain_http: Option<bool>,
) -> Result<Url, &'static str> {
    let mut url = Url::parse(realm)
        .ok()
        .filter(|url| url.has_host() && url.username().is_empty() && url.password().is_none())
        .ok_or("the registry names a token server that is no address")?;
    let local = url.host_str().is_some_and(is_loopback) && origin.is_plain();
    match url.scheme() {
        "https" => {}
        "http" if local || plain_http == Some(true) => {}
        _ => {
            return Err(
                "the registry names a token server without encryption; no credentials are sent there",
            );
        }
    }
    let mut query = url.query_pairs_mut();
    if let Some(service) = service {
        query.append_pair("service", service);
    }
    query.append_pair("scope", &format!("repository:{}:pull", repository.name()));
    drop(query);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn read(lines: &[&'static str]) -> Option<Challenge> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(WWW_AUTHENTICATE, HeaderValue::from_static(line));
        }
        Challenge::read(&headers)
    }

    fn bearer(service: Option<&str>) -> Challenge {
        Challenge::Bearer {
            realm: "https://t/token".to_owned(),
            service: service.map(str::to_owned),
        }
    }

    #[test]
    fn a_token_goes_before_a_password_in_one_line_or_in_several() {
        for lines in [
            &[r#"Basic realm="x", Bearer realm="https://t/token",service="s""#][..],
            &[
                r#"Basic realm="x""#,
                r#"bearer realm="https://t/token",service="s""#,
            ],
        ] {
            assert_eq!(read(lines), Some(bearer(Some("s"))), "{lines:?}");
        }
        assert_eq!(
            read(&[r#"Bearer realm="https://t/token""#]),
            Some(bearer(None))
        );
        assert_eq!(read(&[r#"Basic realm="Bearer""#]), Some(Challenge::Basic));
    }

    #[test]
    fn what_is_not_understood_is_another_kind_and_no_challenge_is_none() {
        for line in [
            "Negotiate",
            "Bearer",
            r#"Bearer realm="https://t"#,
            "",
            "Digest realm=x",
        ] {
            assert_eq!(read(&[line]), Some(Challenge::Other), "{line:?}");
        }
        assert_eq!(read(&[]), None);
    }

    #[test]
    fn no_password_travels_to_a_token_server_without_encryption() {
        let repository = Repository::try_from("registry.example/team/app".to_owned()).unwrap();
        let address = |host: &str, realm: &str, plain_http| {
            let origin = Origin::of(host, plain_http).unwrap();
            token_address(realm, Some("a b"), &repository, &origin, plain_http)
                .map(|url| url.to_string())
        };
        let query = "service=a+b&scope=repository%3Ateam%2Fapp%3Apull";
        for (host, realm, plain_http) in [
            ("registry.example", "https://token.example/t", None),
            ("localhost:5000", "http://127.0.0.1:5001/t", None),
            ("registry.example", "http://token.example/t", Some(true)),
        ] {
            let url = address(host, realm, plain_http);
            assert_eq!(url, Ok(format!("{realm}?{query}")), "{host} {realm}");
        }
        assert_eq!(
            address("registry.example", "https://t/?a=b", None),
            Ok(format!("https://t/?a=b&{query}"))
        );
        for (host, realm, plain_http) in [
            ("registry.example", "http://token.example/t", None),
            ("registry.example", "http://127.0.0.1/t", None),
            ("localhost:5000", "http://token.example/t", None),
            ("registry.example", "file:///etc/passwd", Some(true)),
            (
                "registry.example",
                "https://user:pass@token.example/t",
                None,
            ),
            ("registry.example", "/token", None),
        ] {
            assert!(address(host, realm, plain_http).is_err(), "{host} {realm}");
        }
    }
}
