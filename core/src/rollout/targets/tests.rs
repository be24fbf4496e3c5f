//! Tests are named after what they protect.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy lets tests panic, and does not take their helpers for tests"
)]

use serde_json::{Value, json};

use super::*;
use crate::rollout::proof::tests::{digest, meant, task};
use crate::service::{TargetHealth, Task};

fn at(number: usize, runs: u64) -> Task {
    let mut task = task(number, &[("app", Some(&digest(runs)))]);
    task.private_ipv4_address = Some(format!("10.0.0.{number}"));
    task
}

fn target(number: usize, state: &str, reason: Option<&str>) -> Value {
    json!({"id": format!("10.0.0.{number}"), "port": 8080, "state": state, "reason": reason})
}

fn group(targets: Vec<Value>) -> GroupHealth {
    let targets: Vec<TargetHealth> = serde_json::from_value(Value::Array(targets)).unwrap();
    GroupHealth {
        balancer: serde_json::from_value(json!({
            "targetGroupArn": "arn:tg/a", "containerName": "app", "containerPort": 8080,
        }))
        .unwrap(),
        targets,
    }
}

fn verdict(tasks: &[Task], groups: &[GroupHealth]) -> TargetVerdict {
    judge_targets(tasks, &meant("app", 1), groups).verdict
}

#[test]
fn draining_of_the_old_tasks_is_no_failure() {
    let tasks = [at(1, 1), at(2, 2)];
    let old = target(2, "draining", Some("Target.DeregistrationInProgress"));
    let proof = judge_targets(
        &tasks,
        &meant("app", 1),
        &[group(vec![target(1, "healthy", None), old])],
    );
    assert_eq!(proof.verdict, TargetVerdict::Healthy);
    assert_eq!((proof.tasks, proof.healthy, proof.draining), (1, 1, 1));
}

#[test]
fn healthy_old_tasks_do_not_make_the_new_ones_healthy() {
    let tasks = [at(1, 1), at(2, 2)];
    let groups = [group(vec![
        target(2, "healthy", None),
        target(1, "initial", None),
    ])];
    assert_eq!(verdict(&tasks, &groups), TargetVerdict::Waiting);
    let unregistered = [group(vec![target(2, "healthy", None)])];
    assert_eq!(verdict(&tasks, &unregistered), TargetVerdict::Waiting);
    assert_eq!(verdict(&tasks[1..], &unregistered), TargetVerdict::Waiting);
}

#[test]
fn every_group_of_the_service_counts() {
    let tasks = [at(1, 1)];
    let healthy = group(vec![target(1, "healthy", None)]);
    let failing = group(vec![target(1, "unhealthy", Some("Target.Timeout"))]);
    let proof = judge_targets(&tasks, &meant("app", 1), &[healthy, failing]);
    assert_eq!(proof.verdict, TargetVerdict::Unhealthy);
    assert!(proof.reason.contains("security group"), "{}", proof.reason);
}

#[test]
fn after_a_shift_of_traffic_the_task_is_found_in_the_other_group() {
    let tasks = [at(1, 1)];
    let both = group(vec![
        target(1, "unused", Some("Target.NotInUse")),
        target(1, "healthy", None),
    ]);
    assert_eq!(verdict(&tasks, &[both]), TargetVerdict::Healthy);
}

#[test]
fn a_target_on_another_port_is_another_target() {
    let tasks = [at(1, 1)];
    let mut other = target(1, "healthy", None);
    other["port"] = json!(9090);
    assert_eq!(
        verdict(&tasks, &[group(vec![other])]),
        TargetVerdict::Waiting
    );
}

#[test]
fn each_state_that_is_not_healthy_waits_or_fails() {
    let tasks = [at(1, 1)];
    for (state, reason, expected) in [
        (
            "initial",
            "Elb.InitialHealthChecking",
            TargetVerdict::Waiting,
        ),
        (
            "unhealthy",
            "Target.FailedHealthChecks",
            TargetVerdict::Unhealthy,
        ),
        (
            "unhealthy.draining",
            "Target.FailedHealthChecks",
            TargetVerdict::Unhealthy,
        ),
        ("unused", "Target.NotRegistered", TargetVerdict::Waiting),
        ("unused", "Target.NotInUse", TargetVerdict::Unhealthy),
        (
            "draining",
            "Target.DeregistrationInProgress",
            TargetVerdict::Waiting,
        ),
        (
            "unavailable",
            "Target.HealthCheckDisabled",
            TargetVerdict::Waiting,
        ),
        ("something-new", "Target.New", TargetVerdict::Waiting),
    ] {
        let groups = [group(vec![target(1, state, Some(reason))])];
        assert_eq!(verdict(&tasks, &groups), expected, "{state} {reason}");
    }
}

#[test]
fn tasks_without_an_address_are_counted() {
    let tasks = [
        task(1, &[("app", Some(&digest(1)))]),
        task(2, &[("app", Some(&digest(1)))]),
    ];
    let instance = |port: u16, state: &str| json!({"id": "i-1", "port": port, "state": state});
    let both = [group(vec![
        instance(32768, "healthy"),
        instance(32769, "healthy"),
    ])];
    assert_eq!(verdict(&tasks, &both), TargetVerdict::Healthy);
    let one = [group(vec![
        instance(32768, "healthy"),
        instance(32769, "draining"),
    ])];
    assert_eq!(verdict(&tasks, &one), TargetVerdict::Waiting);
}

#[test]
fn healthy_old_tasks_without_an_address_do_not_count_for_the_new_ones() {
    let tasks = [
        task(1, &[("app", Some(&digest(1)))]),
        task(2, &[("app", Some(&digest(2)))]),
    ];
    let old = json!({"id": "i-1", "port": 32768, "state": "healthy"});
    let new = json!({"id": "i-1", "port": 32769, "state": "healthy"});
    let unregistered = [group(vec![old.clone()])];
    assert_eq!(verdict(&tasks, &unregistered), TargetVerdict::Waiting);
    assert_eq!(
        verdict(&tasks, &[group(vec![old, new])]),
        TargetVerdict::Healthy
    );
}

#[test]
fn a_classic_load_balancer_is_not_said_to_send_traffic() {
    let mut classic = group(vec![]);
    classic.balancer.target_group_arn = None;
    let proof = judge_targets(&[at(1, 1)], &meant("app", 1), &[classic]);
    assert_eq!(proof.reason, "the service has no target group");
}

#[test]
fn a_service_without_target_groups_has_nothing_to_wait_for() {
    assert_eq!(verdict(&[at(1, 1)], &[]), TargetVerdict::Healthy);
}
