//! Stages, traffic and hooks.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;

use super::Scene;
use crate::ErrorKind;
use crate::ports::ServiceControl;
use crate::service::{HookAction, HookStatus, RolloutState, ServiceDeploymentStatus};

async fn deploying(configuration: Value) -> Scene {
    let scene = Scene::new();
    scene.push("one", "one");
    scene.push("two", "two");
    let service = json!({"deploymentConfiguration": configuration});
    scene.serve(&scene.define("app:one"), 2, &service);
    scene.update(&scene.define("app:two")).await;
    scene
}

/// The stages that come into sight, each once, until nothing happens.
async fn stages(scene: &Scene) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for _ in 0..3_000 {
        sleep(Duration::from_secs(1)).await;
        let newest = scene.history().await.swap_remove(0);
        if newest.status.is_terminal() {
            break;
        }
        if let Some(stage) = newest.lifecycle_stage
            && seen.last() != Some(&stage)
        {
            seen.push(stage);
        }
    }
    seen
}

#[tokio::test(start_paused = true)]
async fn blue_and_green_run_side_by_side_until_the_bake_time_is_over() {
    let scene = deploying(json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 3})).await;
    sleep(Duration::from_secs(100)).await;
    let history = scene.history().await;
    assert_eq!(history[0].lifecycle_stage.as_deref(), Some("BAKE_TIME"));
    assert_eq!(scene.running().len(), 4);
    assert_eq!(scene.digests().len(), 2);
    let seen = stages(&scene).await;
    assert_eq!(seen, ["BAKE_TIME", "CLEAN_UP"]);
    assert_eq!(
        scene.history().await[0].status,
        ServiceDeploymentStatus::Successful
    );
    assert_eq!(scene.running().len(), 2);
    assert_eq!(scene.digests().len(), 1);
    assert_eq!(
        scene.now().primary().unwrap().rollout_state,
        Some(RolloutState::Completed)
    );
}

#[tokio::test(start_paused = true)]
async fn a_canary_bakes_before_the_rest_and_linear_steps_between_each() {
    let canary = json!({
        "strategy": "CANARY",
        "canaryConfiguration": {"canaryPercent": 10.0, "canaryBakeTimeInMinutes": 4},
    });
    let linear = json!({
        "strategy": "LINEAR",
        "linearConfiguration": {"stepPercent": 25.0, "stepBakeTimeInMinutes": 2},
    });
    for (configuration, bakes) in [(canary, 4), (linear, 6)] {
        let scene = deploying(configuration).await;
        let seen = stages(&scene).await;
        assert_eq!(
            seen,
            [
                "SCALE_UP",
                "TEST_TRAFFIC_SHIFT",
                "PRODUCTION_TRAFFIC_SHIFT",
                "CLEAN_UP"
            ]
        );
        let newest = scene.history().await.swap_remove(0);
        let took = newest.finished_at.unwrap() - newest.started_at.unwrap();
        assert!(
            took.num_minutes() >= bakes && took.num_minutes() <= bakes + 1,
            "{took}"
        );
    }
}

fn pausing(stage: &str, action: &str) -> Value {
    json!({
        "strategy": "BLUE_GREEN",
        "bakeTimeInMinutes": 0,
        "lifecycleHooks": [{
            "targetType": "PAUSE",
            "lifecycleStages": [stage],
            "timeoutConfiguration": {"timeoutInMinutes": 60, "action": action},
        }],
    })
}

#[tokio::test(start_paused = true)]
async fn a_pause_waits_for_an_answer_and_goes_on() {
    let scene = deploying(pausing("POST_SCALE_UP", "ROLLBACK")).await;
    assert!(scene.cluster.settle().await);
    let newest = scene.history().await.swap_remove(0);
    assert_eq!(newest.lifecycle_stage.as_deref(), Some("POST_SCALE_UP"));
    let hook = &newest.lifecycle_hooks[0];
    assert_eq!(hook.status, HookStatus::AwaitingAction);
    assert_eq!(hook.timeout_action.as_deref(), Some("ROLLBACK"));
    assert!(hook.expires_at.is_some());
    let answer = HookAction::Continue;
    let cluster = &scene.cluster;
    cluster
        .continue_service_deployment(&newest.arn, &hook.hook_id, answer)
        .await
        .unwrap();
    let again = cluster.continue_service_deployment(&newest.arn, &hook.hook_id, answer);
    assert_eq!(again.await.unwrap_err().kind(), ErrorKind::Conflict);
    assert!(cluster.settle().await);
    assert_eq!(
        scene.history().await[0].status,
        ServiceDeploymentStatus::Successful
    );
}

