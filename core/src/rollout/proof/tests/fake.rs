//! A cluster that holds still: it gives what it was given, counts calls, and holds the limits of
//! ECS on each of them.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, OnceLock};

use async_trait::async_trait;

use super::*;
use crate::ports::{Page, RegisteredTaskDefinition, ServiceControl, TaskState};
use crate::service::{
    HookAction, ServiceAddress, ServiceDeployment, ServiceLookup, ServiceRevision, ServiceSnapshot,
    ServiceUpdate, TaskDefinitionArn,
};
use crate::task_definition::TaskDefinition;
use crate::{Error, ErrorKind, Result};

#[derive(Default)]
pub(crate) struct FakeCluster {
    pub(crate) services: Vec<ServiceSnapshot>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) revisions: Vec<RegisteredTaskDefinition>,
    pub(crate) history: BTreeMap<String, Vec<ServiceDeployment>>,
    pub(crate) service_revisions: Vec<ServiceRevision>,
    /// What the first list of tasks shows, where that is not what is there.
    pub(crate) stale_list: Mutex<Option<Vec<String>>>,
    pub(crate) endless: bool,
    pub(crate) calls: Mutex<BTreeMap<&'static str, usize>>,
    pub(crate) under_way: Mutex<(usize, usize)>,
    pub(crate) index: OnceLock<HashMap<String, usize>>,
}

impl FakeCluster {
    pub(crate) fn calls(&self, operation: &str) -> usize {
        self.calls
            .lock()
            .unwrap()
            .get(operation)
            .copied()
            .unwrap_or(0)
    }

    /// How many calls were under way at the same time, at most.
    pub(crate) fn most_under_way(&self) -> usize {
        self.under_way.lock().unwrap().1
    }

    async fn count(&self, operation: &'static str) {
        *self.calls.lock().unwrap().entry(operation).or_default() += 1;
        {
            let mut under_way = self.under_way.lock().unwrap();
            under_way.0 += 1;
            under_way.1 = under_way.1.max(under_way.0);
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        self.under_way.lock().unwrap().0 -= 1;
    }

    fn page<T: Clone>(&self, all: &[T], page: Option<&str>) -> Page<T> {
        let start: usize = page.map_or(0, |page| page.parse().unwrap());
        let end = (start + 100).min(all.len());
        let next = if self.endless {
            Some("0".to_owned())
        } else {
            (end < all.len()).then(|| end.to_string())
        };
        Page {
            items: all[start..end].to_vec(),
            next,
        }
    }

    fn listed(&self, service: Option<&str>) -> Vec<String> {
        let group = service.map(|service| format!("service:{service}"));
        self.tasks
            .iter()
            .filter(|task| task.desired_status == "RUNNING")
            .filter(|task| group.is_none() || task.group == group)
            .map(|task| task.task_arn.clone())
            .collect()
    }
}

#[async_trait]
impl ServiceControl for FakeCluster {
    async fn register_task_definition(
        &self,
        _: &TaskDefinition,
    ) -> Result<RegisteredTaskDefinition> {
        unreachable!("a proof changes nothing")
    }

    async fn describe_task_definition(&self, name: &str) -> Result<RegisteredTaskDefinition> {
        self.count("DescribeTaskDefinition").await;
        let found = self
            .revisions
            .iter()
            .find(|revision| revision.arn.as_str() == name);
        found
            .cloned()
            .ok_or_else(|| Error::new(ErrorKind::TaskDefinitionNotFound, "not there"))
    }

    async fn list_task_definitions(
        &self,
        _: &str,
        _: Option<&str>,
    ) -> Result<Page<TaskDefinitionArn>> {
        unreachable!("a proof needs no revisions that do not run")
    }

    async fn describe_services(&self, _: &str, names: &[String]) -> Result<Vec<ServiceLookup>> {
        self.count("DescribeServices").await;
        assert!((1..=10).contains(&names.len()), "{} services", names.len());
        let look_up = |name: &String| {
            let found = self.services.iter().find(|s| s.service_name == *name);
            found.cloned().map_or_else(
                || ServiceLookup::Missing {
                    reason: "MISSING".to_owned(),
                },
                |service| ServiceLookup::Found(Box::new(service)),
            )
        };
        Ok(names.iter().map(look_up).collect())
    }

