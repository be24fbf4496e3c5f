//! Tests are named after what they protect.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy lets tests panic, and does not take their helpers for tests"
)]

use std::collections::BTreeMap;
use std::mem::size_of;

use serde_json::json;
use tokio::time::Instant;

use super::*;
use crate::ErrorKind;
use crate::rollout::Verdict;
use crate::rollout::proof::tests::fake::{FakeCluster, revision, service};
use crate::rollout::proof::tests::{arn, digest, meant, task};
use crate::service::{ServiceAddress, Task};

const OLDER: &str = "pr-51/aaaaaaaa-20250819-124500";
const NEWER: &str = "pr-51/622d2103-20250820-124500";

/// A task of a service whose image is pinned to `pinned` and that runs `runs`.
fn of(name: &str, number: usize, pinned: Option<u64>, runs: u64) -> Task {
    let mut task = task(number, &[("app", Some(&digest(runs)))]);
    task.group = Some(format!("service:{name}"));
    let image = pinned.map_or("my/app:pr-51-latest".to_owned(), |pinned| {
        format!("my/app@{}", digest(pinned))
    });
    task.containers[0].image = Some(image);
    task
}

async fn audit(audit: Audit<'_>) -> (BTreeMap<String, ServiceVerdict>, AuditSummary) {
    let mut found = BTreeMap::new();
    let summary = audit
        .cluster("previews", &mut |verdict| {
            found.insert(verdict.service.service().to_owned(), verdict);
        })
        .await
        .unwrap();
    (found, summary)
}

/// A thousand services with ten tasks each, in the order in which ECS might list them: mixed.
fn large() -> FakeCluster {
    let name = |number: usize| format!("web-{number:04}");
    FakeCluster {
        services: (0..1000)
            .map(|number| service(&name(number), 7, 10, 10))
            .collect(),
        tasks: (0..10_000)
            .map(|number| of(&name(number % 1000), number, Some(1), 1))
            .collect(),
        ..FakeCluster::default()
    }
}

#[tokio::test(start_paused = true)]
async fn a_thousand_services_with_ten_thousand_tasks_take_two_hundred_requests_and_the_lists() {
    let mut cluster = large();
    cluster.tasks[7_777] = of("web-0777", 7_777, Some(1), 2);
    let (found, summary) = audit(Audit::new(&cluster)).await;
    assert_eq!(cluster.calls("DescribeServices"), 100);
    assert_eq!(cluster.calls("DescribeTasks"), 100);
    assert_eq!(cluster.calls("ListServices"), 10);
    assert_eq!(cluster.calls("ListTasks"), 100);
    assert_eq!(cluster.calls("DescribeTaskDefinition"), 0);
    assert!(cluster.most_under_way() <= 8);
    assert_eq!((summary.services, summary.tasks), (1000, 10_000));
    assert_eq!((summary.verified, summary.mixed), (999, 1));
    assert!(!summary.is_sound());
    let wrong = &found["web-0777"];
    assert_eq!(wrong.summary.verdict, Verdict::Mixed);
    assert_eq!(wrong.tasks[0].task_arn, cluster.tasks[7_777].task_arn);
}

#[tokio::test(start_paused = true)]
async fn the_same_services_by_name_take_a_list_for_each_and_no_more() {
    let cluster = large();
    let services: Vec<ServiceAddress> = (0..1000)
        .map(|number| ServiceAddress::new("previews", &format!("web-{number:04}")).unwrap())
        .collect();
    let mut count = 0;
    let audit = Audit::new(&cluster);
    let summary = audit
        .services(&services, &mut |_| count += 1)
        .await
        .unwrap();
    assert_eq!((count, summary.verified), (1000, 1000));
    assert_eq!(cluster.calls("DescribeServices"), 100);
    assert_eq!(cluster.calls("DescribeTasks"), 100);
    assert_eq!(cluster.calls("ListTasks"), 1000);
}

#[tokio::test(start_paused = true)]
async fn services_are_handed_over_while_the_audit_runs() {
    let cluster = large();
    let (start, mut times) = (Instant::now(), Vec::new());
    Audit::new(&cluster)
        .cluster("previews", &mut |_| times.push(start.elapsed()))
        .await
        .unwrap();
    assert!(times[0] < *times.last().unwrap());
}

