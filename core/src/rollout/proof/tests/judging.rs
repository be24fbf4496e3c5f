//! Tasks and what they come to.

use super::*;
use crate::ErrorKind;

#[test]
fn the_one_wrong_task_among_two_hundred_is_found() {
    let (right, wrong) = (digest(1), digest(2));
    let tasks: Vec<Task> = (0..200)
        .map(|number| {
            let runs = if number == 137 { &wrong } else { &right };
            task(number, &[("app", Some(runs))])
        })
        .collect();
    let proof = judge(&tasks, &meant("app", 1));
    assert_eq!(proof.verdict(), Verdict::Mixed);
    let found: Vec<_> = proof
        .tasks()
        .iter()
        .filter(|task| task.verdict == TaskVerdict::Wrong)
        .map(|task| task.task_arn.as_str())
        .collect();
    assert_eq!(found, [tasks[137].task_arn.as_str()]);
    let error = proof.require_verified().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ProofFailed);
    assert_eq!(error.details().unwrap()["proof"]["wrong"], 1);
}

#[test]
fn the_same_tag_with_two_digests_is_mixed() {
    let mut tasks: Vec<Task> = (0..3)
        .map(|number| task(number, &[("app", Some(&digest(number as u64 / 2)))]))
        .collect();
    for task in &mut tasks {
        task.containers[0].image = Some("my/app:pr-51-latest".to_owned());
    }
    let meant: Meant = serde_json::from_value(json!({"images": {}, "agreeing": ["app"]})).unwrap();
    let proof = judge(&tasks, &meant);
    assert_eq!(proof.verdict(), Verdict::Mixed);
    let counts: Vec<_> = proof.images().iter().map(|image| image.tasks).collect();
    assert_eq!(counts, [2, 1]);
    // Which of them was meant cannot be told, so that none counts as right.
    assert_eq!(proof.summary().unknown, 3);
}

#[test]
fn agreement_alone_is_said_to_be_no_more() {
    let tasks = [task(0, &[("app", Some(&digest(1)))])];
    let meant: Meant = serde_json::from_value(json!({"images": {}, "agreeing": ["app"]})).unwrap();
    let proof = judge(&tasks, &meant);
    assert!(proof.is_verified());
    assert_eq!(proof.agreement_only(), ["app"]);
    assert!(
        proof.reason().contains("cannot be shown"),
        "{}",
        proof.reason()
    );
}

#[test]
fn a_digest_that_ecs_does_not_tell_is_unknown_and_never_passes() {
    let tasks = [
        task(0, &[("app", Some(&digest(1)))]),
        task(1, &[("app", None)]),
    ];
    let proof = judge(&tasks, &meant("app", 1));
    assert_eq!(proof.verdict(), Verdict::Unknown);
    assert_eq!(proof.tasks()[1].verdict, TaskVerdict::Unknown);
}

#[test]
fn the_image_that_the_task_definition_names_is_no_evidence() {
    let mut tasks = [task(0, &[("app", None)])];
    tasks[0].containers[0].image = Some(format!("my/app@{}", digest(1)));
    assert_eq!(judge(&tasks, &meant("app", 1)).verdict(), Verdict::Unknown);
}

#[test]
fn no_tasks_prove_nothing() {
    let meant = meant("app", 1);
    assert_eq!(judge(&[], &meant).verdict(), Verdict::Empty);
    let none_wanted = RunningTasks::new(&[]).desired(0).judge(&meant);
    assert_eq!(none_wanted.verdict(), Verdict::Empty);
}

#[test]
fn nothing_meant_is_not_verified() {
    let tasks = [task(0, &[("app", Some(&digest(1)))])];
    assert_eq!(judge(&tasks, &Meant::new()).verdict(), Verdict::Unknown);
}

#[test]
fn a_child_of_the_index_is_as_good_as_the_index_and_upper_case_is_no_difference() {
    let meant = Meant::from_json(&json!({"images": {"app": {
        "digest": digest(1), "children": [digest(2), digest(3)],
    }}}))
    .unwrap();
    let mut tasks = [
        task(0, &[("app", Some(&digest(1)))]),
        task(1, &[("app", Some(&digest(2)))]),
        task(2, &[("app", Some(&digest(3)))]),
    ];
    let shouted = digest(1).as_str().to_ascii_uppercase();
    tasks[0].containers[0].image_digest = Some(shouted);
    assert_eq!(judge(&tasks, &meant).verdict(), Verdict::Verified);
}

#[test]
fn one_wrong_image_everywhere_is_wrong_and_several_are_mixed() {
    let tasks = |second: u64| {
        [
            task(0, &[("app", Some(&digest(2)))]),
            task(1, &[("app", Some(&digest(second)))]),
        ]
    };
    let meant = meant("app", 1);
    assert_eq!(judge(&tasks(2), &meant).verdict(), Verdict::Wrong);
    assert_eq!(judge(&tasks(3), &meant).verdict(), Verdict::Mixed);
}

