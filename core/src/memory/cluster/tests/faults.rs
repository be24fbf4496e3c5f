//! Faults on request.

use std::time::Duration;

use serde_json::json;
use tokio::time::timeout;

use super::Scene;
use crate::memory::{ControlFault, ControlFaultKind, ControlOperation};
use crate::ports::{ServiceControl, TaskState};
use crate::service::{ServiceLookup, ServiceUpdate};
use crate::task_definition::TaskDefinition;
use crate::{ErrorKind, Result};

fn scene() -> Scene {
    let scene = Scene::new();
    scene.push("one", "one");
    scene.serve(&scene.define("app:one"), 1, &json!({}));
    scene
}

async fn force(scene: &Scene) -> Result<crate::service::ServiceSnapshot> {
    let update = ServiceUpdate {
        force_new_deployment: Some(true),
        ..ServiceUpdate::default()
    };
    scene.cluster.update_service(&scene.service, &update).await
}

#[tokio::test(start_paused = true)]
async fn each_fault_has_its_error_and_ends_after_its_times() {
    for (kind, error) in [
        (ControlFaultKind::Throttled, ErrorKind::Throttled),
        (ControlFaultKind::Unavailable, ErrorKind::ServiceUnavailable),
        (ControlFaultKind::Timeout, ErrorKind::Timeout),
        (ControlFaultKind::AccessDenied, ErrorKind::AccessDenied),
        (ControlFaultKind::Missing, ErrorKind::ServiceNotFound),
    ] {
        let scene = scene();
        let operation = ControlOperation::UpdateService;
        scene
            .cluster
            .inject(ControlFault::new(operation, kind).times(2).after(1));
        assert!(force(&scene).await.is_ok());
        for _ in 0..2 {
            assert_eq!(force(&scene).await.unwrap_err().kind(), error);
        }
        assert!(force(&scene).await.is_ok());
        // Nothing was done by those that failed.
        assert_eq!(scene.history().await.len(), 3);
        assert_eq!(scene.cluster.calls().of(operation), 4);
    }
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_means_that_it_was_done() {
    let scene = scene();
    for operation in [
        ControlOperation::UpdateService,
        ControlOperation::RegisterTaskDefinition,
    ] {
        let fault = ControlFault::new(operation, ControlFaultKind::LostAnswer).times(1);
        scene.cluster.inject(fault);
    }
    assert_eq!(force(&scene).await.unwrap_err().kind(), ErrorKind::Timeout);
    assert_eq!(scene.history().await.len(), 2);
    let text =
        r#"{"family": "app", "containerDefinitions": [{"name": "a", "image": "b", "memory": 9}]}"#;
    let document = TaskDefinition::parse(text).unwrap();
    let lost = scene
        .cluster
        .register_task_definition(&document)
        .await
        .unwrap_err();
    assert_eq!(lost.kind(), ErrorKind::Timeout);
    assert!(lost.is_retryable());
    let latest = scene.cluster.describe_task_definition("app").await.unwrap();
    assert_eq!(latest.arn.revision(), 2);
}

#[tokio::test(start_paused = true)]
async fn reads_can_lag_behind_writes() {
    let scene = scene();
    let before = scene.now().primary().unwrap().id.clone();
    let ours = force(&scene).await.unwrap().primary().unwrap().id.clone();
    let lag = |operation| {
        scene
            .cluster
            .inject(ControlFault::new(operation, ControlFaultKind::Stale).times(1));
    };
    let names = ["app".to_owned()];
    lag(ControlOperation::DescribeServices);
    for expected in [before, ours] {
        let seen = scene
            .cluster
            .describe_services("previews", &names)
            .await
            .unwrap();
        let [ServiceLookup::Found(seen)] = seen.as_slice() else {
            panic!("{seen:?}");
        };
        assert_eq!(seen.primary().unwrap().id, expected);
    }
    lag(ControlOperation::ListServiceDeployments);
    for expected in [1, 2] {
        let list = scene.cluster.list_service_deployments(&scene.service, None);
        assert_eq!(list.await.unwrap().items.len(), expected);
    }
    scene.define("app:one");
    lag(ControlOperation::ListTaskDefinitions);
    for expected in [1, 2] {
        let list = scene
            .cluster
            .list_task_definitions("app", None)
            .await
            .unwrap();
        assert_eq!(list.items[0].revision(), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_can_hang_and_a_fault_can_be_for_one_service() {
    let scene = scene();
    let fault = ControlFault::everywhere(ControlFaultKind::Hang);
    scene.cluster.inject(fault.clone().for_service("other"));
    assert!(force(&scene).await.is_ok());
    scene.cluster.inject(fault.for_service("app"));
    let hung = timeout(Duration::from_mins(1), force(&scene)).await;
    assert!(hung.is_err());
    let list = scene.cluster.list_services("previews", None).await.unwrap();
    assert_eq!(list.items, ["app"]);
    scene.cluster.heal();
    let list = scene
        .cluster
        .list_tasks(&scene.service, TaskState::Running, None);
    assert_eq!(list.await.unwrap().items.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_is_not_there_is_told_as_ecs_tells_it() {
    let scene = scene();
    let names = ["none".to_owned(), "app".to_owned()];
    let seen = scene
        .cluster
        .describe_services("previews", &names)
        .await
        .unwrap();
    assert!(matches!(&seen[0], ServiceLookup::Missing { reason } if reason == "MISSING"));
    assert!(matches!(&seen[1], ServiceLookup::Found(_)));
    let cluster = scene
        .cluster
        .describe_services("none", &names)
        .await
        .unwrap_err();
    assert_eq!(cluster.kind(), ErrorKind::ClusterNotFound);
    assert_eq!(
        cluster.details().unwrap()["awsCode"],
        "ClusterNotFoundException"
    );
    let many: Vec<String> = (0..11).map(|number| format!("s{number}")).collect();
    let many = scene
        .cluster
        .describe_services("previews", &many)
        .await
        .unwrap_err();
    assert_eq!(many.kind(), ErrorKind::RequestRejected);
    let service = "previews/none".parse().unwrap();
    let tasks = scene
        .cluster
        .list_tasks(&service, TaskState::Running, None)
        .await;
    assert_eq!(tasks.unwrap_err().kind(), ErrorKind::ServiceNotFound);
}
