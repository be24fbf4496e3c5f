//! Rolling deployments.

use std::time::Duration;

use serde_json::json;
use tokio::time::sleep;

use super::Scene;
use crate::ErrorKind;
use crate::ports::ServiceControl;
use crate::service::{DeploymentStatus, RolloutState, ServiceDeploymentStatus, ServiceUpdate};

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

#[tokio::test(start_paused = true)]
async fn the_limits_hold_at_every_moment() {
    let scene = Scene::new();
    scene.push("one", "one");
    scene.push("two", "two");
    let limits = json!({"minimumHealthyPercent": 50, "maximumPercent": 150});
    let more = json!({"deploymentConfiguration": limits});
    scene.serve(&scene.define("app:one"), 5, &more);
    scene.update(&scene.define("app:two")).await;
    let (mut fewest, mut most) = (u32::MAX, 0);
    for _ in 0..200 {
        let now = scene.now();
        let tasks = scene.cluster.tasks(&scene.service).unwrap();
        let wanted = tasks.iter().filter(|task| task.desired_status == "RUNNING");
        fewest = fewest.min(u32::try_from(scene.running().len()).unwrap());
        most = most.max(wanted.count());
        if now.primary().unwrap().rollout_state == Some(RolloutState::Completed) {
            break;
        }
        sleep(Duration::from_secs(1)).await;
    }
    // 2.5 rounded up, 7.5 rounded down.
    assert_eq!((fewest, most), (3, 7));
    assert_eq!(scene.running().len(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_configuration_that_lets_nothing_start_or_stop_is_stuck_and_says_so() {
    let scene = Scene::new();
    scene.push("one", "one");
    scene.push("two", "two");
    let limits = json!({"minimumHealthyPercent": 75, "maximumPercent": 125});
    let more = json!({"deploymentConfiguration": limits});
    scene.serve(&scene.define("app:one"), 2, &more);
    scene.update(&scene.define("app:two")).await;
    assert!(scene.cluster.settle().await);
    assert_eq!(scene.now().deployments.len(), 2);
    assert!(scene.said("was unable to stop or start tasks during a deployment"));
}

#[tokio::test(start_paused = true)]
async fn only_a_changed_task_definition_or_force_begins_a_deployment() {
    let scene = Scene::new();
    scene.push("one", "one");
    let definition = scene.define("app:one");
    scene.serve(&definition, 1, &json!({}));
    let before = scene.now().primary().unwrap().id.clone();
    assert_eq!(
        scene.update(&definition).await.primary().unwrap().id,
        before
    );
    let update = ServiceUpdate {
        deployment_configuration: Some(json!({"maximumPercent": 150})),
        ..ServiceUpdate::default()
    };
    let update = scene.cluster.update_service(&scene.service, &update);
    let answer = update.await.unwrap();
    assert_eq!(answer.primary().unwrap().id, before);
    assert_eq!(
        answer.deployment_configuration,
        Some(json!({"maximumPercent": 150}))
    );
    let forced = scene.force().await;
    assert_ne!(forced.primary().unwrap().id, before);
    assert_eq!(forced.primary().unwrap().task_definition, definition);
    assert_eq!(scene.history().await.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_answer_shows_what_was_replaced_also_without_tasks() {
    let scene = Scene::new();
    scene.push("one", "one");
    let old = scene.define("app:one");
    scene.serve(&old, 0, &json!({}));
    let answer = scene.update(&scene.define("app:one")).await;
    let replaced: Vec<_> = answer.deployments.iter().skip(1).collect();
    assert_eq!(replaced.len(), 1);
    assert_eq!(replaced[0].task_definition, old);
    assert!(scene.cluster.settle().await);
    assert_eq!(scene.now().deployments.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_newer_order_supersedes_the_one_under_way() {
    let scene = Scene::new();
    for tag in ["one", "two", "three"] {
        scene.push(tag, tag);
    }
    scene.serve(&scene.define("app:one"), 2, &json!({}));
    let second = scene.update(&scene.define("app:two")).await;
    sleep(Duration::from_secs(8)).await;
    let third = scene.update(&scene.define("app:three")).await;
    assert_eq!(third.deployments.len(), 3);
    assert_eq!(third.deployments[1].id, second.deployments[0].id);
    let history = scene.history().await;
    assert_eq!(history[1].status, ServiceDeploymentStatus::StopRequested);
    assert!(
        history[1]
            .status_reason
            .as_ref()
            .unwrap()
            .contains("new service deployment")
    );
    // What both of the others run is what the third replaces.
    assert_eq!(history[0].source_service_revisions.len(), 2);
    assert!(scene.cluster.settle().await);
    let history = scene.history().await;
    let ends: Vec<_> = history.iter().map(|one| one.status.clone()).collect();
    assert_eq!(
        ends,
        [
            ServiceDeploymentStatus::Successful,
            ServiceDeploymentStatus::Stopped,
            ServiceDeploymentStatus::Successful,
        ]
    );
    assert_eq!(scene.now().primary().unwrap().id, third.deployments[0].id);
    assert_eq!(scene.digests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_stopped_task_is_replaced_and_forgotten_after_an_hour() {
    let scene = Scene::new();
    scene.push("one", "one");
    scene.serve(&scene.define("app:one"), 2, &json!({}));
    let victim = scene.running()[0].task_arn.clone();
    scene.cluster.stop_task(&victim, "by hand").unwrap();
    assert!(scene.cluster.settle().await);
    assert_eq!(scene.running().len(), 2);
    let arns = [victim];
    let stopped = scene
        .cluster
        .describe_tasks("previews", &arns)
        .await
        .unwrap();
    assert_eq!(stopped[0].last_status, "STOPPED");
    assert_eq!(stopped[0].stop_code.as_deref(), Some("UserInitiated"));
    assert_eq!(stopped[0].stopped_reason.as_deref(), Some("by hand"));
    sleep(Duration::from_secs(3700)).await;
    let forgotten = scene
        .cluster
        .describe_tasks("previews", &arns)
        .await
        .unwrap();
    assert_eq!(forgotten, []);
    assert_eq!(scene.history().await.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_service_is_scaled_without_a_deployment() {
    let scene = Scene::new();
    scene.push("one", "one");
    scene.serve(&scene.define("app:one"), 2, &json!({}));
    for (desired, running) in [(5, 5), (1, 1), (0, 0)] {
        scene
            .cluster
            .set_desired_count(&scene.service, desired)
            .unwrap();
        assert!(scene.cluster.settle().await);
        assert_eq!(scene.running().len(), running);
    }
    assert_eq!(scene.history().await.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_task_goes_through_its_states_and_has_an_address_of_its_own() {
    let scene = Scene::new();
    scene.push("one", "one");
    let document = json!({
        "cluster": "previews", "serviceName": "app", "desiredCount": 2,
        "taskDefinition": scene.define("app:one"),
    });
    scene.cluster.create_service(&document).unwrap();
    let mut states: Vec<String> = Vec::new();
    for _ in 0..250 {
        sleep(Duration::from_millis(100)).await;
        if let Some(task) = scene.cluster.tasks(&scene.service).unwrap().first()
            && states.last() != Some(&task.last_status)
        {
            states.push(task.last_status.clone());
            let pulled = task.containers[0].image_digest.is_some();
            assert_eq!(
                pulled,
                matches!(task.last_status.as_str(), "ACTIVATING" | "RUNNING")
            );
        }
    }
    assert_eq!(states, ["PROVISIONING", "PENDING", "ACTIVATING", "RUNNING"]);
    let tasks = scene.running();
    assert_ne!(tasks[0].private_ipv4_address, tasks[1].private_ipv4_address);
    assert_eq!(tasks[0].group.as_deref(), Some("service:app"));
}

#[tokio::test(start_paused = true)]
async fn no_more_than_a_hundred_events_are_kept() {
    let scene = Scene::new();
    scene.push("one", "one");
    scene.serve(&scene.define("app:one"), 1, &json!({}));
    for _ in 0..60 {
        scene.force().await;
        assert!(scene.cluster.settle().await);
    }
    let events = scene.now().events;
    assert_eq!(events.len(), 100);
    assert!(events[0].created_at > events[99].created_at);
}

#[tokio::test(start_paused = true)]
async fn services_that_codedeploy_deploys_take_no_order() {
    let scene = Scene::new();
    scene.push("one", "one");
    let more = json!({"deploymentController": {"type": "CODE_DEPLOY"}});
    scene.serve(&scene.define("app:one"), 1, &more);
    assert_eq!(scene.now().deployments, []);
    assert_eq!(scene.now().running_count, 1);
    let update = ServiceUpdate {
        force_new_deployment: Some(true),
        ..ServiceUpdate::default()
    };
    let refused = scene.cluster.update_service(&scene.service, &update).await;
    assert_eq!(
        refused.unwrap_err().kind(),
        ErrorKind::UnsupportedController
    );
}

#[tokio::test(start_paused = true)]
async fn a_deleted_service_takes_no_order() {
    let scene = Scene::new();
    scene.push("one", "one");
    let definition = scene.define("app:one");
    scene.serve(&definition, 1, &json!({}));
    scene.cluster.delete_service(&scene.service).unwrap();
    assert_eq!(scene.now().status, "INACTIVE");
    let update = ServiceUpdate {
        task_definition: Some(definition),
        ..ServiceUpdate::default()
    };
    let refused = scene.cluster.update_service(&scene.service, &update).await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::ServiceNotActive);
}
