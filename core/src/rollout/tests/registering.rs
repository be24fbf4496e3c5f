//! Registered once.

use serde_json::json;

use super::{Scene, assert_outcome, version};
use crate::memory::{ControlFault, ControlFaultKind, ControlOperation};
use crate::rollout::{CONTENT_TAG, Outcome, Until, VERSION_TAG};

#[tokio::test(start_paused = true)]
async fn an_unchanged_document_registers_nothing_and_writes_nothing() {
    let scene = Scene::new().await;
    assert_outcome(&scene.deploy(2).await, Outcome::Completed);
    let made = scene.made().await;
    scene.cluster.reset_calls();
    let record = scene.deploy(2).await;
    assert_outcome(&record, Outcome::Completed);
    assert!(
        record.reason().contains("was in place already"),
        "{}",
        record.reason()
    );
    assert_eq!(json!(record)["taskDefinition"]["reused"], true);
    assert_eq!(json!(record)["proof"]["verdict"], "verified");
    assert_eq!(scene.made().await, made);
    assert_eq!(scene.calls(ControlOperation::RegisterTaskDefinition), 0);
    assert_eq!(scene.calls(ControlOperation::UpdateService), 0);
}

#[tokio::test(start_paused = true)]
async fn a_revision_is_reused_also_when_another_one_is_in_place() {
    let scene = Scene::new().await;
    let deployer = scene.deployer().until(Until::Registered);
    deployer.deploy(&scene.request(3).await).await.unwrap();
    assert_outcome(&scene.deploy(2).await, Outcome::Completed);
    assert_outcome(&scene.deploy(3).await, Outcome::Completed);
    assert_eq!(scene.made().await, (2, 2));
}

#[tokio::test(start_paused = true)]
async fn a_revision_carries_its_content_and_its_version() {
    use crate::ports::ServiceControl;
    let scene = Scene::new().await;
    scene.deploy(2).await;
    let revision = scene.cluster.describe_task_definition("app").await.unwrap();
    let tags = &revision.task_definition;
    let id = version(2).to_string();
    assert_eq!(tags.tag(VERSION_TAG), Some(id.as_str()));
    assert_eq!(
        tags.tag(CONTENT_TAG),
        Some(revision.task_definition.content_hash().as_str())
    );
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_of_the_registration_makes_no_second_revision() {
    for kind in [
        ControlFaultKind::LostAnswer,
        ControlFaultKind::Timeout,
        ControlFaultKind::Unavailable,
        ControlFaultKind::Throttled,
        ControlFaultKind::Hang,
    ] {
        let scene = Scene::new().await;
        let register = ControlOperation::RegisterTaskDefinition;
        scene
            .cluster
            .inject(ControlFault::new(register, kind).times(1));
        let record = scene.deploy(2).await;
        assert_outcome(&record, Outcome::Completed);
        assert_eq!(scene.made().await, (1, 1), "{kind:?}");
    }
}
