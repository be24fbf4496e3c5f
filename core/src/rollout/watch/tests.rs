use serde_json::{Value, json};

use super::*;
use crate::rollout::Outcome;

/// One entry of `deployments`: number (which is also the minute of its making), place, state.
fn entry(number: u32, status: &str, state: &str) -> Value {
    let mut entry = json!({
        "id": format!("ecs-svc/{number}"),
        "status": status,
        "taskDefinition": format!("arn:aws:ecs:eu-central-1:123456789012:task-definition/app:{number}"),
        "desiredCount": 2, "pendingCount": 0, "runningCount": 2, "failedTasks": 0,
        "createdAt": format!("2025-08-20T12:{number:02}:00Z"),
        "updatedAt": format!("2025-08-20T12:{number:02}:00Z"),
    });
    if !state.is_empty() {
        entry["rolloutState"] = state.into();
    }
    entry
}

fn service(deployments: &[Value]) -> Value {
    json!({
        "serviceArn": "arn:aws:ecs:eu-central-1:123456789012:service/previews/app",
        "serviceName": "app",
        "clusterArn": "arn:aws:ecs:eu-central-1:123456789012:cluster/previews",
        "status": "ACTIVE",
        "desiredCount": 2, "runningCount": 2, "pendingCount": 0,
        "deployments": deployments,
    })
}

fn ours(status: &str) -> Value {
    json!({
        "arn": "arn:aws:ecs:eu-central-1:123456789012:service-deployment/previews/app/ours",
        "status": status,
        "targetServiceRevision": "arn:aws:ecs:eu-central-1:123456789012:service-revision/previews/app/7",
        "createdAt": "2025-08-20T12:07:00Z",
    })
}

/// A watch on deployment 7, which replaced 6.
fn watch() -> Watch {
    let answer = service(&[
        entry(7, "PRIMARY", "IN_PROGRESS"),
        entry(6, "ACTIVE", "COMPLETED"),
    ]);
    Watch::of(&serde_json::from_value(answer).unwrap()).unwrap()
}

fn see(watch: &mut Watch, service: &Value, deployment: Option<Value>) -> Vec<Event> {
    let mut seen = json!({ "service": service });
    if let Some(deployment) = deployment {
        seen["deployment"] = deployment;
    }
    watch.observe(&serde_json::from_value(seen).unwrap())
}

fn outcome(watch: &Watch) -> Option<Outcome> {
    match watch.standing() {
        Standing::Ended { outcome, .. } => Some(*outcome),
        _ => None,
    }
}

fn replaced_by(watch: &Watch) -> Option<&str> {
    match watch.standing() {
        Standing::Replaced { by } => Some(by.id.as_str()),
        _ => None,
    }
}

#[test]
fn trap_stable_after_a_circuit_breaker_rollback_is_never_success() {
    let mut watch = watch();
    let stable = service(&[entry(6, "PRIMARY", "COMPLETED")]);
    let mut rolling_back = ours("ROLLBACK_IN_PROGRESS");
    rolling_back["rollback"] = json!({
        "reason": "Service deployment rolled back because the circuit breaker threshold was exceeded.",
        "serviceRevisionArn": "arn:aws:ecs:eu-central-1:123456789012:service-revision/previews/app/6",
    });
    let events = see(&mut watch, &stable, Some(rolling_back.clone()));
    assert!(
        matches!(events.last(), Some(Event::RollingBack { .. })),
        "{events:?}"
    );
    assert!(matches!(watch.standing(), Standing::RollingBack { .. }));
    rolling_back["status"] = "ROLLBACK_SUCCESSFUL".into();
    see(&mut watch, &stable, Some(rolling_back));
    assert_eq!(outcome(&watch), Some(Outcome::RolledBack));
    assert!(
        watch
            .standing()
            .to_string()
            .contains("threshold was exceeded")
    );
}

