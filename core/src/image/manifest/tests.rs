//! What the shared vectors of manifests do not show.

use serde_json::{Value, json};

use super::*;

fn digest(content: &str) -> Digest {
    Digest::of(content.as_bytes())
}

fn descriptor(media_type: &str, content: &str) -> Value {
    json!({ "mediaType": media_type, "digest": digest(content), "size": content.len() })
}

fn parse(document: &Value) -> Result<Manifest, Error> {
    Manifest::parse(document.to_string().as_bytes(), None)
}

fn child(content: &str, os: &str, architecture: &str, variant: &str) -> Value {
    let mut child = descriptor("application/vnd.oci.image.manifest.v1+json", content);
    child["platform"] = json!({ "os": os, "architecture": architecture, "variant": variant });
    child
}

#[test]
fn the_blobs_of_an_image_are_what_its_registry_must_have() {
    const LAYER: &str = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    const FOREIGN: &str = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";
    let manifest = parse(&json!({
        "schemaVersion": 2,
        "config": descriptor("application/vnd.docker.container.image.v1+json", "config"),
        "layers": [
            descriptor(FOREIGN, "windows"),
            descriptor(LAYER, "one"),
            descriptor(LAYER, "two"),
            descriptor(LAYER, "one"),
        ],
    }))
    .unwrap();
    let Manifest::Image(image) = manifest else {
        panic!("not an image");
    };
    let blobs: Vec<&Digest> = image.blobs().iter().map(|blob| &blob.digest).collect();
    assert_eq!(blobs, [&digest("config"), &digest("one"), &digest("two")]);
    assert_eq!(image.layers().len(), 4);
}

#[test]
fn attestations_are_neither_platforms_nor_images() {
    let manifest = parse(&json!({
        "schemaVersion": 2,
        "manifests": [
            child("amd64", "linux", "amd64", ""),
            child("provenance", "unknown", "unknown", ""),
            child("arm64", "linux", "arm64", "v8"),
            child("again", "linux", "amd64", ""),
        ],
    }))
    .unwrap();
    let platforms: Vec<String> = manifest
        .platforms()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(platforms, ["linux/amd64", "linux/arm64/v8"]);
    let Manifest::Index(index) = manifest else {
        panic!("not an index");
    };
    assert_eq!(index.children().len(), 4);
    assert_eq!(
        index.image_digests(),
        [&digest("amd64"), &digest("arm64"), &digest("again")]
    );
    let chosen = |wanted: &str| index.child_for(&wanted.parse().unwrap());
    assert_eq!(chosen("linux/arm64").unwrap().digest(), &digest("arm64"));
    assert_eq!(chosen("linux/amd64").unwrap().digest(), &digest("amd64"));
    assert!(chosen("windows/amd64").is_none());
}

#[test]
fn a_manifest_is_read_up_to_its_greatest_length() {
    let mut document = json!({
        "schemaVersion": 2,
        "config": descriptor("application/vnd.oci.image.config.v1+json", "config"),
        "layers": [],
    })
    .to_string();
    document.extend(std::iter::repeat_n(
        ' ',
        Manifest::MAX_BYTES - document.len(),
    ));
    assert!(Manifest::parse(document.as_bytes(), None).is_ok());
    document.push(' ');
    let error = Manifest::parse(document.as_bytes(), None).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidManifest);
    assert!(error.message().contains("4194304"), "{error}");
}

#[test]
fn deep_nesting_is_refused_and_does_not_exhaust_the_stack() {
    let document = format!("{{\"x\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let error = Manifest::parse(document.as_bytes(), None).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidManifest);
}
