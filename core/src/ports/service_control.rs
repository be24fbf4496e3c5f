//! What a rollout asks of Amazon ECS.

use async_trait::async_trait;

use crate::Result;
use crate::service::{
    HookAction, ServiceAddress, ServiceDeployment, ServiceLookup, ServiceRevision, ServiceSnapshot,
    ServiceUpdate, Task, TaskDefinitionArn,
};
use crate::task_definition::TaskDefinition;

/// Amazon ECS, as far as a rollout needs it. The methods are called as the operations of its API.
///
/// Every method has a timeout of its own and may repeat a throttled or failed *reading* request a
/// few times. Requests that change something (`register_task_definition`, `update_service`) are sent
/// **once**: when their answer is lost, the error is retryable and the caller reads back before it
/// repeats, because ECS knows no client token for them. Dropping a returned future cancels the work.
///
/// # Errors
/// Each method: `AccessDenied`, `Unauthenticated`, `Throttled`, `ServiceUnavailable` (5xx, no
/// connection), `Timeout`, `QuotaExceeded`, `RequestRejected` (ECS: `ClientException`,
/// `InvalidParameterException`), `UnexpectedResponse`; those with a cluster `ClusterNotFound`. More
/// where it says so.
#[async_trait]
pub trait ServiceControl: Send + Sync {
    /// Registers a revision. ECS makes a new one each time, also of the same content.
    async fn register_task_definition(
        &self,
        document: &TaskDefinition,
    ) -> Result<RegisteredTaskDefinition>;

    /// One revision with its tags; of a family alone the latest active one.
    ///
    /// `name` is a family, `family:revision` or an ARN.
    ///
    /// # Errors
    /// `TaskDefinitionNotFound`.
    async fn describe_task_definition(&self, name: &str) -> Result<RegisteredTaskDefinition>;

    /// The active revisions of one family, newest first, at most 100 a page.
    async fn list_task_definitions(
        &self,
        family: &str,
        page: Option<&str>,
    ) -> Result<Page<TaskDefinitionArn>>;

    /// Services of one cluster by name, at most 10, in the order of `names`.
    async fn describe_services(
        &self,
        cluster: &str,
        names: &[String],
    ) -> Result<Vec<ServiceLookup>>;

    /// The names of the services of a cluster, at most 100 a page.
    async fn list_services(&self, cluster: &str, page: Option<&str>) -> Result<Page<String>>;

    /// Changes a service, and gives it as it is then: its `deployments` have ours as `PRIMARY` and
    /// what it replaced beside it.
    ///
    /// # Errors
    /// `ServiceNotFound`, `ServiceNotActive`, `TaskDefinitionNotFound`, `UnsupportedController`.
    async fn update_service(
        &self,
        service: &ServiceAddress,
        update: &ServiceUpdate,
    ) -> Result<ServiceSnapshot>;

    /// The service deployments of a service, newest first, at most 100 a page. They lack what
    /// `ListServiceDeployments` does not tell.
    ///
    /// # Errors
    /// `ServiceNotFound`; `UnsupportedOperation` where the endpoint has no service deployments.
    async fn list_service_deployments(
        &self,
        service: &ServiceAddress,
        page: Option<&str>,
    ) -> Result<Page<ServiceDeployment>>;

    /// Service deployments by ARN, at most 20; those that ECS does not know (any more) are left out.
    ///
    /// # Errors
    /// `UnsupportedOperation`.
    async fn describe_service_deployments(&self, arns: &[String])
    -> Result<Vec<ServiceDeployment>>;

    /// Service revisions by ARN, at most 20; those that ECS does not know (any more) are left out.
    ///
    /// # Errors
    /// `UnsupportedOperation`.
    async fn describe_service_revisions(&self, arns: &[String]) -> Result<Vec<ServiceRevision>>;

    /// Answers a hook that awaits action.
    ///
    /// # Errors
    /// `ServiceDeploymentNotFound`, `Conflict`.
    async fn continue_service_deployment(
        &self,
        arn: &str,
        hook_id: &str,
        action: HookAction,
    ) -> Result<()>;

    /// Takes a service deployment under way back to what was there before.
    ///
    /// # Errors
    /// `ServiceDeploymentNotFound`, `Conflict` when it has come to its end.
    async fn stop_service_deployment(&self, arn: &str) -> Result<()>;

    /// The ARNs of tasks of one service, at most 100 a page.
    ///
    /// # Errors
    /// `ServiceNotFound`.
    async fn list_tasks(
        &self,
        service: &ServiceAddress,
        state: TaskState,
        page: Option<&str>,
    ) -> Result<Page<String>>;

    /// The ARNs of all tasks of a cluster that are to run, at most 100 a page.
    async fn list_cluster_tasks(&self, cluster: &str, page: Option<&str>) -> Result<Page<String>>;

    /// Tasks by ARN, at most 100; those that ECS does not know (any more) are left out. ECS forgets
    /// stopped ones after an hour.
    async fn describe_tasks(&self, cluster: &str, arns: &[String]) -> Result<Vec<Task>>;
}

/// A revision of a task definition with its ARN.
#[derive(Debug, Clone, PartialEq)]
pub struct RegisteredTaskDefinition {
    /// Which revision it is.
    pub arn: TaskDefinitionArn,
    /// `ACTIVE`, `INACTIVE` or `DELETE_IN_PROGRESS`, as ECS writes it.
    pub status: String,
    /// The document with its tags, without what only ECS writes.
    pub task_definition: TaskDefinition,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// What asks for the next one; absent on the last.
    pub next: Option<String>,
}

/// Which tasks are listed (ECS: `desiredStatus`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskState {
    /// Those that run or are to run.
    Running,
    /// Those that stopped within the last hour.
    Stopped,
}
