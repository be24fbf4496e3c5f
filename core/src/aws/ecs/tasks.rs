//! Tasks.

use aws_sdk_ecs::types::DesiredStatus;

use super::limits::Class;
use super::opened::{Asked, Opened, at_most, short};
use super::task_values::task;
use super::values::Read;
use crate::Result;
use crate::harmless::escaped;
use crate::ports::{Page, TaskState};
use crate::service::{ServiceAddress, Task};

/// ECS: `DescribeTasks` takes at most 100 tasks, and `ListTasks` gives at most 100 a page.
const BATCH: usize = 100;
const PAGE: i32 = 100;

impl Opened<'_> {
    pub(super) async fn list_tasks(
        &self,
        service: &ServiceAddress,
        state: TaskState,
        page: Option<&str>,
    ) -> Result<Page<String>> {
        let subject = format!("service {service}");
        // IAM limits it by the condition `ecs:cluster`, not by a resource.
        let asked = self.about("ListTasks", subject, "*");
        let state = match state {
            TaskState::Running => DesiredStatus::Running,
            TaskState::Stopped => DesiredStatus::Stopped,
        };
        let (cluster, name) = (service.cluster(), Some(service.service()));
        self.list(&asked, cluster, name, state, page).await
    }

    pub(super) async fn list_cluster_tasks(
        &self,
        cluster: &str,
        page: Option<&str>,
    ) -> Result<Page<String>> {
        let subject = format!("cluster {}", escaped(cluster));
        let asked = self.about("ListTasks", subject, "*");
        self.list(&asked, cluster, None, DesiredStatus::Running, page)
            .await
    }

    async fn list(
        &self,
        asked: &Asked,
        cluster: &str,
        service: Option<&str>,
        state: DesiredStatus,
        page: Option<&str>,
    ) -> Result<Page<String>> {
        let client = self.client(Class::ClusterRead).await;
        let output = client
            .list_tasks()
            .cluster(cluster)
            .set_service_name(service.map(str::to_owned))
            .desired_status(state)
            .max_results(PAGE)
            .set_next_token(page.map(str::to_owned))
            .send()
            .await
            .map_err(|error| asked.call().failed(&error))?;
        Ok(Page {
            items: output.task_arns().to_vec(),
            next: output.next_token().map(str::to_owned),
        })
    }

    pub(super) async fn describe_tasks(&self, cluster: &str, arns: &[String]) -> Result<Vec<Task>> {
        at_most(BATCH, arns.len(), "tasks")?;
        if arns.is_empty() {
            return Ok(Vec::new());
        }
        let asked = self.about(
            "DescribeTasks",
            format!("tasks of cluster {}", escaped(cluster)),
            &format!("task/{}/*", escaped(short(cluster))),
        );
        let client = self.client(Class::ClusterRead).await;
        let output = client
            .describe_tasks()
            .cluster(cluster)
            .set_tasks(Some(arns.to_vec()))
            .send()
            .await
            .map_err(|error| asked.call().failed(&error))?;
        asked.only_missing(output.failures())?;
        let tasks = output.tasks().iter().map(task);
        tasks
            .collect::<Read<_>>()
            .map_err(|unusable| asked.unusable(unusable))
    }
}
