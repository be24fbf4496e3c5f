//! Service deployments and service revisions.

use artifact_deploy::ErrorKind;
use artifact_deploy::image::{Digest, ImageSelector};
use artifact_deploy::memory::{Behaviour, Pace};
use artifact_deploy::ports::{ImageRegistry as _, Lookup, LookupDepth, ServiceControl as _};
use artifact_deploy::service::{
    HookAction, HookStatus, ServiceAddress, ServiceDeploymentStatus, ServiceUpdate,
};
use serde_json::{Value, json};

use crate::places::Place;
use crate::stage::{all, plain, refused, until};

pub(crate) async fn digest_of(place: &Place, tag: &str) -> Digest {
    let image = [ImageSelector::Tag(tag.parse().unwrap())];
    let repository = "my/app".parse().unwrap();
    let found = place
        .registry
        .look_up(&repository, &image, LookupDepth::Digest)
        .await;
    match found.unwrap().pop() {
        Some(Lookup::Found(found)) => found.digest,
        other => panic!("{tag}: {other:?}"),
    }
}

/// What is begun now does not end before the next call, on a busy machine either.
fn slowly(place: &Place) {
    place.cluster.set_pace(Pace::default().faster(8));
}

fn quickly(place: &Place) {
    place.cluster.set_pace(Pace::default().faster(500));
}

fn breaker() -> Value {
    let breaker = json!({ "enable": true, "rollback": true });
    json!({ "deploymentConfiguration": { "deploymentCircuitBreaker": breaker } })
}

pub(crate) async fn a_deployment_ends_successful_with_the_digests_that_ecs_resolved(place: &Place) {
    let service = place.steady("web", &json!({}));
    let update = place.deploy(&service, "v2").await;
    let deployment = place.deployed(&service).await;
    assert!(deployment.finished_at.is_some());
    assert_eq!(
        place.service(&service).await.current_service_deployment,
        Some(deployment.arn)
    );

    let target = [deployment.target_service_revision];
    let found = place
        .control
        .describe_service_revisions(&target)
        .await
        .unwrap();
    assert_eq!(
        Some(&found[0].task_definition),
        update.task_definition.as_ref()
    );
    let image = &found[0].container_images[0];
    assert_eq!(image.container_name, "web");
    assert_eq!(image.image_digest, Some(digest_of(place, "v2").await));
}

pub(crate) async fn the_history_is_newest_first_and_lacks_what_the_list_does_not_tell(
    place: &Place,
) {
    let service = place.steady("web", &json!({}));
    place.deploy(&service, "v2").await;
    let last = place.deployed(&service).await;
    assert_eq!(last.source_service_revisions.len(), 1, "{last:?}");
    let listed = place.control.list_service_deployments(&service, None).await;
    let listed = listed.unwrap().items;
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[0].arn, last.arn);
    assert_eq!(
        listed[0].target_service_revision,
        last.target_service_revision
    );
    assert!(listed[0].source_service_revisions.is_empty());
    assert!(listed[0].created_at >= listed[1].created_at);
    assert_eq!(
        last.source_service_revisions[0].arn,
        listed[1].target_service_revision
    );

    let again = ServiceUpdate {
        force_new_deployment: Some(true),
        ..ServiceUpdate::default()
    };
    for _ in 0..99 {
        // Behind the port, which keeps the rate limits of ECS.
        place
            .cluster
            .update_service(&service, &again)
            .await
            .unwrap();
    }
    let pages = all(async |page| place.control.list_service_deployments(&service, page).await);
    let sizes: Vec<usize> = pages.await.iter().map(Vec::len).collect();
    assert_eq!(sizes, [100, 1]);
}

pub(crate) async fn a_crash_loop_is_taken_back_and_says_why(place: &Place) {
    let service = place.steady("web", &breaker());
    let crash = Behaviour::CrashLoop {
        exit_code: 7,
        after: None,
    };
    place.cluster.behave("bad", crash);
    place.deploy(&service, "bad").await;
    let ended = place.ended(&service).await;
    assert_eq!(ended.status, ServiceDeploymentStatus::RollbackSuccessful);
    assert_eq!(ended.circuit_breaker.unwrap().status, "TRIGGERED");
    assert!(ended.rollback.unwrap().reason.is_some());
    assert!(ended.status_reason.is_some());
}

pub(crate) async fn a_deployment_is_told_as_it_is_at_every_stage(place: &Place) {
    let mut more = breaker();
    more["deploymentConfiguration"]["alarms"] =
        json!({ "alarmNames": ["errors"], "enable": true, "rollback": true });
    let service = place.steady("web", &more);
    // The clock is that of tokio: it stands still between two looks.
    tokio::time::pause();
    place.deploy(&service, "v2").await;
    for _ in 0..20 {
        let told = place.latest(&service).await;
        let arn = [told.arn.clone()];
        let own = place.cluster.describe_service_deployments(&arn);
        assert_eq!(plain(&told), plain(&own.await.unwrap()[0]));
        if told.status.is_terminal() {
            return;
        }
        tokio::time::advance(std::time::Duration::from_millis(20)).await;
    }
    panic!("it does not end");
}

