//! Real images in a real registry, against what an independent tool says of them.

use std::process::Command;

use artifact_deploy::gate::{ContentPolicy, Gate, ImageQuery, Policy};
use artifact_deploy::image::{Descriptor, Digest, ImageSelector, Repository, RepositoryAddress};
use artifact_deploy::ports::{BlobDepth, BlobState, ImageRegistry as _, Lookup, LookupDepth};
use artifact_deploy_tests::image::BuiltImage;
use artifact_deploy_tests::oci::{Auth, RealRegistry, push};

use crate::support::{client, found, one, tag};

const COMMIT: &str = "622d2103f1e2d3c4b5a697887766554433221100";

fn images() -> [(&'static str, BuiltImage); 4] {
    let labels = [("org.opencontainers.image.revision", COMMIT)];
    let amd = || BuiltImage::single("linux/amd64", &labels);
    let arm = || BuiltImage::single("linux/arm64", &labels);
    let pair = || [("linux/amd64", amd()), ("linux/arm64", arm())];
    [
        ("single", amd()),
        ("docker", BuiltImage::docker("linux/amd64", &labels)),
        ("multi", BuiltImage::index(&pair(), false)),
        ("attested", BuiltImage::index(&pair(), true)),
    ]
}

/// The digest of a tag as skopeo reports it: the hash of the bytes it fetched.
fn by_skopeo(repository: &Repository, tag: &str) -> Digest {
    let image = format!("docker://{repository}:{tag}");
    let output = Command::new("skopeo")
        .args(["inspect", "--tls-verify=false", "--raw", &image])
        .output()
        .expect("skopeo is installed");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let listed = Command::new("skopeo")
        .args([
            "inspect",
            "--tls-verify=false",
            "--override-os=linux",
            "--override-arch=amd64",
        ])
        .args(["--format", "{{.Digest}}", &image])
        .output()
        .expect("skopeo is installed");
    let reported = String::from_utf8(listed.stdout).unwrap();
    let reported: Digest = reported.trim().parse().unwrap();
    assert_eq!(
        Digest::of(&output.stdout),
        reported,
        "skopeo agrees with itself"
    );
    reported
}

#[tokio::test]
#[cfg_attr(
    not(docker_registry),
    ignore = "docker-registry is not installed: apt-get install it"
)]
#[cfg_attr(
    all(docker_registry, not(skopeo)),
    ignore = "skopeo is not installed: apt-get install it"
)]
async fn the_gate_pins_every_kind_of_image_to_the_digest_that_skopeo_reports() {
    let real = RealRegistry::start(Auth::Open);
    let repository = real.repository("team/app");
    let registry = client();
    for (name, image) in images() {
        push(&real, &repository, name, &image).await;
        let query = ImageQuery::new(RepositoryAddress::Full(repository.clone()), tag(name))
            .on_platform("linux/amd64".to_owned().try_into().unwrap())
            .from_commit(COMMIT.parse().unwrap());
        let gate = Gate::new(Policy::new().content(ContentPolicy::Verified));
        let verified = gate.resolve(&registry, &query).await.unwrap();
        let expected = by_skopeo(&repository, name);
        assert_eq!(
            verified.reference(),
            format!("{repository}@{expected}"),
            "{name}"
        );
    }
}

#[tokio::test]
#[cfg_attr(
    not(docker_registry),
    ignore = "docker-registry is not installed: apt-get install it"
)]
async fn manifests_come_as_the_exact_bytes_with_digest_and_media_type() {
    let real = RealRegistry::start(Auth::Open);
    let repository = real.repository("app");
    let registry = client();
    for (name, image) in images() {
        push(&real, &repository, name, &image).await;
        for selector in [tag(name), ImageSelector::Digest(image.digest())] {
            let found = found(one(&registry, &repository, selector).await.unwrap());
            assert_eq!(found.manifest.as_ref(), Some(&image.manifest), "{name}");
            assert_eq!(found.media_type.as_deref(), Some(image.media_type.as_str()));
            assert_eq!(found.digest, image.digest());
        }
    }
}

#[tokio::test]
#[cfg_attr(
    not(docker_registry),
    ignore = "docker-registry is not installed: apt-get install it"
)]
async fn a_batch_keeps_its_order_and_tells_the_missing_from_the_present() {
    let real = RealRegistry::start(Auth::Open);
    let repository = real.repository("app");
    let [(_, image), ..] = images();
    for n in 0..20 {
        push(&real, &repository, &format!("v{n}"), &image).await;
    }
    let selectors: Vec<ImageSelector> = (0..40).map(|n| tag(&format!("v{n}"))).collect();
    for depth in [LookupDepth::Manifest, LookupDepth::Digest] {
        let address = RepositoryAddress::Full(repository.clone());
        let answers = client().look_up(&address, &selectors, depth).await.unwrap();
        for (n, answer) in answers.into_iter().enumerate() {
            match answer {
                Lookup::Found(found) => {
                    assert_eq!(found.tag.unwrap().as_str(), format!("v{n}"));
                    assert_eq!(found.manifest.is_some(), depth == LookupDepth::Manifest);
                    assert!(n < 20);
                }
                Lookup::Missing { reason } => {
                    assert!(n >= 20, "v{n}");
                    assert!(reason.contains("MANIFEST_UNKNOWN"), "{reason}");
                }
                other => panic!("v{n}: {other:?}"),
            }
        }
    }
}

#[tokio::test]
#[cfg_attr(
    not(docker_registry),
    ignore = "docker-registry is not installed: apt-get install it"
)]
async fn blobs_are_there_or_missing_and_a_wrong_length_is_noticed() {
    let real = RealRegistry::start(Auth::Open);
    let repository = real.repository("app");
    let [(_, image), ..] = images();
    push(&real, &repository, "v1", &image).await;
    let there = Descriptor {
        media_type: "application/octet-stream".to_owned(),
        digest: image.layer_digest(),
        size: image.blobs[1].len() as u64,
    };
    let longer = Descriptor {
        size: there.size + 1,
        ..there.clone()
    };
    let missing = Descriptor {
        digest: Digest::of(b"nothing"),
        ..there.clone()
    };
    for depth in [BlobDepth::Presence, BlobDepth::Bytes] {
        let blobs = [there.clone(), longer.clone(), missing.clone()];
        let states = client()
            .blob_states(&repository, &blobs, depth)
            .await
            .unwrap();
        let expected = [BlobState::Available, BlobState::Corrupt, BlobState::Missing];
        assert_eq!(states, expected, "{depth:?}");
    }
}
