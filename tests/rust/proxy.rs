//! A machine behind a proxy.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use artifact_deploy::image::{ImageSelector, RepositoryAddress};
use artifact_deploy::oci::{OciOptions, OciRegistry};
use artifact_deploy::ports::{ImageRegistry as _, Lookup, LookupDepth};
use artifact_deploy_tests::http::{Reply, Server};
use artifact_deploy_tests::image::BuiltImage;
use bytes::Bytes;
use hyper::{Request, Response};

#[tokio::test]
async fn a_registry_on_this_machine_is_asked_directly_and_others_through_the_proxy() {
    let asked = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&asked);
    let proxy = Server::start(move |_: Request<Bytes>| {
        seen.fetch_add(1, Ordering::SeqCst);
        async {
            Reply::Whole(Response::new(
                BuiltImage::single("linux/amd64", &[]).manifest,
            ))
        }
    })
    .await;
    let local = Server::start(|_: Request<Bytes>| async {
        Reply::Whole(Response::new(
            BuiltImage::single("linux/amd64", &[]).manifest,
        ))
    })
    .await;
    // SAFETY: this is the only test of its process, on its only thread, and nothing read it before.
    unsafe { std::env::set_var("http_proxy", proxy.url()) };
    for name in [
        "no_proxy",
        "NO_PROXY",
        "HTTP_PROXY",
        "ALL_PROXY",
        "all_proxy",
    ] {
        // SAFETY: as above.
        unsafe { std::env::remove_var(name) };
    }
    for (host, plain_http, through_proxy) in [
        (local.host(), None, 0),
        ("registry.example".to_owned(), Some(true), 1),
    ] {
        let mut options = OciOptions::default();
        if let Some(plain_http) = plain_http {
            options = options.with_plain_http(plain_http);
        }
        let registry = OciRegistry::new(options).unwrap();
        let address = RepositoryAddress::try_from(format!("{host}/app")).unwrap();
        let image = [ImageSelector::Tag("v1".parse().unwrap())];
        let answers = registry
            .look_up(&address, &image, LookupDepth::Manifest)
            .await;
        assert!(matches!(answers.unwrap()[..], [Lookup::Found(_)]), "{host}");
        assert_eq!(asked.load(Ordering::SeqCst), through_proxy, "{host}");
    }
}
