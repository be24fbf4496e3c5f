//! Services.

use artifact_deploy::ErrorKind;
use artifact_deploy::service::{
    DeploymentStatus, RolloutState, ServiceAddress, ServiceLookup, ServiceUpdate,
};
use serde_json::json;

use crate::places::Place;
use crate::stage::{GROUP, all, plain, refused};

pub(crate) async fn services_stand_in_the_order_of_their_names(place: &Place) {
    place.steady("a", &json!({}));
    place.steady("b", &json!({}));
    let names = ["b", "absent", "a"].map(str::to_owned);
    let found = place
        .control
        .describe_services("main", &names)
        .await
        .unwrap();
    let found: Vec<Option<&str>> = found
        .iter()
        .map(|lookup| match lookup {
            ServiceLookup::Found(service) => Some(service.service_name.as_str()),
            ServiceLookup::Missing { reason } => {
                assert_eq!(reason, "MISSING");
                None
            }
        })
        .collect();
    assert_eq!(found, [Some("b"), None, Some("a")]);
    let error = refused(place.control.describe_services("absent", &names).await);
    assert_eq!(error.kind(), ErrorKind::ClusterNotFound, "{error}");
}

pub(crate) async fn a_service_is_told_as_it_is(place: &Place) {
    let more = json!({
        "loadBalancers": [{
            "targetGroupArn": GROUP,
            "containerName": "web",
            "containerPort": 8080,
            "advancedConfiguration": { "alternateTargetGroupArn": format!("{GROUP}0") },
        }],
        "healthCheckGracePeriodSeconds": 30,
        "deploymentConfiguration": {
            "minimumHealthyPercent": 50,
            "maximumPercent": 150,
            "deploymentCircuitBreaker": { "enable": true, "rollback": true },
        },
    });
    let service = place.steady("web", &more);
    let told = place.service(&service).await;
    assert_eq!(
        plain(&told),
        plain(&place.cluster.service(&service).unwrap())
    );
    assert_eq!(told.load_balancers[0].container_port, Some(8080));
    let primary = told.primary().unwrap();
    assert_eq!(primary.rollout_state, Some(RolloutState::Completed));
    assert_eq!((told.running_count, primary.running_count), (2, 2));
    assert!(!told.events.is_empty());
}

pub(crate) async fn more_services_than_one_page_has_are_all_listed(place: &Place) {
    let mut names: Vec<String> = (0..101).map(|number| format!("s-{number}")).collect();
    for name in &names {
        place.steady(name, &json!({ "desiredCount": 0 }));
    }
    let pages = all(async |page| place.control.list_services("main", page).await).await;
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [100, 1]);
    names.sort();
    assert_eq!(pages.concat(), names);
    let error = refused(place.control.list_services("absent", None).await);
    assert_eq!(error.kind(), ErrorKind::ClusterNotFound, "{error}");
}

pub(crate) async fn an_update_tells_our_deployment_and_what_it_replaced(place: &Place) {
    let service = place.steady("web", &json!({}));
    let before = place.service(&service).await;
    let after = place.deploy(&service, "v2").await;
    let ours = after.primary().unwrap();
    assert_eq!(Some(&ours.task_definition), after.task_definition.as_ref());
    assert_eq!(ours.rollout_state, Some(RolloutState::InProgress));
    let replaced = after
        .deployments
        .iter()
        .find(|deployment| deployment.status == DeploymentStatus::Active);
    assert_eq!(replaced.unwrap().id, before.primary().unwrap().id);
}

pub(crate) async fn a_forced_deployment_keeps_the_task_definition_and_has_an_id_of_its_own(
    place: &Place,
) {
    let service = place.steady("web", &json!({}));
    let before = place.service(&service).await;
    let update = ServiceUpdate {
        force_new_deployment: Some(true),
        ..ServiceUpdate::default()
    };
    let after = place
        .control
        .update_service(&service, &update)
        .await
        .unwrap();
    assert_eq!(after.task_definition, before.task_definition);
    assert_ne!(after.primary().unwrap().id, before.primary().unwrap().id);
}

pub(crate) async fn an_update_that_changes_nothing_begins_nothing(place: &Place) {
    let service = place.steady("web", &json!({}));
    let before = place.service(&service).await;
    let configuration = json!({ "maximumPercent": 150, "minimumHealthyPercent": 50 });
    let update = ServiceUpdate {
        task_definition: before.task_definition.clone(),
        deployment_configuration: Some(configuration.clone()),
        ..ServiceUpdate::default()
    };
    let after = place
        .control
        .update_service(&service, &update)
        .await
        .unwrap();
    assert_eq!(after.deployment_configuration, Some(configuration));
    assert_eq!(after.primary().unwrap().id, before.primary().unwrap().id);
}

pub(crate) async fn what_cannot_be_updated_has_its_kind(place: &Place) {
    let there = place.steady("there", &json!({}));
    let controller = json!({ "deploymentController": { "type": "CODE_DEPLOY" } });
    let foreign = place.steady("foreign", &controller);
    let gone = place.steady("gone", &json!({}));
    place.cluster.delete_service(&gone).unwrap();
    let absent = ServiceAddress::new("main", "absent").unwrap();
    let nowhere = ServiceAddress::new("absent", "there").unwrap();
    let inactive = place.revision("v2");
    place
        .cluster
        .deregister_task_definition(inactive.as_str())
        .unwrap();
    let missing: String = inactive.as_str().replace("web:", "web:9");
    let active = place.revision("v2").to_string();
    for (service, arn, kind) in [
        (&there, &missing, ErrorKind::TaskDefinitionNotFound),
        (
            &there,
            &inactive.to_string(),
            ErrorKind::TaskDefinitionNotFound,
        ),
        (&foreign, &active, ErrorKind::UnsupportedController),
        (&gone, &active, ErrorKind::ServiceNotActive),
        (&absent, &active, ErrorKind::ServiceNotFound),
        (&nowhere, &active, ErrorKind::ClusterNotFound),
    ] {
        let update = ServiceUpdate {
            task_definition: Some(arn.parse().unwrap()),
            ..ServiceUpdate::default()
        };
        let error = refused(place.control.update_service(service, &update).await);
        assert_eq!(error.kind(), kind, "{service}: {error}");
        assert!(!error.is_retryable(), "{error}");
    }
}

pub(crate) async fn more_services_than_ecs_takes_are_refused(place: &Place) {
    let names: Vec<String> = (0..11).map(|number| format!("s-{number}")).collect();
    let error = refused(place.control.describe_services("main", &names).await);
    assert!(!error.is_retryable(), "{error}");
}
