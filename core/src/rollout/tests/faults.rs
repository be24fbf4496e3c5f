//! Everything that can go wrong with a call.

use super::{Scene, assert_outcome};
use crate::ErrorKind;
use crate::memory::{ControlFault, ControlFaultKind, ControlOperation};
use crate::rollout::Outcome;

/// The calls that a deployment makes.
const CALLS: [ControlOperation; 10] = [
    ControlOperation::RegisterTaskDefinition,
    ControlOperation::DescribeTaskDefinition,
    ControlOperation::ListTaskDefinitions,
    ControlOperation::DescribeServices,
    ControlOperation::UpdateService,
    ControlOperation::ListServiceDeployments,
    ControlOperation::DescribeServiceDeployments,
    ControlOperation::DescribeServiceRevisions,
    ControlOperation::ListTasks,
    ControlOperation::DescribeTasks,
];

#[tokio::test(start_paused = true)]
async fn want_22_throttling_server_errors_and_lost_answers_are_borne_with_on_every_call() {
    for operation in CALLS {
        for kind in [
            ControlFaultKind::Throttled,
            ControlFaultKind::Unavailable,
            ControlFaultKind::Timeout,
            ControlFaultKind::Hang,
            ControlFaultKind::LostAnswer,
            ControlFaultKind::Stale,
        ] {
            for after in [0, 1, 3] {
                let scene = Scene::new().await;
                let fault = ControlFault::new(operation, kind).times(2).after(after);
                scene.cluster.inject(fault);
                let record = scene.deploy(2).await;
                assert_outcome(&record, Outcome::Completed);
                let made = scene.made().await;
                assert_eq!(made, (1, 1), "{operation:?} {kind:?} after {after}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_of_the_update_makes_no_second_deployment() {
    for forced in [false, true] {
        for kind in [
            ControlFaultKind::LostAnswer,
            ControlFaultKind::Timeout,
            ControlFaultKind::Unavailable,
            ControlFaultKind::Hang,
        ] {
            let scene = Scene::new().await;
            if forced {
                scene.deploy(2).await;
            }
            let (registered, begun) = scene.made().await;
            let update = ControlOperation::UpdateService;
            scene
                .cluster
                .inject(ControlFault::new(update, kind).times(1));
            // What was done is shown late, too.
            let list = ControlOperation::ListServiceDeployments;
            let stale = ControlFault::new(list, ControlFaultKind::Stale);
            scene.cluster.inject(stale.times(2));
            let mut request = scene.request(2).await;
            if forced {
                request = request.force_new_deployment();
            }
            let record = scene.deployer().deploy(&request).await.unwrap();
            assert_outcome(&record, Outcome::Completed);
            let expected = if forced {
                (registered, begun + 1)
            } else {
                (1, 1)
            };
            assert_eq!(scene.made().await, expected, "{kind:?}, forced: {forced}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_does_not_get_better_ends_at_once_with_the_record_so_far() {
    for operation in CALLS {
        let scene = Scene::new().await;
        let fault = ControlFault::new(operation, ControlFaultKind::AccessDenied);
        scene.cluster.inject(fault);
        let request = scene.request(2).await;
        let begun = tokio::time::Instant::now();
        let error = scene.deployer().deploy(&request).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AccessDenied, "{operation:?}");
        assert!(begun.elapsed().as_secs() < 60, "{operation:?}");
        let record = &error.details().unwrap()["record"];
        assert_eq!(record["service"], "previews/app");
        assert!(record["left"]["state"].is_string(), "{record}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_cannot_be_deployed_is_told_before_anything_is_registered() {
    let scene = Scene::new().await;
    scene.cluster.delete_service(&scene.service).unwrap();
    let request = scene.request(2).await;
    let error = scene.deployer().deploy(&request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ServiceNotActive);
    assert_eq!(scene.calls(ControlOperation::RegisterTaskDefinition), 0);

    let request = crate::rollout::DeployRequest::new(
        "previews/none".parse().unwrap(),
        scene.rendered(2).await,
    );
    let error = scene.deployer().deploy(&request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ServiceNotFound);
}
