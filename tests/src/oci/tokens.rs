//! A token server, and a registry behind it: the bearer flow of the distribution protocol.

use std::sync::{Arc, Mutex};

use artifact_deploy::image::Repository;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hyper::{Request, Response};
use serde_json::json;

use super::registry::{PASSWORD, RealRegistry, USER};
use crate::http::{Reply, Server};

/// A guarded door to a real registry: it wants a token for each repository, and a token server gives
/// them, for `ci` with its password, or to anyone where the repository begins with `public/`.
#[derive(Debug)]
pub struct TokenServer {
    door: Server,
    _tokens: Server,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Debug, Default)]
struct Seen {
    granted: Vec<String>,
    scopes: Vec<String>,
    passwords_at_the_door: usize,
}

impl TokenServer {
    /// Guards a registry.
    pub async fn start(registry: &RealRegistry) -> Self {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let tokens = Server::start({
            let seen = Arc::clone(&seen);
            move |request| {
                let reply = grant(&mut seen.lock().expect("no handler panics"), &request);
                async move { Reply::Whole(reply) }
            }
        })
        .await;
        let door = Server::start({
            let seen = Arc::clone(&seen);
            let client = reqwest::Client::new();
            let behind = format!("http://{}", registry.host());
            let challenge = format!(
                "Bearer realm=\"{}/token\",service=\"registry.test\"",
                tokens.url()
            );
            move |request| {
                let admitted = admitted(&mut seen.lock().expect("no handler panics"), &request);
                let (client, behind, challenge) =
                    (client.clone(), behind.clone(), challenge.clone());
                async move {
                    Reply::Whole(if admitted {
                        forward(&client, &behind, &request).await
                    } else {
                        refuse(&challenge)
                    })
                }
            }
        })
        .await;
        Self {
            door,
            _tokens: tokens,
            seen,
        }
    }

    /// A repository behind the door.
    pub fn repository(&self, name: &str) -> Repository {
        let address = format!("{}/{name}", self.door.host());
        Repository::try_from(address).expect("a repository")
    }

    /// The scopes that tokens were asked for, in order.
    pub fn scopes(&self) -> Vec<String> {
        self.seen.lock().expect("no handler panics").scopes.clone()
    }

    /// How often a password was sent to the registry itself, where only tokens belong.
    pub fn passwords_at_the_door(&self) -> usize {
        self.seen
            .lock()
            .expect("no handler panics")
            .passwords_at_the_door
    }

    /// Makes every token that was given invalid.
    pub fn forget_tokens(&self) {
        self.seen.lock().expect("no handler panics").granted.clear();
    }
}

fn header<'a>(request: &'a Request<Bytes>, name: &str) -> &'a str {
    let value = request.headers().get(name);
    value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn status(status: u16, body: &str) -> Response<Bytes> {
    Response::builder()
        .status(status)
        .body(Bytes::copy_from_slice(body.as_bytes()))
        .expect("a valid answer")
}

fn grant(seen: &mut Seen, request: &Request<Bytes>) -> Response<Bytes> {
    let query = request.uri().query().unwrap_or_default();
    let scope = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("scope="))
        .map(|scope| scope.replace("%3A", ":").replace("%2F", "/"))
        .unwrap_or_default();
    seen.scopes.push(scope.clone());
    let pair = STANDARD.encode(format!("{USER}:{PASSWORD}"));
    let known = header(request, "authorization") == format!("Basic {pair}");
    if !known && !scope.starts_with("repository:public/") {
        return status(401, r#"{"errors":[{"code":"UNAUTHORIZED"}]}"#);
    }
    let repository = scope.split(':').nth(1).unwrap_or_default();
    let token = format!("token-{}-for-{repository}", seen.scopes.len());
    seen.granted.push(token.clone());
    status(
        200,
        &json!({ "token": token, "expires_in": 300 }).to_string(),
    )
}

fn admitted(seen: &mut Seen, request: &Request<Bytes>) -> bool {
    let authorization = header(request, "authorization");
    if authorization.starts_with("Basic ") {
        seen.passwords_at_the_door += 1;
    }
    let path = request.uri().path();
    seen.granted.iter().any(|token| {
        let repository = token.split("-for-").nth(1).unwrap_or_default();
        authorization == format!("Bearer {token}")
            && path.starts_with(&format!("/v2/{repository}/"))
    })
}

fn refuse(challenge: &str) -> Response<Bytes> {
    let mut refusal = status(401, r#"{"errors":[{"code":"UNAUTHORIZED"}]}"#);
    let challenge = challenge.parse().expect("a header");
    refusal.headers_mut().insert("www-authenticate", challenge);
    refusal
}

async fn forward(
    client: &reqwest::Client,
    behind: &str,
    request: &Request<Bytes>,
) -> Response<Bytes> {
    let url = format!("{behind}{}", request.uri().path());
    let answer = client
        .request(request.method().clone(), url)
        .header("accept", header(request, "accept"))
        .send()
        .await
        .expect("the registry answers");
    let mut response = Response::builder().status(answer.status());
    for name in ["content-type", "docker-content-digest", "content-length"] {
        if let Some(value) = answer.headers().get(name) {
            response = response.header(name, value);
        }
    }
    let body = answer.bytes().await.expect("the registry answers");
    response.body(body).expect("a valid answer")
}
