//! Older and newer versions.

use std::time::Duration;

use serde_json::json;

use super::{Scene, assert_outcome, version};
use crate::ports::ServiceControl;
use crate::rollout::{Event, Intent, Outcome};

#[tokio::test(start_paused = true)]
async fn want_7_an_older_version_gives_way_before_anything_is_changed() {
    let scene = Scene::new().await;
    scene.deploy(5).await;
    let made = scene.made().await;
    let record = scene.deploy(4).await;
    assert_outcome(&record, Outcome::Superseded);
    assert_eq!(
        json!(record)["order"]["supersededBy"]["version"]["id"],
        version(5).to_string()
    );
    assert_eq!(scene.made().await, made);
}

#[tokio::test(start_paused = true)]
async fn an_intended_rollback_may_go_back_and_a_bypass_leaves_a_trace() {
    let scene = Scene::new().await;
    scene.deploy(5).await;
    let back = scene.request(4).await.intent(Intent::Rollback);
    assert_outcome(
        &scene.deployer().deploy(&back).await.unwrap(),
        Outcome::Completed,
    );
    let bypass = scene.request(3).await.unguarded("version 4 leaks");
    let record = scene.deployer().deploy(&bypass).await.unwrap();
    assert_outcome(&record, Outcome::Completed);
    assert_eq!(json!(record)["order"]["unguarded"], "version 4 leaks");
}

#[tokio::test(start_paused = true)]
async fn a_deployment_that_a_newer_one_replaces_is_superseded() {
    let scene = Scene::new().await;
    let (older, newer) = (scene.request(2).await, scene.request(3).await);
    let deployer = scene.deployer();
    let (older, newer) = tokio::join!(deployer.deploy(&older), async {
        tokio::time::sleep(Duration::from_secs(10)).await;
        deployer.deploy(&newer).await
    });
    assert_outcome(&older.unwrap(), Outcome::Superseded);
    assert_outcome(&newer.unwrap(), Outcome::Completed);
    assert_eq!(scene.running().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn whatever_the_moments_the_newer_version_is_in_place_at_the_end() {
    for delay in 0..12_u64 {
        let scene = Scene::new().await;
        let (older, newer) = (scene.request(2).await, scene.request(3).await);
        let deployer = scene.deployer();
        let (older, newer) = tokio::join!(
            async {
                tokio::time::sleep(Duration::from_millis(delay * 700)).await;
                deployer.deploy(&older).await.unwrap()
            },
            async {
                tokio::time::sleep(Duration::from_secs(4)).await;
                deployer.deploy(&newer).await.unwrap()
            }
        );
        assert_outcome(&older, Outcome::Superseded);
        assert_outcome(&newer, Outcome::Completed);
        let in_place = scene.in_place();
        let newest = json!(newer)["taskDefinition"]["arn"].clone();
        assert_eq!(json!(in_place), newest, "after {delay}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_names_no_version_is_deployed_and_said_to_be_of_unknown_order() {
    let scene = Scene::new().await;
    let elsewhere = "staging/00000002-20250820-120200".parse().unwrap();
    let request = scene.request(2).await.version(elsewhere);
    let record = scene.deployer().deploy(&request).await.unwrap();
    assert_outcome(&record, Outcome::Completed);
    let unknown = |event: &Event| matches!(event, Event::OrderUnknown { .. });
    assert!(scene.events().iter().any(unknown));
}

#[tokio::test(start_paused = true)]
async fn what_a_crashed_deployer_left_is_told_by_the_next_deployment() {
    let scene = Scene::new().await;
    let first = scene.in_place();
    assert_outcome(&scene.deploy(3).await, Outcome::Completed);
    // One that was late put version 1 in the place of 3, and died before it could put 3 back.
    let update = crate::service::ServiceUpdate {
        task_definition: Some(first),
        ..crate::service::ServiceUpdate::default()
    };
    let updated = scene.cluster.update_service(&scene.service, &update).await;
    assert!(updated.is_ok());
    tokio::time::sleep(Duration::from_mins(5)).await;

    let record = scene.deploy(2).await;
    assert_outcome(&record, Outcome::Completed);
    let order = record.proof().unwrap().order().unwrap();
    assert_eq!(order.newer, version(3));
    assert!(record.reason().contains(&version(3).to_string()));
}
