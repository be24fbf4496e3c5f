//! Service deployments and service revisions.

use aws_sdk_ecs::types::{DeploymentLifecycleHookAction, StopServiceDeploymentStopType};

use super::deployment_values::{brief, service_deployment, service_revision};
use super::limits::Class;
use super::opened::{Asked, Opened, at_most, once};
use super::values::Read;
use crate::Result;
use crate::harmless::escaped;
use crate::ports::Page;
use crate::service::{HookAction, ServiceAddress, ServiceDeployment, ServiceRevision};

/// ECS: `DescribeServiceDeployments` and `DescribeServiceRevisions` take at most 20 ARNs.
const BATCH: usize = 20;

/// ECS: `ListServiceDeployments` gives at most 100 a page.
const PAGE: i32 = 100;

impl Opened<'_> {
    pub(super) async fn list_service_deployments(
        &self,
        service: &ServiceAddress,
        page: Option<&str>,
    ) -> Result<Page<ServiceDeployment>> {
        let asked = self.about_service("ListServiceDeployments", service);
        let client = self.client(Class::ServiceDeploymentRead).await;
        let output = client
            .list_service_deployments()
            .cluster(service.cluster())
            .service(service.service())
            .max_results(PAGE)
            .set_next_token(page.map(str::to_owned))
            .send()
            .await
            .map_err(|error| asked.call().failed(&error))?;
        Ok(Page {
            items: all(&asked, output.service_deployments(), brief)?,
            next: output.next_token().map(str::to_owned),
        })
    }

    pub(super) async fn describe_service_deployments(
        &self,
        arns: &[String],
    ) -> Result<Vec<ServiceDeployment>> {
        at_most(BATCH, arns.len(), "service deployments")?;
        let asked = self.about_arns("DescribeServiceDeployments", "service deployment", arns);
        if arns.is_empty() {
            return Ok(Vec::new());
        }
        let client = self.client(Class::ServiceDeploymentRead).await;
        let output = client
            .describe_service_deployments()
            .set_service_deployment_arns(Some(arns.to_vec()))
            .send()
            .await
            .map_err(|error| asked.call().failed(&error))?;
        asked.only_missing(output.failures())?;
        all(&asked, output.service_deployments(), service_deployment)
    }

    pub(super) async fn describe_service_revisions(
        &self,
        arns: &[String],
    ) -> Result<Vec<ServiceRevision>> {
        at_most(BATCH, arns.len(), "service revisions")?;
        let asked = self.about_arns("DescribeServiceRevisions", "service revision", arns);
        if arns.is_empty() {
            return Ok(Vec::new());
        }
        let client = self.client(Class::ServiceRevisionRead).await;
        let output = client
            .describe_service_revisions()
            .set_service_revision_arns(Some(arns.to_vec()))
            .send()
            .await
            .map_err(|error| asked.call().failed(&error))?;
        asked.only_missing(output.failures())?;
        all(&asked, output.service_revisions(), service_revision)
    }

    pub(super) async fn continue_service_deployment(
        &self,
        arn: &str,
        hook_id: &str,
        action: HookAction,
    ) -> Result<()> {
        let arns = [arn.to_owned()];
        let asked = self.about_arns("ContinueServiceDeployment", "service deployment", &arns);
        let client = self.client(Class::ServiceModify).await;
        client
            .continue_service_deployment()
            .service_deployment_arn(arn)
            .hook_id(hook_id)
            .action(match action {
                HookAction::Continue => DeploymentLifecycleHookAction::Continue,
                HookAction::Rollback => DeploymentLifecycleHookAction::Rollback,
            })
            .customize()
            .config_override(once())
            .send()
            .await
            .map(drop)
            .map_err(|error| asked.call().failed(&error))
    }

    pub(super) async fn stop_service_deployment(&self, arn: &str) -> Result<()> {
        let arns = [arn.to_owned()];
        let asked = self.about_arns("StopServiceDeployment", "service deployment", &arns);
        let client = self.client(Class::ServiceModify).await;
        client
            .stop_service_deployment()
            .service_deployment_arn(arn)
            .stop_type(StopServiceDeploymentStopType::Rollback)
            .customize()
            .config_override(once())
            .send()
            .await
            .map(drop)
            .map_err(|error| asked.call().failed(&error))
    }

    fn about_arns(&self, operation: &'static str, what: &str, arns: &[String]) -> Asked {
        match arns {
            [only] => {
                let only = escaped(only);
                self.about(operation, format!("{what} {only}"), &only)
            }
            _ => self.about(operation, format!("{what}s"), "*"),
        }
    }
}

/// All of a list, or the first that cannot be read.
fn all<G, T>(asked: &Asked, given: &[G], read: impl Fn(&G) -> Read<T>) -> Result<Vec<T>> {
    let read = given.iter().map(read).collect::<Read<_>>();
    read.map_err(|unusable| asked.unusable(unusable))
}