#[test]
fn only_a_successful_service_deployment_is_success() {
    for (status, end) in [
        ("SUCCESSFUL", Some(Outcome::Completed)),
        ("ROLLBACK_SUCCESSFUL", Some(Outcome::RolledBack)),
        ("ROLLBACK_FAILED", Some(Outcome::Failed)),
        ("PENDING", None),
        ("IN_PROGRESS", None),
        ("STOP_REQUESTED", None),
        ("ROLLBACK_REQUESTED", None),
        ("SOMETHING_NEW", None),
    ] {
        let mut watch = watch();
        // Everything else looks as stable as it can.
        let stable = service(&[entry(7, "PRIMARY", "COMPLETED")]);
        see(&mut watch, &stable, Some(ours(status)));
        assert_eq!(outcome(&watch), end, "{status}");
    }
}

#[test]
fn an_unknown_status_is_no_end_and_is_told() {
    let mut watch = watch();
    see(
        &mut watch,
        &service(&[entry(7, "PRIMARY", "")]),
        Some(ours("SOMETHING_NEW")),
    );
    assert_eq!(watch.standing().to_string(), "under way: SOMETHING_NEW");
}

#[test]
fn a_final_standing_never_changes() {
    let mut watch = watch();
    let service = service(&[entry(7, "PRIMARY", "COMPLETED")]);
    see(&mut watch, &service, Some(ours("ROLLBACK_SUCCESSFUL")));
    let events = see(&mut watch, &service, Some(ours("SUCCESSFUL")));
    assert_eq!(outcome(&watch), Some(Outcome::RolledBack));
    assert_eq!(events, []);
}

#[test]
fn stopped_because_of_a_later_deployment_is_replaced_and_names_it() {
    let mut watch = watch();
    let later = service(&[
        entry(8, "PRIMARY", "IN_PROGRESS"),
        entry(7, "ACTIVE", "IN_PROGRESS"),
    ]);
    see(&mut watch, &later, Some(ours("STOP_REQUESTED")));
    assert_eq!(replaced_by(&watch), Some("ecs-svc/8"));
}

#[test]
fn stopped_by_the_circuit_breaker_without_rollback_is_failed_also_when_somebody_deployed_since() {
    let mut watch = watch();
    let mut stopped = ours("STOPPED");
    stopped["circuitBreaker"] = json!({"status": "TRIGGERED", "failureCount": 3, "threshold": 3});
    let later = service(&[
        entry(8, "PRIMARY", "IN_PROGRESS"),
        entry(7, "ACTIVE", "FAILED"),
    ]);
    see(&mut watch, &later, Some(stopped));
    assert_eq!(outcome(&watch), Some(Outcome::Failed));
    assert!(watch.standing().to_string().contains("3 failed tasks of 3"));
}

#[test]
fn stopped_by_hand_is_failed_once_no_later_deployment_shows_up() {
    let mut watch = watch();
    let alone = service(&[entry(7, "PRIMARY", "IN_PROGRESS")]);
    for _ in 1..PATIENCE {
        see(&mut watch, &alone, Some(ours("STOPPED")));
        assert!(!watch.standing().is_final());
    }
    see(&mut watch, &alone, Some(ours("STOPPED")));
    assert_eq!(outcome(&watch), Some(Outcome::Failed));
}

#[test]
fn a_forced_deployment_of_the_same_revision_is_told_apart_by_its_id() {
    let mut old = entry(6, "ACTIVE", "COMPLETED");
    old["taskDefinition"] = entry(7, "", "")["taskDefinition"].clone();
    let answer = service(&[entry(7, "PRIMARY", "IN_PROGRESS"), old.clone()]);
    let mut watch = Watch::of(&serde_json::from_value(answer).unwrap()).unwrap();
    old["status"] = "PRIMARY".into();
    // An answer from before the write: the same ARN, COMPLETED, and not ours.
    for _ in 0..2 * PATIENCE {
        see(&mut watch, &service(&[old.clone()]), None);
        assert_eq!(watch.standing(), &Standing::NotVisibleYet);
    }
}

