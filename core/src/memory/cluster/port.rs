//! The cluster as a rollout sees it.

use std::collections::HashMap;

use async_trait::async_trait;
use tokio::time::Instant;

use super::configuration::{Configuration, merged};
use super::fault::{ControlFaultKind, ControlOperation};
use super::memory_cluster::MemoryCluster;
use super::page::{at_most, page};
use super::refusal::{Aws, no_service, refuse};
use super::service::Service;
use super::world::MARK;
use crate::ports::{Page, RegisteredTaskDefinition, ServiceControl, TaskState};
use crate::service::{
    HookAction, ServiceAddress, ServiceDeployment, ServiceLookup, ServiceRevision, ServiceSnapshot,
    ServiceUpdate, Task, TaskDefinitionArn,
};
use crate::task_definition::TaskDefinition;
use crate::{ErrorKind, Result};

type Fault = Option<ControlFaultKind>;

impl MemoryCluster {
    /// Counts a call, and lets it go wrong before anything is done.
    pub(super) async fn called(
        &self,
        operation: ControlOperation,
        services: &[&str],
    ) -> Result<Fault> {
        let fault = self.state().strike(operation, services);
        if fault == Some(ControlFaultKind::Hang) {
            std::future::pending::<()>().await;
        }
        match fault {
            Some(ControlFaultKind::LostAnswer) | None => Ok(fault),
            Some(kind) => kind.error().map_or(Ok(fault), Err),
        }
    }
}

/// Loses an answer.
fn answer<T>(fault: Fault, answer: T) -> Result<T> {
    match fault {
        Some(ControlFaultKind::LostAnswer) => Err(ControlFaultKind::LostAnswer
            .error()
            .unwrap_or_else(no_service)),
        _ => Ok(answer),
    }
}

fn lags(fault: Fault) -> bool {
    fault == Some(ControlFaultKind::Stale)
}

fn misses(fault: Fault) -> bool {
    fault == Some(ControlFaultKind::Missing)
}

/// The service as the fault lets it be seen.
fn seen(service: &Service, fault: Fault) -> &Service {
    if lags(fault) {
        service.lagging()
    } else {
        service
    }
}

#[async_trait]
impl ServiceControl for MemoryCluster {
    async fn register_task_definition(
        &self,
        document: &TaskDefinition,
    ) -> Result<RegisteredTaskDefinition> {
        let fault = self
            .called(ControlOperation::RegisterTaskDefinition, &[])
            .await?;
        let mut state = self.state();
        answer(fault, state.register(document)?)
    }

    async fn describe_task_definition(&self, name: &str) -> Result<RegisteredTaskDefinition> {
        let fault = self
            .called(ControlOperation::DescribeTaskDefinition, &[])
            .await?;
        let state = self.state();
        let name = if misses(fault) { "" } else { name };
        let definitions = if lags(fault) {
            &state.definitions_before
        } else {
            &state.definitions
        };
        answer(fault, definitions.describe(name)?)
    }

    async fn list_task_definitions(
        &self,
        family: &str,
        from: Option<&str>,
    ) -> Result<Page<TaskDefinitionArn>> {
        let fault = self
            .called(ControlOperation::ListTaskDefinitions, &[])
            .await?;
        let state = self.state();
        let family = if misses(fault) { "" } else { family };
        let definitions = if lags(fault) {
            &state.definitions_before
        } else {
            &state.definitions
        };
        answer(
            fault,
            page(definitions.list(family), from, state.world.page_size)?,
        )
    }

    async fn describe_services(
        &self,
        cluster: &str,
        names: &[String],
    ) -> Result<Vec<ServiceLookup>> {
        let services: Vec<&str> = names.iter().map(String::as_str).collect();
        let fault = self
            .called(ControlOperation::DescribeServices, &services)
            .await?;
        at_most(10, names.len(), "services")?;
        let state = self.state();
        let services = state.cluster(cluster)?;
        let look = |name: &String| match services.get(name) {
            Some(service) if !misses(fault) => {
                ServiceLookup::Found(Box::new(seen(service, fault).describe(&state.world)))
            }
            _ => ServiceLookup::Missing {
                reason: "MISSING".to_owned(),
            },
        };
        answer(fault, names.iter().map(look).collect())
    }

    async fn list_services(&self, cluster: &str, from: Option<&str>) -> Result<Page<String>> {
        let fault = self.called(ControlOperation::ListServices, &[]).await?;
        let state = self.state();
        let services = state.cluster(cluster)?.values();
        let names = services
            .filter(|service| service.status == "ACTIVE" && !misses(fault))
            .map(|service| service.name.clone());
        answer(fault, page(names, from, state.world.page_size)?)
    }

    async fn update_service(
        &self,
        service: &ServiceAddress,
        update: &ServiceUpdate,
    ) -> Result<ServiceSnapshot> {
        let fault = self
            .called(ControlOperation::UpdateService, &[service.service()])
            .await?;
        if misses(fault) {
            return Err(no_service());
        }
        let now = Instant::now();
        let mut state = self.state();
        let definition = update
            .task_definition
            .as_ref()
            .map(|arn| state.definitions.active(arn.as_str()))
            .transpose();
        let (service, world) = state.service_mut(service)?;
        if service.status != "ACTIVE" {
            return Err(refuse(
                ErrorKind::ServiceNotActive,
                Aws::ServiceNotActive,
                "Service was not ACTIVE.",
            ));
        }
        let definition = definition?;
        let changed = definition
            .as_ref()
            .is_some_and(|definition| definition.arn != service.definition.arn);
        let forced = update.force_new_deployment == Some(true);
        if service.controller != "ECS" && (definition.is_some() || forced) {
            return Err(refuse(
                ErrorKind::UnsupportedController,
                Aws::InvalidParameter,
                &format!(
                    "Unable to update task definition on services with a {} deployment controller.",
                    service.controller
                ),
            ));
        }
        let configuration = update
            .deployment_configuration
            .as_ref()
            .map(|new| merged(service.configuration_json.as_ref(), new));
        let read = configuration.as_ref();
        let read = read.map(|new| Configuration::read(Some(new))).transpose()?;
        service.remember();
        if let Some(read) = read {
            service.configuration = read;
            service.configuration_json = configuration;
        }
        if changed || forced {
            let definition = definition.unwrap_or_else(|| service.definition.clone());
            service.deploy(definition, now, world);
        }
        answer(fault, service.describe(world))
    }

