//! A cluster that says of its tasks and deployments what ECS could say, and a memory does not.

use std::sync::Arc;

use async_trait::async_trait;

use super::{Scene, assert_outcome};
use crate::Result;
use crate::image::Digest;
use crate::memory::{MemoryCluster, Pace};
use crate::ports::{Page, RegisteredTaskDefinition, ServiceControl, TaskState};
use crate::rollout::{Deployer, Outcome};
use crate::service::{
    HookAction, ServiceAddress, ServiceDeployment, ServiceDeploymentStatus, ServiceLookup,
    ServiceRevision, ServiceSnapshot, ServiceUpdate, Task, TaskDefinitionArn,
};
use crate::task_definition::TaskDefinition;

/// What is said of what is there.
struct Askew {
    cluster: MemoryCluster,
    tasks: fn(&mut Task),
    deployments: fn(&mut ServiceDeployment),
}

impl Askew {
    fn deployer(self) -> Deployer {
        let wait = crate::gate::Wait::for_up_to(std::time::Duration::from_mins(30));
        Deployer::new(Arc::new(self)).waiting(wait)
    }
}

macro_rules! as_it_is {
    ($($name:ident($($argument:ident: $kind:ty),*) -> $answer:ty;)+) => {
        #[async_trait]
        impl ServiceControl for Askew {
            $(async fn $name(&self, $($argument: $kind),*) -> Result<$answer> {
                self.cluster.$name($($argument),*).await
            })+

            async fn list_service_deployments(
                &self,
                service: &ServiceAddress,
                page: Option<&str>,
            ) -> Result<Page<ServiceDeployment>> {
                let mut page = self.cluster.list_service_deployments(service, page).await?;
                page.items.iter_mut().for_each(self.deployments);
                Ok(page)
            }

            async fn describe_service_deployments(
                &self,
                arns: &[String],
            ) -> Result<Vec<ServiceDeployment>> {
                let mut found = self.cluster.describe_service_deployments(arns).await?;
                found.iter_mut().for_each(self.deployments);
                Ok(found)
            }

            async fn describe_tasks(&self, cluster: &str, arns: &[String]) -> Result<Vec<Task>> {
                let mut tasks = self.cluster.describe_tasks(cluster, arns).await?;
                tasks.iter_mut().for_each(self.tasks);
                Ok(tasks)
            }
        }
    };
}

as_it_is! {
    register_task_definition(document: &TaskDefinition) -> RegisteredTaskDefinition;
    describe_task_definition(name: &str) -> RegisteredTaskDefinition;
    list_task_definitions(family: &str, page: Option<&str>) -> Page<TaskDefinitionArn>;
    describe_services(cluster: &str, names: &[String]) -> Vec<ServiceLookup>;
    list_services(cluster: &str, page: Option<&str>) -> Page<String>;
    update_service(service: &ServiceAddress, update: &ServiceUpdate) -> ServiceSnapshot;
    describe_service_revisions(arns: &[String]) -> Vec<ServiceRevision>;
    continue_service_deployment(arn: &str, hook_id: &str, action: HookAction) -> ();
    stop_service_deployment(arn: &str) -> ();
    list_tasks(service: &ServiceAddress, state: TaskState, page: Option<&str>) -> Page<String>;
    list_cluster_tasks(cluster: &str, page: Option<&str>) -> Page<String>;
}

#[tokio::test(start_paused = true)]
async fn want_1_a_deployment_that_ecs_calls_successful_fails_when_its_tasks_run_something_else() {
    let scene = Scene::new().await;
    let request = scene.request(2).await;
    let askew = Askew {
        cluster: scene.cluster.clone(),
        tasks: |task| {
            for container in &mut task.containers {
                container.image_digest = Some(Digest::of(b"something else").to_string());
            }
        },
        deployments: |_| {},
    };
    let record = askew.deployer().deploy(&request).await.unwrap();
    assert_outcome(&record, Outcome::Failed);
    assert!(record.reason().contains("none of 2"), "{}", record.reason());
}

#[tokio::test(start_paused = true)]
async fn trap_a_digest_that_ecs_does_not_tell_is_unknown_and_no_success() {
    let scene = Scene::new().await;
    let request = scene.request(2).await;
    let askew = Askew {
        cluster: scene.cluster.clone(),
        tasks: |task| {
            for container in &mut task.containers {
                container.image_digest = None;
            }
        },
        deployments: |_| {},
    };
    let record = askew.deployer().deploy(&request).await.unwrap();
    assert_outcome(&record, Outcome::Failed);
}

#[tokio::test(start_paused = true)]
async fn an_early_success_waits_for_the_old_tasks_and_is_no_failure() {
    let scene = Scene::new().await;
    scene.cluster.set_pace(Pace {
        starting: std::time::Duration::from_secs(200),
        ..Pace::default()
    });
    let request = scene.request(2).await;
    let askew = Askew {
        cluster: scene.cluster.clone(),
        tasks: |_| {},
        deployments: |deployment| deployment.status = ServiceDeploymentStatus::Successful,
    };
    let record = askew.deployer().deploy(&request).await.unwrap();
    assert_outcome(&record, Outcome::Completed);
    assert_eq!(scene.running().len(), 2);
    for task in scene.running() {
        assert_eq!(task.task_definition_arn.revision(), 2);
    }
}
