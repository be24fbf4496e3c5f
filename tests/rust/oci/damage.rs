//! Damage in a real registry: each kind is refused with its own code.

use artifact_deploy::ErrorKind;
use artifact_deploy::gate::{ContentPolicy, Gate, ImageQuery, Policy};
use artifact_deploy::image::RepositoryAddress;
use artifact_deploy_tests::image::BuiltImage;
use artifact_deploy_tests::oci::{Auth, RealRegistry, corrupt, push, remove};

use crate::support::{client, tag};

const COMMIT: &str = "622d2103f1e2d3c4b5a697887766554433221100";

fn single() -> BuiltImage {
    BuiltImage::single(
        "linux/amd64",
        &[("org.opencontainers.image.revision", COMMIT)],
    )
}

/// Pushes, damages, and asks the gate with a query.
async fn refusal(
    image: &BuiltImage,
    damage: impl Fn(&RealRegistry),
    ask: impl Fn(ImageQuery) -> ImageQuery,
) -> ErrorKind {
    let real = RealRegistry::start(Auth::Open);
    let repository = real.repository("app");
    push(&real, &repository, "v1", image).await;
    let query = ask(ImageQuery::new(
        RepositoryAddress::Full(repository),
        tag("v1"),
    ));
    let gate = Gate::new(Policy::new().content(ContentPolicy::Verified));
    let registry = client();
    gate.resolve(&registry, &query)
        .await
        .expect("sound before the damage or the wrong question");
    damage(&real);
    let outcome = gate.resolve(&registry, &query).await;
    outcome.expect_err("refused after the damage").kind()
}

#[tokio::test]
#[cfg_attr(
    not(docker_registry),
    ignore = "docker-registry is not installed: apt-get install it"
)]
async fn a_corrupt_layer_is_corrupt_content() {
    let image = single();
    let kind = refusal(
        &image,
        |real| corrupt(real, &image.layer_digest()),
        |query| query,
    )
    .await;
    assert_eq!(kind, ErrorKind::ContentCorrupt);
}

#[tokio::test]
#[cfg_attr(
    not(docker_registry),
    ignore = "docker-registry is not installed: apt-get install it"
)]
async fn a_corrupt_manifest_is_a_digest_mismatch() {
    let image = single();
    let kind = refusal(&image, |real| corrupt(real, &image.digest()), |query| query).await;
    assert_eq!(kind, ErrorKind::DigestMismatch);
}

#[tokio::test]
#[cfg_attr(
    not(docker_registry),
    ignore = "docker-registry is not installed: apt-get install it"
)]
async fn a_missing_layer_is_incomplete_content() {
    let image = single();
    let kind = refusal(
        &image,
        |real| remove(real, &image.layer_digest()),
        |query| query,
    )
    .await;
    assert_eq!(kind, ErrorKind::ContentIncomplete);
}

#[tokio::test]
#[cfg_attr(
    not(docker_registry),
    ignore = "docker-registry is not installed: apt-get install it"
)]
async fn a_missing_child_of_an_index_is_incomplete_content() {
    let children = [
        ("linux/amd64", single()),
        ("linux/arm64", BuiltImage::single("linux/arm64", &[])),
    ];
    let image = BuiltImage::index(&children, false);
    let child = image.children[1].digest();
    let kind = refusal(&image, |real| remove(real, &child), |query| query).await;
    assert_eq!(kind, ErrorKind::ContentIncomplete);
}

#[tokio::test]
#[cfg_attr(
    not(docker_registry),
    ignore = "docker-registry is not installed: apt-get install it"
)]
async fn a_wrong_platform_and_a_wrong_revision_have_their_own_codes() {
    let real = RealRegistry::start(Auth::Open);
    let repository = real.repository("app");
    push(&real, &repository, "v1", &single()).await;
    let query = || ImageQuery::new(RepositoryAddress::Full(repository.clone()), tag("v1"));
    let gate = Gate::new(Policy::default());
    let registry = client();
    let arm = query().on_platform("linux/arm64".to_owned().try_into().unwrap());
    let other = query().from_commit("0".repeat(40).parse().unwrap());
    for (query, kind) in [
        (arm, ErrorKind::PlatformMismatch),
        (other, ErrorKind::RevisionMismatch),
    ] {
        assert_eq!(
            gate.resolve(&registry, &query).await.unwrap_err().kind(),
            kind
        );
    }
}
