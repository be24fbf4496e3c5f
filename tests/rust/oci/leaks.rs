//! Registries that try to get a password they should not have, or a client that waits for ever.

use std::sync::{Arc, Mutex};

use artifact_deploy::ErrorKind;
use artifact_deploy::image::Repository;
use artifact_deploy::oci::OciRegistry;
use artifact_deploy_tests::http::{Reply, Server};
use bytes::Bytes;
use hyper::{Request, Response};

use crate::support::{client, one, options, shown, tag};

/// What a server was asked: each path, with whether a password or token came along.
type Seen = Arc<Mutex<Vec<(String, bool)>>>;

/// What a server does.
type Act = Box<dyn Fn(&str) -> Reply + Send + Sync>;

/// A server that answers by the path, and tells what it saw.
async fn server(answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> (Server, Seen) {
    let seen = Seen::default();
    let kept = Arc::clone(&seen);
    let server = Server::start(move |request: Request<Bytes>| {
        let path = request.uri().path().to_owned();
        let reply = answer(&path);
        let told = request.headers().contains_key("authorization");
        kept.lock().unwrap().push((path, told));
        async move { reply }
    })
    .await;
    (server, seen)
}

fn challenge(text: &str) -> Reply {
    let response = Response::builder().status(401);
    let response = response.header("www-authenticate", text).body(Bytes::new());
    Reply::Whole(response.unwrap())
}

fn redirect(place: &str) -> Reply {
    let response = Response::builder().status(307).header("location", place);
    Reply::Whole(response.body(Bytes::new()).unwrap())
}

fn told(seen: &Seen) -> usize {
    seen.lock()
        .unwrap()
        .iter()
        .filter(|(_, told)| *told)
        .count()
}

fn app(server: &Server) -> Repository {
    Repository::try_from(format!("{}/app", server.host())).unwrap()
}

fn as_user(server: &Server) -> OciRegistry {
    let options = options().for_registry(server.host());
    OciRegistry::new(options.with_password("ci", "hush")).unwrap()
}

#[tokio::test]
async fn a_registry_that_the_password_is_not_for_cannot_get_it() {
    let (tokens, at_tokens) = server(|_| Reply::Whole(Response::new(Bytes::new()))).await;
    let realm = format!("Bearer realm=\"{}/token\"", tokens.url());
    for text in ["Basic realm=\"x\"".to_owned(), realm] {
        let (other, at_other) = server(move |_| challenge(&text)).await;
        let (named, _) = server(|_| Reply::Stall).await;
        let error = one(&as_user(&named), &app(&other), tag("v1"))
            .await
            .unwrap_err();
        assert!(!shown(&error).contains("hush"));
        assert_eq!(told(&at_other), 0);
    }
    assert_eq!(told(&at_tokens), 0);
}

#[tokio::test]
async fn the_token_server_that_was_checked_is_the_one_that_is_asked() {
    let (checked, at_checked) = server(|_| {
        let body = Bytes::from_static(br#"{"access_token": "granted"}"#);
        Reply::Whole(Response::new(body))
    })
    .await;
    let (other, at_other) = server(|_| Reply::Whole(Response::new(Bytes::new()))).await;
    let first = format!("Bearer realm=\"{}/token\"", checked.url());
    let second = format!("Bearer realm=\"{}/token\"", other.url());
    let (registry, _) = server(move |path| {
        let text = if path == "/v2/" { &second } else { &first };
        challenge(text)
    })
    .await;
    let error = one(&as_user(&registry), &app(&registry), tag("v1"))
        .await
        .unwrap_err();
    assert_eq!(
        error.kind(),
        ErrorKind::Unauthenticated,
        "{}",
        shown(&error)
    );
    assert_eq!(told(&at_checked), 1);
    assert!(at_other.lock().unwrap().is_empty());
}

#[tokio::test]
async fn the_challenge_of_a_place_that_a_redirect_leads_to_is_not_answered() {
    let (tokens, at_tokens) = server(|_| Reply::Whole(Response::new(Bytes::new()))).await;
    let text = format!("Bearer realm=\"{}/token\", Basic realm=\"x\"", tokens.url());
    let (elsewhere, at_elsewhere) = server(move |_| challenge(&text)).await;
    let place = format!("{}/manifest", elsewhere.url());
    let (registry, at_registry) = server(move |_| redirect(&place)).await;
    one(&as_user(&registry), &app(&registry), tag("v1"))
        .await
        .unwrap_err();
    assert!(at_tokens.lock().unwrap().is_empty());
    assert_eq!(told(&at_elsewhere), 0);
    assert_eq!(told(&at_registry), 0);
}

#[tokio::test]
async fn a_token_server_that_stalls_sends_too_much_or_nonsense_or_redirects_ends_in_time() {
    let (thief, at_thief) = server(|_| Reply::Whole(Response::new(Bytes::new()))).await;
    let place = format!("{}/token", thief.url());
    let body = |body: Vec<u8>| Reply::Whole(Response::new(Bytes::from(body)));
    let cases: [(&str, Act, ErrorKind); 5] = [
        ("stall", Box::new(|_| Reply::Stall), ErrorKind::Timeout),
        (
            "flood",
            Box::new(move |_| body(vec![b' '; 5 * 1024 * 1024])),
            ErrorKind::UnexpectedResponse,
        ),
        (
            "nonsense",
            Box::new(move |_| body(b"<html>".to_vec())),
            ErrorKind::UnexpectedResponse,
        ),
        (
            "a token that is no header",
            Box::new(move |_| body(br#"{"token": "a\nb"}"#.to_vec())),
            ErrorKind::UnexpectedResponse,
        ),
        (
            "redirect",
            Box::new(move |_| redirect(&place)),
            ErrorKind::UnexpectedResponse,
        ),
    ];
    for (name, act, kind) in cases {
        let (tokens, _) = server(act).await;
        let text = format!("Bearer realm=\"{}/token\"", tokens.url());
        let (registry, _) = server(move |_| challenge(&text)).await;
        let error = one(&as_user(&registry), &app(&registry), tag("v1"))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), kind, "{name}: {}", shown(&error));
        assert!(!shown(&error).contains("hush"), "{name}");
    }
    assert_eq!(told(&at_thief), 0, "a redirect took the password along");
}

#[tokio::test]
async fn whoever_gives_no_password_is_told_to() {
    let (registry, _) = server(|_| challenge("Basic realm=\"x\"")).await;
    let error = one(&client(), &app(&registry), tag("v1"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthenticated);
    assert!(error.message().contains("give them"), "{error}");
}
