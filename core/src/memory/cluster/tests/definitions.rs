//! Task definitions.

use serde_json::{Value, json};

use super::Scene;
use crate::ErrorKind;
use crate::ports::ServiceControl;
use crate::service::ServiceUpdate;

fn document(containers: &Value) -> Value {
    json!({"family": "app", "containerDefinitions": containers})
}

#[tokio::test(start_paused = true)]
async fn each_registration_is_a_new_revision_with_its_tags() {
    let scene = Scene::new();
    let mut document = document(&json!([{"name": "app", "image": "app:one", "memory": 512}]));
    document["tags"] = json!([{"key": "a", "value": "b"}]);
    let one = scene.cluster.add_task_definition(&document).unwrap();
    let two = scene.cluster.add_task_definition(&document).unwrap();
    assert_eq!((one.arn.revision(), two.arn.revision()), (1, 2));
    let found = scene
        .cluster
        .describe_task_definition("app:1")
        .await
        .unwrap();
    assert_eq!(found.task_definition.as_value(), &document);
    assert_eq!(found.status, "ACTIVE");
    let latest = scene.cluster.describe_task_definition("app").await.unwrap();
    assert_eq!(latest.arn, two.arn);
    let by_arn = scene
        .cluster
        .describe_task_definition(one.arn.as_str())
        .await
        .unwrap();
    assert_eq!(by_arn.arn, one.arn);
    for unknown in ["app:3", "app:0", "other", "other:1", ""] {
        let error = scene
            .cluster
            .describe_task_definition(unknown)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TaskDefinitionNotFound, "{unknown}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_inactive_revision_is_not_listed_and_runs_in_no_new_deployment() {
    let scene = Scene::new();
    scene.push("one", "one");
    let one = scene.define("app:one");
    let two = scene.define("app:one");
    let three = scene.define("app:one");
    scene.cluster.set_page_size(1);
    scene.cluster.deregister_task_definition("app:2").unwrap();
    let first = scene
        .cluster
        .list_task_definitions("app", None)
        .await
        .unwrap();
    assert_eq!(first.items, std::slice::from_ref(&three));
    let next = first.next.unwrap();
    let second = scene
        .cluster
        .list_task_definitions("app", Some(&next))
        .await
        .unwrap();
    assert_eq!((second.items, second.next), (vec![one], None));
    let found = scene
        .cluster
        .describe_task_definition("app:2")
        .await
        .unwrap();
    assert_eq!(found.status, "INACTIVE");
    scene.serve(&three, 1, &json!({}));
    let update = ServiceUpdate {
        task_definition: Some(two),
        ..ServiceUpdate::default()
    };
    let refused = scene.cluster.update_service(&scene.service, &update).await;
    assert_eq!(
        refused.unwrap_err().kind(),
        ErrorKind::TaskDefinitionNotFound
    );
}

#[test]
fn what_ecs_refuses_is_refused_in_its_words() {
    let scene = Scene::new();
    let good = json!({"name": "app", "image": "app", "memory": 512});
    for (document, words) in [
        (
            json!({"containerDefinitions": [good]}),
            "Family should not be null or empty.",
        ),
        (document(&json!([])), "Container list cannot be empty."),
        (
            document(&json!([{"image": "app"}])),
            "Container.name should not be null or empty.",
        ),
        (
            document(&json!([{"name": "app"}])),
            "Container.image should not be null or empty.",
        ),
        (
            document(&json!([{"name": "app", "image": "a b"}])),
            "Container.image contains invalid characters.",
        ),
    ] {
        let error = scene.cluster.add_task_definition(&document).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RequestRejected);
        let details = error.details().unwrap();
        assert_eq!(details["awsCode"], "ClientException");
        assert_eq!(details["awsMessage"], words);
    }
}
