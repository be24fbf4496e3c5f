use chrono::{DateTime, Utc};

use super::*;
use crate::ErrorKind;
use crate::service::{ServiceDeployment, ServiceDeploymentStatus, TaskDefinitionArn};

fn arn(revision: u32) -> TaskDefinitionArn {
    format!("arn:aws:ecs:eu-central-1:123456789012:task-definition/app:{revision}")
        .parse()
        .unwrap()
}

fn version(revision: u32) -> crate::Version {
    format!("pr-51/622d2103-20250820-1245{revision:02}")
        .parse()
        .unwrap()
}

fn past(revision: u32, status: ServiceDeploymentStatus) -> PastDeployment {
    let deployment = ServiceDeployment {
        arn: format!("service-deployment/{revision}"),
        status,
        status_reason: None,
        lifecycle_stage: None,
        target_service_revision: String::new(),
        source_service_revisions: Vec::new(),
        rollback: None,
        circuit_breaker: None,
        alarms: None,
        lifecycle_hooks: Vec::new(),
        created_at: DateTime::<Utc>::UNIX_EPOCH,
        started_at: None,
        finished_at: None,
    };
    let mut past = PastDeployment::of(&deployment, arn(revision), Vec::new());
    past.version = Some(version(revision));
    past
}

fn history(source: HistorySource, in_place: u32, deployments: Vec<PastDeployment>) -> History {
    History {
        service: "previews/pr-51".parse().unwrap(),
        source,
        in_place: Some(arn(in_place)),
        deployments,
    }
}

fn of_deployments(in_place: u32, list: &[(u32, ServiceDeploymentStatus)]) -> History {
    let deployments = list
        .iter()
        .map(|(revision, status)| past(*revision, status.clone()));
    history(
        HistorySource::ServiceDeployments,
        in_place,
        deployments.collect(),
    )
}

fn of_revisions(in_place: u32, list: &[u32]) -> History {
    let deployments = list.iter().map(|revision| {
        let mut past = PastDeployment::registered(arn(*revision));
        past.version = Some(version(*revision));
        past
    });
    history(HistorySource::Revisions, in_place, deployments.collect())
}

fn goes_to(history: &History, to: &RollbackTo) -> u32 {
    let target = history.rollback_target(to).unwrap();
    target.task_definition().revision()
}

use ServiceDeploymentStatus::{InProgress, RollbackSuccessful, Stopped, Successful};

#[test]
fn a_rollback_goes_to_the_latest_good_one_that_is_not_in_place() {
    let history = of_deployments(
        5,
        &[
            (5, Successful),
            (5, Successful),
            (4, RollbackSuccessful),
            (3, Stopped),
            (2, Successful),
            (1, Successful),
        ],
    );
    assert_eq!(goes_to(&history, &RollbackTo::Previous), 2);
}

#[test]
fn of_a_deployment_under_way_it_goes_to_the_last_good_one() {
    let history = of_deployments(3, &[(3, InProgress), (2, Successful)]);
    assert_eq!(goes_to(&history, &RollbackTo::Previous), 2);
}

#[test]
fn what_was_taken_back_or_stopped_is_never_gone_back_to_by_itself() {
    let history = of_deployments(3, &[(3, Successful), (2, RollbackSuccessful), (1, Stopped)]);
    for to in [RollbackTo::Previous, RollbackTo::Version(version(2))] {
        let error = history.rollback_target(&to).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NoKnownGood);
        assert_eq!(
            error.details().unwrap()["known"].as_array().unwrap().len(),
            1
        );
    }
}

#[test]
fn a_version_or_a_revision_can_be_named() {
    let history = of_deployments(3, &[(3, Successful), (2, Successful), (1, Successful)]);
    assert_eq!(goes_to(&history, &RollbackTo::Version(version(1))), 1);
    assert_eq!(goes_to(&history, &RollbackTo::Revision(arn(2))), 2);
    // Whoever names a revision knows what they do; its image is gated all the same.
    assert_eq!(goes_to(&history, &RollbackTo::Revision(arn(9))), 9);
}

#[test]
fn without_service_deployments_it_goes_to_the_revision_before_never_to_a_newer_one() {
    let history = of_revisions(3, &[4, 3, 2, 1]);
    assert_eq!(goes_to(&history, &RollbackTo::Previous), 2);
    assert_eq!(goes_to(&history, &RollbackTo::Version(version(1))), 1);
    let first = of_revisions(1, &[2, 1]);
    let error = first.rollback_target(&RollbackTo::Previous).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NoKnownGood);
}

#[test]
fn a_history_reads_as_a_list_with_the_one_in_place() {
    let history = of_deployments(2, &[(2, Successful), (1, Successful)]);
    let text = history.to_string();
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.starts_with("app:2  pr-51/622d2103-20250820-124502  successful"));
    assert!(text.lines().next().unwrap().ends_with("(in place)"));
    let json = serde_json::to_value(&history).unwrap();
    assert_eq!(json["source"], "service-deployments");
    assert_eq!(json["deployments"][0]["outcome"], "successful");
}

#[test]
fn where_to_go_is_written_as_previous_a_version_or_an_arn() {
    assert_eq!(
        "previous".parse::<RollbackTo>().unwrap(),
        RollbackTo::Previous
    );
    let id = version(1).to_string();
    assert_eq!(
        id.parse::<RollbackTo>().unwrap(),
        RollbackTo::Version(version(1))
    );
    let text = arn(7).to_string();
    assert_eq!(
        text.parse::<RollbackTo>().unwrap(),
        RollbackTo::Revision(arn(7))
    );
    for (bad, kind) in [
        ("arn:aws:ecs:x", ErrorKind::InvalidTaskDefinitionArn),
        ("app:7", ErrorKind::InvalidVersion),
        ("", ErrorKind::InvalidVersion),
    ] {
        assert_eq!(bad.parse::<RollbackTo>().unwrap_err().kind(), kind, "{bad}");
    }
}