    async fn list_services(&self, _: &str, page: Option<&str>) -> Result<Page<String>> {
        self.count("ListServices").await;
        let names: Vec<String> = self
            .services
            .iter()
            .map(|service| service.service_name.clone())
            .collect();
        Ok(self.page(&names, page))
    }

    async fn update_service(
        &self,
        _: &ServiceAddress,
        _: &ServiceUpdate,
    ) -> Result<ServiceSnapshot> {
        unreachable!("a proof changes nothing")
    }

    async fn list_service_deployments(
        &self,
        service: &ServiceAddress,
        page: Option<&str>,
    ) -> Result<Page<ServiceDeployment>> {
        self.count("ListServiceDeployments").await;
        let history = self.history.get(service.service());
        Ok(self.page(history.map_or(&[], Vec::as_slice), page))
    }

    async fn describe_service_deployments(
        &self,
        arns: &[String],
    ) -> Result<Vec<ServiceDeployment>> {
        self.count("DescribeServiceDeployments").await;
        let all = self.history.values().flatten();
        Ok(all.filter(|d| arns.contains(&d.arn)).cloned().collect())
    }

    async fn describe_service_revisions(&self, arns: &[String]) -> Result<Vec<ServiceRevision>> {
        self.count("DescribeServiceRevisions").await;
        assert!((1..=20).contains(&arns.len()), "{} revisions", arns.len());
        let all = self.service_revisions.iter();
        Ok(all.filter(|r| arns.contains(&r.arn)).cloned().collect())
    }

    async fn continue_service_deployment(&self, _: &str, _: &str, _: HookAction) -> Result<()> {
        unreachable!("a proof changes nothing")
    }

    async fn stop_service_deployment(&self, _: &str) -> Result<()> {
        unreachable!("a proof changes nothing")
    }

    async fn list_tasks(
        &self,
        service: &ServiceAddress,
        state: TaskState,
        page: Option<&str>,
    ) -> Result<Page<String>> {
        self.count("ListTasks").await;
        assert_eq!(state, TaskState::Running);
        let outdated = self.stale_list.lock().unwrap().take();
        let arns = outdated.unwrap_or_else(|| self.listed(Some(service.service())));
        Ok(self.page(&arns, page))
    }

    async fn list_cluster_tasks(&self, _: &str, page: Option<&str>) -> Result<Page<String>> {
        self.count("ListTasks").await;
        Ok(self.page(&self.listed(None), page))
    }

    async fn describe_tasks(&self, _: &str, arns: &[String]) -> Result<Vec<Task>> {
        self.count("DescribeTasks").await;
        assert!((1..=100).contains(&arns.len()), "{} tasks", arns.len());
        let index = self.index.get_or_init(|| {
            let tasks = self.tasks.iter().enumerate();
            tasks
                .map(|(at, task)| (task.task_arn.clone(), at))
                .collect()
        });
        let found = arns.iter().filter_map(|arn| index.get(arn));
        Ok(found.map(|at| self.tasks[*at].clone()).collect())
    }
}

/// A revision whose one container `app` has this image.
pub(crate) fn revision(
    number: u32,
    image: &str,
    version: Option<&str>,
) -> RegisteredTaskDefinition {
    let tags: Vec<Value> = version
        .map(|version| json!({"key": "artifact-deploy:version", "value": version}))
        .into_iter()
        .collect();
    RegisteredTaskDefinition {
        arn: arn(number).parse().unwrap(),
        status: "ACTIVE".to_owned(),
        task_definition: TaskDefinition::from_value(json!({
            "family": "app",
            "containerDefinitions": [{"name": "app", "image": image}],
            "tags": tags,
        }))
        .unwrap(),
    }
}

pub(crate) fn service(name: &str, revision: u32, desired: u32, running: u32) -> ServiceSnapshot {
    serde_json::from_value(json!({
        "serviceArn": format!("arn:aws:ecs:eu-central-1:123456789012:service/previews/{name}"),
        "serviceName": name,
        "clusterArn": "arn:aws:ecs:eu-central-1:123456789012:cluster/previews",
        "status": "ACTIVE",
        "deploymentController": "ECS",
        "taskDefinition": arn(revision),
        "desiredCount": desired,
        "runningCount": running,
        "pendingCount": 0,
        "deployments": [],
        "loadBalancers": [],
        "events": [],
    }))
    .unwrap()
}
