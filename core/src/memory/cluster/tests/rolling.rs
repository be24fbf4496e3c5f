//! Rolling deployments.

use serde_json::json;

use super::Scene;
use crate::service::{DeploymentStatus, RolloutState, ServiceDeploymentStatus};

#[tokio::test(start_paused = true)]
async fn a_rolling_deployment_replaces_all_tasks_and_says_so() {
    let scene = Scene::new();
    let one = scene.push("one", "one");
    let two = scene.push("two", "two");
    scene.serve(&scene.define("app:one"), 3, &json!({}));
    assert_eq!(scene.digests(), [one.to_string()]);
    assert!(scene.said("has reached a steady state."));

    let answer = scene.update(&scene.define("app:two")).await;
    let [ours, replaced] = answer.deployments.as_slice() else {
        panic!("{:?}", answer.deployments);
    };
    assert_eq!(ours.status, DeploymentStatus::Primary);
    assert_eq!((ours.desired_count, ours.running_count), (3, 0));
    assert_eq!(replaced.status, DeploymentStatus::Active);
    assert_eq!(replaced.running_count, 3);
    let history = scene.history().await;
    assert_eq!(history[0].status, ServiceDeploymentStatus::Pending);
    assert_eq!(history[0].source_service_revisions.len(), 1);

    assert!(scene.cluster.settle().await);
    let end = scene.now();
    assert_eq!(end.deployments.len(), 1);
    assert_eq!(end.deployments[0].id, ours.id);
    assert_eq!(
        end.deployments[0].rollout_state,
        Some(RolloutState::Completed)
    );
    assert_eq!((end.running_count, end.pending_count), (3, 0));
    assert_eq!(scene.digests(), [two.to_string()]);
    assert_eq!(
        scene.history().await[0].status,
        ServiceDeploymentStatus::Successful
    );
    assert_eq!(scene.stopped().len(), 3);
    assert!(
        scene
            .running()
            .iter()
            .all(|task| task.started_by.as_ref() == Some(&ours.id))
    );
    assert!(scene.said("deployment completed."));
}