pub(crate) async fn a_deployment_that_another_one_replaced_was_stopped(place: &Place) {
    let service = place.steady("web", &json!({}));
    slowly(place);
    place.deploy(&service, "v2").await;
    let first = place.latest(&service).await;
    place.deploy(&service, "v1").await;
    quickly(place);
    let replaced = until(async || {
        let found = place
            .control
            .describe_service_deployments(std::slice::from_ref(&first.arn))
            .await;
        let found = found.unwrap().pop().unwrap();
        found.status.is_terminal().then_some(found)
    })
    .await;
    assert_eq!(replaced.status, ServiceDeploymentStatus::Stopped);
    assert_ne!(place.deployed(&service).await.arn, first.arn);
}

pub(crate) async fn a_deployment_can_be_stopped_until_it_has_ended(place: &Place) {
    let service = place.steady("web", &json!({}));
    slowly(place);
    place.deploy(&service, "v2").await;
    let arn = place.latest(&service).await.arn;
    place.control.stop_service_deployment(&arn).await.unwrap();
    let ended = place.ended(&service).await;
    assert_eq!(ended.arn, arn);
    assert_eq!(
        ended.status,
        ServiceDeploymentStatus::RollbackSuccessful,
        "{ended:?}"
    );
    let error = refused(place.control.stop_service_deployment(&arn).await);
    assert_eq!(error.kind(), ErrorKind::Conflict, "{error}");
}

pub(crate) async fn a_pause_awaits_an_answer(place: &Place) {
    let pause = json!({ "targetType": "PAUSE", "lifecycleStages": ["POST_SCALE_UP"] });
    let more = json!({ "deploymentConfiguration": {
        "strategy": "BLUE_GREEN",
        "bakeTimeInMinutes": 0,
        "lifecycleHooks": [pause],
    } });
    let service = place.steady("web", &more);
    for (action, status) in [
        (HookAction::Continue, ServiceDeploymentStatus::Successful),
        (
            HookAction::Rollback,
            ServiceDeploymentStatus::RollbackSuccessful,
        ),
    ] {
        place.deploy(&service, "v2").await;
        let waiting = until(async || {
            let latest = place.latest(&service).await;
            let hooks = &latest.lifecycle_hooks;
            let waits = hooks
                .iter()
                .any(|hook| hook.status == HookStatus::AwaitingAction);
            waits.then_some(latest)
        })
        .await;
        assert_eq!(waiting.lifecycle_stage.as_deref(), Some("POST_SCALE_UP"));
        let hook = &waiting.lifecycle_hooks[0];
        assert_eq!(hook.timeout_action.as_deref(), Some("ROLLBACK"));
        assert!(hook.expires_at.is_some());
        place
            .control
            .continue_service_deployment(&waiting.arn, &hook.hook_id, action)
            .await
            .unwrap();
        assert_eq!(place.ended(&service).await.status, status);
    }
}

pub(crate) async fn what_ecs_does_not_know_is_left_out_or_not_found(place: &Place) {
    let service = place.steady("web", &json!({}));
    let there = place.latest(&service).await;
    let absent = format!("{}0", there.arn);
    let control = &place.control;
    let arns = [absent.clone(), there.arn.clone()];
    let found = control.describe_service_deployments(&arns).await.unwrap();
    assert_eq!(found.len(), 1);
    let arns = [format!("{}0", there.target_service_revision)];
    let found = control.describe_service_revisions(&arns).await.unwrap();
    assert!(found.is_empty());
    assert!(
        control
            .describe_service_deployments(&[])
            .await
            .unwrap()
            .is_empty()
    );

    let go_on = control.continue_service_deployment(&absent, "hook", HookAction::Continue);
    for error in [
        refused(control.stop_service_deployment(&absent).await),
        refused(go_on.await),
    ] {
        assert_eq!(
            error.kind(),
            ErrorKind::ServiceDeploymentNotFound,
            "{error}"
        );
    }
    let absent = ServiceAddress::new("main", "absent").unwrap();
    let error = refused(control.list_service_deployments(&absent, None).await);
    assert_eq!(error.kind(), ErrorKind::ServiceNotFound, "{error}");
}

pub(crate) async fn an_endpoint_without_service_deployments_says_so(place: &Place) {
    let service = place.steady("web", &json!({}));
    let arns = [place.latest(&service).await.arn];
    place.cluster.without_service_deployments();
    let control = &place.control;
    for error in [
        refused(control.list_service_deployments(&service, None).await),
        refused(control.describe_service_deployments(&arns).await),
        refused(control.describe_service_revisions(&arns).await),
    ] {
        assert_eq!(error.kind(), ErrorKind::UnsupportedOperation, "{error}");
    }
    assert_eq!(
        place.service(&service).await.current_service_deployment,
        None
    );
}
