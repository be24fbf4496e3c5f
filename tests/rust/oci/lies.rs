//! Registries that lie, stall, send too much, or send somewhere else.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use artifact_deploy::ErrorKind;
use artifact_deploy::image::{Descriptor, Digest, ImageSelector, Repository};
use artifact_deploy::oci::OciRegistry;
use artifact_deploy::ports::{ImageRegistry as _, Lookup};
use artifact_deploy_tests::http::{Reply, Server};
use artifact_deploy_tests::image::{BuiltImage, OCI_MANIFEST};
use bytes::Bytes;
use hyper::{Request, Response};

use crate::support::{client, found, one, options, shown, tag};

type Make = Box<dyn Fn() -> Reply + Send + Sync>;

fn manifest(digest: &str) -> Response<Bytes> {
    Response::builder()
        .header("content-type", OCI_MANIFEST)
        .header("docker-content-digest", digest)
        .body(BuiltImage::single("linux/amd64", &[]).manifest)
        .unwrap()
}

/// A registry that gives every request the same answer, and counts them.
async fn always(reply: impl Fn() -> Reply + Send + Sync + 'static) -> (Server, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let server = Server::start(move |_: Request<Bytes>| {
        counted.fetch_add(1, Ordering::SeqCst);
        let reply = reply();
        async move { reply }
    })
    .await;
    (server, count)
}

fn app(server: &Server) -> Repository {
    Repository::try_from(format!("{}/app", server.host())).unwrap()
}

#[tokio::test]
async fn a_lying_digest_comes_through_as_it_was_claimed() {
    let lie = Digest::of(b"something else");
    let claimed = lie.to_string();
    let (server, _) = always(move || Reply::Whole(manifest(&claimed))).await;
    let image = found(one(&client(), &app(&server), tag("v1")).await.unwrap());
    assert_eq!(image.digest, lie);
    assert_ne!(Digest::of(&image.manifest.unwrap()), lie);
}

#[tokio::test]
async fn another_digest_than_the_one_asked_for_is_a_mismatch() {
    let lie = Digest::of(b"something else").to_string();
    let (server, _) = always(move || Reply::Whole(manifest(&lie))).await;
    let asked = ImageSelector::Digest(Digest::of(b"what was asked for"));
    let Lookup::Failed(error) = one(&client(), &app(&server), asked).await.unwrap() else {
        panic!("expected a refusal");
    };
    assert_eq!(error.kind(), ErrorKind::DigestMismatch);
}

#[tokio::test]
async fn a_digest_that_is_not_sha256_makes_no_sense() {
    let (server, _) = always(|| Reply::Whole(manifest("sha512:00"))).await;
    let error = one(&client(), &app(&server), tag("v1")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
}

#[tokio::test]
async fn a_manifest_without_end_is_not_read_to_its_end() {
    let (server, _) =
        always(|| Reply::Whole(Response::new(Bytes::from(vec![b' '; 5 * 1024 * 1024])))).await;
    let Lookup::Failed(error) = one(&client(), &app(&server), tag("v1")).await.unwrap() else {
        panic!("expected a refusal");
    };
    assert_eq!(error.kind(), ErrorKind::InvalidManifest);
}

#[tokio::test]
async fn what_stalls_breaks_off_or_fails_ends_in_time_after_a_bounded_number_of_attempts() {
    let digest = || BuiltImage::single("linux/amd64", &[]).digest().to_string();
    let status = |status: u16| {
        let response = Response::builder().status(status);
        Reply::Whole(response.body(Bytes::from_static(b"<html>")).unwrap())
    };
    let cases: [(&str, Make, ErrorKind); 6] = [
        ("stall", Box::new(|| Reply::Stall), ErrorKind::Timeout),
        (
            "stall in body",
            Box::new(move || Reply::StallInBody(manifest(&digest()))),
            ErrorKind::Timeout,
        ),
        (
            "cut",
            Box::new(move || Reply::Cut(manifest(&digest()))),
            ErrorKind::RegistryUnavailable,
        ),
        ("429", Box::new(move || status(429)), ErrorKind::Throttled),
        (
            "500",
            Box::new(move || status(500)),
            ErrorKind::RegistryUnavailable,
        ),
        (
            "503",
            Box::new(move || status(503)),
            ErrorKind::RegistryUnavailable,
        ),
    ];
    for (name, make, kind) in cases {
        let (server, count) = always(make).await;
        let error = one(&client(), &app(&server), tag("v1")).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{name}: {}", shown(&error));
        assert_eq!(count.load(Ordering::SeqCst), 3, "{name}");
    }
}

#[tokio::test]
async fn refusals_have_their_kinds_and_are_not_repeated() {
    for (status, body, kind) in [
        (403, "", ErrorKind::AccessDenied),
        (
            404,
            r#"{"errors":[{"code":"NAME_UNKNOWN"}]}"#,
            ErrorKind::RepositoryNotFound,
        ),
        (405, "", ErrorKind::UnexpectedResponse),
    ] {
        let (server, count) = always(move || {
            let response = Response::builder().status(status);
            Reply::Whole(response.body(Bytes::from_static(body.as_bytes())).unwrap())
        })
        .await;
        let error = one(&client(), &app(&server), tag("v1")).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{status}");
        assert_eq!(count.load(Ordering::SeqCst), 1, "{status}");
    }
}

#[tokio::test]
async fn a_registry_that_nobody_serves_is_unavailable() {
    let (server, _) = always(|| Reply::Stall).await;
    let repository = app(&server);
    drop(server);
    let error = one(&client(), &repository, tag("v1")).await.unwrap_err();
    assert_eq!(
        error.kind(),
        ErrorKind::RegistryUnavailable,
        "{}",
        shown(&error)
    );
}

#[tokio::test]
async fn a_redirect_of_a_blob_does_not_take_the_credentials_along() {
    let leaked = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&leaked);
    let storage = Server::start(move |request: Request<Bytes>| {
        if request.headers().contains_key("authorization") {
            seen.fetch_add(1, Ordering::SeqCst);
        }
        async { Reply::Whole(Response::new(Bytes::from_static(b"{}"))) }
    })
    .await;
    let place = format!("{}/blob?signature=signed-secret", storage.url());
    let (server, _) = always(move || {
        let response = Response::builder().status(307).header("location", &place);
        Reply::Whole(response.body(Bytes::new()).unwrap())
    })
    .await;
    let blob = Descriptor {
        media_type: String::new(),
        digest: Digest::of(b"{}"),
        size: 2,
    };
    let options = options().for_registry(server.host()).with_token("hush");
    let registry = OciRegistry::new(options).unwrap();
    let bytes = registry.read_blob(&app(&server), &blob).await.unwrap();
    assert_eq!(bytes, "{}");
    assert_eq!(leaked.load(Ordering::SeqCst), 0);

    drop(storage);
    let error = registry.read_blob(&app(&server), &blob).await.unwrap_err();
    assert!(
        !shown(&error).contains("signed-secret"),
        "{}",
        shown(&error)
    );
}
