//! Where the interface of a registry host is found.

use std::net::IpAddr;

use reqwest::Url;

use crate::image::{Repository, RepositoryName};
use crate::{Error, ErrorKind, Result};

/// Scheme, host and port of a registry's interface.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Origin(Url);

impl Origin {
    /// The interface of a registry host. Plain HTTP is spoken with loopback hosts alone, unless
    /// `plain_http` says otherwise.
    pub(crate) fn of(host: &str, plain_http: Option<bool>) -> Result<Self> {
        // Docker Hub names its images after one host and serves them from another.
        let host = if is_docker_hub(host) {
            "registry-1.docker.io"
        } else {
            host
        };
        let scheme = if plain_http.unwrap_or_else(|| is_loopback(host)) {
            "http"
        } else {
            "https"
        };
        Self::parse(&format!("{scheme}://{host}/"))
    }

    /// The interface at a URL that a registry or its owner gave: `https`, or `http` on loopback.
    #[cfg(feature = "ecr")]
    pub(crate) fn at(url: &str) -> Result<Self> {
        let origin = Self::parse(url)?;
        let host = origin.host();
        match origin.0.scheme() {
            "https" => Ok(origin),
            "http" if is_loopback(&host) => Ok(origin),
            _ => Err(Error::new(
                ErrorKind::InvalidArgument,
                format!(
                    "registry endpoint {url:?} would send credentials unencrypted; use https, or a \
                     loopback address"
                ),
            )),
        }
    }

    fn parse(text: &str) -> Result<Self> {
        let url = Url::parse(text)
            .ok()
            .filter(|url| url.has_host() && url.username().is_empty() && url.password().is_none());
        url.map(Self).ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidRepository,
                format!("{text:?} is not the address of a registry; expected scheme://host[:port]"),
            )
        })
    }

    /// Host and, where it is not the scheme's own, port.
    pub(crate) fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        match self.0.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// Whether an address is on this interface, and not where a redirect led to.
    pub(super) fn is_of(&self, url: &Url) -> bool {
        self.0.origin() == url.origin()
    }

    /// Whether nothing of what is sent is encrypted.
    pub(crate) fn is_plain(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// `/v2/`, which says how to authenticate.
    pub(crate) fn version_check(&self) -> Url {
        self.path("/v2/")
    }

    /// The manifest that a tag or digest leads to.
    pub(crate) fn manifest(&self, repository: &Repository, reference: &str) -> Url {
        self.path(&format!("/v2/{}/manifests/{reference}", repository.name()))
    }

    /// A blob by its digest.
    pub(crate) fn blob(&self, repository: &RepositoryName, digest: &str) -> Url {
        self.path(&format!("/v2/{repository}/blobs/{digest}"))
    }

    // Names, tags and digests have passed their grammar: none has a character that a path escapes.
    fn path(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(path);
        url.set_query(None);
        url
    }
}

/// Whether a host is one of the names of Docker Hub.
pub(super) fn is_docker_hub(host: &str) -> bool {
    matches!(
        host,
        "docker.io" | "index.docker.io" | "registry-1.docker.io"
    )
}

/// Whether a host is this machine, for certain: by its name or address alone, without a look-up.
pub(crate) fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || name
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_spoken_with_loopback_hosts_alone_unless_asked_for() {
        for (host, plain_http, expected) in [
            ("localhost:5000", None, "http://localhost:5000"),
            ("127.0.0.1:5000", None, "http://127.0.0.1:5000"),
            ("[::1]:5000", None, "http://[::1]:5000"),
            ("localhost:5000", Some(false), "https://localhost:5000"),
            ("registry.example", None, "https://registry.example"),
            ("registry.example", Some(true), "http://registry.example"),
            ("localhost.example:80", None, "https://localhost.example:80"),
            ("127.0.0.1.example", None, "https://127.0.0.1.example"),
            ("docker.io", None, "https://registry-1.docker.io"),
        ] {
            let url = Origin::of(host, plain_http).unwrap().version_check();
            assert_eq!(url.as_str(), format!("{expected}/v2/"), "{host}");
        }
    }
}
