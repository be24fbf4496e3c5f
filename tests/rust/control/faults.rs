//! Calls that go wrong.

use std::future::Future;
use std::pin::Pin;

use artifact_deploy::service::{HookAction, ServiceAddress, ServiceUpdate};
use artifact_deploy::task_definition::TaskDefinition;
use artifact_deploy::{ErrorKind, Result};
use futures_util::future::join_all;
use serde_json::json;

use crate::places::{Failure, Place};
use crate::stage::{GROUP, document, refused};

type Call<'a> = Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

/// Every call of the two ports, by its name.
fn every_call<'a>(place: &'a Place, service: &'a ServiceAddress) -> Vec<(&'static str, Call<'a>)> {
    let control = &place.control;
    let document = TaskDefinition::from_value(document("v1")).unwrap();
    macro_rules! call {
        ($name:literal, $call:expr) => {
            (
                $name,
                Box::pin(async move { $call.await.map(drop) }) as Call<'a>,
            )
        };
    }
    let arn = || [place.cluster.arn("service-deployment/main/web/0")];
    let running = artifact_deploy::ports::TaskState::Running;
    vec![
        call!("register", control.register_task_definition(&document)),
        call!(
            "describe task definition",
            control.describe_task_definition("web")
        ),
        call!(
            "list task definitions",
            control.list_task_definitions("web", None)
        ),
        call!(
            "describe services",
            control.describe_services("main", &["web".to_owned()])
        ),
        call!("list services", control.list_services("main", None)),
        call!(
            "update",
            control.update_service(service, &ServiceUpdate::default())
        ),
        call!(
            "list deployments",
            control.list_service_deployments(service, None)
        ),
        call!(
            "describe deployments",
            control.describe_service_deployments(&arn())
        ),
        call!(
            "describe revisions",
            control.describe_service_revisions(&arn())
        ),
        call!(
            "continue",
            control.continue_service_deployment(&arn()[0], "hook", HookAction::Continue)
        ),
        call!("stop", control.stop_service_deployment(&arn()[0])),
        call!("list tasks", control.list_tasks(service, running, None)),
        call!(
            "list cluster tasks",
            control.list_cluster_tasks("main", None)
        ),
        call!(
            "describe tasks",
            control.describe_tasks("main", &["task".to_owned()])
        ),
        call!("target health", place.targets.target_health(GROUP)),
    ]
}

async fn every_call_fails(place: &Place, failure: Failure, kind: ErrorKind) {
    let service = place.steady("web", &json!({}));
    place.fail("*", failure, 1000);
    let (names, calls): (Vec<_>, Vec<_>) = every_call(place, &service).into_iter().unzip();
    for (name, result) in names.into_iter().zip(join_all(calls).await) {
        let error = refused(result);
        assert_eq!(error.kind(), kind, "{name}: {error:?}");
    }
}

pub(crate) async fn throttling_is_throttling_for_every_call(place: &Place) {
    every_call_fails(place, Failure::Throttled, ErrorKind::Throttled).await;
}

pub(crate) async fn a_server_error_is_unavailability_for_every_call(place: &Place) {
    every_call_fails(place, Failure::ServerError, ErrorKind::ServiceUnavailable).await;
}

pub(crate) async fn a_missing_right_is_access_denied_for_every_call(place: &Place) {
    every_call_fails(place, Failure::AccessDenied, ErrorKind::AccessDenied).await;
}

pub(crate) async fn a_call_without_an_answer_times_out(place: &Place) {
    every_call_fails(place, Failure::NoAnswer, ErrorKind::Timeout).await;
}

/// In memory nobody repeats: there it is the caller who asks again.
pub(crate) async fn a_fault_that_passes_is_overcome_by_reads(place: &Place) {
    let service = place.steady("web", &json!({}));
    for failure in [Failure::Throttled, Failure::ServerError] {
        place.fail("DescribeServices", failure, 1);
        let names = [service.service().to_owned()];
        let first = place.control.describe_services("main", &names).await;
        assert!(first.is_ok() || refused(first).is_retryable());
        assert!(
            place
                .control
                .describe_services("main", &names)
                .await
                .is_ok()
        );
    }
}

pub(crate) async fn a_lost_answer_is_an_error_of_something_done_once(place: &Place) {
    let service = place.steady("web", &json!({}));
    let revisions = async || {
        let listed = place.control.list_task_definitions("web", None).await;
        listed.unwrap().items.len()
    };
    let before = revisions().await;
    place.fail("RegisterTaskDefinition", Failure::LostAnswer, 1);
    let document = TaskDefinition::from_value(document("v1")).unwrap();
    let error = refused(place.control.register_task_definition(&document).await);
    assert!(error.is_retryable(), "{error:?}");
    assert_eq!(revisions().await, before + 1);

    place.fail("UpdateService", Failure::LostAnswer, 1);
    let update = ServiceUpdate {
        force_new_deployment: Some(true),
        ..ServiceUpdate::default()
    };
    let error = refused(place.control.update_service(&service, &update).await);
    assert!(error.is_retryable(), "{error:?}");
    let listed = place.control.list_service_deployments(&service, None).await;
    assert_eq!(listed.unwrap().items.len(), 2);
}

pub(crate) async fn a_stale_read_shows_what_was_before(place: &Place) {
    let service = place.steady("web", &json!({}));
    let before = place.service(&service).await.primary().unwrap().id.clone();
    let ours = place
        .deploy(&service, "v2")
        .await
        .primary()
        .unwrap()
        .id
        .clone();
    place.fail("DescribeServices", Failure::Stale, 1);
    assert_eq!(place.service(&service).await.primary().unwrap().id, before);
    assert_eq!(place.service(&service).await.primary().unwrap().id, ours);
}
