//! Who asks, and where: as the AWS tools do it.

use artifact_deploy::ErrorKind;
use artifact_deploy::aws::{AwsOptions, EcrRegistry};
use artifact_deploy::image::RepositoryAddress;
use artifact_deploy::oci::Timeouts;
use artifact_deploy::ports::{ImageRegistry as _, LookupDepth};
use serde_json::json;

use crate::support::{Bench, bench, environment, options, shown, tag};

async fn app() -> Bench {
    bench(json!({ "repositories": { "my/app": { "images": [{ "tags": ["v1"] }] } } })).await
}

fn name() -> RepositoryAddress {
    RepositoryAddress::try_from("my/app".to_owned()).unwrap()
}

async fn ask(options: AwsOptions) -> Result<(), artifact_deploy::Error> {
    let registry = EcrRegistry::new(options)?;
    let answers = registry
        .look_up(&name(), &[tag("v1")], LookupDepth::Manifest)
        .await;
    answers.map(|_| ())
}

#[tokio::test]
async fn a_profile_brings_its_region_and_credentials() {
    let bench = app().await;
    let options = AwsOptions::default()
        .with_profile("elsewhere")
        .with_endpoint_url(bench.ecr.url());
    ask(options).await.unwrap();
    let request = &bench.ecr.requests()[0];
    assert_eq!(request["region"], "ap-southeast-2");
    assert_eq!(request["key"], "AKIDPROFILE");
}

#[tokio::test]
async fn a_role_is_assumed_before_ecr_is_asked() {
    let bench = app().await;
    let role = "arn:aws:iam::123456789012:role/deploy";
    ask(options(&bench.ecr).with_role_arn(role)).await.unwrap();
    assert_eq!(bench.ecr.requests()[0]["key"], "AKIDASSUMED");
}

#[tokio::test]
async fn without_credentials_the_caller_is_told_to_sign_in() {
    let bench = app().await;
    let error = ask(options(&bench.ecr).with_profile("empty"))
        .await
        .unwrap_err();
    assert_eq!(
        error.kind(),
        ErrorKind::Unauthenticated,
        "{}",
        shown(&error)
    );
    assert!(error.message().contains("sign in"), "{error}");
    assert!(bench.ecr.all_calls().is_empty());
}

#[tokio::test]
async fn a_role_that_may_not_be_assumed_names_the_right_and_the_trust_that_are_missing() {
    let bench = app().await;
    let role = "arn:aws:iam::123456789012:role/forbidden";
    let error = ask(options(&bench.ecr).with_role_arn(role))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthenticated);
    assert!(error.message().contains("sts:AssumeRole"), "{error}");
    assert!(error.message().contains("trust policy"), "{error}");
    assert_eq!(error.details().unwrap()["awsCode"], "AccessDenied");
    assert!(bench.ecr.all_calls().is_empty());
}

#[tokio::test]
async fn a_token_service_that_is_busy_is_a_reason_to_wait() {
    let bench = app().await;
    let role = "arn:aws:iam::123456789012:role/busy";
    // Long enough for the attempts of the SDK at the token service.
    let options = options(&bench.ecr).with_timeouts(Timeouts::default());
    let error = ask(options.with_role_arn(role)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Throttled, "{}", shown(&error));
}

#[tokio::test]
async fn a_profile_with_a_role_assumes_it_in_its_own_region() {
    let bench = app().await;
    let options = AwsOptions::default()
        .with_profile("chained")
        .with_endpoint_url(bench.ecr.url());
    ask(options).await.unwrap();
    let request = &bench.ecr.requests()[0];
    assert_eq!(request["region"], "eu-west-3");
    assert_eq!(request["key"], "AKIDASSUMED");
}

#[tokio::test]
async fn credentials_that_expired_say_to_sign_in_again() {
    let bench = bench(json!({ "faults": [
        { "operation": "*", "do": "error", "code": "ExpiredTokenException", "message": "expired" },
    ] }))
    .await;
    let error = ask(options(&bench.ecr)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthenticated);
    assert!(error.message().contains("sign in again"), "{error}");
    assert_eq!(bench.ecr.calls("BatchGetImage"), 1, "it is not repeated");
}

#[tokio::test]
async fn without_a_region_the_caller_is_told_how_to_give_one() {
    environment();
    let error = ask(AwsOptions::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    assert!(error.message().contains("AWS_REGION"), "{error}");
}