#[test]
fn trap_no_active_deployment_is_not_success() {
    let mut watch = watch();
    for _ in 0..2 * PATIENCE {
        see(&mut watch, &service(&[]), None);
    }
    assert_eq!(watch.standing(), &Standing::NotVisibleYet);
}

#[test]
fn a_pause_hook_is_told_once_and_is_no_end() {
    let mut watch = watch();
    let mut paused = ours("IN_PROGRESS");
    paused["lifecycleHooks"] = json!([
        {"hookId": "hook-1", "stage": "POST_SCALE_UP", "status": "AWAITING_ACTION",
         "expiresAt": "2025-08-21T12:00:00Z", "timeoutAction": "ROLLBACK"},
        {"hookId": "hook-0", "status": "SUCCEEDED"},
    ]);
    let service = service(&[entry(7, "PRIMARY", "")]);
    let told = |events: Vec<Event>| {
        events
            .iter()
            .filter(|e| matches!(e, Event::Paused { .. }))
            .count()
    };
    assert_eq!(told(see(&mut watch, &service, Some(paused.clone()))), 1);
    assert_eq!(told(see(&mut watch, &service, Some(paused))), 0);
    assert!(matches!(watch.standing(), Standing::Paused { hooks } if hooks.len() == 1));
    see(&mut watch, &service, Some(ours("IN_PROGRESS")));
    assert!(matches!(watch.standing(), Standing::UnderWay { .. }));
}

#[test]
fn without_service_deployments_the_rollout_state_of_our_id_decides() {
    let mut watch = watch();
    see(
        &mut watch,
        &service(&[
            entry(7, "PRIMARY", "IN_PROGRESS"),
            entry(6, "ACTIVE", "COMPLETED"),
        ]),
        None,
    );
    assert!(matches!(watch.standing(), Standing::UnderWay { .. }));
    see(
        &mut watch,
        &service(&[entry(7, "PRIMARY", "COMPLETED")]),
        None,
    );
    assert_eq!(outcome(&watch), Some(Outcome::Completed));
}

#[test]
fn a_rollback_is_seen_without_service_deployments_too() {
    let mut watch = watch();
    let mut failed = entry(7, "ACTIVE", "FAILED");
    failed["rolloutStateReason"] =
        "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/6.".into();
    see(
        &mut watch,
        &service(&[entry(6, "PRIMARY", "IN_PROGRESS"), failed]),
        None,
    );
    assert!(matches!(watch.standing(), Standing::RollingBack { .. }));
    see(
        &mut watch,
        &service(&[entry(6, "PRIMARY", "COMPLETED")]),
        None,
    );
    assert_eq!(outcome(&watch), Some(Outcome::RolledBack));
    assert!(watch.standing().to_string().contains("circuit breaker"));
}

#[test]
fn a_rollback_that_is_a_new_deployment_is_no_replacement() {
    let mut watch = watch();
    let mut back = entry(8, "PRIMARY", "COMPLETED");
    back["rolloutStateReason"] =
        "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/6.".into();
    see(
        &mut watch,
        &service(&[back, entry(7, "ACTIVE", "FAILED")]),
        None,
    );
    assert_eq!(outcome(&watch), Some(Outcome::RolledBack));
}

#[test]
fn a_stale_answer_after_our_deployment_was_seen_is_no_rollback() {
    let mut watch = watch();
    let now = service(&[
        entry(7, "PRIMARY", "IN_PROGRESS"),
        entry(6, "ACTIVE", "COMPLETED"),
    ]);
    let stale = service(&[entry(6, "PRIMARY", "COMPLETED")]);
    for _ in 0..3 {
        see(&mut watch, &now, None);
        for _ in 1..PATIENCE {
            see(&mut watch, &stale, None);
            assert!(
                matches!(watch.standing(), Standing::UnderWay { .. }),
                "{}",
                watch.standing()
            );
        }
    }
}

