//! Images that do not work, and what ECS makes of it.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;

use super::Scene;
use crate::memory::{Behaviour, Check};
use crate::service::{RolloutState, ServiceDeploymentStatus};

fn guarded(rollback: bool) -> Value {
    json!({"deploymentConfiguration": {
        "deploymentCircuitBreaker": {"enable": true, "rollback": rollback},
    }})
}

/// A service that runs `good`, told to run `bad`, which behaves so.
async fn told_to_run_bad(behaviour: Behaviour, container: &Value, service: &Value) -> Scene {
    let scene = Scene::new();
    scene.push("good", "good");
    let bad = scene.push("bad", "bad");
    scene.cluster.behave(bad.as_str(), behaviour);
    scene.serve(&scene.define_with("app:good", container), 2, service);
    scene.update(&scene.define_with("app:bad", container)).await;
    scene
}

fn crash() -> Behaviour {
    Behaviour::CrashLoop {
        exit_code: 3,
        after: None,
    }
}

#[tokio::test(start_paused = true)]
async fn the_circuit_breaker_takes_a_crash_loop_back() {
    let scene = told_to_run_bad(crash(), &json!({}), &guarded(true)).await;
    let ours = scene.now().primary().unwrap().id.clone();
    let mut failed = None;
    let mut back = None;
    for _ in 0..120 {
        sleep(Duration::from_secs(1)).await;
        let now = scene.now();
        let deployment = now.deployments.iter().find(|one| one.id == ours);
        if let Some(one) = deployment.filter(|one| one.rollout_state == Some(RolloutState::Failed))
        {
            failed = one.rollout_state_reason.clone();
            back = now.primary().unwrap().rollout_state_reason.clone();
        }
    }
    assert_eq!(
        failed.unwrap(),
        "ECS deployment circuit breaker: tasks failed to start."
    );
    assert!(
        back.unwrap()
            .starts_with("ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/")
    );
    assert!(scene.cluster.settle().await);
    let end = scene.now();
    assert_eq!(end.deployments.len(), 1);
    assert_ne!(end.deployments[0].id, ours);
    assert_eq!(end.task_definition.unwrap().revision(), 1);
    assert_eq!(scene.digests().len(), 1);
    let history = scene.history().await;
    assert_eq!(
        history[0].status,
        ServiceDeploymentStatus::RollbackSuccessful
    );
    let breaker = history[0].circuit_breaker.as_ref().unwrap();
    assert_eq!(
        (
            breaker.status.as_str(),
            breaker.failure_count >= 3,
            breaker.threshold
        ),
        ("TRIGGERED", true, 3)
    );
    let rollback = history[0].rollback.as_ref().unwrap();
    assert_eq!(
        rollback.service_revision_arn,
        history[1].target_service_revision
    );
    assert!(scene.said("deployment failed: tasks failed to start."));
    assert!(scene.said("rolling back to deployment ecs-svc/"));
    let crashed = scene.stopped();
    let crashed = crashed
        .iter()
        .find(|task| task.containers[0].exit_code == Some(3))
        .unwrap();
    assert_eq!(
        crashed.stop_code.as_deref(),
        Some("EssentialContainerExited")
    );
    assert_eq!(
        crashed.stopped_reason.as_deref(),
        Some("Essential container in task exited")
    );
}

#[tokio::test(start_paused = true)]
async fn without_rollback_a_failed_deployment_ends_stopped_and_starts_nothing_more() {
    let scene = told_to_run_bad(crash(), &json!({}), &guarded(false)).await;
    assert!(scene.cluster.settle().await);
    let end = scene.now();
    assert_eq!(end.deployments.len(), 2);
    assert_eq!(
        end.primary().unwrap().rollout_state,
        Some(RolloutState::Failed)
    );
    assert_eq!(end.running_count, 2);
    let history = scene.history().await;
    assert_eq!(history[0].status, ServiceDeploymentStatus::Stopped);
    assert!(
        history[0]
            .status_reason
            .as_ref()
            .unwrap()
            .contains("tasks failed to start")
    );
}

