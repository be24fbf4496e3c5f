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
/// Each request has a connection of its own, so that a load balancer which spreads connections leads
/// it to one task after the other. It follows redirects only within the same scheme, host and port, so that headers with
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
                // A connection that is kept leads to one task behind a Network Load Balancer, and
                // may to one that is being stopped.
                .pool_max_idle_per_host(0)
                .referer(false)
                .user_agent(concat!("artifact-deploy/", env!("CARGO_PKG_VERSION")))
        };
        let no_client = |error: reqwest::Error| {
            Error::new(
                ErrorKind::RuntimeUnavailable,
                "no HTTP client can be made; check the TLS certificates of this machine",
            )
            .with_source(error)
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

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;

    use super::*;

    /// A server that gives these answers, one a connection, and remembers what it was asked.
    fn serve(answers: Vec<String>) -> (String, std::thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let thread = std::thread::spawn(move || {
            let mut asked = Vec::new();
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let mut head = [0; 4096];
                let length = stream.read(&mut head).unwrap();
                asked.push(String::from_utf8_lossy(&head[..length]).into_owned());
                // A client that has enough hangs up.
                let _ = stream.write_all(answer.as_bytes());
            }
            asked
        });
        (url, thread)
    }

    fn answer(status: &str, head: &str, body: &str) -> String {
        let length = body.len();
        format!(
            "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n{head}\r\n{body}"
        )
    }

    async fn ask(url: &str) -> Result<String> {
        let headers = BTreeMap::from([("authorization".to_owned(), "Bearer s3cret".to_owned())]);
        let probe = HttpProbe::with_timeout(Duration::from_secs(2)).unwrap();
        probe
            .ask(&format!("{url}/version?token=s3cret"), &headers)
            .await
    }

    #[tokio::test]
    async fn the_body_comes_and_the_header_goes() {
        let (url, server) = serve(vec![answer("200 OK", "", "622d2103")]);
        assert_eq!(ask(&url).await.unwrap(), "622d2103");
        assert!(server.join().unwrap()[0].contains("authorization: Bearer s3cret"));
    }

    #[tokio::test]
    async fn credentials_follow_no_redirect_to_another_host_and_stand_in_no_message() {
        let (other, never) = serve(vec![answer("200 OK", "", "622d2103")]);
        let location = format!("location: {other}/version?token=s3cret\r\n");
        let (url, server) = serve(vec![answer("302 Found", &location, "")]);
        let error = ask(&url).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
        assert!(!format!("{error:?}").contains("s3cret"), "{error:?}");
        server.join().unwrap();
        assert!(!never.is_finished());
    }

    #[tokio::test]
    async fn each_request_has_a_connection_of_its_own_so_that_one_task_does_not_answer_for_all() {
        let kept = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n";
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            let mut open = Vec::new();
            for task in ["one", "two"] {
                let (mut stream, _) = listener.accept().unwrap();
                open.push(stream.try_clone().unwrap());
                std::thread::spawn(move || {
                    let mut head = [0; 4096];
                    while stream.read(&mut head).is_ok_and(|length| length > 0) {
                        let _ = stream.write_all(format!("{kept}{task}").as_bytes());
                    }
                });
            }
        });
        let probe = HttpProbe::with_timeout(Duration::from_secs(2)).unwrap();
        let none = BTreeMap::new();
        assert_eq!(probe.ask(&url, &none).await.unwrap(), "one");
        assert_eq!(probe.ask(&url, &none).await.unwrap(), "two");
    }

    #[tokio::test]
    async fn a_redirect_within_the_host_is_followed() {
        let (url, server) = serve(vec![
            answer("302 Found", "location: /v2/version\r\n", ""),
            answer("200 OK", "", "622d2103"),
        ]);
        assert_eq!(ask(&url).await.unwrap(), "622d2103");
        assert!(server.join().unwrap()[1].starts_with("GET /v2/version "));
    }

    #[tokio::test]
    async fn a_refusal_and_a_failure_are_told_apart() {
        for (status, kind) in [
            ("401 Unauthorized", ErrorKind::Unauthenticated),
            ("403 Forbidden", ErrorKind::AccessDenied),
            ("404 Not Found", ErrorKind::UnexpectedResponse),
            ("429 Too Many Requests", ErrorKind::Throttled),
            ("503 Service Unavailable", ErrorKind::ServiceUnavailable),
        ] {
            let (url, server) = serve(vec![answer(status, "", "no")]);
            let error = ask(&url).await.unwrap_err();
            assert_eq!(error.kind(), kind, "{status}");
            assert!(!error.message().contains("s3cret"), "{error}");
            server.join().unwrap();
        }
    }

    #[tokio::test]
    async fn an_answer_without_end_is_not_read_to_its_end() {
        let (url, _server) = serve(vec![answer("200 OK", "", &"x".repeat(LONGEST + 1))]);
        let error = ask(&url).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    }

    #[tokio::test]
    async fn a_server_that_says_nothing_is_a_timeout() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let probe = HttpProbe::with_timeout(Duration::from_millis(200)).unwrap();
        let error = probe.ask(&url, &BTreeMap::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
    }
}
