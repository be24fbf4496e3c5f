//! The port on Amazon ECS.

use async_trait::async_trait;
use aws_sdk_ecs::Client;

use super::limits::Limits;
use super::opened::Opened;
use crate::Result;
use crate::aws::AwsOptions;
use crate::aws::configuration::Place;
use crate::aws::connections::Connections;
use crate::ports::{Page, RegisteredTaskDefinition, ServiceControl, TaskState};
use crate::service::{
    HookAction, ServiceAddress, ServiceDeployment, ServiceLookup, ServiceRevision, ServiceSnapshot,
    ServiceUpdate, Task, TaskDefinitionArn,
};
use crate::task_definition::TaskDefinition;

/// Amazon ECS, in one Region: that of the options or of the environment.
///
/// Each method is one call of the API operation with its name, and so needs the IAM action
/// `ecs:` and that name; `list_cluster_tasks` is `ListTasks`, `list_task_definitions`
/// `ListTaskDefinitions`. `register_task_definition` also needs `iam:PassRole` on the roles of the
/// document, and `ecs:TagResource` where the account asks for it.
///
/// Calls are held back so that one client uses at most half of what ECS grants an account, operation
/// class by operation class (ECS: "Request throttling for the Amazon ECS API"). Reading calls are
/// repeated by the SDK; writing ones are sent once. Task definitions and deployment configurations
/// are JSON all the way: members that no SDK knows yet are neither lost nor refused.
///
/// Errors carry `details`: `service`, `operation`, `action`, `resource`, `status`, `awsCode`,
/// `awsMessage`, `requestId`.
///
/// ```no_run
/// use artifact_deploy::aws::{AwsOptions, EcsControl};
///
/// let control = EcsControl::new(AwsOptions::default().with_region("eu-central-1"));
/// ```
pub struct EcsControl {
    connections: Connections<Client>,
    limits: Limits,
}

impl EcsControl {
    /// ECS as these options say. Nothing is read or sent before the first question.
    pub fn new(options: AwsOptions) -> Self {
        Self {
            connections: Connections::new(options),
            limits: Limits::new(),
        }
    }

    /// ECS with the credentials, Region and endpoints of the environment.
    pub fn from_env() -> Self {
        Self::new(AwsOptions::default())
    }

    async fn open(&self) -> Result<Opened<'_>> {
        let connection = self.connections.to(Place::default()).await?;
        Ok(Opened::new(connection, &self.limits))
    }
}

#[async_trait]
impl ServiceControl for EcsControl {
    async fn register_task_definition(
        &self,
        document: &TaskDefinition,
    ) -> Result<RegisteredTaskDefinition> {
        self.open().await?.register_task_definition(document).await
    }

    async fn describe_task_definition(&self, name: &str) -> Result<RegisteredTaskDefinition> {
        self.open().await?.describe_task_definition(name).await
    }

    async fn list_task_definitions(
        &self,
        family: &str,
        page: Option<&str>,
    ) -> Result<Page<TaskDefinitionArn>> {
        self.open().await?.list_task_definitions(family, page).await
    }

    async fn describe_services(
        &self,
        cluster: &str,
        names: &[String],
    ) -> Result<Vec<ServiceLookup>> {
        self.open().await?.describe_services(cluster, names).await
    }

    async fn list_services(&self, cluster: &str, page: Option<&str>) -> Result<Page<String>> {
        self.open().await?.list_services(cluster, page).await
    }

    async fn update_service(
        &self,
        service: &ServiceAddress,
        update: &ServiceUpdate,
    ) -> Result<ServiceSnapshot> {
        self.open().await?.update_service(service, update).await
    }

    async fn list_service_deployments(
        &self,
        service: &ServiceAddress,
        page: Option<&str>,
    ) -> Result<Page<ServiceDeployment>> {
        let opened = self.open().await?;
        opened.list_service_deployments(service, page).await
    }

    async fn describe_service_deployments(
        &self,
        arns: &[String],
    ) -> Result<Vec<ServiceDeployment>> {
        self.open().await?.describe_service_deployments(arns).await
    }

    async fn describe_service_revisions(&self, arns: &[String]) -> Result<Vec<ServiceRevision>> {
        self.open().await?.describe_service_revisions(arns).await
    }

    async fn continue_service_deployment(
        &self,
        arn: &str,
        hook_id: &str,
        action: HookAction,
    ) -> Result<()> {
        let opened = self.open().await?;
        opened
            .continue_service_deployment(arn, hook_id, action)
            .await
    }

    async fn stop_service_deployment(&self, arn: &str) -> Result<()> {
        self.open().await?.stop_service_deployment(arn).await
    }

    async fn list_tasks(
        &self,
        service: &ServiceAddress,
        state: TaskState,
        page: Option<&str>,
    ) -> Result<Page<String>> {
        self.open().await?.list_tasks(service, state, page).await
    }

    async fn list_cluster_tasks(&self, cluster: &str, page: Option<&str>) -> Result<Page<String>> {
        self.open().await?.list_cluster_tasks(cluster, page).await
    }

    async fn describe_tasks(&self, cluster: &str, arns: &[String]) -> Result<Vec<Task>> {
        self.open().await?.describe_tasks(cluster, arns).await
    }
}
