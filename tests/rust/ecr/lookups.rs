//! Looking up images.

use artifact_deploy::image::{Digest, ImageSelector};
use artifact_deploy::ports::{ImageRegistry as _, Lookup, LookupDepth};
use artifact_deploy::{ErrorKind, image::RepositoryAddress};
use serde_json::{Value, json};

use crate::support::{bench, failed, found, tag};

fn tagged(count: usize) -> Value {
    let images: Vec<Value> = (0..count)
        .map(|n| json!({ "tags": [format!("v{n}")], "labels": { "n": n.to_string() } }))
        .collect();
    json!({ "repositories": { "my/app": { "images": images } } })
}

#[tokio::test]
async fn an_image_is_found_by_tag_and_by_digest_with_its_exact_bytes_in_one_call() {
    let bench = bench(tagged(1)).await;
    let by_tag = found(bench.one(tag("v0")).await);
    assert_eq!(
        bench.ecr.all_calls(),
        [("BatchGetImage".to_owned(), 1)].into()
    );
    assert_eq!(Digest::of(by_tag.manifest.as_ref().unwrap()), by_tag.digest);
    assert_eq!(by_tag.repository, bench.repository());
    assert_eq!(by_tag.tag.as_ref().unwrap().as_str(), "v0");

    let by_digest = found(
        bench
            .one(ImageSelector::Digest(by_tag.digest.clone()))
            .await,
    );
    assert_eq!(by_digest.manifest, by_tag.manifest);
    assert_eq!(by_digest.tag, None);
}

#[tokio::test]
async fn every_kind_of_manifest_is_accepted_so_that_ecr_never_converts_one() {
    let bench = bench(tagged(1)).await;
    bench.one(tag("v0")).await;
    let accepted = bench.ecr.requests()[0]["input"]["acceptedMediaTypes"].clone();
    for kind in [
        "application/vnd.docker.distribution.manifest.v2+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.oci.image.index.v1+json",
    ] {
        assert!(
            accepted.as_array().unwrap().contains(&json!(kind)),
            "{kind} in {accepted}"
        );
    }
}

