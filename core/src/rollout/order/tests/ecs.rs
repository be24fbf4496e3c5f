use chrono::{DateTime, TimeDelta};

use super::super::{Begun, Entry, Revision, Target};
use crate::service::{Deployment, DeploymentStatus, RolloutState, TaskDefinitionArn};
use crate::version::Version;

fn arn(revision: u32) -> TaskDefinitionArn {
    format!("arn:aws:ecs:eu-central-1:123456789012:task-definition/app:{revision}")
        .parse()
        .unwrap()
}

fn revision(number: u32, version: Option<&str>) -> Revision {
    Revision {
        task_definition: arn(number),
        version: version.map(|id| id.parse::<Version>().unwrap()),
    }
}

fn deployment(id: &str, seconds: i64, state: RolloutState) -> Deployment {
    let at = DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
    Deployment {
        id: id.to_owned(),
        status: DeploymentStatus::Active,
        task_definition: arn(1),
        desired_count: 1,
        pending_count: 0,
        running_count: 1,
        failed_tasks: 0,
        rollout_state: Some(state),
        rollout_state_reason: None,
        created_at: at,
        updated_at: at,
    }
}

#[test]
fn a_revision_is_newer_by_its_version_and_not_by_its_number() {
    let older = revision(9, Some("staging/ffffffff-20250820-124500"));
    let newer = revision(8, Some("staging/00000000-20250820-124501"));
    assert!(newer.is_newer_than(&older) && !older.is_newer_than(&newer));
}

#[test]
fn versions_of_two_environments_or_none_are_not_compared() {
    let staging = revision(1, Some("staging/ffffffff-20250820-124500"));
    let production = revision(2, Some("production/00000000-20250820-124501"));
    let unknown = revision(3, None);
    for (one, other) in [
        (&production, &staging),
        (&staging, &unknown),
        (&unknown, &staging),
    ] {
        assert!(!one.is_newer_than(other));
    }
}

#[test]
fn the_same_revision_is_the_same_target_whether_its_version_is_known_or_not() {
    assert_eq!(
        revision(1, Some("staging/ffffffff-20250820-124500")),
        revision(1, None)
    );
    assert_ne!(revision(1, None), revision(2, None));
}

#[test]
fn deployments_are_told_apart_by_id_and_ordered_by_when_they_began() {
    let first = deployment("ecs-svc/9", 1, RolloutState::Completed);
    let second = deployment("ecs-svc/1", 2, RolloutState::InProgress);
    assert!(Begun::of(&first) < Begun::of(&second));
    let forced = deployment("ecs-svc/8", 1, RolloutState::Completed);
    assert_ne!(Begun::of(&first), Begun::of(&forced));
}

#[test]
fn only_a_failed_rollout_is_a_failure() {
    let failed =
        |state| Entry::<Revision, Begun>::of(&deployment("ecs-svc/1", 1, state), None).failed;
    assert!(failed(RolloutState::Failed));
    assert!(!failed(RolloutState::InProgress) && !failed(RolloutState::Completed));
}
