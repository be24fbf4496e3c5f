//! The address of a repository decides which registry is asked.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use artifact_deploy::connect::{Registries, connect};
use artifact_deploy::image::RepositoryAddress;
use artifact_deploy::oci::{OciOptions, OciRegistry};
use artifact_deploy::ports::{ImageRegistry as _, Lookup, LookupDepth};
use artifact_deploy_tests::http::{Reply, Server};
use bytes::Bytes;
use hyper::{Request, Response};
use serde_json::json;

use crate::support::{bench, found, tag};

#[tokio::test]
async fn names_and_hosts_of_ecr_go_to_ecr_and_all_others_to_their_own_registry() {
    let bench = bench(json!({ "repositories": { "my/app": { "images": [{ "tags": ["v1"] }] } } }));
    let bench = bench.await;
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let other = Server::start(move |_: Request<Bytes>| {
        count.fetch_add(1, Ordering::SeqCst);
        async { Reply::Whole(Response::builder().status(404).body(Bytes::new()).unwrap()) }
    })
    .await;
    let oci = OciRegistry::new(OciOptions::default()).unwrap();
    let host = bench.repository().host().to_owned();
    let registries = Registries::new(bench.registry, oci);
    let images = [tag("v1")];
    for (address, by_ecr) in [
        ("my/app".to_owned(), true),
        (format!("{host}/my/app"), true),
        (
            "123456789012.dkr-ecr.eu-central-1.on.aws/my/app".to_owned(),
            true,
        ),
        (
            "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/my/app".to_owned(),
            true,
        ),
        (format!("{}/my/app", other.host()), false),
    ] {
        let address: RepositoryAddress = address.parse().unwrap();
        let answers = registries
            .look_up(&address, &images, LookupDepth::Manifest)
            .await;
        let answer = answers.unwrap().pop().unwrap();
        if by_ecr {
            found(answer);
        } else {
            assert!(matches!(answer, Lookup::Missing { .. }), "{answer:?}");
        }
    }
    assert_eq!(bench.ecr.calls("BatchGetImage"), 4);
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_registry_from_json_options_asks_where_they_say() {
    let bench = bench(json!({ "repositories": { "my/app": { "images": [{ "tags": ["v1"] }] } } }));
    let bench = bench.await;
    let ecr = json!({ "region": "eu-west-3", "endpointUrl": bench.ecr.url() });
    let mut alone = ecr.clone();
    alone["kind"] = json!("ecr");
    for options in [alone, json!({ "ecr": ecr })] {
        let registry = connect(options).unwrap();
        let name: RepositoryAddress = "my/app".parse().unwrap();
        let answers = registry
            .look_up(&name, &[tag("v1")], LookupDepth::Manifest)
            .await;
        found(answers.unwrap().pop().unwrap());
        assert_eq!(bench.ecr.requests().pop().unwrap()["region"], "eu-west-3");
    }
}
