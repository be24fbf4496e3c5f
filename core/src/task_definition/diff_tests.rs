//! What is a difference between two task definitions, and what is not.

use serde_json::{Value, json};

use super::{Change, TaskDefinition};

fn read(value: Value) -> TaskDefinition {
    TaskDefinition::from_value(value).unwrap()
}

/// What is deployed, as `DescribeTaskDefinition` returns it.
fn live(level: &str) -> TaskDefinition {
    read(json!({
        "taskDefinition": {
            "taskDefinitionArn": "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:7",
            "containerDefinitions": [{
                "name": "app", "image": "app:1", "cpu": 0, "essential": true, "portMappings": [],
                "mountPoints": [], "volumesFrom": [], "systemControls": [],
                "environment": [{"name": "LEVEL", "value": level}, {"name": "A", "value": "1"}],
            }],
            "family": "app", "revision": 7, "volumes": [], "status": "ACTIVE",
            "placementConstraints": [], "compatibilities": ["EC2"],
        },
        "tags": [],
    }))
}

fn ours() -> TaskDefinition {
    read(json!({
        "family": "app",
        "containerDefinitions": [{
            "name": "app", "image": "app:1",
            "environment": [{"name": "A", "value": "1"}, {"name": "LEVEL", "value": "info"}],
        }],
    }))
}

#[test]
fn want_11_drift_of_the_live_task_definition_is_found() {
    let diff = TaskDefinition::diff(&ours(), &live("debug"));
    let paths: Vec<_> = diff.changes().iter().map(Change::path).collect();
    assert_eq!(paths, ["/containerDefinitions/app/environment/LEVEL"]);
}

#[test]
fn want_11_what_describing_adds_is_no_drift() {
    let diff = TaskDefinition::diff(&ours(), &live("info"));
    assert!(diff.is_empty(), "{diff}");
}

#[test]
fn debug_output_hides_what_the_text_hides() {
    let with = |value: &str| {
        read(json!({"containerDefinitions": [
            {"name": "app", "environment": [{"name": "TOKEN", "value": value}]}]}))
    };
    let diff = TaskDefinition::diff(&with("hunter1"), &with("hunter2"));
    assert!(!format!("{diff:?} {:?}", diff.changes()).contains("hunter"));
}
