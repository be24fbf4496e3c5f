//! What only reads is asked again when that can help, and is read as ECS wrote it.

use artifact_deploy::ErrorKind;
use artifact_deploy::ports::{ServiceControl as _, TaskState};
use artifact_deploy::service::{
    HealthStatus, RolloutState, ServiceDeploymentStatus, ServiceLookup, ServiceSnapshot,
};
use artifact_deploy_tests::http::Reply;
use bytes::Bytes;
use hyper::Response;
use serde_json::{Value, json};

use crate::support::{REVISION, StandIn, app, json_reply, refusal, service};

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn found(lookup: &ServiceLookup) -> &ServiceSnapshot {
    match lookup {
        ServiceLookup::Found(snapshot) => snapshot,
        ServiceLookup::Missing { reason } => panic!("expected a service, it is {reason}"),
    }
}

#[tokio::test]
async fn throttling_and_server_errors_are_repeated_until_they_pass() {
    let failures: [fn() -> Reply; 4] = [
        || refusal(400, "ThrottlingException", "Rate exceeded"),
        || refusal(500, "ServerException", ""),
        || Reply::Cut(Response::new(Bytes::from_static(b"{\"services\": []}"))),
        || Reply::Stall,
    ];
    for failure in failures {
        let place = StandIn::start(move |_, before| match before {
            0 => failure(),
            _ => json_reply(&json!({ "services": [service()] })),
        })
        .await;
        let control = place.control();
        let services = control
            .describe_services("previews", &names(&["app"]))
            .await;
        assert_eq!(found(&services.unwrap()[0]).service_name, "app");
        assert_eq!(place.count(), 2);
    }
}

#[tokio::test]
async fn a_used_up_quota_is_no_throttling() {
    let place = StandIn::refusing(400, "LimitExceededException", "The limit is 5").await;
    let error = place.control().list_services("previews", None).await;
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::QuotaExceeded);
    assert!(!error.is_retryable());
    assert_eq!(place.count(), 1);
}

#[tokio::test]
async fn services_stand_in_the_order_of_the_question_and_missing_ones_say_so() {
    let mut other = service();
    other["serviceName"] = json!("worker");
    other["serviceArn"] = json!("arn:aws:ecs:eu-central-1:123456789012:service/previews/worker");
    other["deploymentConfiguration"] = json!({ "strategy": "ROLLING" });
    let gone = "arn:aws:ecs:eu-central-1:123456789012:service/previews/gone";
    let place = StandIn::saying(json!({
        "services": [service(), other],
        "failures": [{ "arn": gone, "reason": "MISSING" }],
    }));
    let place = place.await;
    let asked = names(&["worker", "gone", "app"]);
    let services = place.control().describe_services("previews", &asked).await;
    let services = services.unwrap();
    let worker = found(&services[0]).deployment_configuration.as_ref();
    assert_eq!(worker, Some(&json!({ "strategy": "ROLLING" })));
    let reason = "MISSING".to_owned();
    assert_eq!(services[1], ServiceLookup::Missing { reason });
    assert_eq!(found(&services[2]).service_name, "app");
    let question = json!({ "cluster": "previews", "services": ["worker", "gone", "app"] });
    assert_eq!(place.only().json(), question);
}

#[tokio::test]
async fn a_service_keeps_what_this_library_does_not_know_and_the_fractions_of_times() {
    let place = StandIn::saying(json!({ "services": [service()] })).await;
    let control = place.control();
    let services = control
        .describe_services("previews", &names(&["app"]))
        .await;
    let services = services.unwrap();
    let snapshot = found(&services[0]);
    let configuration = &service()["deploymentConfiguration"];
    assert_eq!(
        snapshot.deployment_configuration.as_ref(),
        Some(configuration)
    );
    let deployment = snapshot.primary().unwrap();
    let state = RolloutState::Other("HIBERNATING".to_owned());
    assert_eq!(deployment.rollout_state, Some(state));
    assert_eq!(deployment.created_at.timestamp_millis(), 1_755_693_900_123);
    assert_eq!(deployment.updated_at.timestamp_millis(), 1_755_693_901_000);
    assert_eq!(
        snapshot.events[0].created_at.timestamp_millis(),
        1_755_693_901_500
    );
}

#[tokio::test]
async fn a_failure_of_another_kind_than_missing_is_not_passed_over() {
    let failure = json!({ "arn": "t1", "reason": "ACCESS_DENIED", "detail": "no" });
    let place = StandIn::saying(json!({ "tasks": [], "failures": [failure] })).await;
    let error = place
        .control()
        .describe_tasks("previews", &names(&["t1"]))
        .await;
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RequestRejected);
    assert_eq!(error.details().unwrap()["failureCode"], "ACCESS_DENIED");
}

fn task() -> Value {
    json!({
        "taskArn": "t1", "taskDefinitionArn": REVISION, "group": "service:app",
        "startedBy": "ecs-svc/1", "lastStatus": "STOPPED", "desiredStatus": "STOPPED",
        "healthStatus": "DIZZY", "stopCode": "MoonPhase", "stoppedReason": "Full moon",
        "createdAt": 1_755_693_900.25, "stoppedAt": 1_755_693_960,
        "attachments": [{ "type": "ElasticNetworkInterface", "details": [
            { "name": "privateIPv4Address", "value": "10.0.1.7" },
        ] }],
        "containers": [{
            "name": "app", "image": "app:v1", "imageDigest": "sha256:1", "lastStatus": "STOPPED",
            "exitCode": 137, "reason": "OutOfMemoryError", "healthStatus": "UNHEALTHY",
        }],
    })
}