#[tokio::test(start_paused = true)]
async fn a_pause_can_be_answered_with_the_way_back() {
    let scene = deploying(pausing("PRE_PRODUCTION_TRAFFIC_SHIFT", "CONTINUE")).await;
    assert!(scene.cluster.settle().await);
    let newest = scene.history().await.swap_remove(0);
    assert_eq!(
        newest.lifecycle_stage.as_deref(),
        Some("PRE_PRODUCTION_TRAFFIC_SHIFT")
    );
    let hook = &newest.lifecycle_hooks[0].hook_id;
    let old: Vec<_> = scene
        .running()
        .into_iter()
        .take(2)
        .map(|task| task.task_arn)
        .collect();
    let answer = HookAction::Rollback;
    scene
        .cluster
        .continue_service_deployment(&newest.arn, hook, answer)
        .await
        .unwrap();
    assert!(scene.cluster.settle().await);
    assert_eq!(
        scene.history().await[0].status,
        ServiceDeploymentStatus::RollbackSuccessful
    );
    // The old tasks never went away.
    let now: Vec<_> = scene
        .running()
        .into_iter()
        .map(|task| task.task_arn)
        .collect();
    assert_eq!(now, old);
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_nobody_answers_ends_as_it_was_told() {
    for (action, end) in [
        ("ROLLBACK", ServiceDeploymentStatus::RollbackSuccessful),
        ("CONTINUE", ServiceDeploymentStatus::Successful),
    ] {
        let scene = deploying(pausing("PRE_SCALE_UP", action)).await;
        sleep(Duration::from_mins(59)).await;
        assert_eq!(
            scene.history().await[0].status,
            ServiceDeploymentStatus::InProgress
        );
        sleep(Duration::from_mins(10)).await;
        let newest = scene.history().await.swap_remove(0);
        assert_eq!(newest.status, end, "{action}");
        assert_eq!(newest.lifecycle_hooks[0].status, HookStatus::TimedOut);
    }
}

#[tokio::test(start_paused = true)]
async fn a_function_that_fails_takes_the_deployment_back() {
    let hook = json!({
        "targetType": "AWS_LAMBDA",
        "hookTargetArn": "arn:aws:lambda:check",
        "lifecycleStages": ["POST_TEST_TRAFFIC_SHIFT"],
    });
    let configuration = json!({"strategy": "BLUE_GREEN", "lifecycleHooks": [hook]});
    let scene = deploying(configuration).await;
    assert!(scene.cluster.settle().await);
    assert_eq!(
        scene.history().await[0].status,
        ServiceDeploymentStatus::Successful
    );
    scene.cluster.fail_hook("arn:aws:lambda:check");
    scene.force().await;
    assert!(scene.cluster.settle().await);
    let newest = scene.history().await.swap_remove(0);
    assert_eq!(newest.status, ServiceDeploymentStatus::RollbackSuccessful);
    assert!(
        newest
            .status_reason
            .unwrap()
            .contains("lifecycle hook failed")
    );
}

#[tokio::test(start_paused = true)]
async fn a_pause_where_traffic_shifts_is_refused() {
    let scene = Scene::new();
    scene.push("one", "one");
    let document = json!({
        "serviceName": "app",
        "taskDefinition": scene.define("app:one"),
        "deploymentConfiguration": pausing("PRODUCTION_TRAFFIC_SHIFT", "CONTINUE"),
    });
    let refused = scene.cluster.create_service(&document).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::RequestRejected);
}