    async fn list_service_deployments(
        &self,
        service: &ServiceAddress,
        from: Option<&str>,
    ) -> Result<Page<ServiceDeployment>> {
        let operation = ControlOperation::ListServiceDeployments;
        let fault = self.called(operation, &[service.service()]).await?;
        let state = self.state();
        state.has_service_deployments()?;
        let service = seen(state.service(service)?, fault);
        let all = state.history(service).filter(|_| !misses(fault));
        let all = all.map(|record| record.brief(&service.revisions, &state.world));
        answer(fault, page(all, from, state.world.page_size)?)
    }

    async fn describe_service_deployments(
        &self,
        arns: &[String],
    ) -> Result<Vec<ServiceDeployment>> {
        let services = services_of(arns);
        let operation = ControlOperation::DescribeServiceDeployments;
        let fault = self.called(operation, &services).await?;
        at_most(20, arns.len(), "service deployments")?;
        let state = self.state();
        state.has_service_deployments()?;
        let all = arns.iter().filter(|_| !misses(fault));
        let found = all.filter_map(|arn| {
            let service = seen(state.named_in(arn)?, fault);
            let record = state.history(service).find(|record| record.arn == *arn)?;
            Some(record.describe(&service.revisions, &state.world))
        });
        answer(fault, found.collect())
    }

    async fn describe_service_revisions(&self, arns: &[String]) -> Result<Vec<ServiceRevision>> {
        let services = services_of(arns);
        let operation = ControlOperation::DescribeServiceRevisions;
        let fault = self.called(operation, &services).await?;
        at_most(20, arns.len(), "service revisions")?;
        let state = self.state();
        state.has_service_deployments()?;
        let all = arns.iter().filter(|_| !misses(fault));
        let found = all.filter_map(|arn| {
            let service = seen(state.named_in(arn)?, fault);
            let revision = service.revisions.iter().find(|one| one.arn == *arn)?;
            Some(revision.describe(&state.world))
        });
        answer(fault, found.collect())
    }

    async fn continue_service_deployment(
        &self,
        arn: &str,
        hook_id: &str,
        action: HookAction,
    ) -> Result<()> {
        let services = services_of(std::slice::from_ref(&arn));
        let operation = ControlOperation::ContinueServiceDeployment;
        let fault = self.called(operation, &services).await?;
        self.state()
            .continue_deployment(arn, hook_id, action, misses(fault))?;
        answer(fault, ())
    }

    async fn stop_service_deployment(&self, arn: &str) -> Result<()> {
        let services = services_of(std::slice::from_ref(&arn));
        let operation = ControlOperation::StopServiceDeployment;
        let fault = self.called(operation, &services).await?;
        self.state().stop_deployment(arn, misses(fault))?;
        answer(fault, ())
    }

    async fn list_tasks(
        &self,
        service: &ServiceAddress,
        state_of_tasks: TaskState,
        from: Option<&str>,
    ) -> Result<Page<String>> {
        let fault = self
            .called(ControlOperation::ListTasks, &[service.service()])
            .await?;
        let state = self.state();
        let tasks = seen(state.service(service)?, fault).visible(&state.world);
        let wanted = state_of_tasks == TaskState::Running;
        let arns = tasks
            .filter(|task| task.wanted == wanted && !misses(fault))
            .map(|task| task.arn.clone());
        answer(fault, page(arns, from, state.world.page_size)?)
    }

    async fn list_cluster_tasks(&self, cluster: &str, from: Option<&str>) -> Result<Page<String>> {
        let fault = self.called(ControlOperation::ListClusterTasks, &[]).await?;
        let state = self.state();
        let services = state.cluster(cluster)?.values();
        let tasks = services.flat_map(|service| seen(service, fault).visible(&state.world));
        let arns = tasks
            .filter(|task| task.wanted && !misses(fault))
            .map(|task| task.arn.clone());
        answer(fault, page(arns, from, state.world.page_size)?)
    }

    async fn describe_tasks(&self, cluster: &str, arns: &[String]) -> Result<Vec<Task>> {
        let fault = self.called(ControlOperation::DescribeTasks, &[]).await?;
        at_most(100, arns.len(), "tasks")?;
        let state = self.state();
        let services = state.cluster(cluster)?.values();
        let services: HashMap<&str, &Service> = services
            .map(|service| (service.mark.as_str(), seen(service, fault)))
            .collect();
        let find = |arn: &String| {
            let id = arn.rsplit('/').next()?;
            let service = services.get(id.get(..MARK)?)?;
            let task = service
                .visible(&state.world)
                .find(|task| task.arn == *arn)?;
            Some(task.describe(&state.world))
        };
        let found = arns.iter().filter(|_| !misses(fault)).filter_map(find);
        answer(fault, found.collect())
    }
}

/// The names of the services that ARNs of service deployments and revisions carry.
fn services_of<T: AsRef<str>>(arns: &[T]) -> Vec<&str> {
    arns.iter()
        .filter_map(|arn| arn.as_ref().split('/').nth(2))
        .collect()
}
