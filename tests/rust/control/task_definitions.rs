//! Task definitions.

use artifact_deploy::ErrorKind;
use artifact_deploy::service::TaskDefinitionArn;
use artifact_deploy::task_definition::TaskDefinition;
use serde_json::{Value, json};

use crate::places::Place;
use crate::stage::{all, document, refused};

fn parsed(value: Value) -> TaskDefinition {
    TaskDefinition::from_value(value).unwrap()
}

pub(crate) async fn a_registration_keeps_the_document_with_members_that_nobody_knows(
    place: &Place,
) {
    let mut value = document("v1");
    value["containerDefinitions"][0]["somethingNew"] = json!({ "enabled": true, "ratio": 0.1 });
    value["tags"] = json!([{ "key": "artifact-deploy:content", "value": "abc" }]);
    let document = parsed(value);
    let registered = place
        .control
        .register_task_definition(&document)
        .await
        .unwrap();
    assert_eq!(registered.arn.short(), "web:1");
    assert_eq!(registered.status, "ACTIVE");

    let name = registered.arn.as_str();
    let found = place.control.describe_task_definition(name).await.unwrap();
    assert_eq!(found.arn, registered.arn);
    let diff = TaskDefinition::diff(&document, &found.task_definition);
    assert!(diff.is_empty(), "{diff}");
    let container = &found.task_definition.as_value()["containerDefinitions"][0];
    assert_eq!(container["somethingNew"]["ratio"], 0.1);
    assert_eq!(found.task_definition.as_value()["tags"][0]["value"], "abc");
}

pub(crate) async fn every_registration_is_a_revision_and_the_list_is_newest_first(place: &Place) {
    let document = parsed(document("v1"));
    for _ in 0..101 {
        place
            .cluster
            .add_task_definition(document.as_value())
            .unwrap();
    }
    let last = place
        .control
        .register_task_definition(&document)
        .await
        .unwrap();
    assert_eq!(last.arn.revision(), 102);
    place.cluster.deregister_task_definition("web:50").unwrap();
    let pages = all(async |page| place.control.list_task_definitions("web", page).await).await;
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [100, 1]);
    let revisions: Vec<u32> = pages
        .iter()
        .flatten()
        .map(TaskDefinitionArn::revision)
        .collect();
    let expected = (1..=102).rev().filter(|revision| *revision != 50);
    assert_eq!(revisions, expected.collect::<Vec<u32>>());
    let none = place.control.list_task_definitions("absent", None).await;
    assert!(none.unwrap().items.is_empty());
}

pub(crate) async fn a_family_alone_is_its_latest_active_revision(place: &Place) {
    let revisions = ["v1", "v2", "v1"].map(|tag| place.revision(tag));
    place.cluster.deregister_task_definition("web:3").unwrap();
    let found = place.control.describe_task_definition("web").await.unwrap();
    assert_eq!(found.arn, revisions[1]);
    let gone = place
        .control
        .describe_task_definition("web:3")
        .await
        .unwrap();
    assert_eq!(
        (gone.arn, gone.status.as_str()),
        (revisions[2].clone(), "INACTIVE")
    );
}

pub(crate) async fn what_is_not_there_is_not_found(place: &Place) {
    place.revision("v1");
    for name in ["web:2", "absent"] {
        let error = refused(place.control.describe_task_definition(name).await);
        assert_eq!(error.kind(), ErrorKind::TaskDefinitionNotFound, "{error}");
    }
}

pub(crate) async fn what_ecs_would_not_take_is_refused(place: &Place) {
    for (pointer, wrong) in [
        ("/containerDefinitions/0/image", json!("a b")),
        ("/containerDefinitions/0/name", json!("no good")),
        ("/containerDefinitions", json!([])),
        ("/cpu", json!("300")),
    ] {
        let mut value = document("v1");
        *value.pointer_mut(pointer).unwrap() = wrong;
        let error = refused(place.control.register_task_definition(&parsed(value)).await);
        assert_eq!(
            error.kind(),
            ErrorKind::RequestRejected,
            "{pointer}: {error}"
        );
        assert!(!error.is_retryable());
    }
}
