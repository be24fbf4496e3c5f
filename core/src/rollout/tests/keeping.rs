//! What a deployment leaves as it is.

use std::time::Duration;

use serde_json::json;

use super::{Scene, assert_outcome};
use crate::ErrorKind;
use crate::memory::ControlOperation;
use crate::ports::ServiceControl;
use crate::rollout::{DeployRequest, Outcome, VerifiedImages, What};
use crate::service::ServiceUpdate;

#[tokio::test(start_paused = true)]
async fn want_11_a_plan_shows_what_others_changed_in_the_live_task_definition() {
    let scene = Scene::new().await;
    let live = scene.cluster.describe_task_definition("app").await.unwrap();
    let mut changed = live.task_definition.as_value().clone();
    changed["containerDefinitions"][0]["memory"] = json!(2048);
    let arn = scene.cluster.add_task_definition(&changed).unwrap().arn;
    let update = ServiceUpdate {
        task_definition: Some(arn),
        ..ServiceUpdate::default()
    };
    scene
        .cluster
        .update_service(&scene.service, &update)
        .await
        .unwrap();
    let request = scene.request(1).await;
    let plan = scene.deployer().plan(&request).await.unwrap();
    let shown = json!(plan)["changes"].to_string();
    assert!(
        shown.contains("memory") && shown.contains("2048"),
        "{shown}"
    );
}

#[tokio::test(start_paused = true)]
async fn want_12_no_revision_is_ever_deregistered() {
    let scene = Scene::new().await;
    for number in [2, 3, 4] {
        assert_outcome(&scene.deploy(number).await, Outcome::Completed);
    }
    assert_eq!(scene.cluster.inactive_task_definitions("app"), []);
    let listed = scene.cluster.list_task_definitions("app", None).await;
    assert_eq!(listed.unwrap().items.len(), 4);
}

#[tokio::test(start_paused = true)]
async fn want_16_an_update_leaves_the_number_of_tasks_and_the_settings_of_the_service() {
    let settings = json!({"maximumPercent": 150, "minimumHealthyPercent": 50});
    let scene = Scene::with(&json!({"deploymentConfiguration": settings})).await;
    let request = scene.request(2).await;
    let deployer = scene.deployer();
    let before = scene.now();
    let (record, ()) = tokio::join!(deployer.deploy(&request), async {
        // What auto scaling does meanwhile.
        tokio::time::sleep(Duration::from_secs(8)).await;
        scene.cluster.set_desired_count(&scene.service, 5).unwrap();
    });
    assert_outcome(&record.unwrap(), Outcome::Completed);
    let after = scene.now();
    assert_eq!(after.desired_count, 5);
    assert_eq!(
        after.deployment_configuration,
        before.deployment_configuration
    );
    assert_eq!(after.load_balancers, before.load_balancers);
}

#[tokio::test(start_paused = true)]
async fn trap_a_deployment_makes_one_update_which_no_second_one_supersedes() {
    let scene = Scene::new().await;
    let request = scene
        .request(2)
        .await
        .deployment_configuration(json!({"maximumPercent": 150}))
        .force_new_deployment();
    let record = scene.deployer().deploy(&request).await.unwrap();
    assert_outcome(&record, Outcome::Completed);
    assert_eq!(scene.calls(ControlOperation::UpdateService), 1);
}

#[tokio::test(start_paused = true)]
async fn a_revision_is_not_deployed_as_another_version_than_its_own() {
    let scene = Scene::new().await;
    let revision = scene.cluster.describe_task_definition("app").await.unwrap();
    let rendered = scene.rendered(1).await;
    let image = rendered.image("app").unwrap().clone();
    let what = What::Revision {
        task_definition: revision.arn,
        images: VerifiedImages::new().with("app", image),
    };
    let request = DeployRequest::new(scene.service.clone(), what).version(super::version(9));
    let error = scene.deployer().deploy(&request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    assert_eq!(scene.calls(ControlOperation::UpdateService), 0);
}
