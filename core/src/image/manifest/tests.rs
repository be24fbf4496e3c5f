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

#[test]
fn a_manifest_of_very_many_layers_takes_no_time() {
    let layers: Vec<Value> = (0..20_000)
        .map(|number| descriptor("l", &number.to_string()))
        .collect();
    let document = json!({
        "schemaVersion": 2,
        "config": descriptor("application/vnd.oci.image.config.v1+json", "config"),
        "layers": layers,
    });
    let started = std::time::Instant::now();
    let Ok(Manifest::Image(image)) = parse(&document) else {
        panic!("not an image");
    };
    assert_eq!(image.blobs().len(), 20_001);
    // Each layer compared with each other would take minutes here.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

/// Else an index could show the digest that a build reported to the gate, and another one to the
/// runtime.
#[test]
fn a_member_that_go_would_read_in_place_of_ours_is_refused() {
    let hidden = |at: &str, member: &str| {
        let mut document = json!({
            "schemaVersion": 2,
            "manifests": [child("amd64", "linux", "amd64", "")],
        });
        document.pointer_mut(at).unwrap()[member] = json!(digest("other"));
        parse(&document)
    };
    for (at, member) in [
        ("", "Manifests"),
        ("", "manifest\u{17f}"),
        ("", "\u{17f}chemaVersion"),
        ("/manifests/0", "Digest"),
        ("/manifests/0", "dige\u{17f}t"),
        ("/manifests/0", "MediaType"),
        ("/manifests/0/platform", "Architecture"),
    ] {
        let error = hidden(at, member).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidManifest);
        assert!(error.message().contains("letter case"), "{member}: {error}");
    }
    // Names that decide nothing are anyone's own.
    for (at, member) in [("", "Digest"), ("/manifests/0/platform", "Digest")] {
        assert!(hidden(at, member).is_ok(), "{member}");
    }
}

#[test]
fn a_list_in_the_place_of_an_object_is_refused() {
    let config = descriptor("application/vnd.oci.image.config.v1+json", "config");
    let listed = json!([
        config["mediaType"],
        config["digest"],
        config["size"],
        null,
        null,
        null
    ]);
    let error = parse(&json!({ "schemaVersion": 2, "config": listed, "layers": [] })).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidManifest);
}

#[test]
fn annotations_may_be_called_as_one_likes() {
    let mut listed = child("amd64", "linux", "amd64", "");
    listed["annotations"] = json!({ "Digest": "a", "SIZE": "b" });
    let document = json!({
        "schemaVersion": 2,
        "manifests": [listed],
        "annotations": { "Layers": "a", "CONFIG": "b" },
    });
    assert!(parse(&document).is_ok());
}
