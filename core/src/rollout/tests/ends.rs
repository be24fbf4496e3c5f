//! How deployments end.

use std::time::Duration;

use serde_json::json;

use super::{Scene, assert_outcome};
use crate::gate::Wait;
use crate::memory::{Behaviour, PullFailure};
use crate::rollout::{Hooks, LeftBehind, Outcome};
use crate::service::ServiceDeploymentStatus;

fn breaker(rollback: bool) -> serde_json::Value {
    json!({"deploymentConfiguration":
        {"deploymentCircuitBreaker": {"enable": true, "rollback": rollback}}})
}

#[tokio::test(start_paused = true)]
async fn want_2_a_circuit_breaker_rollback_is_never_success() {
    let scene = Scene::with(&breaker(true)).await;
    let crash = Behaviour::CrashLoop {
        exit_code: 3,
        after: None,
    };
    scene.behave(2, crash).await;
    let record = scene.deploy(2).await;
    assert_outcome(&record, Outcome::RolledBack);
    assert_eq!(scene.in_place().revision(), 1);
    assert_eq!(
        record
            .failures()
            .first()
            .and_then(crate::rollout::TaskFailure::exit_code),
        Some(3)
    );
    assert!(record.require_completed().is_err());
}

#[tokio::test(start_paused = true)]
async fn want_19_an_image_that_cannot_be_pulled_is_told_with_its_reason() {
    let scene = Scene::with(&breaker(true)).await;
    scene
        .behave(2, Behaviour::CannotPull(PullFailure::NotFound))
        .await;
    let record = scene.deploy(2).await;
    assert_outcome(&record, Outcome::RolledBack);
    let failure = record.failures().first().unwrap();
    assert!(failure.reason().contains("not found"), "{failure:?}");
}

#[tokio::test(start_paused = true)]
async fn a_failure_that_is_not_taken_back_is_a_failure() {
    let scene = Scene::with(&breaker(false)).await;
    let crash = Behaviour::CrashLoop {
        exit_code: 1,
        after: None,
    };
    scene.behave(2, crash).await;
    let record = scene.deploy(2).await;
    assert_outcome(&record, Outcome::Failed);

    // The same once more: the service runs this revision already, and it still fails.
    let again = scene.deploy(2).await;
    assert_outcome(&again, Outcome::Failed);
    assert_eq!(scene.made().await, (1, 1));
}

#[tokio::test(start_paused = true)]
async fn want_20_at_the_deadline_the_record_says_what_was_left() {
    let scene = Scene::new().await;
    let crash = Behaviour::CrashLoop {
        exit_code: 1,
        after: None,
    };
    scene.behave(2, crash).await;
    let request = scene.request(2).await;
    let deployer = scene
        .deployer()
        .waiting(Wait::for_up_to(Duration::from_mins(5)));
    let begun = tokio::time::Instant::now();
    let record = deployer.deploy(&request).await.unwrap();
    assert_outcome(&record, Outcome::TimedOut);
    assert!(begun.elapsed() <= Duration::from_mins(5));
    assert!(begun.elapsed() >= Duration::from_mins(4));
    assert!(
        matches!(record.left(), Some(LeftBehind::Updating { task_definition, .. })
            if task_definition.revision() == 2),
        "{:?}",
        record.left()
    );
    assert!(
        record.reason().contains("goes on by itself"),
        "{}",
        record.reason()
    );
    assert!(!record.failures().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_service_that_wants_no_task_is_stable_but_proves_nothing() {
    let scene = Scene::with(&json!({"desiredCount": 0})).await;
    let record = scene.deploy(2).await;
    assert_outcome(&record, Outcome::Completed);
    assert_eq!(json!(record)["until"], "stable");
    assert_eq!(json!(record)["proof"]["verdict"], "empty");
    assert!(record.reason().contains("nothing is proven"));
}

#[tokio::test(start_paused = true)]
async fn without_service_deployments_the_rollout_state_decides() {
    let scene = Scene::with(&breaker(true)).await;
    scene.cluster.without_service_deployments();
    assert_outcome(&scene.deploy(2).await, Outcome::Completed);
    let crash = Behaviour::CrashLoop {
        exit_code: 3,
        after: None,
    };
    scene.behave(3, crash).await;
    assert_outcome(&scene.deploy(3).await, Outcome::RolledBack);
    assert_eq!(scene.in_place().revision(), 2);
}

#[tokio::test(start_paused = true)]
async fn trap_a_forced_deployment_keeps_the_task_definition_and_is_followed_by_its_id() {
    let scene = Scene::new().await;
    scene.deploy(2).await;
    let before = scene.running();
    let request = scene.request(2).await.force_new_deployment();
    let record = scene.deployer().deploy(&request).await.unwrap();
    assert_outcome(&record, Outcome::Completed);
    assert_eq!(scene.made().await, (1, 2));
    for task in scene.running() {
        assert!(before.iter().all(|old| old.task_arn != task.task_arn));
    }
}

#[tokio::test(start_paused = true)]
async fn a_hook_that_pauses_is_reported_and_continued_or_rolled_back_on_request() {
    for (hooks, outcome) in [
        (Hooks::Report, Outcome::TimedOut),
        (Hooks::Continue, Outcome::Completed),
        (Hooks::RollBack, Outcome::RolledBack),
    ] {
        let scene = Scene::new().await;
        let request = scene.request(2).await.deployment_configuration(json!({
            "strategy": "BLUE_GREEN", "bakeTimeInMinutes": 1,
            "lifecycleHooks": [{"targetType": "PAUSE", "lifecycleStages": ["POST_SCALE_UP"]}],
        }));
        let record = scene.deployer().hooks(hooks).deploy(&request).await;
        assert_outcome(&record.unwrap(), outcome);
        assert!(scene.story().contains(&"paused".to_owned()), "{hooks:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_deployment_under_way_can_be_taken_back_by_hand() {
    let scene = Scene::new().await;
    let request = scene.request(2).await;
    let deployer = scene.deployer();
    let (outcome, ()) = tokio::join!(deployer.deploy(&request), async {
        tokio::time::sleep(Duration::from_secs(8)).await;
        let arn = scene.now().current_service_deployment.unwrap();
        deployer.stop(&arn).await.unwrap();
    });
    let record = outcome.unwrap();
    assert_outcome(&record, Outcome::RolledBack);
    let status = ServiceDeploymentStatus::RollbackSuccessful;
    assert_eq!(json!(record)["serviceDeployment"]["status"], json!(status));
}

#[tokio::test(start_paused = true)]
async fn two_deployments_of_one_moment_are_told_apart_by_what_ecs_calls_the_latest() {
    for number in 2..12 {
        let scene = Scene::young().await;
        assert_outcome(&scene.deploy(number).await, Outcome::Completed);
    }
}
