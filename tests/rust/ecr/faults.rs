//! Failures on the wire: each ends, in time, with its own kind.

use std::time::{Duration, Instant};

use artifact_deploy::ErrorKind;
use artifact_deploy::ports::{ImageRegistry as _, LookupDepth};
use serde_json::{Value, json};

use crate::support::{Bench, bench, found, shown, tag};

fn with_fault(mut fault: Value) -> Value {
    fault["operation"] = json!("BatchGetImage");
    json!({
        "repositories": { "my/app": { "images": [{ "tags": ["v1"] }] } },
        "faults": [fault],
    })
}

#[tokio::test]
async fn codes_of_aws_have_their_kinds_whether_modelled_or_not() {
    for (code, status, kind) in [
        ("AccessDeniedException", 400, ErrorKind::AccessDenied),
        ("ExpiredTokenException", 400, ErrorKind::Unauthenticated),
        (
            "UnrecognizedClientException",
            400,
            ErrorKind::Unauthenticated,
        ),
        ("InvalidSignatureException", 403, ErrorKind::Unauthenticated),
        ("InvalidParameterException", 400, ErrorKind::InvalidArgument),
        ("SomethingNewException", 403, ErrorKind::AccessDenied),
        ("SomethingNewException", 400, ErrorKind::UnexpectedResponse),
        ("LimitExceededException", 400, ErrorKind::QuotaExceeded),
    ] {
        let fault = json!({ "do": "error", "code": code, "status": status, "message": "why" });
        let bench = bench(with_fault(fault)).await;
        let error = bench.look_up(&[tag("v1")]).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{code} {status}");
        assert!(!error.is_retryable(), "{code}");
        assert_eq!(
            bench.ecr.calls("BatchGetImage"),
            1,
            "{code} is not repeated"
        );
    }
}

#[tokio::test]
async fn throttling_and_server_errors_are_repeated_until_they_pass() {
    for fault in [
        json!({ "do": "error", "code": "ThrottlingException", "times": 1 }),
        json!({ "do": "error", "code": "ServerException", "status": 500, "times": 1 }),
        json!({ "do": "status", "status": 503, "times": 1 }),
        json!({ "do": "cut", "times": 1 }),
        json!({ "do": "stall", "times": 1 }),
    ] {
        let bench = bench(with_fault(fault.clone())).await;
        let mut answers = bench.look_up(&[tag("v1")]).await.unwrap();
        found(answers.pop().unwrap());
        assert_eq!(bench.ecr.calls("BatchGetImage"), 2, "{fault}");
    }
}

#[tokio::test]
async fn a_failure_that_does_not_pass_ends_after_a_bounded_number_of_attempts() {
    for (fault, kind) in [
        (
            json!({ "do": "error", "code": "ThrottlingException" }),
            ErrorKind::Throttled,
        ),
        (
            json!({ "do": "status", "status": 500 }),
            ErrorKind::RegistryUnavailable,
        ),
        (json!({ "do": "cut" }), ErrorKind::RegistryUnavailable),
        (json!({ "do": "stall" }), ErrorKind::Timeout),
        (json!({ "do": "stall-in-body" }), ErrorKind::Timeout),
    ] {
        let bench = bench(with_fault(fault.clone())).await;
        let started = Instant::now();
        let error = bench.look_up(&[tag("v1")]).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{fault}: {}", shown(&error));
        assert!(error.is_retryable());
        assert!(started.elapsed() < Duration::from_secs(9), "{fault}");
        assert_eq!(bench.ecr.calls("BatchGetImage"), 3, "{fault}");
    }
}

#[tokio::test]
async fn an_answer_that_is_not_json_makes_no_sense() {
    let bench = bench(with_fault(json!({ "do": "malformed" }))).await;
    let error = bench.look_up(&[tag("v1")]).await.unwrap_err();
    assert_eq!(
        error.kind(),
        ErrorKind::UnexpectedResponse,
        "{}",
        shown(&error)
    );
}

#[tokio::test]
async fn an_endpoint_that_nobody_listens_on_is_unavailable() {
    let bench = bench(json!({})).await;
    let Bench { ecr, registry, app } = bench;
    drop(ecr);
    let images = [tag("v1")];
    let answers = registry.look_up(&app, &images, LookupDepth::Manifest);
    let error = answers.await.unwrap_err();
    assert_eq!(
        error.kind(),
        ErrorKind::RegistryUnavailable,
        "{}",
        shown(&error)
    );
}

#[tokio::test]
async fn an_error_keeps_what_aws_said_and_shows_no_secret() {
    let message = "The security token included in the request is invalid";
    let fault = json!({ "do": "error", "code": "UnrecognizedClientException", "message": message });
    let bench = bench(with_fault(fault)).await;
    let error = bench.look_up(&[tag("v1")]).await.unwrap_err();
    let details = error.details().unwrap();
    assert_eq!(details["awsCode"], "UnrecognizedClientException");
    assert_eq!(details["awsMessage"], message);
    let request = details["requestId"].as_str().unwrap();
    assert!(request.starts_with("00000000-0000-4000-8000-"), "{request}");
    assert_eq!(details["operation"], "BatchGetImage");
    assert!(std::error::Error::source(&error).is_some());
    for secret in ["test-secret-key", "test-session-token", "AKIDTEST"] {
        assert!(!shown(&error).contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_rejected_signature_does_not_repeat_what_was_signed() {
    let message = "The Canonical String should have been x-amz-security-token:test-session-token";
    let fault = json!({ "do": "error", "code": "InvalidSignatureException", "message": message });
    let bench = bench(with_fault(fault)).await;
    let error = bench.look_up(&[tag("v1")]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthenticated);
    assert!(
        !shown(&error).contains("test-session-token"),
        "{}",
        shown(&error)
    );
}