#[tokio::test]
async fn tasks_are_told_with_their_containers_and_forgotten_ones_are_left_out() {
    let missing = json!({ "arn": "t2", "reason": "MISSING" });
    let place = StandIn::saying(json!({ "tasks": [task()], "failures": [missing] })).await;
    let control = place.control();
    let tasks = control
        .describe_tasks("previews", &names(&["t1", "t2"]))
        .await;
    let tasks = tasks.unwrap();
    assert_eq!(tasks.len(), 1);
    assert_eq!(tasks[0].stop_code.as_deref(), Some("MoonPhase"));
    assert_eq!(tasks[0].health_status, HealthStatus::Unknown);
    assert_eq!(tasks[0].private_ipv4_address.as_deref(), Some("10.0.1.7"));
    let container = &tasks[0].containers[0];
    assert_eq!(container.image_digest.as_deref(), Some("sha256:1"));
    assert_eq!(container.exit_code, Some(137));
    assert_eq!(container.health_status, HealthStatus::Unhealthy);
    let question = json!({ "cluster": "previews", "tasks": ["t1", "t2"] });
    assert_eq!(place.only().json(), question);
}

#[tokio::test]
async fn stopped_tasks_of_a_service_and_all_tasks_of_a_cluster_are_listed() {
    let place = StandIn::saying(json!({ "taskArns": ["t1"], "nextToken": "more" })).await;
    let control = place.control();
    let page = control.list_tasks(&app(), TaskState::Stopped, None).await;
    let page = page.unwrap();
    assert_eq!(
        (page.items, page.next),
        (names(&["t1"]), Some("more".to_owned()))
    );
    let page = control.list_cluster_tasks("previews", Some("more")).await;
    assert_eq!(page.unwrap().items, ["t1"]);
    let asked = place.asked();
    let stopped = json!({
        "cluster": "previews", "serviceName": "app", "desiredStatus": "STOPPED", "maxResults": 100,
    });
    assert_eq!(asked[0].json(), stopped);
    let all = json!({
        "cluster": "previews", "desiredStatus": "RUNNING", "maxResults": 100, "nextToken": "more",
    });
    assert_eq!(asked[1].json(), all);
}

#[tokio::test]
async fn a_status_of_a_service_deployment_that_is_not_known_is_no_end() {
    let place = StandIn::saying(json!({ "serviceDeployments": [{
        "serviceDeploymentArn": "d1", "status": "ROLLBACK_PAUSED", "lifecycleStage": "NAP_TIME",
        "targetServiceRevision": { "arn": "r2", "requestedTaskCount": 2 },
        "sourceServiceRevisions": [{ "arn": "r1", "runningTaskCount": 1 }],
        "deploymentCircuitBreaker": { "status": "MONITORING", "failureCount": 1, "threshold": 3 },
        "lifecycleHookDetails": [
            { "hookId": "h1", "status": "AWAITING_ACTION", "timeoutAction": "ROLLBACK",
              "expiresAt": 1_755_780_300.5 },
        ],
        "createdAt": 1_755_693_900.5,
    }] }));
    let place = place.await;
    let control = place.control();
    let deployments = control.describe_service_deployments(&names(&["d1"])).await;
    let deployment = deployments.unwrap().remove(0);
    let status = ServiceDeploymentStatus::Other("ROLLBACK_PAUSED".to_owned());
    assert_eq!(deployment.status, status);
    assert_eq!(deployment.lifecycle_stage.as_deref(), Some("NAP_TIME"));
    assert_eq!(deployment.target_service_revision, "r2");
    assert_eq!(deployment.source_service_revisions[0].running_task_count, 1);
    assert_eq!(deployment.circuit_breaker.unwrap().threshold, 3);
    let hook = &deployment.lifecycle_hooks[0];
    assert_eq!(
        hook.expires_at.unwrap().timestamp_millis(),
        1_755_780_300_500
    );
}

#[tokio::test]
async fn more_than_ecs_takes_is_refused_before_it_is_sent_and_nothing_is_not_asked_for() {
    let place = StandIn::saying(json!({})).await;
    let control = place.control();
    let many = |count| vec!["x".to_owned(); count];
    for refused in [
        control.describe_services("c", &many(11)).await.map(drop),
        control.describe_tasks("c", &many(101)).await.map(drop),
        control
            .describe_service_deployments(&many(21))
            .await
            .map(drop),
        control
            .describe_service_revisions(&many(21))
            .await
            .map(drop),
    ] {
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::InvalidArgument);
    }
    assert_eq!(control.describe_services("c", &[]).await.unwrap(), []);
    assert_eq!(control.describe_tasks("c", &[]).await.unwrap(), []);
    assert_eq!(control.describe_service_deployments(&[]).await.unwrap(), []);
    assert_eq!(control.describe_service_revisions(&[]).await.unwrap(), []);
    assert_eq!(place.count(), 0);
}
