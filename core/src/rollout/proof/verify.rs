//! Proving a service.

use super::judge::RunningTasks;
use super::look::look;
use super::revisions::Revisions;
use super::{Meant, Proof};
use crate::ports::ServiceControl;
use crate::service::{ServiceAddress, ServiceLookup, ServiceSnapshot};
use crate::{Error, ErrorKind, Result};

/// More revisions than run in one service at a time.
const REVISIONS: usize = 256;

/// What every running task of a service runs, against what was meant; where nothing is named,
/// against what the service's own task definition pins.
///
/// A container that its task definition does not pin can then only be shown to be the same in all
/// tasks, and the proof says so. Requests: DescribeServices; one ListTasks and one DescribeTasks per
/// 100 tasks; DescribeTaskDefinition once for each revision that runs, to tell its version.
///
/// # Errors
/// `ServiceNotFound`, `ServiceNotActive` when it was deleted; `UnsupportedController` when nothing is
/// named and the service has no task definition of its own; `UnexpectedResponse`; and those of
/// [`ServiceControl`]. What runs and is not what was meant is no error here:
/// [`require_verified`](Proof::require_verified) makes one of it.
pub async fn verify_running(
    control: &dyn ServiceControl,
    service: &ServiceAddress,
    meant: Option<&Meant>,
) -> Result<Proof> {
    let snapshot = snapshot(control, service).await?;
    let mut revisions = Revisions::new(control, REVISIONS);
    let meant = match meant {
        Some(meant) => meant.clone(),
        None => own_meaning(&mut revisions, service, &snapshot).await?,
    };
    let look = look(control, service).await?;
    for task in &look.tasks {
        revisions.learn(&task.task_definition_arn).await;
    }
    let mut running = RunningTasks::new(&look.tasks)
        .of(service)
        .desired(snapshot.desired_count)
        .counted(snapshot.running_count)
        .unseen(&look.unseen);
    for task in &look.tasks {
        if let Some(version) = revisions.version(&task.task_definition_arn) {
            running = running.version(&task.task_definition_arn, version);
        }
    }
    Ok(running.judge(&meant))
}

pub(crate) async fn snapshot(
    control: &dyn ServiceControl,
    service: &ServiceAddress,
) -> Result<ServiceSnapshot> {
    let names = [service.service().to_owned()];
    let found = control.describe_services(service.cluster(), &names).await?;
    match found.into_iter().next() {
        Some(ServiceLookup::Found(snapshot)) if snapshot.status == "INACTIVE" => Err(Error::new(
            ErrorKind::ServiceNotActive,
            format!("service {service} was deleted"),
        )),
        Some(ServiceLookup::Found(snapshot)) => Ok(*snapshot),
        Some(ServiceLookup::Missing { .. }) | None => Err(Error::new(
            ErrorKind::ServiceNotFound,
            format!("there is no service {service}; check its name, its cluster, and the region"),
        )),
    }
}

/// What the service itself was last told to run.
async fn own_meaning(
    revisions: &mut Revisions<'_>,
    service: &ServiceAddress,
    snapshot: &ServiceSnapshot,
) -> Result<Meant> {
    let Some(arn) = &snapshot.task_definition else {
        return Err(Error::new(
            ErrorKind::UnsupportedController,
            format!(
                "service {service} is deployed by {} and has no task definition of its own; name the \
                 digests that are meant",
                crate::harmless::escaped(&snapshot.deployment_controller)
            ),
        ));
    };
    let revision = revisions.describe(arn).await?;
    let meant = Meant::agreeing_with(&revision.task_definition).with_task_definition(arn.clone());
    Ok(match revisions.version(arn) {
        Some(version) => meant.with_version(version.clone()),
        None => meant,
    })
}
