//! An older version in place where the history has a newer one.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::Result;
use crate::ports::ServiceControl;
use crate::rollout::order::{Begun, Entry, Revision, View};
use crate::rollout::{History, PastDeployment, PastOutcome, history};
use crate::service::{ServiceAddress, TaskDefinitionArn};
use crate::version::Version;

/// How far back is looked: one page of the history.
const DEPLOYMENTS: usize = 100;

/// A newer version was in place, was replaced by an older one, and is not in place again.
///
/// That is an intended rollback, or what a deployer left that ended between its update and its
/// check. ECS does not tell which, so it is reported and not put right.
///
/// JSON: `{"reason", "inPlace", "newer", "newerTaskDefinition", "newerOutcome", "replacedAt"?}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OlderInPlace {
    /// In a sentence.
    pub reason: String,
    /// The version in place.
    #[serde(serialize_with = "id")]
    pub in_place: Version,
    /// The newer one.
    #[serde(serialize_with = "id")]
    pub newer: Version,
    /// What the newer one ran: to be deployed again, if this was no rollback.
    pub newer_task_definition: TaskDefinitionArn,
    /// How its deployment ended.
    pub newer_outcome: PastOutcome,
    /// When it was replaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaced_at: Option<DateTime<Utc>>,
}

fn id<S: serde::Serializer>(version: &Version, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(version)
}

/// Whether an older version is in place where the history of the service has a newer one, as far as
/// its last hundred service deployments tell.
///
/// `None` also where the endpoint has no service deployments, or versions are not known. Requests:
/// those of [`history`].
///
/// # Errors
/// Those of [`history`].
pub async fn out_of_order(
    control: &dyn ServiceControl,
    service: &ServiceAddress,
) -> Result<Option<OlderInPlace>> {
    out_of_order_among(control, service, DEPLOYMENTS).await
}

/// The same among the latest `deployments`.
pub(in crate::rollout) async fn out_of_order_among(
    control: &dyn ServiceControl,
    service: &ServiceAddress,
    deployments: usize,
) -> Result<Option<OlderInPlace>> {
    Ok(find(&history(control, service, deployments).await?))
}

/// What was taken back never was in place; what was stopped may have been: another deployment took
/// its place.
fn find(history: &History) -> Option<OlderInPlace> {
    let past: Vec<&PastDeployment> = history
        .deployments()
        .iter()
        .filter(|past| past.outcome() != PastOutcome::RolledBack)
        .collect();
    let entries = past.iter().filter_map(|past| {
        Some(Entry {
            id: Begun {
                at: past.created_at()?,
                id: past.service_deployment()?.to_owned(),
            },
            target: Revision {
                task_definition: past.task_definition().clone(),
                version: past.version().cloned(),
            },
            failed: false,
        })
    });
    let view = View::new(entries);
    let in_place = view.in_place()?.target.version.clone()?;
    let found = view.out_of_order()?;
    let newer = found.newer.target.version.clone()?;
    let outcome = past
        .iter()
        .find(|past| past.service_deployment() == Some(found.newer.id.id.as_str()))
        .map(|past| past.outcome())?;
    Some(OlderInPlace {
        reason: format!(
            "{in_place} is in place, and the newer {newer} was replaced: a rollback that was meant, or \
             a deployer that ended before it could put the newer one back; deploy {} if it was not meant",
            found.newer.target.task_definition.short()
        ),
        in_place,
        newer,
        newer_task_definition: found.newer.target.task_definition.clone(),
        newer_outcome: outcome,
        replaced_at: Some(found.replaced_by.id.at),
    })
}
