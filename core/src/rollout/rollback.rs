//! Taking a service back to what it ran before.

use super::candidate::verify_revision;
use super::drive::{FIRST_READ, Patience, Stop, Teller};
use super::history::{RollbackTo, history};
use super::{DeployRequest, Deployer, EvidenceRecord, Intent, What};
use crate::Result;
use crate::gate::{Gate, Wait};
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
/// Throttling, server errors and lost answers are borne with, as in a deployment.
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
    let wait = deployer.wait.unwrap_or(Wait::for_up_to(FIRST_READ));
    let patience = Patience::new(wait, deployer.teller.clone());
    let request = choose(&patience, control, registry, gate, service, to).await?;
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
    let patience = Patience::new(Wait::for_up_to(FIRST_READ), Teller::default());
    choose(&patience, control, registry, gate, service, to).await
}

async fn choose(
    patience: &Patience,
    control: &dyn ServiceControl,
    registry: &dyn ImageRegistry,
    gate: &Gate,
    service: &ServiceAddress,
    to: &RollbackTo,
) -> Result<DeployRequest> {
    let past = patience.read(|| history(control, service, HISTORY));
    let target = past.await.map_err(Stop::into_error)?.rollback_target(to)?;
    let name = target.task_definition().as_str();
    let revision = patience.read(|| control.describe_task_definition(name));
    let revision = revision.await.map_err(Stop::into_error)?;
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
