//! Reading the history.

use std::collections::HashMap;

use super::past::{History, HistorySource, PastDeployment};
use crate::ports::ServiceControl;
use crate::rollout::drive::{read_service, told_to_run};
use crate::rollout::version_of;
use crate::service::{ServiceAddress, ServiceDeployment, ServiceRevision, TaskDefinitionArn};
use crate::version::Version;
use crate::{ErrorKind, Result};

/// ECS: `DescribeServiceRevisions` takes at most 20.
const BATCH: usize = 20;
/// How many revisions are looked into for their versions. One call each; the oldest of a long
/// history are listed without a version.
const LOOKED_INTO: usize = 50;

/// The history of a service, newest first, at most `limit` deployments (0: none but what is in
/// place).
///
/// Calls: one `DescribeServices`, one `ListServiceDeployments` for each 100, one
/// `DescribeServiceRevisions` for each 20, and one `DescribeTaskDefinition` for each different revision,
/// of which at most the 50 newest are looked into. Where the endpoint has no service deployments or
/// lists none, the active revisions of the task definition take their place.
///
/// # Errors
/// `ServiceNotFound`, `ClusterNotFound`, and whatever keeps ECS from answering.
pub async fn history(
    control: &dyn ServiceControl,
    service: &ServiceAddress,
    limit: usize,
) -> Result<History> {
    let snapshot = read_service(control, service).await?;
    let in_place = told_to_run(&snapshot).cloned();
    let listed = match list(control, service, limit).await {
        Err(error) if error.kind() == ErrorKind::UnsupportedOperation => Vec::new(),
        other => other?,
    };
    let (source, mut deployments) = if listed.is_empty() {
        let family = in_place.as_ref().map(TaskDefinitionArn::family);
        let revisions = match family {
            Some(family) => revisions_of(control, family, limit).await?,
            None => Vec::new(),
        };
        (HistorySource::Revisions, revisions)
    } else {
        let past = resolve(control, &listed).await?;
        (HistorySource::ServiceDeployments, past)
    };
    name_versions(control, &mut deployments).await?;
    Ok(History {
        service: service.clone(),
        source,
        in_place,
        deployments,
    })
}

async fn list(
    control: &dyn ServiceControl,
    service: &ServiceAddress,
    limit: usize,
) -> Result<Vec<ServiceDeployment>> {
    let mut listed = Vec::new();
    let mut next = None;
    while listed.len() < limit {
        let page = control
            .list_service_deployments(service, next.as_deref())
            .await?;
        listed.extend(page.items);
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    listed.truncate(limit);
    Ok(listed)
}

/// The deployments with what their target revisions run. One whose revision ECS has forgotten
/// cannot be gone back to and is left out.
async fn resolve(
    control: &dyn ServiceControl,
    listed: &[ServiceDeployment],
) -> Result<Vec<PastDeployment>> {
    let mut arns: Vec<String> = Vec::new();
    for deployment in listed {
        if !arns.contains(&deployment.target_service_revision) {
            arns.push(deployment.target_service_revision.clone());
        }
    }
    let mut revisions: HashMap<String, ServiceRevision> = HashMap::new();
    for batch in arns.chunks(BATCH) {
        for revision in control.describe_service_revisions(batch).await? {
            revisions.insert(revision.arn.clone(), revision);
        }
    }
    let past = listed.iter().filter_map(|deployment| {
        let revision = revisions.get(&deployment.target_service_revision)?;
        Some(PastDeployment::of(
            deployment,
            revision.task_definition.clone(),
            revision.container_images.clone(),
        ))
    });
    Ok(past.collect())
}

async fn revisions_of(
    control: &dyn ServiceControl,
    family: &str,
    limit: usize,
) -> Result<Vec<PastDeployment>> {
    let mut revisions = Vec::new();
    let mut next = None;
    while revisions.len() < limit {
        let page = control
            .list_task_definitions(family, next.as_deref())
            .await?;
        // ECS lists by prefix where it lists at all: `app` would bring `app-worker` along.
        let own = page.items.into_iter().filter(|arn| arn.family() == family);
        revisions.extend(own.map(PastDeployment::registered));
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    revisions.truncate(limit);
    Ok(revisions)
}

async fn name_versions(
    control: &dyn ServiceControl,
    deployments: &mut [PastDeployment],
) -> Result<()> {
    let mut known: HashMap<TaskDefinitionArn, Option<Version>> = HashMap::new();
    for past in deployments {
        if !known.contains_key(&past.task_definition) {
            if known.len() == LOOKED_INTO {
                return Ok(());
            }
            let described = control
                .describe_task_definition(past.task_definition.as_str())
                .await;
            let version = match described {
                Ok(revision) => version_of(&revision),
                // Deleted since: it has no version any more, and cannot be gone back to.
                Err(error) if error.kind() == ErrorKind::TaskDefinitionNotFound => None,
                Err(error) => return Err(error),
            };
            known.insert(past.task_definition.clone(), version);
        }
        past.version = known.get(&past.task_definition).cloned().flatten();
    }
    Ok(())
}
