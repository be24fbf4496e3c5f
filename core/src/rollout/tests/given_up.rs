//! Giving a deployment up.

use std::time::Duration;

use serde_json::json;

use super::Scene;
use crate::memory::{ControlFault, ControlFaultKind, ControlOperation};
use crate::rollout::{Event, LeftBehind};

/// Gives the deployment up in its call `number`; gives what it said then, or nothing when it ended
/// before.
async fn given_up_in_call(scene: &Scene, number: u32) -> Option<LeftBehind> {
    let hang = ControlFault::everywhere(ControlFaultKind::Hang);
    scene.cluster.inject(hang.after(number).times(1));
    let request = scene.request(2).await;
    let deployer = scene.deployer();
    let deploying = deployer.deploy(&request);
    // A call that hangs is cut off after a minute, and a poll comes sooner.
    let mut deploying = Box::pin(deploying);
    let before = scene.cluster.calls().total();
    let ended = loop {
        let moment = Duration::from_millis(100);
        if let Ok(ended) = tokio::time::timeout(moment, &mut deploying).await {
            break Some(ended);
        }
        if scene.cluster.calls().total() - before > number {
            break None;
        }
    };
    drop(deploying);
    match (ended, scene.events().pop()) {
        (Some(_), Some(Event::Finished { .. })) => None,
        (None, Some(Event::Cancelled { left })) => Some(left),
        (ended, last) => panic!("{ended:?}, {last:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn given_up_in_any_call_it_says_truthfully_what_is_left() {
    let mut states = Vec::new();
    for number in 0.. {
        let scene = Scene::new().await;
        let Some(left) = given_up_in_call(&scene, number).await else {
            break;
        };
        let (registered, begun) = scene.made().await;
        match &left {
            LeftBehind::Unchanged => assert_eq!((registered, begun), (0, 0)),
            LeftBehind::Registered { task_definition } => {
                assert_eq!(task_definition.revision(), 2);
                assert_eq!((registered, begun), (1, 0));
            }
            LeftBehind::Updating {
                task_definition,
                deployment_id,
            } => {
                assert_eq!(task_definition.revision(), 2);
                let now = scene.now();
                assert_eq!(
                    now.primary().map(|primary| &primary.id),
                    deployment_id.as_ref()
                );
                assert_eq!((registered, begun), (1, 1));
            }
            LeftBehind::Unknown { .. } => assert!(begun == 0, "nothing was done"),
        }
        let state = json!(left)["state"].as_str().unwrap().to_owned();
        if states.last() != Some(&state) {
            states.push(state);
        }
    }
    assert_eq!(
        states,
        ["unchanged", "unknown", "registered", "unknown", "updating"]
    );
}

#[tokio::test(start_paused = true)]
async fn want_20_given_up_while_it_is_followed_ecs_goes_on_by_itself() {
    let scene = Scene::new().await;
    let request = scene.request(2).await;
    let deployer = scene.deployer();
    let late = tokio::time::timeout(Duration::from_secs(9), deployer.deploy(&request)).await;
    assert!(late.is_err());
    let last = scene.events().pop();
    assert!(
        matches!(
            &last,
            Some(Event::Cancelled {
                left: LeftBehind::Updating { .. }
            })
        ),
        "{last:?}"
    );
    assert!(last.unwrap().to_string().contains("goes on by itself"));
    assert!(scene.cluster.settle().await);
    assert_eq!(scene.in_place().revision(), 2);
    assert_eq!(scene.calls(ControlOperation::UpdateService), 1);
}

#[tokio::test(start_paused = true)]
async fn events_come_as_a_stream_that_ends_with_the_rollout() {
    let scene = Scene::new().await;
    let request = scene.request(2).await;
    let deployer = scene.deployer();
    let (deploying, mut events) = deployer.deploy_with_events(&request);
    let (record, last) = tokio::join!(deploying, async {
        let mut last = None;
        while let Some(event) = events.next().await {
            last = Some(event);
        }
        last
    });
    assert!(record.is_ok());
    assert!(matches!(last, Some(Event::Finished { .. })), "{last:?}");
}

#[test]
fn a_deployment_can_be_spawned_on_another_thread() {
    fn spawnable(_: impl Future<Output = ()> + Send + 'static) {}
    fn check(deployer: crate::rollout::Deployer, request: crate::rollout::DeployRequest) {
        spawnable(async move {
            drop(deployer.deploy(&request).await);
        });
    }
    let _: fn(_, _) = check;
}