#[tokio::test]
async fn more_than_a_hundred_images_go_in_calls_of_a_hundred_and_keep_their_order() {
    let bench = bench(tagged(250)).await;
    let images: Vec<ImageSelector> = (0..250).map(|n| tag(&format!("v{n}"))).collect();
    let answers = bench.look_up(&images).await.unwrap();
    for (n, answer) in answers.into_iter().enumerate() {
        assert_eq!(found(answer).tag.unwrap().as_str(), format!("v{n}"));
    }
    assert_eq!(bench.ecr.calls("BatchGetImage"), 3);
    let sizes: Vec<usize> = bench
        .ecr
        .requests()
        .iter()
        .map(|request| request["input"]["imageIds"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [100, 100, 50]);
}

#[tokio::test]
async fn an_image_that_is_asked_for_twice_is_sent_once_and_answered_twice() {
    let bench = bench(tagged(1)).await;
    let answers = bench
        .look_up(&[tag("v0"), tag("gone"), tag("v0")])
        .await
        .unwrap();
    assert_eq!(answers.len(), 3);
    assert!(matches!(answers[1], Lookup::Missing { .. }));
    assert_eq!(
        bench.ecr.requests()[0]["input"]["imageIds"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[tokio::test]
async fn no_images_make_no_call() {
    let bench = bench(tagged(1)).await;
    assert!(bench.look_up(&[]).await.unwrap().is_empty());
    assert!(bench.ecr.all_calls().is_empty());
}

#[tokio::test]
async fn a_missing_image_is_told_from_an_archived_one_only_after_the_miss() {
    let bench = bench(json!({ "repositories": { "my/app": { "images": [
        { "tags": ["here"] },
        { "tags": ["archived"], "status": "ARCHIVED" },
        { "tags": ["waking"], "status": "ACTIVATING" },
        { "tags": ["odd"], "status": "SLEEPING" },
    ] } } }))
    .await;
    let images = ["here", "archived", "waking", "odd", "gone"].map(tag);
    let answers = bench.look_up(&images).await.unwrap();
    let states: Vec<&str> = answers
        .iter()
        .map(|answer| match answer {
            Lookup::Found(_) => "found",
            Lookup::Missing { .. } => "missing",
            Lookup::Inactive { state, digest } => {
                assert!(digest.is_some());
                state
            }
            Lookup::Failed(error) => error.code(),
        })
        .collect();
    assert_eq!(
        states,
        ["found", "ARCHIVED", "ACTIVATING", "SLEEPING", "missing"]
    );
    assert_eq!(bench.ecr.calls("BatchGetImage"), 1);
    assert_eq!(bench.ecr.calls("DescribeImages"), 4);
    let describe = bench.ecr.requests().pop().unwrap();
    assert_eq!(describe["input"]["filter"]["imageStatus"], "ANY");
}

#[tokio::test]
async fn an_image_that_appears_between_the_two_calls_is_found() {
    let bench = bench(json!({ "repositories": { "my/app": { "images": [
        { "tags": ["v1"], "appearsAfter": 1 },
    ] } } }))
    .await;
    assert!(found(bench.one(tag("v1")).await).manifest.is_some());
    assert_eq!(bench.ecr.calls("BatchGetImage"), 2);
    assert_eq!(bench.ecr.calls("DescribeImages"), 1);
}

#[tokio::test]
async fn every_failure_of_one_image_has_its_own_kind_and_spares_the_others() {
    let codes = [
        ("InvalidImageDigest", ErrorKind::InvalidDigest),
        ("InvalidImageTag", ErrorKind::InvalidTag),
        ("ImageTagDoesNotMatchDigest", ErrorKind::UnexpectedDigest),
        ("KmsError", ErrorKind::AccessDenied),
        ("UpstreamAccessDenied", ErrorKind::AccessDenied),
        ("UpstreamTooManyRequests", ErrorKind::Throttled),
        ("UpstreamUnavailable", ErrorKind::RegistryUnavailable),
        (
            "ImageReferencedByManifestList",
            ErrorKind::UnexpectedResponse,
        ),
        ("FailureOfNextYear", ErrorKind::UnexpectedResponse),
    ];
    let images: Vec<Value> = codes
        .iter()
        .map(|(code, _)| json!({ "tags": [code], "failureCode": code }))
        .chain([json!({ "tags": ["good"] })])
        .collect();
    let bench = bench(json!({ "repositories": { "my/app": { "images": images } } })).await;
    let mut asked: Vec<ImageSelector> = codes.iter().map(|(code, _)| tag(code)).collect();
    asked.push(tag("good"));
    let mut answers = bench.look_up(&asked).await.unwrap();
    found(answers.pop().unwrap());
    for (answer, (code, kind)) in answers.into_iter().zip(codes) {
        let error = failed(answer);
        assert_eq!(error.kind(), kind, "{code}");
        assert_eq!(error.details().unwrap()["failureCode"], code);
    }
}

#[tokio::test]
async fn an_image_that_cannot_be_accessed_is_not_taken_for_a_missing_one() {
    let bench = bench(json!({ "repositories": { "my/app": { "images": [
        { "tags": ["v1"], "failureCode": "ImageInaccessible", "status": "ARCHIVED" },
    ] } } }))
    .await;
    let answer = bench.one(tag("v1")).await;
    assert!(matches!(answer, Lookup::Inactive { state, .. } if state == "ARCHIVED"));
}

#[tokio::test]
async fn a_tag_that_is_asked_for_with_a_digest_shows_where_it_leads_to() {
    let bench = bench(tagged(2)).await;
    let here = found(bench.one(tag("v0")).await).digest;
    let other = found(bench.one(tag("v1")).await).digest;
    let image = ImageSelector::TagAndDigest("v0".parse().unwrap(), other);
    assert_eq!(found(bench.one(image).await).digest, here);
}

#[tokio::test]
async fn a_repository_by_its_name_alone_gets_the_host_of_the_account_that_answered() {
    let bench = bench(tagged(1)).await;
    let name = RepositoryAddress::try_from("my/app".to_owned()).unwrap();
    let answers = bench
        .registry
        .look_up(&name, &[tag("v0")], LookupDepth::Manifest)
        .await;
    let found = found(answers.unwrap().pop().unwrap());
    assert_eq!(
        found.repository.to_string(),
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com/my/app"
    );
    assert_eq!(bench.ecr.requests()[0]["input"].get("registryId"), None);
}

#[tokio::test]
async fn the_account_and_region_of_a_host_go_before_those_of_the_options() {
    let bench = bench(tagged(1)).await;
    let there = RepositoryAddress::Full(bench.ecr.repository("sa-east-1", "my/app"));
    let answers = bench
        .registry
        .look_up(&there, &[tag("v0")], LookupDepth::Manifest)
        .await;
    found(answers.unwrap().pop().unwrap());
    let request = &bench.ecr.requests()[0];
    assert_eq!(request["region"], "sa-east-1");
    assert_eq!(request["input"]["registryId"], "123456789012");
}

#[tokio::test]
async fn a_missing_repository_is_an_error_that_says_where_to_look() {
    let bench = bench(json!({})).await;
    let error = bench.look_up(&[tag("v1")]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RepositoryNotFound);
    assert!(error.message().contains("account"), "{error}");
    assert_eq!(
        error.details().unwrap()["awsCode"],
        "RepositoryNotFoundException"
    );
    assert!(error.details().unwrap()["requestId"].is_string());
}

#[tokio::test]
async fn a_repository_outside_of_ecr_is_refused_before_any_call() {
    let bench = bench(json!({})).await;
    let outside = RepositoryAddress::try_from("ghcr.io/my/app".to_owned()).unwrap();
    let answers = bench
        .registry
        .look_up(&outside, &[tag("v1")], LookupDepth::Manifest)
        .await;
    assert_eq!(answers.unwrap_err().kind(), ErrorKind::InvalidArgument);
    assert!(bench.ecr.all_calls().is_empty());
}

#[tokio::test]
async fn a_lying_digest_comes_through_as_it_was_claimed() {
    let lie = Digest::of(b"something else");
    let bench = bench(json!({ "repositories": { "my/app": { "images": [
        { "tags": ["v1"], "digest": lie },
    ] } } }))
    .await;
    let found = found(bench.one(tag("v1")).await);
    assert_eq!(found.digest, lie);
    assert_ne!(Digest::of(&found.manifest.unwrap()), lie);
}

#[tokio::test]
async fn a_tag_is_protected_as_the_mode_and_filters_of_the_repository_say() {
    for (mode, filters, expected) in [
        ("MUTABLE", json!([]), json!({ "mode": "mutable" })),
        ("IMMUTABLE", json!([]), json!({ "mode": "immutable" })),
        (
            "IMMUTABLE_WITH_EXCLUSION",
            json!(["dev-*"]),
            json!({ "mode": "immutable-except", "filters": ["dev-*"] }),
        ),
        (
            "MUTABLE_WITH_EXCLUSION",
            json!(["v*", "r*"]),
            json!({ "mode": "mutable-except", "filters": ["v*", "r*"] }),
        ),
        ("MODE_OF_NEXT_YEAR", json!([]), json!({ "mode": "unknown" })),
    ] {
        let bench = bench(json!({ "repositories": { "my/app": {
            "mutability": mode, "filters": filters,
        } } }))
        .await;
        let mutability = bench
            .registry
            .tag_mutability(&bench.repository())
            .await
            .unwrap();
        assert_eq!(
            serde_json::to_value(mutability).unwrap(),
            expected,
            "{mode}"
        );
    }
}
