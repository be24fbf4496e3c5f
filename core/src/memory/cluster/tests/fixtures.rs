//! Clusters from JSON, and many services at once.

use std::time::Duration;

use serde_json::{Value, json};

use crate::ErrorKind;
use crate::memory::{ControlOperation, MemoryCluster, MemoryRegistry};
use crate::ports::ServiceControl;
use crate::service::ServiceDeploymentStatus;

fn registry() -> MemoryRegistry {
    let images = json!([{"tags": ["good"]}, {"tags": ["bad"], "labels": {"bad": "yes"}}]);
    let json = json!({"repositories": {"app": {"images": images}}});
    MemoryRegistry::from_json(&json).unwrap()
}

fn definition(tag: &str) -> Value {
    let container = json!({"name": "app", "image": format!("app:{tag}"), "memory": 512});
    json!({"family": "app", "containerDefinitions": [container]})
}

#[tokio::test(start_paused = true)]
async fn a_whole_scene_is_read_from_json() {
    let json = json!({
        "clusters": ["empty"],
        "taskDefinitions": [definition("good"), definition("bad")],
        "services": [{
            "cluster": "previews", "serviceName": "app", "desiredCount": 2,
            "taskDefinition": "app:1", "steady": true,
            "deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": true, "rollback": true}},
        }],
        "behaviours": [{"image": "bad", "behaviour": "crash-loop", "exitCode": 7}],
        "faults": [{"operation": "update-service", "fault": "throttled", "times": 1, "service": "app"}],
        "pace": {"pulling": 1},
        "faster": 10,
        "time": "2026-01-01T00:00:00Z",
        "pageSize": 50,
    });
    let cluster = MemoryCluster::from_json(registry(), &json).unwrap();
    let service = "previews/app".parse().unwrap();
    let update = crate::service::ServiceUpdate {
        task_definition: Some(cluster.describe_task_definition("app:2").await.unwrap().arn),
        ..Default::default()
    };
    let throttled = cluster.update_service(&service, &update).await.unwrap_err();
    assert_eq!(throttled.kind(), ErrorKind::Throttled);
    cluster.update_service(&service, &update).await.unwrap();
    let began = tokio::time::Instant::now();
    assert!(cluster.settle().await);
    assert!(began.elapsed() < Duration::from_secs(20));
    let tasks = cluster.tasks(&service).unwrap();
    assert!(
        tasks
            .iter()
            .any(|task| task.containers[0].exit_code == Some(7))
    );
    let history = cluster
        .list_service_deployments(&service, None)
        .await
        .unwrap();
    assert_eq!(
        history.items[0].status,
        ServiceDeploymentStatus::RollbackSuccessful
    );
    assert_eq!(
        history.items[1].created_at.to_rfc3339(),
        "2026-01-01T00:00:00+00:00"
    );
    assert_eq!(
        cluster.list_services("empty", None).await.unwrap().items,
        [""; 0]
    );
}

#[test]
fn what_is_no_scene_is_refused() {
    for bad in [
        json!([]),
        json!({"service": []}),
        json!({"behaviours": [{"image": "a", "behaviour": "tired"}]}),
        json!({"behaviours": [{"image": "a", "behaviour": "slow-start", "afterSeconds": -1}]}),
        json!({"faults": [{"fault": "tired"}]}),
        json!({"pace": {"pulling": "fast"}}),
    ] {
        let error = MemoryCluster::from_json(registry(), &bad).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{bad}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_thousand_services_with_ten_thousand_tasks_are_there_at_once() {
    let services: Vec<Value> = (0..1_000)
        .map(|number| {
            json!({
                "cluster": "previews", "serviceName": format!("pr-{number}"),
                "desiredCount": 10, "taskDefinition": "app:1", "steady": true,
            })
        })
        .collect();
    let json = json!({"taskDefinitions": [definition("good")], "services": services});
    let cluster = MemoryCluster::from_json(registry(), &json).unwrap();
    let mut tasks = 0;
    let mut next: Option<String> = None;
    loop {
        let page = cluster
            .list_cluster_tasks("previews", next.as_deref())
            .await
            .unwrap();
        let described = cluster
            .describe_tasks("previews", &page.items)
            .await
            .unwrap();
        tasks += described.iter().filter(|task| task.is_running()).count();
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    assert_eq!(tasks, 10_000);
    assert_eq!(cluster.calls().of(ControlOperation::ListClusterTasks), 100);
}

#[tokio::test(start_paused = true)]
async fn the_same_calls_at_the_same_times_give_the_same_answers() {
    let mut all = Vec::new();
    for _ in 0..2 {
        let json = json!({
            "taskDefinitions": [definition("good")],
            "services": [{"cluster": "c", "serviceName": "s", "desiredCount": 3, "taskDefinition": "app:1"}],
        });
        let cluster = MemoryCluster::from_json(registry(), &json).unwrap();
        assert!(cluster.settle().await);
        let service = "c/s".parse().unwrap();
        all.push((
            cluster.tasks(&service).unwrap(),
            cluster.service(&service).unwrap(),
        ));
    }
    assert_eq!(all[0], all[1]);
}
