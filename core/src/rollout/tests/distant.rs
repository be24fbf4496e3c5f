//! A cluster that is far away: answers take their time, and some are lost.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use fastrand::Rng;

use crate::memory::MemoryCluster;
use crate::ports::{Page, RegisteredTaskDefinition, ServiceControl, TaskState};
use crate::service::{
    HookAction, ServiceAddress, ServiceDeployment, ServiceLookup, ServiceRevision, ServiceSnapshot,
    ServiceUpdate, Task, TaskDefinitionArn,
};
use crate::task_definition::TaskDefinition;
use crate::{Error, ErrorKind, Result};

/// What one deployer sees of a cluster.
pub(super) struct Distant {
    cluster: MemoryCluster,
    random: Mutex<Rng>,
    /// How many updates get no answer.
    losses: Mutex<u32>,
}

/// Whether and when an update without an answer is carried out.
enum Loss {
    Before,
    Later(Duration),
    Never,
}

impl Distant {
    pub(super) fn new(cluster: &MemoryCluster, seed: u64, losses: u32) -> Arc<Self> {
        Arc::new(Self {
            cluster: cluster.clone(),
            random: Mutex::new(Rng::with_seed(seed)),
            losses: Mutex::new(losses),
        })
    }

    /// The way there, or back.
    async fn travel(&self) {
        let millis = self.random.lock().unwrap().u64(0..1500);
        tokio::time::sleep(Duration::from_millis(millis)).await;
    }

    fn loss(&self) -> Option<Loss> {
        let mut losses = self.losses.lock().unwrap();
        let mut random = self.random.lock().unwrap();
        if *losses == 0 || random.bool() {
            return None;
        }
        *losses -= 1;
        Some(match random.u8(0..3) {
            0 => Loss::Before,
            1 => Loss::Later(Duration::from_millis(random.u64(0..30_000))),
            _ => Loss::Never,
        })
    }
}

macro_rules! from_afar {
    ($($name:ident($($argument:ident: $kind:ty),*) -> $answer:ty;)+) => {
        #[async_trait]
        impl ServiceControl for Distant {
            $(async fn $name(&self, $($argument: $kind),*) -> Result<$answer> {
                self.travel().await;
                let answer = self.cluster.$name($($argument),*).await;
                self.travel().await;
                answer
            })+

            async fn update_service(
                &self,
                service: &ServiceAddress,
                update: &ServiceUpdate,
            ) -> Result<ServiceSnapshot> {
                self.travel().await;
                let Some(loss) = self.loss() else {
                    let answer = self.cluster.update_service(service, update).await;
                    self.travel().await;
                    return answer;
                };
                let after = match loss {
                    Loss::Before => Some(Duration::ZERO),
                    Loss::Later(after) => Some(after),
                    Loss::Never => None,
                };
                if let Some(after) = after {
                    let (cluster, service) = (self.cluster.clone(), service.clone());
                    let update = update.clone();
                    tokio::spawn(async move {
                        tokio::time::sleep(after).await;
                        let _ = cluster.update_service(&service, &update).await;
                    });
                }
                tokio::time::sleep(Duration::from_secs(5)).await;
                Err(Error::new(ErrorKind::Timeout, "no answer came"))
            }
        }
    };
}

from_afar! {
    register_task_definition(document: &TaskDefinition) -> RegisteredTaskDefinition;
    describe_task_definition(name: &str) -> RegisteredTaskDefinition;
    list_task_definitions(family: &str, page: Option<&str>) -> Page<TaskDefinitionArn>;
    describe_services(cluster: &str, names: &[String]) -> Vec<ServiceLookup>;
    list_services(cluster: &str, page: Option<&str>) -> Page<String>;
    list_service_deployments(service: &ServiceAddress, page: Option<&str>) -> Page<ServiceDeployment>;
    describe_service_deployments(arns: &[String]) -> Vec<ServiceDeployment>;
    describe_service_revisions(arns: &[String]) -> Vec<ServiceRevision>;
    continue_service_deployment(arn: &str, hook_id: &str, action: HookAction) -> ();
    stop_service_deployment(arn: &str) -> ();
    list_tasks(service: &ServiceAddress, state: TaskState, page: Option<&str>) -> Page<String>;
    list_cluster_tasks(cluster: &str, page: Option<&str>) -> Page<String>;
    describe_tasks(cluster: &str, arns: &[String]) -> Vec<Task>;
}