#[tokio::test(start_paused = true)]
async fn what_is_kept_of_a_service_does_not_grow_with_its_tasks() {
    let tasks = (0..5_000).map(|number| of("web", number, Some(1), 2));
    let cluster = FakeCluster {
        services: vec![service("web", 7, 5_000, 5_000)],
        tasks: tasks.collect(),
        ..FakeCluster::default()
    };
    let (found, _) = audit(Audit::new(&cluster)).await;
    let web = &found["web"];
    assert_eq!(web.summary.wrong, 5_000);
    assert_eq!(
        (web.tasks.len(), web.images.len(), web.revisions.len()),
        (10, 1, 1)
    );
    assert!(size_of::<ServiceVerdict>() < 4_096);
}

#[tokio::test(start_paused = true)]
async fn two_revisions_side_by_side_are_mixed_although_each_task_is_what_its_own_revision_says() {
    let mut tasks = vec![of("web", 0, Some(1), 1), of("web", 1, Some(2), 2)];
    tasks[1].task_definition_arn = arn(6).parse().unwrap();
    let cluster = FakeCluster {
        services: vec![service("web", 7, 2, 2)],
        tasks,
        revisions: vec![
            revision(6, "my/app", Some(OLDER)),
            revision(7, "my/app", Some(NEWER)),
        ],
        ..FakeCluster::default()
    };
    let (found, _) = audit(Audit::new(&cluster).with_versions()).await;
    let web = serde_json::to_value(&found["web"]).unwrap();
    assert_eq!(web["verdict"], "mixed");
    let versions: Vec<_> = web["revisions"].as_array().unwrap().iter().collect();
    assert_eq!(
        (&versions[0]["version"], &versions[1]["version"]),
        (&json!(OLDER), &json!(NEWER))
    );
    assert_eq!(cluster.calls("DescribeTaskDefinition"), 2);
}

#[tokio::test(start_paused = true)]
async fn the_same_tag_with_two_digests_is_mixed_and_with_one_no_more_than_agreement() {
    let cluster = FakeCluster {
        services: vec![service("one", 7, 2, 2), service("two", 7, 2, 2)],
        tasks: vec![
            of("one", 0, None, 1),
            of("one", 1, None, 1),
            of("two", 2, None, 1),
            of("two", 3, None, 2),
        ],
        ..FakeCluster::default()
    };
    let (found, _) = audit(Audit::new(&cluster)).await;
    assert_eq!(found["one"].summary.verdict, Verdict::Verified);
    assert_eq!(found["one"].agreement_only, ["app"]);
    assert_eq!(found["two"].summary.verdict, Verdict::Mixed);
}

#[tokio::test(start_paused = true)]
async fn a_named_meaning_comes_before_what_the_tasks_say() {
    let cluster = FakeCluster {
        services: vec![service("web", 7, 1, 1)],
        tasks: vec![of("web", 0, Some(1), 1)],
        ..FakeCluster::default()
    };
    let other = Audit::new(&cluster).meaning("previews/web".parse().unwrap(), meant("app", 2));
    let (found, _) = audit(other).await;
    assert_eq!(found["web"].summary.verdict, Verdict::Wrong);
}

