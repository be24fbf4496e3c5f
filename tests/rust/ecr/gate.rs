//! The gate on ECR: what it costs, counted at the server.

use artifact_deploy::ErrorKind;
use artifact_deploy::gate::{Gate, ImageQuery, Policy};
use artifact_deploy::image::Digest;
use serde_json::{Value, json};

use crate::support::{bench, tag};

fn images(count: usize) -> Value {
    let images: Vec<Value> = (0..count)
        .map(|n| json!({ "tags": [format!("v{n}")], "labels": { "n": n.to_string() } }))
        .collect();
    json!({ "repositories": { "my/app": { "images": images } } })
}

#[tokio::test]
async fn the_default_gate_makes_exactly_one_call_for_an_image() {
    let bench = bench(images(1)).await;
    let query = ImageQuery::new(bench.app.clone(), tag("v0"));
    let image = Gate::new(Policy::default())
        .resolve(&bench.registry, &query)
        .await
        .unwrap();
    assert_eq!(
        bench.ecr.all_calls(),
        [("BatchGetImage".to_owned(), 1)].into()
    );
    let expected = format!("{}@{}", bench.repository(), image.digest());
    assert_eq!(image.reference(), expected);
}

#[tokio::test]
async fn the_default_gate_makes_exactly_one_call_for_each_hundred_images() {
    for (count, calls) in [(2, 1), (100, 1), (101, 2), (200, 2)] {
        let bench = bench(images(count)).await;
        let queries: Vec<ImageQuery> = (0..count)
            .map(|n| ImageQuery::new(bench.app.clone(), tag(&format!("v{n}"))))
            .collect();
        let gate = Gate::new(Policy::default());
        for outcome in gate.resolve_all(&bench.registry, &queries).await {
            outcome.unwrap();
        }
        assert_eq!(
            bench.ecr.all_calls(),
            [("BatchGetImage".to_owned(), calls)].into()
        );
    }
}

#[tokio::test]
async fn an_index_with_attestations_costs_one_call_as_well() {
    let bench = bench(json!({ "repositories": { "my/app": { "images": [{
        "tags": ["v0"],
        "attested": true,
        "index": [{ "platform": "linux/amd64" }, { "platform": "linux/arm64" }],
    }] } } }))
    .await;
    let query = ImageQuery::new(bench.app.clone(), tag("v0"))
        .on_platform("linux/arm64".to_owned().try_into().unwrap());
    let image = Gate::new(Policy::default())
        .resolve(&bench.registry, &query)
        .await
        .unwrap();
    assert_eq!(image.platforms().len(), 2);
    assert_eq!(
        bench.ecr.all_calls(),
        [("BatchGetImage".to_owned(), 1)].into()
    );
}

#[tokio::test]
async fn manifest_bytes_that_do_not_hash_to_the_claimed_digest_are_refused() {
    let bench = bench(json!({ "repositories": { "my/app": { "images": [
        { "tags": ["v0"], "digest": Digest::of(b"a lie") },
    ] } } }))
    .await;
    let query = ImageQuery::new(bench.app.clone(), tag("v0"));
    let outcome = Gate::new(Policy::default())
        .resolve(&bench.registry, &query)
        .await;
    assert_eq!(outcome.unwrap_err().kind(), ErrorKind::DigestMismatch);
}