#[test]
fn once_a_service_deployment_was_seen_an_answer_without_it_changes_nothing() {
    let mut watch = watch();
    let service = service(&[entry(7, "PRIMARY", "COMPLETED")]);
    see(&mut watch, &service, Some(ours("IN_PROGRESS")));
    for _ in 0..2 * PATIENCE {
        see(&mut watch, &service, None);
        assert!(!watch.standing().is_final());
    }
}

#[test]
fn trap_behind_a_classic_load_balancer_our_deployment_alone_with_its_tasks_is_the_end_of_it() {
    let mut watch = watch();
    let both = service(&[entry(7, "PRIMARY", ""), entry(6, "ACTIVE", "")]);
    let mut other = entry(8, "PRIMARY", "");
    other["id"] = "ecs-svc/other".into();
    for _ in 0..2 * PATIENCE {
        see(&mut watch, &both, None);
    }
    assert_eq!(outcome(&watch), None);
    for _ in 0..PATIENCE {
        assert_eq!(outcome(&watch), None);
        see(&mut watch, &service(&[entry(7, "PRIMARY", "")]), None);
    }
    assert_eq!(outcome(&watch), Some(Outcome::Completed));
}

#[test]
fn trap_failed_tasks_are_added_up_when_ecs_begins_to_count_again() {
    let mut watch = watch();
    let mut failed = Vec::new();
    for count in [2, 0, 1] {
        let mut now = entry(7, "PRIMARY", "IN_PROGRESS");
        now["failedTasks"] = count.into();
        failed.extend(see(&mut watch, &service(&[now]), None));
    }
    let counts: Vec<u32> = failed
        .iter()
        .filter_map(|event| match event {
            Event::Progress { failed, .. } => Some(*failed),
            _ => None,
        })
        .collect();
    assert_eq!(counts, [2, 3]);
}

#[test]
fn trap_a_service_that_code_deploy_deploys_is_refused_instead_of_waited_for() {
    let mut watch = watch();
    let mut service = service(&[]);
    service["deploymentController"] = "CODE_DEPLOY".into();
    see(&mut watch, &service, None);
    assert_eq!(outcome(&watch), Some(Outcome::Failed));
}

#[test]
fn events_from_before_and_the_noise_of_a_good_rollout_are_not_told() {
    let mut watch = watch();
    let mut service = service(&[entry(7, "PRIMARY", "IN_PROGRESS")]);
    let event = |id: &str, minute: u32, message: &str| json!({"id": id, "createdAt": format!("2025-08-20T12:{minute:02}:30Z"), "message": message});
    service["events"] = json!([
        event(
            "5",
            9,
            "(service app) was unable to place a task because no container instance met all of its requirements."
        ),
        event(
            "4",
            8,
            "(service app) was unable to place a task because no container instance met all of its requirements."
        ),
        event(
            "3",
            8,
            "(service app) has started 1 tasks: (task 0123456789abcdef)."
        ),
        event("2", 7, "(service app) has reached a steady state."),
        event(
            "1",
            6,
            "(service app) (deployment ecs-svc/6) deployment failed: tasks failed to start."
        ),
    ]);
    let told = |events: Vec<Event>| {
        events
            .iter()
            .filter(|e| matches!(e, Event::ServiceMessage { .. }))
            .count()
    };
    assert_eq!(told(see(&mut watch, &service, None)), 1);
    assert_eq!(told(see(&mut watch, &service, None)), 0);
    assert_eq!(watch.messages().len(), 1);
}

