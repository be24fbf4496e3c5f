//! Scans and lifecycle rules of ECR, and what the gate makes of them.

use std::time::Duration;

use artifact_deploy::gate::{Gate, ImageQuery, Policy, RetentionPolicy, ScanPolicy, Wait};
use artifact_deploy::{ErrorKind, VerifiedImage};
use serde_json::{Value, json};

use crate::support::{Bench, bench, tag};

async fn resolve(bench: &Bench, gate: Gate) -> artifact_deploy::Result<VerifiedImage> {
    let query = ImageQuery::new(bench.app.clone(), tag("v0"));
    gate.resolve(&bench.registry, &query).await
}

fn scanned(scan: &Value) -> Value {
    json!({ "repositories": { "my/app": { "images": [{ "tags": ["v0"], "scan": scan }] } } })
}

fn no_high() -> Gate {
    Gate::new(Policy::new().scan(ScanPolicy::new().high(0)))
}

fn complete(counts: &Value) -> Value {
    json!([{ "status": "COMPLETE", "findings": { "findingSeverityCounts": counts } }])
}

#[tokio::test]
async fn trap_continuous_scanning_is_finished_although_it_never_says_complete() {
    let active = json!({ "status": "ACTIVE", "description": "Continuous scan is selected for image.",
        "findings": { "findingSeverityCounts": { "MEDIUM": 3 } } });
    let bench = bench(scanned(&json!([active]))).await;
    resolve(&bench, no_high()).await.unwrap();
    let expected = [("BatchGetImage", 1), ("DescribeImageScanFindings", 1)];
    let expected = expected.map(|(name, count)| (name.to_owned(), count));
    assert_eq!(bench.ecr.all_calls(), expected.into());
}

#[tokio::test]
async fn a_scan_that_comes_after_the_push_is_waited_for() {
    let scans = json!([null, { "status": "IN_PROGRESS" }, { "status": "COMPLETE" },
        { "status": "COMPLETE", "findings": { "findingSeverityCounts": {} } }]);
    let bench = bench(scanned(&scans)).await;
    let delays = (Duration::from_millis(10), Duration::from_millis(20));
    let wait = Wait::for_up_to(Duration::from_secs(10)).with_delays(delays.0, delays.1);
    resolve(&bench, no_high().waiting(wait)).await.unwrap();
    assert_eq!(bench.ecr.calls("DescribeImageScanFindings"), 4);
}

#[tokio::test]
async fn findings_are_counted_page_by_page_where_ecr_does_not_count_them() {
    let page = |severities: &[&str], next: Option<&str>| {
        let findings: Vec<Value> = severities
            .iter()
            .map(|severity| json!({ "severity": severity }))
            .collect();
        json!({ "status": "ACTIVE", "findings": { "enhancedFindings": findings }, "nextToken": next })
    };
    let scans = json!([page(&["HIGH", "LOW"], Some("2")), page(&["HIGH"], None)]);
    let bench = bench(scanned(&scans)).await;
    let error = resolve(&bench, no_high()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ScanRejected);
    assert!(error.message().contains("actual 2 HIGH"), "{error}");
}

#[tokio::test]
async fn an_index_is_scanned_by_its_images() {
    let index = |arm: Value| {
        json!({ "repositories": { "my/app": { "images": [{ "tags": ["v0"], "attested": true, "index": [
            { "platform": "linux/amd64", "scan": complete(&json!({})) },
            { "platform": "linux/arm64", "scan": arm },
        ] }] } } })
    };
    let clean = bench(index(complete(&json!({ "LOW": 1 })))).await;
    resolve(&clean, no_high()).await.unwrap();
    assert_eq!(clean.ecr.calls("DescribeImageScanFindings"), 2);
    let never = bench(index(json!([]))).await;
    let error = resolve(&never, no_high()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ScanIncomplete);
    assert!(error.message().contains("linux/arm64"), "{error}");
}

#[tokio::test]
async fn a_denied_scan_names_the_right_that_is_missing() {
    let mut script = scanned(&json!([]));
    script["faults"] = json!([{ "operation": "DescribeImageScanFindings", "do": "error",
        "code": "AccessDeniedException" }]);
    let bench = bench(script).await;
    let error = resolve(&bench, no_high()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AccessDenied);
    let details = error.details().unwrap();
    assert_eq!(details["action"], "ecr:DescribeImageScanFindings");
}

fn kept() -> Gate {
    Gate::new(Policy::new().retention(RetentionPolicy::require()))
}

#[tokio::test]
async fn a_repository_without_rules_costs_one_call_more() {
    let script = json!({ "repositories": { "my/app": { "images": [{ "tags": ["v0"] }] } } });
    let bench = bench(script).await;
    resolve(&bench, kept()).await.unwrap();
    let expected = [("BatchGetImage", 1), ("GetLifecyclePolicy", 1)];
    let expected = expected.map(|(name, count)| (name.to_owned(), count));
    assert_eq!(bench.ecr.all_calls(), expected.into());
}

/// Three images, pushed one after the other, and one rule.
fn ruled(selection: &Value) -> Value {
    let images: Vec<Value> = (0..3)
        .map(|n| {
            json!({ "tags": [format!("v{n}")], "labels": { "n": n.to_string() },
                "pushedAt": 1_755_693_900 + n })
        })
        .collect();
    let rule = json!({ "rulePriority": 7, "selection": selection, "action": { "type": "expire" } });
    json!({ "repositories": { "my/app": {
        "lifecyclePolicy": { "rules": [rule] }, "images": images,
    } } })
}

#[tokio::test]
async fn want_13_an_image_that_a_rule_will_expire_is_found_before_it_is_deployed() {
    let selection = json!({ "tagStatus": "any", "countType": "sinceImagePushed", "countUnit": "days",
        "countNumber": 1 });
    let bench = bench(ruled(&selection)).await;
    let error = resolve(&bench, kept()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WouldExpire);
    let message = error.message();
    assert!(message.contains("2025-08-21T12:45:00Z"), "{message}");
    assert_eq!(bench.ecr.calls("DescribeImages"), 1);
}

#[tokio::test]
async fn want_13_a_rule_that_counts_images_counts_them_over_all_pages() {
    let selection =
        json!({ "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 2 });
    let bench = bench(ruled(&selection)).await;
    let error = resolve(&bench, kept()).await.unwrap_err();
    let message = error.message();
    assert!(
        message.contains("rule 7 of the repository expires it now"),
        "{message}"
    );
    assert_eq!(bench.ecr.calls("DescribeImages"), 3);
}
