#![allow(
    clippy::unwrap_used,
    reason = "clippy lets tests panic, and does not take their helpers for tests"
)]

use std::sync::Arc;

use serde_json::{Value, json};

use super::{rollback, rollback_request};
use crate::gate::{Gate, ImageQuery, Policy};
use crate::image::{Digest, RepositoryAddress};
use crate::memory::{
    Behaviour, ControlFault, ControlFaultKind, ControlOperation, MemoryCluster, MemoryImage,
    MemoryRegistry,
};
use crate::ports::ServiceControl;
use crate::rollout::{
    DeployRequest, Deployer, EvidenceRecord, History, HistorySource, Outcome, PastOutcome,
    RollbackTo, history, verify_running,
};
use crate::service::ServiceAddress;
use crate::task_definition::{ContainerChange, RenderSpec, TaskDefinition};
use crate::{ErrorKind, Result};

/// A service that ran the versions 1, 2, …, each deployed by this library.
struct Scene {
    registry: MemoryRegistry,
    cluster: Arc<MemoryCluster>,
    service: ServiceAddress,
    digests: Vec<Digest>,
}

fn tag(number: usize) -> String {
    format!("pr-51-622d2103-20250820-1245{number:02}")
}

impl Scene {
    async fn with_versions(count: usize) -> Self {
        let registry = MemoryRegistry::new();
        let cluster = Arc::new(MemoryCluster::new(registry.clone()));
        let mut scene = Self {
            registry,
            cluster,
            service: "previews/pr-51".parse().unwrap(),
            digests: Vec::new(),
        };
        scene.create().await;
        for number in 2..=count {
            let record = scene.deploy(number, None).await;
            assert_eq!(record.outcome(), Some(Outcome::Completed), "{number}");
        }
        scene
    }

    async fn create(&mut self) {
        let rendered = self.render(1, None).await;
        let registered = self
            .cluster
            .add_task_definition(rendered.task_definition().as_value())
            .unwrap();
        self.cluster.create_cluster("previews");
        self.cluster
            .create_service(&json!({
                "cluster": "previews", "serviceName": "pr-51", "desiredCount": 2,
                "taskDefinition": registered.arn,
                "deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": true, "rollback": true}},
            }))
            .unwrap();
        assert!(self.cluster.settle().await);
    }

    async fn render(
        &mut self,
        number: usize,
        behaviour: Option<Behaviour>,
    ) -> crate::RenderedTaskDefinition {
        let image = MemoryImage::new("linux/amd64")
            .unwrap()
            .label("number", number.to_string());
        let digest = self
            .registry
            .push("app", &[tag(number).as_str()], &image)
            .unwrap();
        if let Some(behaviour) = behaviour {
            self.cluster.behave(digest.as_str(), behaviour);
        }
        self.digests.push(digest);
        let query = ImageQuery::by_tag(
            "app".parse::<RepositoryAddress>().unwrap(),
            tag(number).parse().unwrap(),
        );
        let image = Gate::new(Policy::new())
            .resolve(&self.registry, &query)
            .await
            .unwrap();
        let template: Value = json!({"family": "app", "containerDefinitions": [
            {"name": "app", "image": "to be set", "memory": 256,
             "environment": [{"name": "IMAGE_TAG", "value": tag(number)}]},
        ]});
        let spec = RenderSpec::new().only_container(ContainerChange::new().image(image));
        TaskDefinition::from_value(template)
            .unwrap()
            .render(&spec)
            .unwrap()
    }

    async fn deploy(&mut self, number: usize, behaviour: Option<Behaviour>) -> EvidenceRecord {
        let rendered = self.render(number, behaviour).await;
        let request = DeployRequest::new(self.service.clone(), rendered);
        self.deployer().deploy(&request).await.unwrap()
    }

    fn deployer(&self) -> Deployer {
        Deployer::new(Arc::clone(&self.cluster) as Arc<dyn ServiceControl>)
    }

    async fn roll_back(&self, to: RollbackTo) -> Result<EvidenceRecord> {
        let gate = Gate::new(Policy::new());
        let control = self.cluster.as_ref();
        rollback(
            &self.deployer(),
            control,
            &self.registry,
            &gate,
            &self.service,
            &to,
        )
        .await
    }

    async fn history(&self) -> History {
        history(self.cluster.as_ref(), &self.service, 100)
            .await
            .unwrap()
    }

    /// The number of the version that every task is proven to run.
    async fn runs(&self) -> usize {
        let proof = verify_running(self.cluster.as_ref(), &self.service, None)
            .await
            .unwrap()
            .require_verified()
            .unwrap();
        let (_, meant) = proof.meant().images().next().unwrap();
        let place = self.digests.iter().position(|one| one == meant.digest());
        place.unwrap() + 1
    }
}

#[tokio::test(start_paused = true)]
async fn a_rollback_puts_the_last_good_version_back_and_proves_it() {
    let scene = Scene::with_versions(3).await;
    assert_eq!(scene.runs().await, 3);
    let registered = scene
        .cluster
        .calls()
        .of(ControlOperation::RegisterTaskDefinition);

    let record = scene.roll_back(RollbackTo::Previous).await.unwrap();
    assert_eq!(record.outcome(), Some(Outcome::Completed));
    assert_eq!(scene.runs().await, 2);
    let json = serde_json::to_value(&record).unwrap();
    assert_eq!(json["intent"], "rollback");
    assert_eq!(json["version"]["tag"], tag(2));
    let after = scene
        .cluster
        .calls()
        .of(ControlOperation::RegisterTaskDefinition);
    assert_eq!(
        after, registered,
        "an existing revision is not registered again"
    );
}