#[tokio::test(start_paused = true)]
async fn what_is_missing_idle_or_left_over_is_told_apart() {
    let mut services = vec![service("idle", 7, 0, 0), service("short", 7, 2, 1)];
    services.push(service("none", 7, 1, 0));
    let cluster = FakeCluster {
        services,
        tasks: vec![
            of("short", 0, Some(1), 1),
            of("gone", 1, Some(1), 1),
            task(2, &[]),
        ],
        ..FakeCluster::default()
    };
    let (found, summary) = audit(Audit::new(&cluster)).await;
    let verdict = |name: &str| found[name].summary.verdict;
    assert_eq!(verdict("idle"), Verdict::Empty);
    assert!(found["idle"].is_sound() && !found["none"].is_sound());
    assert_eq!(verdict("short"), Verdict::Incomplete);
    assert_eq!(verdict("gone"), Verdict::Unknown);
    assert_eq!((summary.services, summary.unsound), (4, 3));
    let missing = ["previews/missing".parse().unwrap()];
    let mut told = Vec::new();
    let one = Audit::new(&cluster);
    one.services(&missing, &mut |verdict| told.push(verdict.to_string()))
        .await
        .unwrap();
    assert_eq!(
        told,
        ["unknown    previews/missing: ECS does not have the service (MISSING)"]
    );
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_not_sound_can_be_looked_at_again() {
    let image = format!("my/app@{}", digest(1));
    let cluster = FakeCluster {
        services: vec![service("web", 7, 2, 2)],
        tasks: vec![of("web", 0, Some(1), 1), of("web", 1, Some(1), 2)],
        revisions: vec![revision(7, &image, None)],
        ..FakeCluster::default()
    };
    let (found, _) = audit(Audit::new(&cluster).looking_again()).await;
    assert_eq!(found["web"].summary.verdict, Verdict::Mixed);
    assert_eq!(cluster.calls("DescribeTasks"), 2);
}

#[tokio::test(start_paused = true)]
async fn a_service_that_was_deleted_is_not_sound() {
    let mut deleted = service("web", 7, 0, 0);
    deleted.status = "INACTIVE".to_owned();
    let cluster = FakeCluster {
        services: vec![deleted],
        ..FakeCluster::default()
    };
    let (found, summary) = audit(Audit::new(&cluster)).await;
    assert_eq!(found["web"].summary.reason, "the service was deleted");
    assert!(!summary.is_sound());
}

#[tokio::test(start_paused = true)]
async fn one_service_that_cannot_be_looked_at_more_closely_does_not_end_the_audit() {
    let mut external = service("external", 7, 1, 1);
    external.task_definition = None;
    let cluster = FakeCluster {
        services: vec![external, service("unregistered", 9, 1, 1)],
        tasks: vec![
            of("external", 0, Some(1), 2),
            of("unregistered", 1, Some(1), 2),
        ],
        ..FakeCluster::default()
    };
    let (found, summary) = audit(Audit::new(&cluster).looking_again()).await;
    assert_eq!(found["external"].summary.verdict, Verdict::Wrong);
    assert_eq!(summary.wrong, 2);
}

#[tokio::test(start_paused = true)]
async fn a_list_that_never_ends_is_an_error() {
    let mut cluster = FakeCluster {
        services: vec![service("web", 7, 1, 1)],
        ..FakeCluster::default()
    };
    cluster.endless = true;
    let audit = Audit::new(&cluster);
    let error = audit.cluster("previews", &mut |_| {}).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
}

/// Revision `n` as version, deployed in the `n`-th hour of its place in the list.
fn history(cluster: &mut FakeCluster, deployments: &[(u32, &str)]) {
    let past = deployments
        .iter()
        .enumerate()
        .map(|(hour, (number, status))| {
            json!({
                "arn": format!("arn:sd/{hour}"),
                "status": status,
                "targetServiceRevision": format!("arn:sr/{number}"),
                "sourceServiceRevisions": [],
                "lifecycleHooks": [],
                "createdAt": format!("2025-08-21T{hour:02}:00:00Z"),
            })
        });
    let mut past: Vec<_> = past.map(|p| serde_json::from_value(p).unwrap()).collect();
    past.reverse();
    cluster.history.insert("web".to_owned(), past);
    let revisions = deployments.iter().map(|(number, _)| {
        json!({
            "arn": format!("arn:sr/{number}"),
            "taskDefinition": arn(*number),
            "containerImages": [],
            "createdAt": "2025-08-21T00:00:00Z",
        })
    });
    cluster.service_revisions = revisions
        .map(|r| serde_json::from_value(r).unwrap())
        .collect();
}

#[tokio::test(start_paused = true)]
async fn an_older_version_that_a_crashed_deployer_left_is_found() {
    let mut cluster = FakeCluster {
        services: vec![service("web", 6, 1, 1)],
        tasks: vec![of("web", 0, Some(1), 1)],
        revisions: vec![
            revision(6, "my/app", Some(OLDER)),
            revision(7, "my/app", Some(NEWER)),
        ],
        ..FakeCluster::default()
    };
    history(&mut cluster, &[(7, "SUCCESSFUL"), (6, "SUCCESSFUL")]);
    let (found, summary) = audit(Audit::new(&cluster).with_order()).await;
    let order = serde_json::to_value(found["web"].order.as_ref().unwrap()).unwrap();
    assert_eq!(
        (&order["inPlace"], &order["newer"]),
        (&json!(OLDER), &json!(NEWER))
    );
    assert_eq!(order["newerTaskDefinition"], arn(7));
    assert_eq!(summary.out_of_order, 1);
    for in_order in [
        [(6, "SUCCESSFUL"), (7, "SUCCESSFUL")].as_slice(),
        &[(6, "SUCCESSFUL"), (7, "ROLLBACK_SUCCESSFUL")],
        &[(7, "SUCCESSFUL"), (6, "STOPPED"), (7, "SUCCESSFUL")],
    ] {
        history(&mut cluster, in_order);
        let service = "previews/web".parse().unwrap();
        assert_eq!(out_of_order(&cluster, &service).await.unwrap(), None);
    }
    // A newer one that was stopped, because an older one was written over it, counts too.
    history(&mut cluster, &[(7, "STOPPED"), (6, "SUCCESSFUL")]);
    let service = "previews/web".parse().unwrap();
    assert!(out_of_order(&cluster, &service).await.unwrap().is_some());
}
