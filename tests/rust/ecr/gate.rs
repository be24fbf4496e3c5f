//! The gate on ECR: what it costs, counted at the server.

use std::time::Duration;

use artifact_deploy::ErrorKind;
use artifact_deploy::gate::{Gate, ImageQuery, Policy, Publication, Wait, publication};
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

#[tokio::test]
async fn a_push_that_shows_late_is_waited_for() {
    let bench = bench(json!({ "repositories": { "my/app": { "images": [
        { "tags": ["v0"], "appearsAfter": 3 },
    ] } } }))
    .await;
    let query = ImageQuery::new(bench.app.clone(), tag("v0"));
    let delays = (Duration::from_millis(20), Duration::from_millis(50));
    let wait = Wait::for_up_to(Duration::from_secs(10)).with_delays(delays.0, delays.1);
    let gate = Gate::new(Policy::default()).waiting(wait);
    gate.resolve(&bench.registry, &query).await.unwrap();
    assert_eq!(bench.ecr.calls("BatchGetImage"), 4);
}

#[tokio::test]
async fn waiting_ends_at_once_where_nothing_can_change() {
    let denied = json!({ "operation": "*", "do": "error", "code": "AccessDeniedException" });
    let bench = bench(json!({ "repositories": { "my/app": {} }, "faults": [denied] })).await;
    let query = ImageQuery::new(bench.app.clone(), tag("v0"));
    let gate = Gate::new(Policy::default()).waiting(Wait::for_up_to(Duration::from_mins(10)));
    let error = gate.resolve(&bench.registry, &query).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AccessDenied);
    assert_eq!(bench.ecr.calls("BatchGetImage"), 1);
}

#[tokio::test]
async fn an_archived_image_is_refused_as_such() {
    let bench = bench(json!({ "repositories": { "my/app": { "images": [
        { "tags": ["v0"], "status": "ARCHIVED" },
    ] } } }))
    .await;
    let query = ImageQuery::new(bench.app.clone(), tag("v0"));
    let outcome = Gate::new(Policy::default())
        .resolve(&bench.registry, &query)
        .await;
    assert_eq!(outcome.unwrap_err().kind(), ErrorKind::ImageNotActive);
}

#[tokio::test]
async fn without_the_right_to_read_manifests_a_digest_passes_only_where_the_policy_believes_it() {
    let denied = json!({
        "operation": "BatchGetImage", "do": "error", "code": "AccessDeniedException",
    });
    let mut script = images(1);
    script["faults"] = json!([denied]);
    let bench = bench(script).await;
    let query = ImageQuery::new(bench.app.clone(), tag("v0"));
    let strict = Gate::new(Policy::new())
        .resolve(&bench.registry, &query)
        .await;
    let error = strict.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AccessDenied);
    assert!(error.to_string().contains("ecr:BatchGetImage"), "{error}");

    let believing = Gate::new(Policy::new().unverified_manifest(true));
    believing.resolve(&bench.registry, &query).await.unwrap();
}

#[tokio::test]
async fn a_rerun_finds_its_version_published_and_another_build_a_conflict() {
    let bench = bench(images(2)).await;
    let registry = &bench.registry;
    let query = ImageQuery::new(bench.app.clone(), tag("v0"));
    let image = Gate::new(Policy::new())
        .resolve(registry, &query)
        .await
        .unwrap();
    let ours = image.digest().clone();

    let new = "v9".parse().unwrap();
    let state = publication(registry, &bench.app, &new, Some(&ours))
        .await
        .unwrap();
    assert_eq!(state, Publication::Unpublished);

    let there = "v0".parse().unwrap();
    let state = publication(registry, &bench.app, &there, Some(&ours))
        .await
        .unwrap();
    assert_eq!(state, Publication::Published { digest: ours });

    let other = Digest::of(b"another build");
    let error = publication(registry, &bench.app, &there, Some(&other))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::VersionConflict);
}
