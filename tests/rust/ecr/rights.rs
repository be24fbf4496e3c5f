//! Missing rights: what can be done without them is done, and the right is named.

use artifact_deploy::image::ImageSelector;
use artifact_deploy::ports::{ImageRegistry as _, Lookup, LookupDepth};
use artifact_deploy::{Error, ErrorKind};
use serde_json::{Value, json};

use crate::support::{Bench, bench, found, shown, tag};

fn denied(operations: &[&str]) -> Value {
    let faults: Vec<Value> = operations
        .iter()
        .map(|operation| {
            json!({
                "operation": operation, "do": "error", "code": "AccessDeniedException",
                "message": format!("User is not authorized to perform: ecr:{operation}"),
            })
        })
        .collect();
    json!({
        "repositories": { "my/app": { "images": [
            { "tags": ["v1"] },
            { "tags": ["old"], "status": "ARCHIVED" },
        ] } },
        "faults": faults,
    })
}

async fn digests(bench: &Bench, images: &[ImageSelector]) -> Result<Vec<Lookup>, Error> {
    bench
        .registry
        .look_up(&bench.app, images, LookupDepth::Digest)
        .await
}

#[tokio::test]
async fn without_batch_get_image_a_digest_is_still_found() {
    let open = bench(denied(&[])).await;
    let digest = found(open.one(tag("v1")).await).digest;
    let bench = bench(denied(&["BatchGetImage"])).await;
    let mut answers = digests(&bench, &[tag("v1"), tag("old"), tag("gone")])
        .await
        .unwrap();
    assert!(matches!(answers.pop(), Some(Lookup::Missing { .. })));
    assert!(matches!(answers.pop(), Some(Lookup::Inactive { state, .. }) if state == "ARCHIVED"));
    let image = found(answers.pop().unwrap());
    assert_eq!((image.digest, image.manifest), (digest, None));
    assert_eq!(bench.ecr.calls("DescribeImages"), 3);
}

#[tokio::test]
async fn without_batch_get_image_no_manifest_is_read_and_the_right_is_named() {
    let bench = bench(denied(&["BatchGetImage"])).await;
    let error = bench.look_up(&[tag("v1")]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AccessDenied);
    let resource = "arn:aws:ecr:eu-central-1:123456789012:repository/my/app";
    for part in ["ecr:BatchGetImage", resource] {
        assert!(error.message().contains(part), "{part} in {error}");
    }
    assert_eq!(
        error.details().unwrap()["actions"],
        json!(["ecr:BatchGetImage"])
    );
    assert_eq!(error.details().unwrap()["awsCode"], "AccessDeniedException");
    assert_eq!(bench.ecr.calls("DescribeImages"), 0);
}

#[tokio::test]
async fn without_either_right_both_are_named() {
    let bench = bench(denied(&["BatchGetImage", "DescribeImages"])).await;
    let error = digests(&bench, &[tag("v1"), tag("v2")]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AccessDenied);
    for action in ["ecr:BatchGetImage", "ecr:DescribeImages"] {
        assert!(error.message().contains(action), "{action} in {error}");
    }
    assert_eq!(bench.ecr.calls("DescribeImages"), 1);
}

#[tokio::test]
async fn without_describe_images_a_miss_stays_a_miss_and_the_right_is_named() {
    let bench = bench(denied(&["DescribeImages"])).await;
    let answers = bench.look_up(&[tag("gone"), tag("old")]).await.unwrap();
    for answer in answers {
        let Lookup::Missing { reason } = answer else {
            panic!("expected a miss, got {answer:?}");
        };
        assert!(reason.contains("ecr:DescribeImages"), "{reason}");
    }
    assert_eq!(bench.ecr.calls("DescribeImages"), 1);
}

#[tokio::test]
async fn every_other_call_names_its_own_right() {
    let bench = bench(denied(&["DescribeRepositories"])).await;
    let error = bench
        .registry
        .tag_mutability(&bench.repository())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AccessDenied);
    assert!(
        error.message().contains("ecr:DescribeRepositories"),
        "{}",
        shown(&error)
    );
}
