use crate::task_definition::TaskDefinition;
use serde_json::{Value, json};

use super::*;
use crate::service::Task;

const IMAGE: &str = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/my/app@sha256:00";

fn task(members: &Value) -> Task {
    let mut task = json!({
        "taskArn": "arn:aws:ecs:eu-central-1:123456789012:task/previews/0123456789abcdef0123456789abcdef",
        "taskDefinitionArn": "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:7",
        "lastStatus": "STOPPED",
        "desiredStatus": "STOPPED",
        "containers": [{"name": "app", "image": IMAGE, "lastStatus": "STOPPED"}],
    });
    for (name, value) in members.as_object().unwrap() {
        task[name] = value.clone();
    }
    serde_json::from_value(task).unwrap()
}

fn pulling(message: &str) -> TaskFailure {
    explain(
        &task(&json!({
            "stopCode": "TaskFailedToStart",
            "stoppedReason": format!("CannotPullContainerError: {message}"),
        })),
        None,
    )
    .unwrap()
}

#[test]
fn every_form_of_cannot_pull_container_becomes_advice_that_names_the_image() {
    let forms = [
        (
            "pull image manifest has been retried 5 time(s): failed to resolve ref IMAGE: IMAGE: not found",
            "image-not-found",
        ),
        (
            "ref pull has been retried 1 time(s): failed to copy: httpReaderSeeker: failed open: unexpected status code https://prod-eu-central-1-starport-layer-bucket.s3.eu-central-1.amazonaws.com/x: 404 Not Found",
            "layer-unavailable",
        ),
        (
            "The task can't pull the image. Check that the role has the permissions to pull images from the registry.",
            "pull-access-denied",
        ),
        (
            "The task can't pull the image. Check that the ro",
            "pull-access-denied",
        ),
        (
            "The task cannot pull 'IMAGE' from the Amazon ECR repository 'x'. There is a connection issue between the task and Amazon ECR. Check your task network configuration.",
            "pull-network",
        ),
        (
            "API error (500): Get https://111122223333.dkr.ecr.us-east-1.amazonaws.com/v2/: net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)",
            "pull-network",
        ),
        (
            "inspect image has been retried 1 time(s): failed to resolve ref docker.io/x: 429 Too Many Requests - toomanyrequests: You have reached your pull rate limit",
            "pull-rate-limit",
        ),
        (
            "pull access denied for my/app, repository does not exist or may require 'docker login'",
            "pull-access-denied",
        ),
        (
            "failed to register layer: write /usr/lib/x: no space left on device",
            "disk-full",
        ),
        ("context canceled", "pull-cancelled"),
        (
            "pull image manifest has been retried 1 time(s): image Manifest does not contain descriptor matching platform 'linux/arm64'.",
            "platform-mismatch",
        ),
        (
            "pull image manifest has been retried 5 time(s): failed to res",
            "cannot-pull-image",
        ),
    ];
    for (message, code) in forms {
        let failure = pulling(&message.replace("IMAGE", IMAGE));
        assert_eq!(failure.code().as_str(), code, "{message}");
        assert!(failure.advice().contains(IMAGE), "{message}");
        assert_eq!(failure.container(), Some("app"));
    }
}

#[test]
fn a_scale_in_and_a_running_task_are_no_failures() {
    let scale_in = task(&json!({
        "stopCode": "ServiceSchedulerInitiated",
        "stoppedReason": "Scaling activity initiated by (deployment ecs-svc/1)",
        "containers": [{"name": "app", "lastStatus": "STOPPED", "exitCode": 143}],
    }));
    assert_eq!(explain(&scale_in, None), None);
    let running = task(&json!({"lastStatus": "RUNNING", "desiredStatus": "RUNNING"}));
    assert_eq!(explain(&running, None), None);
}

#[test]
fn what_the_scheduler_stops_for_its_health_is_a_failure() {
    let elb = task(&json!({
        "stopCode": "ServiceSchedulerInitiated",
        "stoppedReason": "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:x)",
    }));
    assert_eq!(
        explain(&elb, None).unwrap().code(),
        FailureCode::TargetUnhealthy
    );
    let container = task(&json!({
        "stopCode": "ServiceSchedulerInitiated",
        "stoppedReason": "Task failed container health checks",
        "containers": [
            {"name": "log", "lastStatus": "STOPPED"},
            {"name": "app", "lastStatus": "STOPPED", "healthStatus": "UNHEALTHY"},
        ],
    }));
    let failure = explain(&container, None).unwrap();
    assert_eq!(
        (failure.code(), failure.container()),
        (FailureCode::Unhealthy, Some("app"))
    );
}

#[test]
fn the_container_that_ended_the_task_is_named_not_one_that_was_told_to_stop() {
    let crash = task(&json!({
        "stopCode": "EssentialContainerExited",
        "stoppedReason": "Essential container in task exited",
        "containers": [
            {"name": "proxy", "lastStatus": "STOPPED", "exitCode": 143},
            {"name": "app", "lastStatus": "STOPPED", "exitCode": 1},
            {"name": "init", "lastStatus": "STOPPED", "exitCode": 0},
        ],
    }));
    let document = TaskDefinition::parse(
        r#"{"family": "app", "containerDefinitions": [{"name": "app", "image": "x", "logConfiguration": {
            "logDriver": "awslogs", "options": {"awslogs-group": "/ecs/app", "awslogs-stream-prefix": "ecs",
            "awslogs-region": "eu-central-1"}}}]}"#,
    )
    .unwrap();
    let failure = explain(&crash, Some(&document)).unwrap();
    assert_eq!(
        (failure.container(), failure.exit_code()),
        (Some("app"), Some(1))
    );
    assert_eq!(
        failure.reason(),
        "Essential container in task exited (exit code 1)"
    );
    assert_eq!(
        failure.log_hint(),
        Some(
            "CloudWatch Logs group /ecs/app, stream ecs/app/0123456789abcdef0123456789abcdef in eu-central-1"
        )
    );
}

#[test]
fn two_hundred_tasks_that_fail_alike_read_as_one_line() {
    let mut tally = Tally::default();
    for number in 0..200 {
        let id = format!("{number:032x}");
        tally.add(
            explain(
                &task(&json!({
                    "taskArn": format!("arn:aws:ecs:eu-central-1:123456789012:task/previews/{id}"),
                    "stopCode": "ServiceSchedulerInitiated",
                    "stoppedReason": format!("Task {id} failed ELB health checks in (target-group x)"),
                })),
                None,
            )
            .unwrap(),
        );
    }
    let [failure] = tally.failures() else {
        panic!("{:?}", tally.failures());
    };
    assert_eq!(failure.count(), 200);
    assert!(
        failure
            .to_string()
            .starts_with("200 tasks failed: target-unhealthy: ")
    );
}
