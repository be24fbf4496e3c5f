//! Tags for images that are there: `PutImage`.

use std::sync::{Arc, Mutex};

use artifact_deploy::aws::{AwsOptions, EcrRegistry};
use artifact_deploy::image::{Digest, Repository};
use artifact_deploy::ports::ImageTags as _;
use artifact_deploy::{ErrorKind, Result};
use artifact_deploy_tests::http::{Reply, Server};
use bytes::Bytes;
use hyper::{Request, Response};
use serde_json::{Value, json};

use crate::support::{REGION, environment};

const MEDIA_TYPE: &str = "application/vnd.oci.image.manifest.v1+json";
const MANIFEST: &[u8] = b"{\"schemaVersion\": 2}";

fn digest(digit: &str) -> Digest {
    format!("sha256:{}", digit.repeat(64)).parse().unwrap()
}

/// A registry that answers `PutImage` so, and every other operation with where the tag leads to.
async fn put(status: u16, answer: Value) -> (Result<()>, Vec<Value>) {
    environment();
    let asked: Arc<Mutex<Vec<Value>>> = Arc::default();
    let kept = Arc::clone(&asked);
    let server = Server::start(move |request: Request<Bytes>| {
        let target = request.headers()["x-amz-target"].to_str().unwrap();
        let (status, body) = if target.ends_with(".PutImage") {
            let body = serde_json::from_slice(request.body()).unwrap();
            kept.lock().unwrap().push(body);
            (status, answer.clone())
        } else {
            let id = json!({ "imageTag": "production-latest", "imageDigest": digest("b") });
            let image = json!({ "imageId": id, "imageManifest": "{}" });
            (200, json!({ "images": [image], "failures": [] }))
        };
        let response = Response::builder().status(status);
        let response = response.body(Bytes::from(body.to_string())).unwrap();
        async { Reply::Whole(response) }
    })
    .await;
    let options = AwsOptions::default().with_endpoint_url(server.url());
    let registry = EcrRegistry::new(options).unwrap();
    let name = "my/app".parse().unwrap();
    let repository = Repository::in_ecr("123456789012", REGION, &name).unwrap();
    let tag = "production-latest".parse().unwrap();
    let manifest = Bytes::from_static(MANIFEST);
    let result = registry
        .put_tag(&repository, &tag, &digest("a"), &manifest, MEDIA_TYPE)
        .await;
    let asked = asked.lock().unwrap().clone();
    (result, asked)
}

async fn refused(code: &str) -> Result<()> {
    put(400, json!({ "__type": code, "message": "why" }))
        .await
        .0
}

#[tokio::test]
async fn the_digest_goes_with_the_manifest_so_that_ecr_compares_them() {
    let stored = json!({ "image": { "imageId": { "imageDigest": digest("a") } } });
    let (result, asked) = put(200, stored).await;
    result.unwrap();
    let question = json!({
        "registryId": "123456789012", "repositoryName": "my/app",
        "imageManifest": "{\"schemaVersion\": 2}", "imageManifestMediaType": MEDIA_TYPE,
        "imageTag": "production-latest", "imageDigest": digest("a"),
    });
    assert_eq!(asked, [question]);
}

#[tokio::test]
async fn a_tag_that_leads_there_already_is_what_was_wanted() {
    refused("ImageAlreadyExistsException").await.unwrap();
}

#[tokio::test]
async fn an_immutable_tag_that_leads_elsewhere_says_where() {
    let error = refused("ImageTagAlreadyExistsException").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::VersionConflict);
    let details = json!({ "published": digest("b"), "built": digest("a") });
    assert_eq!(error.details(), Some(&details));
    assert!(error.message().contains(digest("b").as_str()), "{error}");
}

#[tokio::test]
async fn other_bytes_and_missing_content_have_their_kinds() {
    for (code, kind) in [
        (
            "ImageDigestDoesNotMatchException",
            ErrorKind::DigestMismatch,
        ),
        ("LayersNotFoundException", ErrorKind::ContentIncomplete),
        (
            "ReferencedImagesNotFoundException",
            ErrorKind::ContentIncomplete,
        ),
        ("RepositoryNotFoundException", ErrorKind::RepositoryNotFound),
        ("AccessDeniedException", ErrorKind::AccessDenied),
    ] {
        let error = refused(code).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{code}");
    }
    let stored = json!({ "image": { "imageId": { "imageDigest": digest("c") } } });
    let error = put(200, stored).await.0.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DigestMismatch);
    assert_eq!(error.details().unwrap()["published"], json!(digest("c")));
}
