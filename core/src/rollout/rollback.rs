//! Taking a service back to what it ran before.

use super::candidate::verify_revision;
use super::history::{RollbackTo, history};
use super::{DeployRequest, Deployer, EvidenceRecord, Intent, What};
use crate::Result;
use crate::gate::Gate;
use crate::ports::{ImageRegistry, ServiceControl};
use crate::service::ServiceAddress;

/// How many past deployments are looked at.
const HISTORY: usize = 100;

/// Takes `service` back to an earlier version, and proves that it runs it.
///
/// The target is chosen from the history of the service; its images pass `gate` first, because what
/// was good once may be gone from the registry; then its revision is deployed as it is, with nothing
/// registered again, watched and proven as `deployer` says. An older version may replace a newer one
/// here: that is what a rollback is for.
///
/// # Errors
/// `NoKnownGood` when there is nothing to go back to; the kinds of the gate when the image of the
/// target is not sound any more; and those of [`Deployer::deploy`].
pub async fn rollback(
    deployer: &Deployer,
    control: &dyn ServiceControl,
    registry: &dyn ImageRegistry,
    gate: &Gate,
    service: &ServiceAddress,
    to: &RollbackTo,
) -> Result<EvidenceRecord> {
    let request = rollback_request(control, registry, gate, service, to).await?;
    deployer.deploy(&request).await
}

/// What [`rollback`] would deploy, past the gate: for [`Deployer::plan`], or to look at first.
///
/// # Errors
/// As [`rollback`], before anything is changed.
pub async fn rollback_request(
    control: &dyn ServiceControl,
    registry: &dyn ImageRegistry,
    gate: &Gate,
    service: &ServiceAddress,
    to: &RollbackTo,
) -> Result<DeployRequest> {
    let past = history(control, service, HISTORY).await?;
    let target = past.rollback_target(to)?;
    let revision = control
        .describe_task_definition(target.task_definition().as_str())
        .await?;
    let images = verify_revision(registry, gate, &revision, target.images()).await?;
    let what = What::Revision {
        task_definition: revision.arn,
        images,
    };
    Ok(DeployRequest::new(service.clone(), what).intent(Intent::Rollback))
}

#[cfg(all(test, feature = "memory"))]
#[path = "rollback_tests.rs"]
mod tests;
