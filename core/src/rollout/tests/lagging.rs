//! Reads that lag behind.

use serde_json::json;

use super::{Scene, assert_outcome};
use crate::memory::{Behaviour, ControlFault, ControlFaultKind, ControlOperation, PullFailure};
use crate::rollout::Outcome;

#[tokio::test(start_paused = true)]
async fn trap_a_short_not_found_is_normal() {
    for operation in [
        ControlOperation::DescribeServices,
        ControlOperation::DescribeTaskDefinition,
        ControlOperation::DescribeServiceDeployments,
        ControlOperation::DescribeServiceRevisions,
        ControlOperation::ListServiceDeployments,
    ] {
        for after in 1..8 {
            let scene = Scene::new().await;
            let fault = ControlFault::new(operation, ControlFaultKind::Missing);
            scene.cluster.inject(fault.times(2).after(after));
            assert_outcome(&scene.deploy(2).await, Outcome::Completed);
            assert_eq!(scene.made().await, (1, 1), "{operation:?} after {after}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_revision_in_place_that_is_not_shown_yet_keeps_its_version() {
    let scene = Scene::new().await;
    assert_outcome(&scene.deploy(3).await, Outcome::Completed);
    let describe = ControlOperation::DescribeTaskDefinition;
    let missing = ControlFault::new(describe, ControlFaultKind::Missing);
    scene.cluster.inject(missing.times(2));
    assert_outcome(&scene.deploy(2).await, Outcome::Superseded);
    assert_eq!(scene.in_place().revision(), 2);
}

#[tokio::test(start_paused = true)]
async fn trap_what_ecs_showed_before_the_update_is_not_believed() {
    for after in 0..8 {
        let scene = Scene::new().await;
        let services = ControlOperation::DescribeServices;
        let stale = ControlFault::new(services, ControlFaultKind::Stale);
        scene.cluster.inject(stale.times(5).after(after));
        assert_outcome(&scene.deploy(2).await, Outcome::Completed);
        assert_eq!(scene.made().await, (1, 1), "after {after}");
        assert_eq!(scene.in_place().revision(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn want_21_why_tasks_fail_is_told_behind_pages_of_others_that_stopped() {
    let breaker = json!({"deploymentCircuitBreaker": {"enable": true, "rollback": true}});
    let scene = Scene::with(&json!({"desiredCount": 8, "deploymentConfiguration": breaker})).await;
    assert_outcome(&scene.deploy(2).await, Outcome::Completed);
    scene.cluster.set_page_size(3);
    scene
        .behave(3, Behaviour::CannotPull(PullFailure::NotFound))
        .await;
    let record = scene.deploy(3).await;
    assert_outcome(&record, Outcome::RolledBack);
    assert!(!record.failures().is_empty());
}
