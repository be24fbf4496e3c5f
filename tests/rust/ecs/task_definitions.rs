//! Task definitions pass through as JSON.

use artifact_deploy::ErrorKind;
use artifact_deploy::ports::ServiceControl as _;
use artifact_deploy::task_definition::TaskDefinition;
use artifact_deploy_tests::http::Reply;
use bytes::Bytes;
use hyper::Response;
use serde_json::{Value, json};

use crate::signature::is_right;
use crate::support::{REVISION, StandIn, json_reply};

/// What DescribeTaskDefinition returns, with members and values that no SDK knows.
fn described() -> Value {
    json!({
        "taskDefinition": {
            "taskDefinitionArn": REVISION, "family": "app", "revision": 7, "status": "ACTIVE",
            "containerDefinitions": [{
                "name": "app", "image": "app@sha256:…", "cpu": 0, "notYetInvented": [1.5e-7, null],
                "environment": [{ "name": "B", "value": "ü\n" }, { "name": "A", "value": "" }],
                "essential": true,
            }],
            "networkMode": "telepathy",
            "requiresAttributes": [{ "name": "com.amazonaws.ecs.capability.task-eni" }],
            "compatibilities": ["EC2", "FARGATE"],
            "registeredAt": 1_755_693_900.123, "registeredBy": "arn:aws:iam::123456789012:role/ci",
            "trustedExecutionConfiguration": { "isolationMode": "SHARED", "newer": {} },
        },
        "tags": [{ "key": "team", "value": "previews" }],
    })
}

#[tokio::test]
async fn members_that_no_sdk_knows_survive_from_describe_to_register() {
    let place = StandIn::saying(described()).await;
    let control = place.control();
    let found = control.describe_task_definition("app:7").await.unwrap();
    assert_eq!(found.arn.to_string(), REVISION);
    assert_eq!(found.status, "ACTIVE");
    control
        .register_task_definition(&found.task_definition)
        .await
        .unwrap();
    let asked = place.asked();
    let question = json!({ "taskDefinition": "app:7", "include": ["TAGS"] });
    assert_eq!(asked[0].json(), question);
    let registration = json!({
        "family": "app",
        "containerDefinitions": described()["taskDefinition"]["containerDefinitions"],
        "networkMode": "telepathy",
        "trustedExecutionConfiguration": { "isolationMode": "SHARED", "newer": {} },
        "tags": [{ "key": "team", "value": "previews" }],
    });
    assert_eq!(asked[1].operation, "RegisterTaskDefinition");
    assert_eq!(asked[1].json(), registration);
}

#[tokio::test]
async fn a_registration_is_sent_as_it_is_written_with_its_length_and_its_signature() {
    let place = StandIn::saying(described()).await;
    let text = r#"{"tags":[],"family":"app","containerDefinitions":[{"name":"ü","cpu":1.0}]}"#;
    let document = TaskDefinition::parse(text).unwrap();
    let control = place.control();
    let registered = control.register_task_definition(&document).await.unwrap();
    assert_eq!(registered.arn.revision(), 7);
    let asked = place.only();
    assert_eq!(asked.body(), text);
    assert_eq!(asked.header("content-length"), text.len().to_string());
    assert_eq!(asked.header("content-type"), "application/x-amz-json-1.1");
    assert!(asked.header("authorization").contains("content-length"));
    assert!(is_right(&asked), "{asked:?}");
}

#[tokio::test]
async fn revisions_are_listed_newest_first_and_of_the_family_alone() {
    let other = "arn:aws:ecs:eu-central-1:123456789012:task-definition/app-worker:3";
    let place = StandIn::saying(json!({
        "taskDefinitionArns": [REVISION, other], "nextToken": "more",
    }));
    let place = place.await;
    let page = place
        .control()
        .list_task_definitions("app", Some("page"))
        .await;
    let page = page.unwrap();
    assert_eq!(page.items, [REVISION.parse().unwrap()]);
    assert_eq!(page.next.as_deref(), Some("more"));
    let question = json!({
        "familyPrefix": "app", "status": "ACTIVE", "sort": "DESC", "maxResults": 100,
        "nextToken": "page",
    });
    assert_eq!(place.only().json(), question);
}

#[tokio::test]
async fn an_answer_without_a_revision_makes_no_sense() {
    for answer in [
        json!({}),
        json!({ "taskDefinition": { "family": "app" } }),
        json!({ "taskDefinition": { "taskDefinitionArn": "app:7" } }),
    ] {
        let place = StandIn::saying(answer.clone()).await;
        let error = place.control().describe_task_definition("app").await;
        let error = error.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse, "{answer}");
        assert!(error.message().contains("taskDefinition"), "{error}");
    }
}

#[tokio::test]
async fn an_answer_after_a_failed_attempt_is_the_one_that_is_read() {
    let place = StandIn::start(|_, before| match before {
        0 => Reply::Whole(Response::builder().status(500).body(Bytes::new()).unwrap()),
        _ => json_reply(&described()),
    })
    .await;
    let found = place.control().describe_task_definition("app").await;
    assert_eq!(found.unwrap().arn.to_string(), REVISION);
    assert_eq!(place.count(), 2);
}
