//! What tasks pull, and when.

use std::time::Duration;

use serde_json::json;
use tokio::time::sleep;

use super::Scene;
use crate::memory::{Behaviour, MemoryImage, PullFailure};
use crate::ports::ServiceControl;

const PULLS: Duration = Duration::from_millis(6_250);

/// The race that this project is about.
#[tokio::test(start_paused = true)]
async fn a_tag_that_moves_between_pulls_leads_one_service_to_two_versions() {
    let scene = Scene::new();
    let old = scene.push("pr-51-latest", "old");
    let definition = scene.define_with(
        "app:pr-51-latest",
        &json!({"versionConsistency": "disabled"}),
    );
    scene.serve(&definition, 3, &json!({}));
    scene.force().await;
    // The first of three tasks has asked the registry, the others have not.
    sleep(PULLS).await;
    let new = scene.push("pr-51-latest", "new");
    assert!(scene.cluster.settle().await);
    let mut both = vec![old.to_string(), new.to_string()];
    both.sort();
    assert_eq!(scene.digests(), both);
    assert_eq!(scene.running().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_pinned_image_is_the_same_for_all_whatever_the_tag_does() {
    let scene = Scene::new();
    let meant = scene.push("pr-51-latest", "old");
    let more = json!({"versionConsistency": "disabled"});
    scene.serve(
        &scene.define_with(&format!("app@{meant}"), &more),
        3,
        &json!({}),
    );
    scene.force().await;
    sleep(PULLS).await;
    scene.push("pr-51-latest", "new");
    assert!(scene.cluster.settle().await);
    assert_eq!(scene.digests(), [meant.to_string()]);
    // A tag beside the digest is ignored.
    scene
        .update(&scene.define(&format!("app:pr-51-latest@{meant}")))
        .await;
    assert!(scene.cluster.settle().await);
    assert_eq!(scene.digests(), [meant.to_string()]);
}

/// By default ECS asks once for a deployment; what it gets is a matter of the moment all the same.
#[tokio::test(start_paused = true)]
async fn the_first_task_of_a_deployment_fixes_the_digest_for_all() {
    let scene = Scene::new();
    scene.push("latest", "tested");
    scene.serve(&scene.define("app:latest"), 3, &json!({}));
    scene.force().await;
    // Tested was one, and another one comes before the first task asks.
    sleep(Duration::from_secs(3)).await;
    let other = scene.push("latest", "untested");
    sleep(Duration::from_millis(3_250)).await;
    scene.push("latest", "too late");
    assert!(scene.cluster.settle().await);
    assert_eq!(scene.digests(), [other.to_string()]);
    // Also for tasks that come much later.
    scene.cluster.set_desired_count(&scene.service, 6).unwrap();
    assert!(scene.cluster.settle().await);
    assert_eq!(scene.digests(), [other.to_string()]);
    let arns = [scene.history().await[0].target_service_revision.clone()];
    let revisions = scene
        .cluster
        .describe_service_revisions(&arns)
        .await
        .unwrap();
    let image = &revisions[0].container_images[0];
    assert_eq!(image.image_digest.as_ref(), Some(&other));
    assert_eq!(image.image.as_deref(), Some("app:latest"));
}

#[tokio::test(start_paused = true)]
async fn a_service_that_was_created_empty_resolves_for_each_task() {
    let scene = Scene::new();
    scene.push("latest", "old");
    scene.serve(&scene.define("app:latest"), 0, &json!({}));
    scene.cluster.set_desired_count(&scene.service, 3).unwrap();
    // Without an order nothing waits before the first task.
    sleep(Duration::from_millis(5_250)).await;
    scene.push("latest", "new");
    assert!(scene.cluster.settle().await);
    assert_eq!(scene.digests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn after_three_attempts_that_fail_no_digest_is_fixed() {
    let scene = Scene::new();
    scene.push("one", "one");
    scene.serve(&scene.define("app:one"), 2, &json!({}));
    scene.update(&scene.define("app:two")).await;
    sleep(Duration::from_mins(1)).await;
    let first = scene.push("two", "first");
    sleep(Duration::from_mins(1)).await;
    assert_eq!(scene.now().deployments.len(), 1);
    let arns = [scene.history().await[0].target_service_revision.clone()];
    let revisions = scene
        .cluster
        .describe_service_revisions(&arns)
        .await
        .unwrap();
    assert_eq!(revisions[0].container_images[0].image_digest, None);
    let second = scene.push("two", "second");
    scene.cluster.set_desired_count(&scene.service, 3).unwrap();
    assert!(scene.cluster.settle().await);
    let mut both = vec![first.to_string(), second.to_string()];
    both.sort();
    assert_eq!(scene.digests(), both);
}

#[tokio::test(start_paused = true)]
async fn what_is_gone_from_the_registry_cannot_be_pulled() {
    let scene = Scene::new();
    let digest = scene.push("one", "one");
    scene.serve(&scene.define(&format!("app@{digest}")), 1, &json!({}));
    // The digest of a running task is deleted: nothing happens until it is replaced.
    scene.registry.delete("app", &digest).unwrap();
    assert!(scene.cluster.settle().await);
    assert_eq!(scene.running().len(), 1);
    let arn = scene.running()[0].task_arn.clone();
    scene.cluster.stop_task(&arn, "").unwrap();
    sleep(Duration::from_secs(30)).await;
    let stopped = scene.stopped();
    let failed = stopped.iter().find(|task| task.task_arn != arn).unwrap();
    assert_eq!(failed.stop_code.as_deref(), Some("TaskFailedToStart"));
    let reason = failed.stopped_reason.as_deref().unwrap();
    assert!(reason.starts_with("CannotPullContainerError: "), "{reason}");
    assert!(reason.ends_with("not found"), "{reason}");
    assert_eq!(failed.containers[0].reason.as_deref(), Some(reason));
    assert_eq!(failed.containers[0].image_digest, None);
    // Archived is not better.
    let digest = scene.push("one", "one");
    scene.registry.archive("app", &digest).unwrap();
    sleep(Duration::from_secs(30)).await;
    assert_eq!(scene.running().len(), 0);
    scene.registry.set_state("app", &digest, "ACTIVE").unwrap();
    assert!(scene.cluster.settle().await);
    assert_eq!(scene.running().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn every_form_of_a_failed_pull_can_be_had() {
    for (form, words) in [
        (
            PullFailure::NotFound,
            "failed to resolve ref app:one: app:one: not found",
        ),
        (
            PullFailure::CopyFailed,
            "failed to copy: httpReaderSeeker: failed open",
        ),
        (
            PullFailure::RoleNotAllowed,
            "Check that the role has the permissions",
        ),
        (PullFailure::Network, "There is a connection issue"),
        (
            PullFailure::Timeout,
            "request canceled while waiting for connection",
        ),
        (PullFailure::RateLimit, "toomanyrequests"),
        (PullFailure::PullAccessDenied, "pull access denied"),
        (PullFailure::DiskFull, "no space left on device"),
        (PullFailure::Cancelled, "context canceled"),
    ] {
        let scene = Scene::new();
        scene.push("one", "one");
        scene
            .cluster
            .behave_for(1, "one", Behaviour::CannotPull(form));
        scene.serve(&scene.define("app:one"), 1, &json!({}));
        assert!(scene.cluster.settle().await);
        let stopped = scene.stopped();
        let reason = stopped[0].stopped_reason.as_deref().unwrap();
        assert!(reason.starts_with("CannotPullContainerError: "), "{reason}");
        assert!(reason.contains(words), "{reason}");
        // It was so for one task.
        assert_eq!(scene.running().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn tasks_report_the_index_or_the_image_of_their_platform() {
    let scene = Scene::new();
    let children =
        ["linux/amd64", "linux/arm64"].map(|platform| MemoryImage::new(platform).unwrap());
    let amd = scene.registry.push("app", &["amd"], &children[0]).unwrap();
    let index = MemoryImage::index(children).with_attestations();
    let index = scene.registry.push("app", &["one"], &index).unwrap();
    scene.serve(&scene.define("app:one"), 1, &json!({}));
    assert_eq!(scene.digests(), [index.to_string()]);
    scene.cluster.report_platform_digests();
    scene.force().await;
    assert!(scene.cluster.settle().await);
    assert_eq!(scene.digests(), [amd.to_string()]);
}
