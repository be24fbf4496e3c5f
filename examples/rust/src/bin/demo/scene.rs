//! The scene: a registry, a cluster with one service, and builds that are pushed.

use std::sync::Arc;

use artifact_deploy::Result;
use artifact_deploy::image::Digest;
use artifact_deploy::memory::{MemoryCluster, MemoryImage, MemoryRegistry};
use artifact_deploy::metadata::{BuildMetadata, parse_time};
use artifact_deploy::service::{ServiceAddress, Task};
use artifact_deploy::version::{Environment, Version};
use serde_json::{Value, json};

pub(crate) const REPOSITORY: &str = "macro-ai-express-api";
pub(crate) const HOST: &str = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
pub(crate) const TEMPLATE: &str = include_str!("task_definition.json");

/// Everything that stands in for AWS.
pub(crate) struct Scene {
    pub(crate) registry: MemoryRegistry,
    pub(crate) cluster: Arc<MemoryCluster>,
    pub(crate) service: ServiceAddress,
}

impl Scene {
    /// An empty registry and a cluster; the service is still to be made.
    pub(crate) fn set(service: &str) -> Result<Self> {
        let registry = MemoryRegistry::new();
        let cluster = MemoryCluster::new(registry.clone());
        cluster.set_time(parse_time("2025-08-20T12:46:00Z")?);
        Ok(Self {
            cluster: Arc::new(cluster),
            registry,
            service: ServiceAddress::new("previews", service)?,
        })
    }

    /// Makes the service, with four tasks and a circuit breaker that takes failures back.
    pub(crate) fn create_service(&self, task_definition: &Value) -> Result<()> {
        let registered = self.cluster.add_task_definition(task_definition)?;
        self.cluster.create_cluster(self.service.cluster());
        self.cluster.create_service(&json!({
            "cluster": self.service.cluster(),
            "serviceName": self.service.service(),
            "taskDefinition": registered.arn,
            "desiredCount": 4,
            "deploymentConfiguration": {
                "minimumHealthyPercent": 100,
                "maximumPercent": 150,
                "deploymentCircuitBreaker": {"enable": true, "rollback": true},
            },
        }))?;
        Ok(())
    }

    /// What `docker buildx build --push` does: an image with the labels of its build.
    pub(crate) fn push(&self, build: &BuildMetadata, tags: &[&str]) -> Result<Digest> {
        let version = Version::new(Environment::for_pull_request(51)?, build)?;
        let image =
            MemoryImage::new("linux/arm64")?.labels(build.labels(Some(&version.to_string())));
        self.registry.push(REPOSITORY, tags, &image)
    }

    /// The running tasks, each with the digest that it really runs.
    pub(crate) fn running(&self) -> Result<Vec<(String, String)>> {
        let tasks = self.cluster.tasks(&self.service)?;
        Ok(tasks
            .iter()
            .filter(|task| task.is_running())
            .map(|task| (short_name(task), digest_of(task)))
            .collect())
    }
}

/// A commit of the pull request, built.
pub(crate) fn build(commit: &str, time: &str) -> Result<BuildMetadata> {
    Ok(BuildMetadata::new(commit.parse()?, parse_time(time)?))
}

fn short_name(task: &Task) -> String {
    // The ids of a cluster in memory begin alike.
    let length = task.task_arn.len();
    task.task_arn
        .get(length.saturating_sub(8)..)
        .unwrap_or_default()
        .to_owned()
}

fn digest_of(task: &Task) -> String {
    let digest = task
        .containers
        .first()
        .and_then(|one| one.image_digest.clone());
    digest.unwrap_or_else(|| "unknown".to_owned())
}
