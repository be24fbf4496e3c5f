//! The dry run.

use serde_json::json;

use super::{Scene, version};
use crate::ErrorKind;
use crate::memory::ControlOperation;
use crate::rollout::{DeployRequest, OrderCheck, Until, VerifiedImages, What};

async fn plan(scene: &Scene, request: &DeployRequest) -> crate::rollout::Plan {
    scene.cluster.reset_calls();
    let plan = scene.deployer().plan(request).await.unwrap();
    for write in [
        ControlOperation::RegisterTaskDefinition,
        ControlOperation::UpdateService,
        ControlOperation::ContinueServiceDeployment,
        ControlOperation::StopServiceDeployment,
    ] {
        assert_eq!(scene.calls(write), 0, "{write:?}");
    }
    plan
}

#[tokio::test(start_paused = true)]
async fn a_dry_run_says_what_would_change_and_changes_nothing() {
    let scene = Scene::new().await;
    let secret = json!({"environment": [{"name": "API_TOKEN", "value": "hunter2"}]});
    let rendered = scene.rendered_with(2, &secret).await;
    let request = DeployRequest::new(scene.service.clone(), rendered)
        .deployment_configuration(json!({"maximumPercent": 150}));
    let plan = plan(&scene, &request).await;
    assert!(plan.registers() && plan.updates() && !plan.changes_nothing());
    assert_eq!(*plan.order(), OrderCheck::Clear);
    let json = json!(plan);
    assert_eq!(json["version"]["id"], version(2).to_string());
    assert_eq!(json["current"]["version"]["id"], version(1).to_string());
    assert_eq!(json["images"][0]["report"]["verdict"], "verified");
    let paths: Vec<&str> = json["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| change["path"].as_str().unwrap())
        .collect();
    assert!(
        paths.contains(&"/containerDefinitions/app/image"),
        "{paths:?}"
    );
    assert!(!paths.iter().any(|path| path.contains("artifact-deploy:")));
    assert_eq!(
        json["deploymentConfiguration"][0]["path"],
        "/maximumPercent"
    );
    for text in [plan.to_text(), plan.to_markdown()] {
        assert!(text.contains("register a new revision of app"), "{text}");
        assert!(!text.contains("hunter2"), "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_dry_run_of_what_runs_already_would_do_nothing() {
    let scene = Scene::new().await;
    scene.deploy(2).await;
    let request = scene.request(2).await;
    let same = plan(&scene, &request).await;
    assert!(same.changes_nothing());
    assert!(same.task_definition_diff().unwrap().is_empty());
    let forced = plan(&scene, &request.force_new_deployment()).await;
    assert!(forced.updates() && !forced.registers());
    assert!(forced.to_text().contains("start all tasks of app:2 anew"));
}

#[tokio::test(start_paused = true)]
async fn a_dry_run_says_that_it_would_give_way() {
    let scene = Scene::new().await;
    scene.deploy(5).await;
    let older = plan(&scene, &scene.request(4).await).await;
    assert!(older.changes_nothing());
    assert!(matches!(older.order(), OrderCheck::GivesWay { .. }));
    assert!(older.to_text().contains("give way"), "{}", older.to_text());
}

#[tokio::test(start_paused = true)]
async fn want_23_an_existing_version_is_deployed_without_registering_it_again() {
    let scene = Scene::new().await;
    let until = scene.deployer().until(Until::Registered);
    until.deploy(&scene.request(2).await).await.unwrap();
    let image = scene.rendered(2).await.image("app").unwrap().clone();
    let what = What::Version {
        version: version(2),
        images: VerifiedImages::new().with("app", image.clone()),
    };
    let request = DeployRequest::new(scene.service.clone(), what);
    assert!(!plan(&scene, &request).await.registers());
    let record = scene.deployer().deploy(&request).await.unwrap();
    super::assert_outcome(&record, crate::rollout::Outcome::Completed);
    assert_eq!(scene.made().await, (1, 1));

    let what = What::Version {
        version: version(9),
        images: VerifiedImages::new().with("app", image),
    };
    let request = DeployRequest::new(scene.service.clone(), what);
    let error = scene.deployer().plan(&request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TaskDefinitionNotFound);
}

#[tokio::test(start_paused = true)]
async fn impossible_percentages_are_refused_before_anything_is_changed() {
    let scene = Scene::new().await;
    let stuck = json!({"maximumPercent": 100, "minimumHealthyPercent": 100});
    let request = scene.request(2).await.deployment_configuration(stuck);
    let error = scene.deployer().deploy(&request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidDeploymentConfiguration);
    assert_eq!(scene.made().await, (0, 0));
}
