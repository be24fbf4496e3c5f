//! Service deployments, and what can be done with them.

use std::time::Duration;

use serde_json::json;
use tokio::time::sleep;

use super::Scene;
use crate::ErrorKind;
use crate::ports::ServiceControl;
use crate::service::ServiceDeploymentStatus;

#[tokio::test(start_paused = true)]
async fn a_stopped_service_deployment_is_rolled_back() {
    let scene = Scene::new();
    scene.push("one", "one");
    scene.push("two", "two");
    scene.serve(&scene.define("app:one"), 2, &json!({}));
    scene.update(&scene.define("app:two")).await;
    sleep(Duration::from_secs(5)).await;
    let arn = scene.history().await[0].arn.clone();
    scene.cluster.stop_service_deployment(&arn).await.unwrap();
    assert_eq!(
        scene.history().await[0].status,
        ServiceDeploymentStatus::RollbackRequested
    );
    // Once more changes nothing.
    scene.cluster.stop_service_deployment(&arn).await.unwrap();
    sleep(Duration::from_secs(2)).await;
    assert_eq!(
        scene.history().await[0].status,
        ServiceDeploymentStatus::RollbackInProgress
    );
    assert!(scene.cluster.settle().await);
    let history = scene.history().await;
    assert_eq!(
        history[0].status,
        ServiceDeploymentStatus::RollbackSuccessful
    );
    assert!(history[0].finished_at > history[0].started_at);
    let late = scene
        .cluster
        .stop_service_deployment(&arn)
        .await
        .unwrap_err();
    assert_eq!(late.kind(), ErrorKind::Conflict);
    let unknown = scene
        .cluster
        .stop_service_deployment("arn:none")
        .await
        .unwrap_err();
    assert_eq!(unknown.kind(), ErrorKind::ServiceDeploymentNotFound);
}

#[tokio::test(start_paused = true)]
async fn a_first_service_deployment_that_is_stopped_has_nowhere_to_go() {
    let scene = Scene::new();
    scene.push("one", "one");
    let document = json!({
        "cluster": "previews", "serviceName": "app",
        "taskDefinition": scene.define("app:one"),
    });
    scene.cluster.create_service(&document).unwrap();
    let arn = scene.history().await[0].arn.clone();
    scene.cluster.stop_service_deployment(&arn).await.unwrap();
    assert!(scene.cluster.settle().await);
    assert_eq!(
        scene.history().await[0].status,
        ServiceDeploymentStatus::Stopped
    );
    assert_eq!(scene.running().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_history_ends_after_ninety_days() {
    let scene = Scene::new();
    scene.push("one", "one");
    scene.serve(&scene.define("app:one"), 1, &json!({}));
    sleep(Duration::from_hours(24 * 60)).await;
    scene.force().await;
    assert!(scene.cluster.settle().await);
    assert_eq!(scene.history().await.len(), 2);
    sleep(Duration::from_hours(24 * 40)).await;
    let history = scene.history().await;
    assert_eq!(history.len(), 1);
    assert_eq!(
        scene.now().current_service_deployment,
        Some(history[0].arn.clone())
    );
}

#[tokio::test(start_paused = true)]
async fn a_list_of_service_deployments_tells_less_than_a_description() {
    let scene = Scene::new();
    scene.push("one", "one");
    scene.serve(&scene.define("app:one"), 1, &json!({}));
    scene.cluster.set_page_size(2);
    for _ in 0..4 {
        scene.force().await;
        assert!(scene.cluster.settle().await);
    }
    let first = scene
        .cluster
        .list_service_deployments(&scene.service, None)
        .await
        .unwrap();
    assert_eq!(first.items.len(), 2);
    assert_eq!(first.items[0].circuit_breaker, None);
    assert_eq!(first.items[0].source_service_revisions, []);
    let mut count = first.items.len();
    let mut next = first.next;
    while let Some(token) = next {
        let page = scene
            .cluster
            .list_service_deployments(&scene.service, Some(&token));
        let page = page.await.unwrap();
        count += page.items.len();
        next = page.next;
    }
    assert_eq!(count, 5);
    let garbled = scene
        .cluster
        .list_service_deployments(&scene.service, Some("?"));
    assert_eq!(
        garbled.await.unwrap_err().kind(),
        ErrorKind::RequestRejected
    );
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_can_be_without_service_deployments() {
    let scene = Scene::new();
    scene.push("one", "one");
    scene.cluster.without_service_deployments();
    scene.serve(&scene.define("app:one"), 1, &json!({}));
    let cluster = &scene.cluster;
    let none: &[String] = &[];
    for error in [
        cluster
            .list_service_deployments(&scene.service, None)
            .await
            .unwrap_err(),
        cluster
            .describe_service_deployments(none)
            .await
            .unwrap_err(),
        cluster.describe_service_revisions(none).await.unwrap_err(),
        cluster.stop_service_deployment("arn").await.unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::UnsupportedOperation);
    }
    assert_eq!(scene.now().current_service_deployment, None);
    assert_eq!(scene.now().deployments.len(), 1);
}
