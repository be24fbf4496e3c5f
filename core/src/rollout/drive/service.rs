//! Reading the service.

use serde_json::{Value, json};

use super::{Patience, Stop};
use crate::harmless::escaped;
use crate::ports::{RegisteredTaskDefinition, ServiceControl};
use crate::service::{ServiceAddress, ServiceLookup, ServiceSnapshot, TaskDefinitionArn};
use crate::strategy::DeploymentConfiguration;
use crate::{Error, ErrorKind, Result};

/// The service as it is.
pub(in crate::rollout) async fn read_service(
    control: &dyn ServiceControl,
    service: &ServiceAddress,
) -> Result<ServiceSnapshot> {
    let names = [service.service().to_owned()];
    let found = control.describe_services(service.cluster(), &names).await?;
    match found.into_iter().next() {
        Some(ServiceLookup::Found(snapshot)) => Ok(*snapshot),
        Some(ServiceLookup::Missing { .. }) | None => Err(Error::new(
            ErrorKind::ServiceNotFound,
            format!(
                "ECS does not have the service {service}; compare its name, Region and account"
            ),
        )),
    }
}

/// Whether ECS itself deploys the service, and it is there to stay.
///
/// # Errors
/// `ServiceNotActive`, `UnsupportedController`.
pub(in crate::rollout) fn require_deployable(
    address: &ServiceAddress,
    service: &ServiceSnapshot,
) -> Result<()> {
    if service.status != "ACTIVE" {
        return Err(Error::new(
            ErrorKind::ServiceNotActive,
            format!(
                "the service {address} is {}; it was deleted or is being deleted",
                escaped(&service.status)
            ),
        ));
    }
    let instead = match service.deployment_controller.as_str() {
        "" | "ECS" => return Ok(()),
        "CODE_DEPLOY" => "create a deployment in CodeDeploy",
        _ => "use the tool that creates its task sets",
    };
    Err(Error::new(
        ErrorKind::UnsupportedController,
        format!(
            "the service {address} is deployed by {}, which ECS does not let anybody else do; {instead}",
            escaped(&service.deployment_controller)
        ),
    ))
}

/// Whether the service can be deployed with this configuration, where one is given: it stands over
/// what the service has.
///
/// # Errors
/// `InvalidDeploymentConfiguration`, with the arithmetic.
pub(in crate::rollout) fn require_possible(
    service: &ServiceSnapshot,
    wanted: Option<&Value>,
) -> Result<()> {
    let Some(wanted) = wanted else { return Ok(()) };
    DeploymentConfiguration::from_ecs(wanted.clone())?;
    let mut whole = service
        .deployment_configuration
        .clone()
        .unwrap_or_else(|| json!({}));
    if let (Some(whole), Some(wanted)) = (whole.as_object_mut(), wanted.as_object()) {
        for (name, value) in wanted {
            whole.insert(name.clone(), value.clone());
        }
    }
    match DeploymentConfiguration::from_ecs(whole) {
        Ok(whole) => whole.check(service.desired_count),
        // ECS wrote something that is not known here; it will say itself what it takes.
        Err(_) => Ok(()),
    }
}

/// What the service is told to run.
pub(in crate::rollout) fn told_to_run(service: &ServiceSnapshot) -> Option<&TaskDefinitionArn> {
    let primary = service.primary().map(|primary| &primary.task_definition);
    primary.or(service.task_definition.as_ref())
}

/// A revision, where ECS still has it.
pub(in crate::rollout) async fn find_revision(
    control: &dyn ServiceControl,
    name: &str,
) -> Result<Option<RegisteredTaskDefinition>> {
    match control.describe_task_definition(name).await {
        Ok(revision) => Ok(Some(revision)),
        Err(error) if error.kind() == ErrorKind::TaskDefinitionNotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// A revision that the service names, where ECS still has it. One that was registered a moment ago may
/// not be shown yet.
pub(super) async fn find_known(
    control: &dyn ServiceControl,
    patience: &Patience,
    arn: &TaskDefinitionArn,
) -> Result<Option<RegisteredTaskDefinition>, Stop> {
    let read = patience.read_known(|| control.describe_task_definition(arn.as_str()));
    match read.await {
        Ok(revision) => Ok(Some(revision)),
        Err(Stop::Error(error)) if error.kind() == ErrorKind::TaskDefinitionNotFound => Ok(None),
        Err(stop) => Err(stop),
    }
}
