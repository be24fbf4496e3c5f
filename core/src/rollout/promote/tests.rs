#![allow(
    clippy::unwrap_used,
    reason = "clippy lets tests panic, and does not take their helpers for tests"
)]

use super::*;
use crate::gate::{Gate, ImageQuery, Policy, VerifiedImage};
use crate::image::{RepositoryAddress, TagMutability};
use crate::memory::{MemoryImage, MemoryRegistry};
use crate::rollout::proof::{MeantImage, judge};
use crate::rollout::{Meant, Proof};
use crate::service::Task;
use crate::{Digest, ErrorKind};
use serde_json::json;

const STAGING: &str = "staging-622d2103-20250820-124500";
const PRODUCTION: &str = "production-622d2103-20250820-124500";

fn pushed() -> MemoryRegistry {
    let registry = MemoryRegistry::new();
    let image = MemoryImage::index([
        MemoryImage::new("linux/amd64").unwrap(),
        MemoryImage::new("linux/arm64").unwrap(),
    ]);
    registry.push("app", &[STAGING], &image).unwrap();
    registry
}

async fn resolve(registry: &MemoryRegistry, tag: &str) -> VerifiedImage {
    let query = ImageQuery::by_tag(
        "app".parse::<RepositoryAddress>().unwrap(),
        tag.parse().unwrap(),
    );
    Gate::new(Policy::new())
        .resolve(registry, &query)
        .await
        .unwrap()
}

async fn promoted(registry: &MemoryRegistry, image: &VerifiedImage) -> crate::Result<Promotion> {
    let gate = Gate::new(Policy::new());
    promote(registry, registry, &gate, image, "production".parse()?).await
}

fn proof(digest: &Digest, runs: &Digest) -> Proof {
    let task: Task = serde_json::from_value(json!({
        "taskArn": "arn:aws:ecs:eu-central-1:123456789012:task/previews/1",
        "taskDefinitionArn": "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:1",
        "lastStatus": "RUNNING",
        "desiredStatus": "RUNNING",
        "containers": [{"name": "app", "lastStatus": "RUNNING", "imageDigest": runs}],
    }))
    .unwrap();
    let meant = Meant::new().with_digest("app", MeantImage::new(digest.clone()));
    judge(&[task], &meant)
}

#[tokio::test]
async fn production_gets_the_same_bytes_under_a_version_of_its_own() {
    let registry = pushed();
    let image = resolve(&registry, STAGING).await;
    let promotion = promoted(&registry, &image).await.unwrap();

    assert_eq!(
        promotion.version().to_string(),
        "production/622d2103-20250820-124500"
    );
    assert_eq!(promotion.from().environment().as_str(), "staging");
    assert_eq!(promotion.image().digest(), image.digest());
    assert_eq!(promotion.image().tag().unwrap().as_str(), PRODUCTION);
    assert!(!promotion.already_there());
    assert_eq!(
        resolve(&registry, PRODUCTION).await.digest(),
        image.digest()
    );
}

#[tokio::test]
async fn a_promotion_can_be_repeated_and_writes_once() {
    let registry = pushed();
    let image = resolve(&registry, STAGING).await;
    promoted(&registry, &image).await.unwrap();
    let again = promoted(&registry, &image).await.unwrap();
    assert!(again.already_there());
    assert_eq!(registry.calls().put_tag, 1);
}

#[tokio::test]
async fn a_tag_that_leads_to_other_bytes_is_a_conflict_and_stays() {
    let registry = pushed();
    let other = MemoryImage::new("linux/s390x").unwrap();
    let theirs = registry.push("app", &[PRODUCTION], &other).unwrap();
    let image = resolve(&registry, STAGING).await;
    let error = promoted(&registry, &image).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::VersionConflict);
    assert_eq!(resolve(&registry, PRODUCTION).await.digest(), &theirs);
}

#[tokio::test]
async fn only_a_version_of_another_environment_can_be_promoted() {
    let registry = pushed();
    let image = MemoryImage::new("linux/amd64").unwrap();
    registry.push("app", &["v1", PRODUCTION], &image).unwrap();

    let no_version = resolve(&registry, "v1").await;
    let error = promoted(&registry, &no_version).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidVersion);

    let already = resolve(&registry, PRODUCTION).await;
    let error = promoted(&registry, &already).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);

    let by_digest = ImageQuery::new(
        "app".parse::<RepositoryAddress>().unwrap(),
        crate::image::ImageSelector::Digest(already.digest().clone()),
    );
    let nameless = Gate::new(Policy::new())
        .resolve(&registry, &by_digest)
        .await
        .unwrap();
    let error = promoted(&registry, &nameless).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidVersion);
}

#[tokio::test]
async fn an_image_that_is_gone_since_is_not_promoted() {
    let registry = pushed();
    let image = resolve(&registry, STAGING).await;
    registry.delete("app", image.digest()).unwrap();
    let error = promoted(&registry, &image).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ImageNotFound);
}

#[tokio::test]
async fn the_alias_moves_only_after_a_proof_of_this_very_image() {
    let registry = pushed();
    let image = resolve(&registry, STAGING).await;
    let promotion = promoted(&registry, &image).await.unwrap();
    let other = Digest::of(b"another image");

    for refused in [proof(image.digest(), &other), proof(&other, &other)] {
        let error = promotion
            .move_alias(&registry, &registry, &refused)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ProofFailed);
    }
    assert_eq!(registry.calls().put_tag, 1);

    let good = proof(image.digest(), image.digest());
    let alias = promotion
        .move_alias(&registry, &registry, &good)
        .await
        .unwrap();
    assert_eq!(alias.as_str(), "production-latest");
    assert_eq!(
        resolve(&registry, "production-latest").await.digest(),
        image.digest()
    );
}

#[tokio::test]
async fn an_alias_that_the_repository_protects_stays_where_it_is() {
    let registry = pushed();
    registry
        .create_repository("app", TagMutability::Immutable)
        .unwrap();
    let other = MemoryImage::new("linux/s390x").unwrap();
    registry
        .push("app", &["production-latest"], &other)
        .unwrap();
    let image = resolve(&registry, STAGING).await;
    let promotion = promoted(&registry, &image).await.unwrap();
    let proof = proof(image.digest(), image.digest());
    let error = promotion
        .move_alias(&registry, &registry, &proof)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::VersionConflict);
}
