//! Deployments to a cluster in memory, with its clock.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy lets tests panic, and does not take their helpers for tests"
)]

mod askew;
mod distant;
mod ends;
mod faults;
mod given_up;
mod keeping;
mod lagging;
mod order;
mod planning;
mod racing;
mod registering;
mod traffic;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use super::{DeployRequest, Deployer, Event, EvidenceRecord, Outcome, Until};
use crate::gate::{Gate, ImageQuery, Policy, Wait};
use crate::image::RepositoryAddress;
use crate::memory::{ControlOperation, MemoryCluster, MemoryImage, MemoryRegistry};
use crate::metadata::BuildMetadata;
use crate::service::{ServiceAddress, ServiceSnapshot, Task, TaskDefinitionArn};
use crate::task_definition::{ContainerChange, RenderSpec, RenderedTaskDefinition, TaskDefinition};
use crate::version::Version;

/// A service that runs version 1, and what deploys to it.
pub(super) struct Scene {
    pub(super) registry: MemoryRegistry,
    pub(super) cluster: MemoryCluster,
    pub(super) service: ServiceAddress,
    events: Arc<Mutex<Vec<Event>>>,
}

/// The version that was built at minute `number`.
pub(super) fn version(number: u32) -> Version {
    format!("pr-51/{number:08x}-20250820-12{number:02}00")
        .parse()
        .unwrap()
}

impl Scene {
    pub(super) async fn new() -> Self {
        Self::with(&json!({})).await
    }

    /// With more members of CreateService.
    pub(super) async fn with(more: &Value) -> Self {
        let scene = Self::made_now(more).await;
        // It has been there for a while.
        tokio::time::sleep(Duration::from_mins(5)).await;
        scene.cluster.reset_calls();
        scene
    }

    /// With a service that was made in this moment.
    pub(super) async fn young() -> Self {
        Self::made_now(&json!({})).await
    }

    async fn made_now(more: &Value) -> Self {
        let registry = MemoryRegistry::new();
        let scene = Self {
            cluster: MemoryCluster::new(registry.clone()),
            registry,
            service: "previews/app".parse().unwrap(),
            events: Arc::default(),
        };
        let first = scene.rendered(1).await;
        let tagged = first
            .task_definition()
            .with_own_tags(&[("artifact-deploy:version", version(1).to_string())]);
        let arn = scene
            .cluster
            .add_task_definition(tagged.as_value())
            .unwrap()
            .arn;
        let mut document = json!({"cluster": "previews", "serviceName": "app", "desiredCount": 2,
            "taskDefinition": arn});
        for (member, value) in more.as_object().unwrap() {
            document[member] = value.clone();
        }
        scene.cluster.create_steady_service(&document).unwrap();
        scene
    }

    /// A document with the verified image of version `number`, which is pushed before.
    pub(super) async fn rendered(&self, number: u32) -> RenderedTaskDefinition {
        self.rendered_with(number, &json!({})).await
    }

    pub(super) async fn rendered_with(&self, number: u32, more: &Value) -> RenderedTaskDefinition {
        let version = version(number);
        let build =
            json!({"commit": format!("{number:040x}"), "buildTime": version.time().to_rfc3339()});
        let build = BuildMetadata::from_json(&build.to_string()).unwrap();
        let image = MemoryImage::new("linux/amd64")
            .unwrap()
            .labels(build.labels(Some(&version.to_string())));
        let tag = version.tag();
        self.registry
            .push("my/app", &[tag.as_str()], &image)
            .unwrap();
        let repository: RepositoryAddress = "my/app".parse().unwrap();
        let verified = Gate::new(Policy::new())
            .resolve(&self.registry, &ImageQuery::by_tag(repository, tag))
            .await
            .unwrap();
        let mut container = json!({"name": "app", "image": "to be set", "memory": 512});
        for (member, value) in more.as_object().unwrap() {
            container[member] = value.clone();
        }
        let template = json!({"family": "app", "containerDefinitions": [container]});
        let spec = RenderSpec::new()
            .metadata(build)
            .container("app", ContainerChange::new().image(verified));
        TaskDefinition::from_value(template)
            .unwrap()
            .render(&spec)
            .unwrap()
    }

    /// Lets tasks of version `number` behave.
    pub(super) async fn behave(&self, number: u32, behaviour: crate::memory::Behaviour) {
        let rendered = self.rendered(number).await;
        let digest = rendered.image("app").unwrap().digest().to_string();
        self.cluster.behave(&digest, behaviour);
    }

