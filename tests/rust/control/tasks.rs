//! Tasks and targets.

use std::collections::BTreeSet;

use artifact_deploy::ErrorKind;
use artifact_deploy::memory::Behaviour;
use artifact_deploy::ports::TaskState;
use artifact_deploy::service::{ServiceAddress, TargetState};
use serde_json::json;

use crate::deployments::digest_of;
use crate::places::Place;
use crate::stage::{GROUP, all, plain, refused, until};

pub(crate) async fn running_tasks_are_told_as_they_are(place: &Place) {
    let service = place.steady("web", &json!({}));
    let listed = place
        .control
        .list_tasks(&service, TaskState::Running, None)
        .await;
    let arns = listed.unwrap().items;
    let tasks = place.control.describe_tasks("main", &arns).await.unwrap();
    assert_eq!(
        plain(&tasks),
        plain(&place.cluster.tasks(&service).unwrap())
    );
    let digest = digest_of(place, "v1").await;
    let ours = place.service(&service).await.primary().unwrap().id.clone();
    for task in &tasks {
        assert!(task.is_running());
        assert_eq!(task.started_by.as_ref(), Some(&ours));
        assert_eq!(
            task.containers[0].image_digest.as_deref(),
            Some(digest.as_str())
        );
        assert!(task.private_ipv4_address.is_some());
    }
    let stopped = place
        .control
        .list_tasks(&service, TaskState::Stopped, None)
        .await;
    assert!(stopped.unwrap().items.is_empty());
}

pub(crate) async fn tasks_that_failed_are_listed_as_stopped_with_the_words_of_ecs(place: &Place) {
    let service = place.steady("web", &json!({}));
    place.cluster.behave(
        "bad",
        Behaviour::CrashLoop {
            exit_code: 7,
            after: None,
        },
    );
    for (tag, words) in [
        ("absent", "CannotPullContainerError"),
        ("bad", "Essential container"),
    ] {
        let ours = place
            .deploy(&service, tag)
            .await
            .primary()
            .unwrap()
            .id
            .clone();
        let failed = until(async || {
            let listed = place
                .control
                .list_tasks(&service, TaskState::Stopped, None)
                .await;
            let arns = listed.unwrap().items;
            let tasks = place.control.describe_tasks("main", &arns).await.unwrap();
            tasks.into_iter().find(|task| {
                task.started_by.as_ref() == Some(&ours) && task.last_status == "STOPPED"
            })
        })
        .await;
        assert!(
            failed.stopped_reason.as_ref().unwrap().contains(words),
            "{failed:?}"
        );
        assert!(failed.stop_code.is_some() && failed.stopped_at.is_some());
        if tag == "bad" {
            assert_eq!(failed.containers[0].exit_code, Some(7));
        }
    }
}

pub(crate) async fn more_tasks_than_one_page_has_are_all_listed(place: &Place) {
    let many = place.steady("many", &json!({ "desiredCount": 101 }));
    place.steady("few", &json!({}));
    let pages = all(async |page| {
        place
            .control
            .list_tasks(&many, TaskState::Running, page)
            .await
    });
    let pages = pages.await;
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [100, 1]);
    let own = place.cluster.tasks(&many).unwrap();
    let own: BTreeSet<String> = own.into_iter().map(|task| task.task_arn).collect();
    assert_eq!(pages.concat().into_iter().collect::<BTreeSet<_>>(), own);
    let pages = all(async |page| place.control.list_cluster_tasks("main", page).await).await;
    assert_eq!(
        pages.concat().into_iter().collect::<BTreeSet<_>>().len(),
        103
    );
}

pub(crate) async fn targets_are_the_addresses_of_tasks(place: &Place) {
    let balancer =
        json!({ "targetGroupArn": GROUP, "containerName": "web", "containerPort": 8080 });
    let service = place.steady("web", &json!({ "loadBalancers": [balancer] }));
    let targets = place.targets.target_health(GROUP).await.unwrap();
    let addresses = |ids: Vec<Option<String>>| ids.into_iter().flatten().collect::<BTreeSet<_>>();
    let tasks = place.cluster.tasks(&service).unwrap();
    assert_eq!(
        addresses(
            targets
                .iter()
                .map(|target| Some(target.id.clone()))
                .collect()
        ),
        addresses(
            tasks
                .into_iter()
                .map(|task| task.private_ipv4_address)
                .collect()
        )
    );
    for target in &targets {
        assert_eq!(
            (&target.state, target.port),
            (&TargetState::Healthy, Some(8080))
        );
        assert_eq!(target.reason, None);
    }
    place.deploy(&service, "v2").await;
    let other = until(async || {
        let targets = place.targets.target_health(GROUP).await.unwrap();
        targets
            .into_iter()
            .find(|target| target.state != TargetState::Healthy)
    })
    .await;
    assert!(other.reason.is_some(), "{other:?}");
}

pub(crate) async fn what_is_not_there_has_its_kind(place: &Place) {
    let service = place.steady("web", &json!({}));
    let control = &place.control;
    let arns = control.list_tasks(&service, TaskState::Running, None).await;
    let mut arns = arns.unwrap().items;
    arns.push(format!("{}0", arns[0]));
    let found = control.describe_tasks("main", &arns).await.unwrap();
    assert_eq!(found.len(), 2, "what ECS does not know is left out");
    assert!(
        control
            .describe_tasks("main", &[])
            .await
            .unwrap()
            .is_empty()
    );

    let absent = ServiceAddress::new("main", "absent").unwrap();
    for (error, kind) in [
        (
            refused(control.list_tasks(&absent, TaskState::Running, None).await),
            ErrorKind::ServiceNotFound,
        ),
        (
            refused(control.list_cluster_tasks("absent", None).await),
            ErrorKind::ClusterNotFound,
        ),
        (
            refused(control.describe_tasks("absent", &arns).await),
            ErrorKind::ClusterNotFound,
        ),
        (
            refused(place.targets.target_health(GROUP).await),
            ErrorKind::TargetGroupNotFound,
        ),
    ] {
        assert_eq!(error.kind(), kind, "{error}");
    }
}
