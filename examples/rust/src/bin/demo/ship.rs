//! How it is: a version for each build, the gate, the rollout, the proof.

use std::sync::Arc;
use std::time::Duration;

use artifact_deploy::Result;
use artifact_deploy::gate::{Gate, ImageQuery, Policy, VerifiedImage, Wait};
use artifact_deploy::image::{Digest, RepositoryAddress};
use artifact_deploy::metadata::BuildMetadata;
use artifact_deploy::rollout::{DeployRequest, Deployer, Event, EvidenceRecord};
use artifact_deploy::task_definition::{
    ContainerChange, RenderSpec, RenderedTaskDefinition, TaskDefinition,
};
use artifact_deploy::version::{Environment, Version};

use crate::print::Stopwatch;
use crate::scene::{REPOSITORY, Scene, TEMPLATE};

/// One build with its version.
pub(crate) struct Release {
    pub(crate) build: BuildMetadata,
    pub(crate) version: Version,
}

impl Release {
    pub(crate) fn of(build: BuildMetadata) -> Result<Self> {
        let version = Version::new(Environment::for_pull_request(51)?, &build)?;
        Ok(Self { build, version })
    }

    /// Pushes it under its own tag and the alias.
    pub(crate) fn push(&self, scene: &Scene) -> Result<Digest> {
        scene.push(&self.build, &[self.version.tag().as_str(), "pr-51-latest"])
    }

    /// What is asked of the gate.
    pub(crate) fn query(&self) -> Result<ImageQuery> {
        let repository: RepositoryAddress = REPOSITORY.parse()?;
        Ok(ImageQuery::by_tag(repository, self.version.tag())
            .on_platform("linux/arm64".parse()?)
            .from_commit(self.build.commit().clone()))
    }

    /// Waits until the image is proven to be there.
    pub(crate) async fn resolve(&self, scene: &Scene, clock: Stopwatch) -> Result<VerifiedImage> {
        let image = Gate::new(Policy::new())
            .waiting(Wait::for_up_to(Duration::from_mins(2)))
            .on_progress(move |progress| {
                for pending in progress.pending() {
                    clock.tell(format_args!(
                        "gate: {}: {}",
                        pending.code(),
                        pending.reason()
                    ));
                }
            })
            .resolve(&scene.registry, &self.query()?)
            .await?;
        clock.tell(format_args!("gate: {} is verified", image.digest()));
        Ok(image)
    }

    /// The task definition with the image pinned.
    pub(crate) fn render(&self, image: VerifiedImage) -> Result<RenderedTaskDefinition> {
        let spec = RenderSpec::new()
            .metadata(self.build.clone())
            .only_container(ContainerChange::new().image(image));
        TaskDefinition::parse(TEMPLATE)?.render(&spec)
    }

    /// Gate, render, deploy, watch, prove.
    pub(crate) async fn deploy(&self, scene: &Scene, clock: Stopwatch) -> Result<EvidenceRecord> {
        let rendered = self.render(self.resolve(scene, clock).await?)?;
        let request = DeployRequest::new(scene.service.clone(), rendered)
            .version(self.version.clone())
            .build(self.build.clone());
        deployer(scene, clock).deploy(&request).await
    }
}

/// A deployer that tells what happens.
pub(crate) fn deployer(scene: &Scene, clock: Stopwatch) -> Deployer {
    Deployer::new(Arc::clone(&scene.cluster) as _).on_event(move |event| {
        // The counts of tasks change every few seconds; the end of each story is what matters.
        if !matches!(event, Event::Progress { .. }) {
            clock.tell(event);
        }
    })
}