    pub(super) async fn request(&self, number: u32) -> DeployRequest {
        DeployRequest::new(self.service.clone(), self.rendered(number).await)
    }

    /// With half an hour of time.
    pub(super) fn deployer(&self) -> Deployer {
        let events = Arc::clone(&self.events);
        Deployer::new(Arc::new(self.cluster.clone()))
            .waiting(Wait::for_up_to(Duration::from_mins(30)))
            .on_event(move |event| events.lock().unwrap().push(event.clone()))
    }

    pub(super) async fn deploy(&self, number: u32) -> EvidenceRecord {
        let request = self.request(number).await;
        self.deployer().deploy(&request).await.unwrap()
    }

    pub(super) fn now(&self) -> ServiceSnapshot {
        self.cluster.service(&self.service).unwrap()
    }

    pub(super) fn in_place(&self) -> TaskDefinitionArn {
        self.now().primary().unwrap().task_definition.clone()
    }

    pub(super) fn running(&self) -> Vec<Task> {
        let tasks = self.cluster.tasks(&self.service).unwrap();
        tasks.into_iter().filter(Task::is_running).collect()
    }

    /// How many revisions were registered and service deployments begun since the first.
    pub(super) async fn made(&self) -> (u32, usize) {
        use crate::ports::ServiceControl;
        self.cluster.heal();
        let newest = self.cluster.describe_task_definition("app").await.unwrap();
        let deployments = self
            .cluster
            .list_service_deployments(&self.service, None)
            .await;
        let begun = deployments.map_or(0, |page| page.items.len());
        (newest.arn.revision() - 1, begun - 1)
    }

    pub(super) fn events(&self) -> Vec<Event> {
        self.events.lock().unwrap().clone()
    }

    /// The names of the events, those that stand several times in a row once.
    pub(super) fn story(&self) -> Vec<String> {
        let mut story: Vec<String> = self
            .events()
            .iter()
            .map(|event| json!(event)["event"].as_str().unwrap().to_owned())
            .collect();
        story.dedup();
        story
    }

    pub(super) fn calls(&self, operation: ControlOperation) -> u32 {
        self.cluster.calls().of(operation)
    }
}

#[track_caller]
pub(super) fn assert_outcome(record: &EvidenceRecord, outcome: Outcome) {
    assert_eq!(record.outcome(), Some(outcome), "{}", record.reason());
}

#[tokio::test(start_paused = true)]
async fn a_good_deployment_is_registered_put_in_place_followed_and_proven() {
    let scene = Scene::new().await;
    let record = scene.deploy(2).await;
    assert_outcome(&record, Outcome::Completed);
    assert_eq!(scene.in_place().revision(), 2);
    let json = json!(record);
    assert_eq!(json["until"], "verified");
    assert_eq!(json["version"]["id"], version(2).to_string());
    assert_eq!(json["build"]["commit"], format!("{:040x}", 2));
    assert_eq!(json["images"][0]["container"], "app");
    assert_eq!(json["taskDefinition"]["reused"], false);
    assert_eq!(json["previous"]["version"]["id"], version(1).to_string());
    assert_eq!(json["serviceDeployment"]["status"], "SUCCESSFUL");
    assert_eq!(json["proof"]["verdict"], "verified");
    assert_eq!(json["proof"]["right"], 2);
    assert!(json.get("left").is_none());
    assert!(
        record
            .reason()
            .starts_with("all 2 running tasks run what was meant; "),
        "{}",
        record.reason()
    );
    assert_eq!(
        scene.story(),
        ["registered", "updated", "progress", "proved", "finished"]
    );
    assert_eq!(scene.made().await, (1, 1));
}

#[tokio::test(start_paused = true)]
async fn want_3_stable_is_not_completed_and_each_step_can_be_the_last() {
    for (until, registered, begun) in [
        (Until::Registered, 1, 0),
        (Until::Deployed, 1, 1),
        (Until::Stable, 1, 1),
    ] {
        let scene = Scene::new().await;
        let request = scene.request(2).await;
        let deployer = scene.deployer().until(until);
        let record = deployer.deploy(&request).await.unwrap();
        assert_outcome(&record, Outcome::Completed);
        assert_eq!(json!(record)["until"], until.as_str());
        assert!(json!(record).get("proof").is_none());
        assert_eq!(scene.made().await, (registered, begun), "{until}");
    }
}
