//! How ECS is asked for what the other files do not ask.

use std::sync::Arc;

use artifact_deploy::connect;
use artifact_deploy::ports::ServiceControl;
use artifact_deploy::service::ServiceDeploymentStatus;
use serde_json::json;

use crate::signature::is_right;
use crate::support::{REVISION, StandIn, app};

#[tokio::test]
async fn options_in_json_make_a_control() {
    let place = StandIn::saying(json!({ "serviceArns": [
        "arn:aws:ecs:us-gov-west-1:123456789012:service/previews/app",
        "arn:aws:ecs:us-gov-west-1:123456789012:service/worker",
    ] }));
    let place = place.await;
    let url = place.options().endpoint_url().unwrap().to_owned();
    let options = json!({ "region": "us-gov-west-1", "endpointUrl": url });
    let control: Arc<dyn ServiceControl> = connect::control(options).unwrap();
    let page = control.list_services("previews", None).await.unwrap();
    assert_eq!(page.items, ["app", "worker"]);
    assert_eq!(page.next, None);
    let asked = place.only();
    let target = "AmazonEC2ContainerServiceV20141113.ListServices";
    assert_eq!(asked.header("x-amz-target"), target);
    assert!(
        asked
            .header("authorization")
            .contains("/us-gov-west-1/ecs/aws4_request")
    );
    assert!(is_right(&asked), "{asked:?}");
    assert_eq!(
        asked.json(),
        json!({ "cluster": "previews", "maxResults": 100 })
    );
}

#[tokio::test]
async fn the_history_of_a_service_is_asked_page_by_page() {
    let place = StandIn::saying(json!({
        "serviceDeployments": [{
            "serviceDeploymentArn": "d1", "status": "SUCCESSFUL", "statusReason": "done",
            "targetServiceRevisionArn": "r1",
            "createdAt": 1_755_693_900.5, "startedAt": 1_755_693_901, "finishedAt": 1_755_693_999.25,
        }],
        "nextToken": "more",
    }));
    let place = place.await;
    let page = place
        .control()
        .list_service_deployments(&app(), Some("page"))
        .await;
    let page = page.unwrap();
    assert_eq!(page.next.as_deref(), Some("more"));
    let deployment = &page.items[0];
    assert_eq!(deployment.status, ServiceDeploymentStatus::Successful);
    let end = deployment.finished_at.unwrap();
    assert_eq!(end.timestamp_millis(), 1_755_693_999_250);
    let question =
        json!({ "cluster": "previews", "service": "app", "maxResults": 100, "nextToken": "page" });
    assert_eq!(place.only().json(), question);
}

#[tokio::test]
async fn a_service_revision_tells_what_the_images_were_resolved_to() {
    let digest = format!("sha256:{}", "a".repeat(64));
    let place = StandIn::saying(json!({
        "serviceRevisions": [{
            "serviceRevisionArn": "r1", "taskDefinition": REVISION, "createdAt": 1_755_693_900,
            "containerImages": [
                { "containerName": "app", "image": "app:v1", "imageDigest": digest },
                { "containerName": "sidecar", "image": "sidecar:v1" },
            ],
        }],
        "failures": [{ "arn": "r2", "reason": "MISSING" }],
    }));
    let place = place.await;
    let arns = ["r1".to_owned(), "r2".to_owned()];
    let revisions = place.control().describe_service_revisions(&arns).await;
    let revisions = revisions.unwrap();
    assert_eq!(revisions.len(), 1);
    let images = &revisions[0].container_images;
    assert_eq!(images[0].image_digest.as_ref().unwrap().as_str(), digest);
    assert_eq!(images[1].image_digest, None);
    let question = json!({ "serviceRevisionArns": ["r1", "r2"] });
    assert_eq!(place.only().json(), question);
}
