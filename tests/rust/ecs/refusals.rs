//! What ECS refuses, in kinds and in words that help.

use artifact_deploy::aws::EcsControl;
use artifact_deploy::ports::ServiceControl as _;
use artifact_deploy::service::ServiceUpdate;
use artifact_deploy::task_definition::TaskDefinition;
use artifact_deploy::{Error, ErrorKind};
use artifact_deploy_tests::http::Reply;
use bytes::Bytes;
use hyper::Response;

use crate::support::{StandIn, app};

async fn updating(control: &EcsControl) -> Error {
    let update = ServiceUpdate::default();
    control.update_service(&app(), &update).await.unwrap_err()
}

async fn history(control: &EcsControl) -> Error {
    let page = control.list_service_deployments(&app(), None).await;
    page.unwrap_err()
}

#[tokio::test]
async fn codes_of_ecs_have_their_kinds() {
    for (code, kind) in [
        ("ClusterNotFoundException", ErrorKind::ClusterNotFound),
        ("ServiceNotFoundException", ErrorKind::ServiceNotFound),
        ("ServiceNotActiveException", ErrorKind::ServiceNotActive),
        ("ConflictException", ErrorKind::Conflict),
        ("InvalidParameterException", ErrorKind::RequestRejected),
        ("PlatformUnknownException", ErrorKind::RequestRejected),
        ("AccessDeniedException", ErrorKind::AccessDenied),
        ("ExpiredTokenException", ErrorKind::Unauthenticated),
        ("LimitExceededException", ErrorKind::QuotaExceeded),
        ("SomethingNewException", ErrorKind::UnexpectedResponse),
    ] {
        let place = StandIn::refusing(400, code, "why").await;
        let error = updating(&place.control()).await;
        assert_eq!(error.kind(), kind, "{code}");
        let details = error.details().unwrap();
        assert_eq!(details["service"], "ecs");
        assert_eq!(details["awsCode"], code);
        assert_eq!(details["requestId"], "00000000-0000-4000-8000-000000000000");
        assert_eq!(place.count(), 1, "{code}");
    }
}

#[tokio::test]
async fn what_is_not_taken_is_told_in_the_words_of_ecs() {
    let words = "Invalid revision number.\u{1b}[2J";
    let place = StandIn::refusing(400, "ClientException", words).await;
    let error = updating(&place.control()).await;
    assert_eq!(error.kind(), ErrorKind::RequestRejected);
    assert!(
        error.message().contains("Invalid revision number."),
        "{error}"
    );
    assert!(!error.message().contains('\u{1b}'), "{error}");
}

#[tokio::test]
async fn a_denied_call_names_the_action_and_the_resource() {
    let place = StandIn::refusing(400, "AccessDeniedException", "User is not authorized").await;
    let error = updating(&place.control()).await;
    let service = "arn:aws:ecs:eu-central-1:*:service/previews/app";
    for part in ["ecs:UpdateService", service] {
        assert!(error.message().contains(part), "{part} in {error}");
    }
    assert_eq!(error.details().unwrap()["action"], "ecs:UpdateService");
    assert_eq!(error.details().unwrap()["resource"], service);
    let error = place
        .control()
        .list_services("previews", None)
        .await
        .unwrap_err();
    assert!(
        error.message().contains("allow ecs:ListServices on *"),
        "{error}"
    );
}

#[tokio::test]
async fn a_role_that_may_not_be_passed_is_named() {
    let place = StandIn::refusing(
        400,
        "AccessDeniedException",
        "User: arn:aws:sts::123456789012:assumed-role/ci/run is not authorized to perform: \
         iam:PassRole on resource: arn:aws:iam::123456789012:role/app-task because no \
         identity-based policy allows the iam:PassRole action",
    )
    .await;
    let document = TaskDefinition::parse(r#"{"family": "app"}"#).unwrap();
    let error = place.control().register_task_definition(&document).await;
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AccessDenied);
    let right = "allow iam:PassRole on arn:aws:iam::123456789012:role/app-task";
    assert!(error.message().contains(right), "{error}");
    assert_eq!(error.details().unwrap()["action"], "iam:PassRole");
}

#[tokio::test]
async fn an_endpoint_without_service_deployments_is_told_from_one_that_denies_them() {
    for (status, code, words) in [
        (400, "UnknownOperationException", ""),
        (400, "UnsupportedFeatureException", "Not in this Region"),
        (
            400,
            "InvalidAction",
            "Unknown ECS action: ListServiceDeployments",
        ),
        (404, "NotFound", ""),
        (501, "NotImplemented", ""),
    ] {
        let place = StandIn::refusing(status, code, words).await;
        let error = history(&place.control()).await;
        assert_eq!(error.kind(), ErrorKind::UnsupportedOperation, "{code}");
    }
    let place = StandIn::refusing(400, "AccessDeniedException", "no").await;
    let error = history(&place.control()).await;
    assert_eq!(error.kind(), ErrorKind::AccessDenied);
}

#[tokio::test]
async fn a_page_that_is_not_of_aws_is_no_answer_of_ecs() {
    for (status, kind) in [
        (404, ErrorKind::UnsupportedOperation),
        (200, ErrorKind::UnexpectedResponse),
    ] {
        let place = StandIn::start(move |_, _| {
            let page = Bytes::from_static(b"<html>Hello</html>");
            Reply::Whole(Response::builder().status(status).body(page).unwrap())
        })
        .await;
        let error = history(&place.control()).await;
        assert_eq!(error.kind(), kind, "{status}: {error:?}");
    }
}

#[tokio::test]
async fn an_endpoint_that_nobody_listens_on_is_unavailable() {
    let place = StandIn::refusing(400, "", "").await;
    let control = place.control();
    drop(place);
    let error = updating(&control).await;
    assert_eq!(error.kind(), ErrorKind::ServiceUnavailable, "{error:?}");
    assert!(error.is_retryable());
}