#[tokio::test(start_paused = true)]
async fn what_the_circuit_breaker_took_back_is_no_version_to_go_back_to() {
    let mut scene = Scene::with_versions(2).await;
    let crash = Behaviour::CrashLoop {
        exit_code: 1,
        after: None,
    };
    let record = scene.deploy(3, Some(crash)).await;
    assert_eq!(record.outcome(), Some(Outcome::RolledBack));
    scene.deploy(4, None).await;

    let history = scene.history().await;
    assert_eq!(history.source(), HistorySource::ServiceDeployments);
    let outcomes: Vec<_> = history
        .deployments()
        .iter()
        .map(super::super::PastDeployment::outcome)
        .collect();
    let worked = PastOutcome::Successful;
    assert_eq!(outcomes, [worked, PastOutcome::RolledBack, worked, worked]);

    scene.roll_back(RollbackTo::Previous).await.unwrap();
    assert_eq!(scene.runs().await, 2);
}

#[tokio::test(start_paused = true)]
async fn want_23_a_version_or_a_revision_can_be_gone_back_to() {
    let scene = Scene::with_versions(4).await;
    let to = RollbackTo::Version(tag(1).parse().unwrap());
    scene.roll_back(to).await.unwrap();
    assert_eq!(scene.runs().await, 1);

    let second = scene.history().await.deployments()[3]
        .task_definition()
        .clone();
    scene.roll_back(RollbackTo::Revision(second)).await.unwrap();
    assert_eq!(scene.runs().await, 2);
}

#[tokio::test(start_paused = true)]
async fn want_13_nothing_is_changed_when_the_image_to_go_back_to_was_deleted() {
    let scene = Scene::with_versions(2).await;
    scene.registry.delete("app", &scene.digests[0]).unwrap();
    scene.cluster.reset_calls();
    let error = scene.roll_back(RollbackTo::Previous).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ImageNotFound);
    assert_eq!(scene.cluster.calls().of(ControlOperation::UpdateService), 0);
    assert_eq!(scene.runs().await, 2);
}

#[tokio::test(start_paused = true)]
async fn without_service_deployments_it_goes_back_to_the_revision_before() {
    let scene = Scene::with_versions(3).await;
    scene.cluster.without_service_deployments();
    let history = scene.history().await;
    assert_eq!(history.source(), HistorySource::Revisions);
    assert_eq!(history.deployments().len(), 3);

    let record = scene.roll_back(RollbackTo::Previous).await.unwrap();
    assert_eq!(record.outcome(), Some(Outcome::Completed));
    assert_eq!(scene.runs().await, 2);
}

#[tokio::test(start_paused = true)]
async fn a_service_with_one_version_has_nothing_to_go_back_to() {
    let scene = Scene::with_versions(1).await;
    for to in [
        RollbackTo::Previous,
        RollbackTo::Version(tag(9).parse().unwrap()),
    ] {
        let error = scene.roll_back(to).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NoKnownGood);
    }
}

#[tokio::test(start_paused = true)]
async fn a_rollback_can_be_planned_and_changes_nothing_by_that() {
    let scene = Scene::with_versions(2).await;
    scene.cluster.reset_calls();
    let gate = Gate::new(Policy::new());
    rollback_request(
        scene.cluster.as_ref(),
        &scene.registry,
        &gate,
        &scene.service,
        &RollbackTo::Previous,
    )
    .await
    .unwrap();
    assert_eq!(scene.cluster.calls().of(ControlOperation::UpdateService), 0);
    assert_eq!(scene.runs().await, 2);
}

#[tokio::test(start_paused = true)]
async fn a_service_that_ecs_does_not_have_has_no_history() {
    let cluster = MemoryCluster::new(MemoryRegistry::new());
    cluster.create_cluster("previews");
    let service = "previews/nobody".parse().unwrap();
    let error = history(&cluster, &service, 10).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ServiceNotFound);
}

#[tokio::test(start_paused = true)]
async fn want_22_a_rollback_bears_with_throttling_and_server_errors_on_every_call() {
    for operation in [
        ControlOperation::DescribeServices,
        ControlOperation::ListServiceDeployments,
        ControlOperation::DescribeServiceRevisions,
        ControlOperation::DescribeTaskDefinition,
    ] {
        for kind in [
            ControlFaultKind::Throttled,
            ControlFaultKind::Unavailable,
            ControlFaultKind::Timeout,
            ControlFaultKind::Hang,
        ] {
            let scene = Scene::with_versions(2).await;
            // A call that hangs is cut off after a minute, and the reads have two.
            let times = if kind == ControlFaultKind::Hang { 1 } else { 2 };
            let fault = ControlFault::new(operation, kind);
            scene.cluster.inject(fault.times(times));
            let record = scene.roll_back(RollbackTo::Previous).await.unwrap();
            assert_eq!(record.outcome(), Some(Outcome::Completed));
            assert_eq!(scene.runs().await, 1, "{operation:?} {kind:?}");
        }
    }
}