#[test]
fn a_sidecar_without_a_meaning_is_listed_and_not_judged() {
    let app = digest(1);
    let tasks = [
        task(
            0,
            &[
                ("app", Some(&app)),
                ("ecs-service-connect", Some(&digest(8))),
            ],
        ),
        task(1, &[("app", Some(&app)), ("ecs-service-connect", None)]),
    ];
    let proof = judge(&tasks, &meant("app", 1));
    assert!(proof.is_verified());
    let sidecar = &proof.tasks()[0].containers[1];
    assert_eq!(sidecar.verdict, ContainerVerdict::NotJudged);
    assert_eq!(sidecar.digest, Some(digest(8)));
}

#[test]
fn a_sidecar_that_is_pinned_is_judged() {
    let document = crate::task_definition::TaskDefinition::from_value(json!({
        "family": "app",
        "containerDefinitions": [
            {"name": "app", "image": format!("my/app@{}", digest(1))},
            {"name": "envoy", "image": format!("envoy:v1@{}", digest(2))},
            {"name": "logs", "image": "logs:1"},
        ],
    }))
    .unwrap();
    let meant = Meant::of_task_definition(&document);
    let runs = |envoy: u64| {
        let (app, envoy) = (digest(1), digest(envoy));
        [task(
            0,
            &[("app", Some(&app)), ("envoy", Some(&envoy)), ("logs", None)],
        )]
    };
    assert_eq!(judge(&runs(2), &meant).verdict(), Verdict::Verified);
    assert_eq!(judge(&runs(3), &meant).verdict(), Verdict::Wrong);
    let agreeing: Vec<_> = Meant::agreeing_with(&document)
        .agreeing()
        .map(str::to_owned)
        .collect();
    assert_eq!(agreeing, ["logs"]);
}

#[test]
fn a_task_without_the_container_that_was_meant_is_wrong() {
    let tasks = [task(0, &[("other", Some(&digest(1)))])];
    let proof = judge(&tasks, &meant("app", 1));
    assert_eq!(proof.verdict(), Verdict::Wrong);
    assert_eq!(
        proof.tasks()[0].reason.as_deref(),
        Some("it has no container app")
    );
}

#[test]
fn fewer_tasks_than_are_wanted_are_not_verified() {
    let tasks = [task(0, &[("app", Some(&digest(1)))])];
    let proof = RunningTasks::new(&tasks).desired(2).judge(&meant("app", 1));
    assert_eq!(proof.verdict(), Verdict::Incomplete);
    assert_eq!(proof.reason(), "1 of 2 wanted tasks run, all of them right");
}

#[test]
fn tasks_of_an_older_revision_with_the_same_image_are_not_the_end_of_a_rollout() {
    let mut tasks = [
        task(0, &[("app", Some(&digest(1)))]),
        task(1, &[("app", Some(&digest(1)))]),
    ];
    tasks[0].task_definition_arn = arn(6).parse().unwrap();
    let meant = meant("app", 1).with_task_definition(arn(7).parse().unwrap());
    let proof = judge(&tasks, &meant);
    assert_eq!(proof.verdict(), Verdict::Incomplete);
    let after = judge(&tasks[1..], &meant);
    assert_eq!(after.verdict(), Verdict::Verified);
}

#[test]
fn tasks_of_another_deployment_of_the_same_revision_are_told_apart_by_its_id() {
    let tasks = [task(0, &[("app", Some(&digest(1)))])];
    let proof = judge(&tasks, &meant("app", 1).with_deployment("ecs-svc/2"));
    assert_eq!(proof.verdict(), Verdict::Incomplete);
}

#[test]
fn tasks_that_start_or_leave_are_listed_and_not_judged() {
    let with = |number, last: &str, desired: &str| {
        let mut task = task(number, &[("app", Some(&digest(9)))]);
        task.last_status = last.to_owned();
        task.desired_status = desired.to_owned();
        task
    };
    let tasks = [
        task(0, &[("app", Some(&digest(1)))]),
        with(1, "PENDING", "RUNNING"),
        with(2, "RUNNING", "STOPPED"),
        with(3, "DEACTIVATING", "STOPPED"),
        with(4, "STOPPED", "STOPPED"),
    ];
    let proof = judge(&tasks, &meant("app", 1));
    assert!(proof.is_verified());
    assert_eq!((proof.starting().len(), proof.leaving().len()), (1, 2));
}

#[test]
fn mixed_versions_are_listed_by_version_and_digest_with_counts() {
    let mut tasks = [
        task(0, &[("app", Some(&digest(1)))]),
        task(1, &[("app", Some(&digest(1)))]),
        task(2, &[("app", Some(&digest(2)))]),
    ];
    tasks[2].task_definition_arn = arn(6).parse().unwrap();
    let (new, old) = (arn(7).parse().unwrap(), arn(6).parse().unwrap());
    let version = |text: &str| text.parse().unwrap();
    let (newer, older) = (
        version("pr-51/622d2103-20250820-124500"),
        version("pr-51/aaaaaaaa-20250819-124500"),
    );
    let proof = RunningTasks::new(&tasks)
        .version(&new, &newer)
        .version(&old, &older)
        .judge(&meant("app", 1));
    let seen = serde_json::to_value(proof.images()).unwrap();
    assert_eq!(
        seen,
        json!([
            {"container": "app", "digest": digest(1), "version": newer.to_string(), "verdict": "right", "tasks": 2},
            {"container": "app", "digest": digest(2), "version": older.to_string(), "verdict": "wrong", "tasks": 1},
        ])
    );
}