#[tokio::test(start_paused = true)]
async fn without_a_breaker_a_crash_loop_goes_on_for_ever() {
    let scene = told_to_run_bad(crash(), &json!({}), &json!({})).await;
    assert!(!scene.cluster.settle().await);
    let now = scene.now();
    assert_eq!(
        now.primary().unwrap().rollout_state,
        Some(RolloutState::InProgress)
    );
    assert!(now.primary().unwrap().failed_tasks > 50);
    assert_eq!(scene.running().len(), 2);
    assert!(scene.said("is unable to consistently start tasks successfully"));
}

#[tokio::test(start_paused = true)]
async fn a_first_deployment_that_fails_has_nothing_to_go_back_to_and_stalls() {
    let scene = Scene::new();
    scene.push("bad", "bad");
    scene.cluster.behave("bad", crash());
    let mut document = json!({
        "cluster": "previews", "serviceName": "app", "desiredCount": 1,
        "taskDefinition": scene.define("app:bad"),
    });
    document["deploymentConfiguration"] = guarded(true)["deploymentConfiguration"].clone();
    scene.cluster.create_service(&document).unwrap();
    assert!(scene.cluster.settle().await);
    let now = scene.now();
    assert_eq!(
        now.primary().unwrap().rollout_state,
        Some(RolloutState::Failed)
    );
    let history = scene.history().await;
    assert_eq!(history[0].status, ServiceDeploymentStatus::InProgress);
    assert_eq!(
        history[0].circuit_breaker.as_ref().unwrap().status,
        "TRIGGERED"
    );
    assert_eq!(scene.stopped().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_rollback_that_fails_too_is_a_failed_rollback() {
    let scene = told_to_run_bad(crash(), &json!({}), &guarded(true)).await;
    scene.cluster.behave("good", crash());
    assert!(scene.cluster.settle().await);
    assert_eq!(
        scene.history().await[0].status,
        ServiceDeploymentStatus::RollbackFailed
    );
    assert_eq!(
        scene.now().primary().unwrap().rollout_state,
        Some(RolloutState::Failed)
    );
}

/// `failedTasks` is no count of all failures: a task that runs sets it back.
#[tokio::test(start_paused = true)]
async fn failed_tasks_are_forgotten_once_a_task_runs() {
    let later = Behaviour::CrashLoop {
        exit_code: 1,
        after: Some(Duration::from_secs(20)),
    };
    let scene = told_to_run_bad(later, &json!({}), &guarded(true)).await;
    scene.cluster.behave_for(2, "bad", crash());
    sleep(Duration::from_secs(22)).await;
    assert_eq!(scene.now().primary().unwrap().failed_tasks, 2);
    sleep(Duration::from_secs(22)).await;
    assert_eq!(scene.now().primary().unwrap().failed_tasks, 0);
}

#[tokio::test(start_paused = true)]
async fn a_threshold_by_count_and_without_reset_is_kept() {
    let breaker = json!({
        "enable": true, "rollback": true, "resetOnHealthyTask": false,
        "thresholdConfiguration": {"type": "COUNT", "value": 5},
    });
    let service = json!({"deploymentConfiguration": {"deploymentCircuitBreaker": breaker}});
    let scene = told_to_run_bad(Behaviour::Healthy, &json!({}), &service).await;
    scene.cluster.behave_for(4, "bad", crash());
    assert!(scene.cluster.settle().await);
    let history = scene.history().await;
    let breaker = history[0].circuit_breaker.as_ref().unwrap();
    assert_eq!(history[0].status, ServiceDeploymentStatus::Successful);
    assert_eq!((breaker.failure_count, breaker.threshold), (4, 5));
    assert_eq!(breaker.status, "MONITORING_COMPLETE");
}

#[tokio::test(start_paused = true)]
async fn a_container_that_never_gets_healthy_is_taken_back() {
    let health = json!({"healthCheck": {"command": ["CMD", "true"]}});
    let behaviour = Behaviour::NeverHealthy(Check::Container);
    let scene = told_to_run_bad(behaviour, &health, &guarded(true)).await;
    assert!(scene.cluster.settle().await);
    assert_eq!(
        scene.history().await[0].status,
        ServiceDeploymentStatus::RollbackSuccessful
    );
    assert!(scene.said("deployment failed: tasks failed container health checks."));
    let stopped = scene.stopped();
    let reasons: Vec<_> = stopped
        .iter()
        .filter_map(|one| one.stopped_reason.as_deref())
        .collect();
    assert!(reasons.contains(&"Task failed container health checks"));
    assert!(
        scene
            .running()
            .iter()
            .all(|task| task.health_status == crate::service::HealthStatus::Healthy)
    );
}

#[tokio::test(start_paused = true)]
async fn memory_secrets_and_commands_fail_in_their_own_words() {
    for (behaviour, code, words) in [
        (
            Behaviour::OutOfMemory,
            "EssentialContainerExited",
            "OutOfMemoryError",
        ),
        (
            Behaviour::SecretsUnreadable,
            "TaskFailedToStart",
            "ResourceInitializationError",
        ),
        (
            Behaviour::CannotStart,
            "TaskFailedToStart",
            "CannotStartContainerError",
        ),
    ] {
        let scene = told_to_run_bad(behaviour, &json!({}), &guarded(true)).await;
        assert!(scene.cluster.settle().await);
        assert_eq!(
            scene.history().await[0].status,
            ServiceDeploymentStatus::RollbackSuccessful
        );
        let stopped = scene.stopped();
        let found = stopped.iter().any(|task| {
            let reason = task.containers[0].reason.as_deref().unwrap_or_default();
            let whole = format!(
                "{} {reason}",
                task.stopped_reason.as_deref().unwrap_or_default()
            );
            task.stop_code.as_deref() == Some(code) && whole.contains(words)
        });
        assert!(found, "{behaviour:?}: {stopped:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_start_is_no_failure() {
    let slow = Behaviour::SlowStart(Duration::from_mins(5));
    let scene = told_to_run_bad(slow, &json!({}), &guarded(true)).await;
    sleep(Duration::from_mins(4)).await;
    assert_eq!(scene.now().deployments.len(), 2);
    assert!(scene.cluster.settle().await);
    assert_eq!(
        scene.history().await[0].status,
        ServiceDeploymentStatus::Successful
    );
}

#[tokio::test(start_paused = true)]
async fn an_alarm_ends_a_deployment_unless_it_sounded_before() {
    let alarms = json!({"enable": true, "rollback": true, "alarmNames": ["errors", "old"]});
    let service = json!({"deploymentConfiguration": {"alarms": alarms, "bakeTimeInMinutes": 5}});
    let scene = Scene::new();
    scene.push("good", "good");
    scene.push("new", "new");
    scene.serve(&scene.define("app:good"), 2, &service);
    scene.cluster.sound_alarm("old");
    scene.update(&scene.define("app:new")).await;
    sleep(Duration::from_mins(2)).await;
    assert_eq!(
        scene.now().primary().unwrap().rollout_state,
        Some(RolloutState::InProgress)
    );
    scene.cluster.sound_alarm("errors");
    let history = scene.history().await;
    assert_eq!(
        history[0].status,
        ServiceDeploymentStatus::RollbackInProgress
    );
    let alarms = history[0].alarms.as_ref().unwrap();
    assert_eq!(
        (
            alarms.status.as_str(),
            alarms.triggered_alarm_names.as_slice()
        ),
        ("TRIGGERED", &["errors".to_owned()][..])
    );
    assert!(scene.cluster.settle().await);
    assert_eq!(
        scene.history().await[0].status,
        ServiceDeploymentStatus::RollbackSuccessful
    );
    assert_eq!(scene.now().task_definition.unwrap().revision(), 1);
}