#[test]
fn only_tasks_of_our_deployment_are_its_failures_and_each_once() {
    let mut watch = watch();
    let task = |id: u32, started_by: &str| {
        json!({
            "taskArn": format!("arn:aws:ecs:eu-central-1:123456789012:task/previews/{id:032x}"),
            "taskDefinitionArn": "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:7",
            "lastStatus": "STOPPED", "desiredStatus": "STOPPED", "startedBy": started_by,
            "stopCode": "EssentialContainerExited", "stoppedReason": "Essential container in task exited",
            "containers": [{"name": "app", "lastStatus": "STOPPED", "exitCode": 1}],
        })
    };
    let seen = json!({
        "service": service(&[entry(7, "PRIMARY", "IN_PROGRESS")]),
        "stopped": [task(1, "ecs-svc/7"), task(2, "ecs-svc/7"), task(3, "ecs-svc/6")],
    });
    let seen: Observation = serde_json::from_value(seen).unwrap();
    let lines = |events: Vec<Event>| -> Vec<String> {
        let failures = events.iter().filter(|e| matches!(e, Event::TaskFailed(_)));
        failures.map(ToString::to_string).collect()
    };
    let told = lines(watch.observe(&seen));
    assert!(
        matches!(told.as_slice(), [line] if line.starts_with("2 tasks failed")),
        "{told:?}"
    );
    assert!(lines(watch.observe(&seen)).is_empty());
    assert_eq!(watch.failures().len(), 1);
}

#[test]
fn where_tasks_do_not_name_their_deployment_the_revision_tells_whose_they_are() {
    let mut watch = watch();
    let task = |id: u32, revision: u32| {
        json!({
            "taskArn": format!("arn:aws:ecs:eu-central-1:123456789012:task/previews/{id:032x}"),
            "taskDefinitionArn": format!("arn:aws:ecs:eu-central-1:123456789012:task-definition/app:{revision}"),
            "lastStatus": "STOPPED", "desiredStatus": "STOPPED", "startedBy": "app",
            "stopCode": "EssentialContainerExited", "stoppedReason": "Essential container in task exited",
            "containers": [{"name": "app", "lastStatus": "STOPPED", "exitCode": 1}],
        })
    };
    let seen = json!({
        "service": service(&[entry(7, "PRIMARY", "IN_PROGRESS")]),
        "stopped": [task(1, 7), task(2, 6)],
    });
    let seen: Observation = serde_json::from_value(seen).unwrap();
    watch.observe(&seen);
    assert_eq!(watch.failures().len(), 1);
    assert_eq!(watch.failures()[0].count(), 1);
}

#[test]
fn our_service_deployment_is_the_new_one_of_our_revision_nearest_to_our_entry() {
    let one = |name: &str, revision: &str, minute: u32| -> ServiceDeployment {
        serde_json::from_value(json!({
            "arn": name, "status": "IN_PROGRESS", "targetServiceRevision": revision,
            "createdAt": format!("2025-08-20T12:{minute:02}:01Z"),
        }))
        .unwrap()
    };
    let revision = |name: &str, number: u32| -> crate::service::ServiceRevision {
        serde_json::from_value(json!({
            "arn": name, "createdAt": "2025-08-20T12:00:00Z",
            "taskDefinition": entry(number, "", "")["taskDefinition"],
        }))
        .unwrap()
    };
    let ours = watch().deployment().clone();
    let revisions = [revision("six", 6), revision("seven", 7)];
    let seen = [
        one("far", "seven", 30),
        one("ours", "seven", 7),
        one("known", "seven", 7),
        one("old", "six", 7),
        one("new", "not known", 7),
    ];
    let found = service_deployment_of(&ours, &["known".to_owned()], &seen, &revisions);
    assert_eq!(found.map(|found| found.arn.as_str()), Some("ours"));
    assert_eq!(
        service_deployment_of(&ours, &[], &seen[4..], &revisions),
        None
    );
}

#[test]
fn a_controller_that_ecs_leaves_out_is_its_own() {
    let mut watch = watch();
    let mut service = service(&[entry(7, "PRIMARY", "COMPLETED")]);
    service["deploymentController"] = "".into();
    see(&mut watch, &service, None);
    assert_eq!(outcome(&watch), Some(Outcome::Completed));
}
