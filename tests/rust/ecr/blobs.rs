//! Blobs: their states by the API, their bytes by the registry's own interface.

use artifact_deploy::ErrorKind;
use artifact_deploy::image::{Descriptor, Digest};
use artifact_deploy::ports::{BlobDepth, BlobState, ImageRegistry as _};
use artifact_deploy_tests::image::BuiltImage;
use serde_json::{Value, json};

use crate::support::{bench, shown};

fn script(blobs: &Value, more: &Value) -> Value {
    let mut script = json!({ "repositories": { "my/app": { "images": [
        { "tags": ["v1"], "blobs": blobs },
    ] } } });
    for (name, value) in more.as_object().unwrap() {
        script[name] = value.clone();
    }
    script
}

/// The configuration and the layer of the image of that script.
fn blobs() -> [Descriptor; 2] {
    let image = BuiltImage::with_labels("linux/amd64", &json!({}));
    [0, 1].map(|index| Descriptor {
        media_type: "application/octet-stream".to_owned(),
        digest: Digest::of(&image.blobs[index]),
        size: image.blobs[index].len() as u64,
    })
}

#[tokio::test]
async fn states_come_from_one_call_for_a_hundred_blobs() {
    let bench = bench(script(&json!({ "layer": "archived" }), &json!({}))).await;
    let mut asked = blobs().to_vec();
    for n in 0..148 {
        let digest = Digest::of(format!("{n}").as_bytes());
        asked.push(Descriptor {
            digest,
            ..asked[0].clone()
        });
    }
    let states = bench
        .registry
        .blob_states(&bench.repository(), &asked, BlobDepth::Presence)
        .await
        .unwrap();
    assert_eq!(
        states[..3],
        [
            BlobState::Available,
            BlobState::Archived,
            BlobState::Missing
        ]
    );
    assert_eq!(bench.ecr.calls("BatchCheckLayerAvailability"), 2);
    assert_eq!(bench.ecr.calls("GetBlob"), 0);
}

#[tokio::test]
async fn bytes_are_read_and_hashed_where_they_are_asked_for() {
    let bench = bench(script(&json!({ "layer": "corrupt" }), &json!({}))).await;
    let repository = bench.repository();
    let presence = bench
        .registry
        .blob_states(&repository, &blobs(), BlobDepth::Presence)
        .await;
    assert_eq!(
        presence.unwrap(),
        [BlobState::Available, BlobState::Available]
    );
    let bytes = bench
        .registry
        .blob_states(&repository, &blobs(), BlobDepth::Bytes)
        .await;
    assert_eq!(bytes.unwrap(), [BlobState::Available, BlobState::Corrupt]);
}

#[tokio::test]
async fn a_configuration_is_read_with_one_token_that_is_kept() {
    let bench = bench(script(&json!({}), &json!({}))).await;
    let [config, _] = blobs();
    for _ in 0..3 {
        let bytes = bench
            .registry
            .read_blob(&bench.repository(), &config)
            .await
            .unwrap();
        assert_eq!(Digest::of(&bytes), config.digest);
    }
    assert_eq!(bench.ecr.calls("GetAuthorizationToken"), 1);
    assert_eq!(bench.ecr.calls("GetBlob"), 3);
}

#[tokio::test]
async fn a_token_about_to_expire_is_not_kept() {
    let bench = bench(script(&json!({}), &json!({ "tokenLifetime": 60 }))).await;
    let [config, _] = blobs();
    for _ in 0..2 {
        bench
            .registry
            .read_blob(&bench.repository(), &config)
            .await
            .unwrap();
    }
    assert!(bench.ecr.calls("GetAuthorizationToken") >= 2);
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let fault = json!({ "operation": "GetBlob", "do": "status", "status": 401, "times": 1 });
    let bench = bench(script(&json!({}), &json!({ "faults": [fault] }))).await;
    let [config, _] = blobs();
    bench
        .registry
        .read_blob(&bench.repository(), &config)
        .await
        .unwrap();
    assert_eq!(bench.ecr.calls("GetAuthorizationToken"), 2);
}

#[tokio::test]
async fn a_redirect_to_the_storage_does_not_take_the_token_along() {
    let bench = bench(script(&json!({}), &json!({ "redirectBlobs": true }))).await;
    let [config, _] = blobs();
    let bytes = bench
        .registry
        .read_blob(&bench.repository(), &config)
        .await
        .unwrap();
    assert_eq!(Digest::of(&bytes), config.digest);
    assert_eq!(bench.ecr.calls("Storage"), 1);
    assert_eq!(bench.ecr.calls("StorageWithCredentials"), 0);
}

#[tokio::test]
async fn a_missing_configuration_is_content_that_is_incomplete() {
    let bench = bench(script(&json!({ "config": "missing" }), &json!({}))).await;
    let error = bench
        .registry
        .read_blob(&bench.repository(), &blobs()[0])
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ContentIncomplete);
}

#[tokio::test]
async fn a_blob_that_is_longer_than_promised_is_not_read_to_its_end() {
    let bench = bench(script(&json!({}), &json!({}))).await;
    let [config, _] = blobs();
    let shorter = Descriptor {
        size: config.size - 1,
        ..config
    };
    let error = bench
        .registry
        .read_blob(&bench.repository(), &shorter)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
}

#[tokio::test]
async fn faults_of_the_registrys_own_interface_have_their_kinds_and_show_no_token() {
    for (fault, kind) in [
        (
            json!({ "do": "status", "status": 403 }),
            ErrorKind::AccessDenied,
        ),
        (
            json!({ "do": "status", "status": 429 }),
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
        let mut fault = fault;
        fault["operation"] = json!("GetBlob");
        let bench = bench(script(&json!({}), &json!({ "faults": [fault] }))).await;
        let error = bench
            .registry
            .read_blob(&bench.repository(), &blobs()[0])
            .await
            .unwrap_err();
        assert_eq!(error.kind(), kind, "{fault}: {}", shown(&error));
        for secret in ["password-", "QVdTOn", "signed-secret"] {
            assert!(!shown(&error).contains(secret), "{}", shown(&error));
        }
    }
}
