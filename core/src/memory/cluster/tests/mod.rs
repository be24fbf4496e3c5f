//! A cluster in memory behaves as Amazon ECS does.

mod definitions;
mod failing;
mod faults;
mod fixtures;
mod history;
mod pulls;
mod rolling;
mod stages;
mod target_groups;

use serde_json::{Value, json};

use super::MemoryCluster;
use crate::image::Digest;
use crate::memory::{MemoryImage, MemoryRegistry};
use crate::ports::ServiceControl;
use crate::service::{
    ServiceAddress, ServiceDeployment, ServiceSnapshot, ServiceUpdate, Task, TaskDefinitionArn,
};

/// A registry and a cluster, with what most tests need.
pub(super) struct Scene {
    pub(super) registry: MemoryRegistry,
    pub(super) cluster: MemoryCluster,
    pub(super) service: ServiceAddress,
}

impl Scene {
    pub(super) fn new() -> Self {
        let registry = MemoryRegistry::new();
        Self {
            cluster: MemoryCluster::new(registry.clone()),
            registry,
            service: "previews/app".parse().unwrap(),
        }
    }

    /// Pushes an image that is told from others by `what`.
    pub(super) fn push(&self, tag: &str, what: &str) -> Digest {
        let image = MemoryImage::new("linux/amd64").unwrap().label("what", what);
        self.registry.push("app", &[tag], &image).unwrap()
    }

    /// Registers a revision whose one container runs `image`.
    pub(super) fn define(&self, image: &str) -> TaskDefinitionArn {
        self.define_with(image, &json!({}))
    }

    pub(super) fn define_with(&self, image: &str, more: &Value) -> TaskDefinitionArn {
        let mut container = json!({"name": "app", "image": image, "memory": 512});
        for (member, value) in more.as_object().unwrap() {
            container[member] = value.clone();
        }
        let document = json!({"family": "app", "containerDefinitions": [container]});
        self.cluster.add_task_definition(&document).unwrap().arn
    }

    /// Creates the service in its steady state.
    pub(super) fn serve(&self, definition: &TaskDefinitionArn, desired: u32, more: &Value) {
        let mut document = json!({
            "cluster": "previews",
            "serviceName": "app",
            "desiredCount": desired,
            "taskDefinition": definition,
        });
        for (member, value) in more.as_object().unwrap() {
            document[member] = value.clone();
        }
        self.cluster.create_steady_service(&document).unwrap();
    }

    pub(super) async fn update(&self, definition: &TaskDefinitionArn) -> ServiceSnapshot {
        let update = ServiceUpdate {
            task_definition: Some(definition.clone()),
            ..ServiceUpdate::default()
        };
        self.cluster
            .update_service(&self.service, &update)
            .await
            .unwrap()
    }

    pub(super) async fn force(&self) -> ServiceSnapshot {
        let update = ServiceUpdate {
            force_new_deployment: Some(true),
            ..ServiceUpdate::default()
        };
        self.cluster
            .update_service(&self.service, &update)
            .await
            .unwrap()
    }

    pub(super) fn now(&self) -> ServiceSnapshot {
        self.cluster.service(&self.service).unwrap()
    }

    pub(super) fn running(&self) -> Vec<Task> {
        let tasks = self.cluster.tasks(&self.service).unwrap();
        tasks.into_iter().filter(Task::is_running).collect()
    }

    pub(super) fn stopped(&self) -> Vec<Task> {
        let tasks = self.cluster.tasks(&self.service).unwrap();
        tasks
            .into_iter()
            .filter(|task| task.last_status == "STOPPED")
            .collect()
    }

    /// The digests that run, each once.
    pub(super) fn digests(&self) -> Vec<String> {
        let running = self.running();
        let containers = running.iter().flat_map(|task| &task.containers);
        let mut digests: Vec<String> = containers
            .filter_map(|container| container.image_digest.clone())
            .collect();
        digests.sort();
        digests.dedup();
        digests
    }

    /// The service deployments, newest first.
    pub(super) async fn history(&self) -> Vec<ServiceDeployment> {
        let listed = self.cluster.list_service_deployments(&self.service, None);
        let arns: Vec<String> = listed
            .await
            .unwrap()
            .items
            .into_iter()
            .map(|one| one.arn)
            .collect();
        self.cluster
            .describe_service_deployments(&arns)
            .await
            .unwrap()
    }

    /// Whether an event says this.
    pub(super) fn said(&self, words: &str) -> bool {
        let events = self.now().events;
        events.iter().any(|event| event.message.contains(words))
    }
}
