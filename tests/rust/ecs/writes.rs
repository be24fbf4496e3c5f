//! What changes something is sent once, whatever comes back.

use artifact_deploy::ports::ServiceControl;
use artifact_deploy::service::{HookAction, ServiceUpdate};
use artifact_deploy::task_definition::TaskDefinition;
use artifact_deploy::{Error, ErrorKind, Result};
use artifact_deploy_tests::http::Reply;
use bytes::Bytes;
use hyper::Response;
use serde_json::json;

use crate::signature::is_right;
use crate::support::{REVISION, StandIn, app, refusal, service};

const DEPLOYMENT: &str = "arn:aws:ecs:eu-central-1:123456789012:service-deployment/previews/app/1";

async fn write(control: &dyn ServiceControl, operation: &str) -> Result<()> {
    match operation {
        "RegisterTaskDefinition" => {
            let document = TaskDefinition::parse(r#"{"family": "app"}"#)?;
            control.register_task_definition(&document).await.map(drop)
        }
        "UpdateService" => {
            let update = ServiceUpdate {
                force_new_deployment: Some(true),
                ..ServiceUpdate::default()
            };
            control.update_service(&app(), &update).await.map(drop)
        }
        "ContinueServiceDeployment" => {
            let action = HookAction::Continue;
            control
                .continue_service_deployment(DEPLOYMENT, "h1", action)
                .await
        }
        _ => control.stop_service_deployment(DEPLOYMENT).await,
    }
}

const WRITES: [&str; 4] = [
    "RegisterTaskDefinition",
    "UpdateService",
    "ContinueServiceDeployment",
    "StopServiceDeployment",
];

async fn lost(operation: &str, reply: fn() -> Reply) -> Error {
    let place = StandIn::start(move |_, _| reply()).await;
    let error = write(&place.control(), operation).await.unwrap_err();
    assert_eq!(place.only().operation, operation);
    assert!(error.is_retryable(), "{operation}: {error}");
    error
}

fn cut() -> Reply {
    Reply::Cut(Response::new(Bytes::from_static(b"{\"service\": {}}")))
}

#[tokio::test]
async fn a_lost_answer_makes_no_second_request() {
    for operation in WRITES {
        let error = lost(operation, cut).await;
        assert_eq!(error.kind(), ErrorKind::ServiceUnavailable, "{operation}");
        let error = lost(operation, || Reply::Stall).await;
        assert_eq!(error.kind(), ErrorKind::Timeout, "{operation}");
    }
}

#[tokio::test]
async fn a_throttled_or_failed_write_is_for_the_caller_to_repeat() {
    for operation in WRITES {
        let throttled = || refusal(400, "ThrottlingException", "Rate exceeded");
        let error = lost(operation, throttled).await;
        assert_eq!(error.kind(), ErrorKind::Throttled, "{operation}");
        let error = lost(operation, || refusal(500, "ServerException", "")).await;
        assert_eq!(error.kind(), ErrorKind::ServiceUnavailable, "{operation}");
    }
}

#[tokio::test]
async fn an_update_says_what_changes_and_nothing_else() {
    let place = StandIn::saying(json!({ "service": service() })).await;
    let update = ServiceUpdate {
        task_definition: Some(REVISION.parse().unwrap()),
        ..ServiceUpdate::default()
    };
    let snapshot = place.control().update_service(&app(), &update).await;
    let snapshot = snapshot.unwrap();
    assert_eq!(snapshot.primary().unwrap().id, "ecs-svc/1");
    let configuration = &service()["deploymentConfiguration"];
    assert_eq!(
        snapshot.deployment_configuration.as_ref(),
        Some(configuration)
    );
    let question = json!({ "cluster": "previews", "service": "app", "taskDefinition": REVISION });
    assert_eq!(place.only().json(), question);
}

#[tokio::test]
async fn a_deployment_configuration_is_sent_as_it_is_beside_the_rest() {
    let place = StandIn::saying(json!({ "service": service() })).await;
    let configuration = json!({ "strategy": "SPIRAL", "notYetInvented": { "turns": 3.5 } });
    let update = ServiceUpdate {
        force_new_deployment: Some(true),
        deployment_configuration: Some(configuration.clone()),
        ..ServiceUpdate::default()
    };
    place
        .control()
        .update_service(&app(), &update)
        .await
        .unwrap();
    let asked = place.only();
    let question = json!({
        "cluster": "previews", "service": "app", "forceNewDeployment": true,
        "deploymentConfiguration": configuration,
    });
    assert_eq!(asked.json(), question);
    let length = asked.body().len().to_string();
    assert_eq!(asked.header("content-length"), length);
    assert!(is_right(&asked), "{asked:?}");
}

#[tokio::test]
async fn a_hook_is_answered_and_a_deployment_taken_back_by_their_names() {
    let place = StandIn::saying(json!({ "serviceDeploymentArn": DEPLOYMENT })).await;
    let control = place.control();
    write(&control, "StopServiceDeployment").await.unwrap();
    let action = HookAction::Rollback;
    let answered = control.continue_service_deployment(DEPLOYMENT, "h1", action);
    answered.await.unwrap();
    let asked = place.asked();
    let stop = json!({ "serviceDeploymentArn": DEPLOYMENT, "stopType": "ROLLBACK" });
    assert_eq!(asked[0].json(), stop);
    let roll_back =
        json!({ "serviceDeploymentArn": DEPLOYMENT, "hookId": "h1", "action": "ROLLBACK" });
    assert_eq!(asked[1].json(), roll_back);
}
