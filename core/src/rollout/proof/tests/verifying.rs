//! Services and what they are asked.

use super::fake::{FakeCluster, revision, service};
use super::*;
use crate::rollout::verify_running;
use crate::service::ServiceAddress;
use crate::{Error, ErrorKind};

const VERSION: &str = "pr-51/622d2103-20250820-124500";

fn address() -> ServiceAddress {
    "previews/web".parse().unwrap()
}

fn of_web(number: usize, runs: u64) -> Task {
    let mut task = task(number, &[("app", Some(&digest(runs)))]);
    task.group = Some("service:web".to_owned());
    task
}

/// A service of revision 7, pinned to digest 1.
fn cluster(tasks: impl IntoIterator<Item = Task>) -> FakeCluster {
    let tasks: Vec<Task> = tasks.into_iter().collect();
    let count = u32::try_from(tasks.len()).unwrap();
    let image = format!("my/app@{}", digest(1));
    FakeCluster {
        services: vec![service("web", 7, count, count)],
        tasks,
        revisions: vec![revision(7, &image, Some(VERSION))],
        ..FakeCluster::default()
    }
}

#[tokio::test(start_paused = true)]
async fn want_21_more_than_a_hundred_tasks_are_all_looked_at() {
    let cluster = cluster((0..250).map(|number| of_web(number, if number == 249 { 2 } else { 1 })));
    let proof = verify_running(&cluster, &address(), None).await.unwrap();
    assert_eq!(proof.verdict(), Verdict::Mixed);
    assert_eq!((proof.summary().right, proof.summary().wrong), (249, 1));
    assert_eq!(
        (cluster.calls("ListTasks"), cluster.calls("DescribeTasks")),
        (3, 3)
    );
    assert_eq!(cluster.calls("DescribeTaskDefinition"), 1);
}

#[tokio::test(start_paused = true)]
async fn want_1_what_is_meant_is_taken_from_the_services_own_revision_where_nothing_is_named() {
    let proof = verify_running(&cluster((0..2).map(|n| of_web(n, 1))), &address(), None)
        .await
        .unwrap();
    assert!(proof.is_verified(), "{}", proof.reason());
    assert_eq!(proof.meant().version().unwrap().to_string(), VERSION);
    assert_eq!(
        proof.tasks()[0].version.as_ref().unwrap().to_string(),
        VERSION
    );
}

#[tokio::test(start_paused = true)]
async fn an_unpinned_image_can_only_be_shown_to_be_the_same_everywhere() {
    let mut cluster = cluster([of_web(0, 1), of_web(1, 1)]);
    cluster.revisions = vec![revision(7, "my/app:pr-51-latest", None)];
    let proof = verify_running(&cluster, &address(), None).await.unwrap();
    assert!(proof.is_verified());
    assert_eq!(proof.agreement_only(), ["app"]);
    let mut cluster = self::cluster([of_web(0, 1), of_web(1, 2)]);
    cluster.revisions = vec![revision(7, "my/app:pr-51-latest", None)];
    let proof = verify_running(&cluster, &address(), None).await.unwrap();
    assert_eq!(proof.verdict(), Verdict::Mixed);
}

#[tokio::test(start_paused = true)]
async fn tasks_that_vanish_in_between_are_listed_once_more() {
    let cluster = cluster([of_web(0, 1), of_web(2, 2)]);
    let gone = task(1, &[]).task_arn;
    let stale = vec![cluster.tasks[0].task_arn.clone(), gone];
    *cluster.stale_list.lock().unwrap() = Some(stale);
    let proof = verify_running(&cluster, &address(), None).await.unwrap();
    assert_eq!(cluster.calls("ListTasks"), 2);
    // The one that took its place is seen.
    assert_eq!(proof.verdict(), Verdict::Mixed);
    assert!(proof.unseen().is_empty());
}

#[tokio::test(start_paused = true)]
async fn more_running_tasks_than_are_listed_are_not_verified() {
    let mut cluster = cluster([of_web(0, 1), of_web(1, 1)]);
    cluster.services[0].running_count = 3;
    let proof = verify_running(&cluster, &address(), None).await.unwrap();
    assert_eq!(proof.verdict(), Verdict::Incomplete);
}

#[tokio::test(start_paused = true)]
async fn a_list_that_never_ends_is_an_error() {
    let mut cluster = cluster([of_web(0, 1)]);
    cluster.endless = true;
    let error = verify_running(&cluster, &address(), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_not_there_is_told_from_one_that_was_deleted() {
    let mut cluster = cluster([]);
    let there = address();
    let missing: ServiceAddress = "previews/other".parse().unwrap();
    cluster.services[0].status = "INACTIVE".to_owned();
    let kind = async |service| {
        let proof = verify_running(&cluster, service, None).await;
        proof.map_err(|error: Error| error.kind()).unwrap_err()
    };
    assert_eq!(kind(&missing).await, ErrorKind::ServiceNotFound);
    assert_eq!(kind(&there).await, ErrorKind::ServiceNotActive);
}

#[tokio::test(start_paused = true)]
async fn a_service_of_another_controller_is_proved_by_digests_that_are_named() {
    let mut cluster = cluster([of_web(0, 1)]);
    cluster.services[0].task_definition = None;
    cluster.services[0].deployment_controller = "CODE_DEPLOY".to_owned();
    let error = verify_running(&cluster, &address(), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnsupportedController);
    let proof = verify_running(&cluster, &address(), Some(&meant("app", 1))).await;
    assert!(proof.unwrap().is_verified());
}

#[tokio::test(start_paused = true)]
async fn the_text_and_the_table_name_the_task_and_carry_no_control_characters() {
    let mut cluster = cluster([of_web(0, 1), of_web(1, 2)]);
    cluster.tasks[1].containers[0].name = "app\u{1b}[2J|`".to_owned();
    let proof = verify_running(&cluster, &address(), None).await.unwrap();
    for text in [proof.to_text(), proof.to_markdown()] {
        assert!(text.contains(&format!("{:032x}", 1)), "{text}");
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text}");
    }
}
