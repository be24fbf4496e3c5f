//! What a service is to run, and where it is.

use std::sync::Arc;

use artifact_deploy::gate::{Gate, VerifiedImage as Verified};
use artifact_deploy::ports;
use artifact_deploy::rollout::{VerifiedImages, What, verify_revision};
use artifact_deploy::service::TaskDefinitionArn;
use napi::bindgen_prelude::ClassInstance;
use napi_derive::napi;

use crate::control::Control;
use crate::failure::{Outcome, outcome};
use crate::registry::Registry;
use crate::render_task_definition::RenderedTaskDefinition;
use crate::target_groups::TargetGroups;
use crate::verified_image::VerifiedImage;

/// What a service is to run.
#[napi]
pub struct Deployable(Subject);

#[derive(Clone)]
pub(crate) enum Subject {
    /// With images that passed the gate.
    Verified(Box<What>),
    /// A revision whose images still have to.
    Revision(TaskDefinitionArn),
}

/// A task definition with verified images in it.
#[napi(catch_unwind)]
pub fn deployable_rendered(rendered: &RenderedTaskDefinition) -> Deployable {
    Deployable(Subject::Verified(Box::new(rendered.inner().clone().into())))
}

/// A revision that is registered, with the image of each container; without any the images that it
/// names have to pass the gate.
#[napi(catch_unwind)]
pub fn deployable_revision(
    arn: String,
    containers: Vec<String>,
    images: Vec<ClassInstance<VerifiedImage>>,
) -> Outcome<Deployable> {
    let parsed = arn.parse().map(|task_definition| {
        if images.is_empty() {
            return Subject::Revision(task_definition);
        }
        Subject::Verified(Box::new(What::Revision {
            task_definition,
            images: by_container(containers, &images),
        }))
    });
    outcome(parsed.map(Deployable))
}

/// The newest revision with a version, with the image of each container.
#[napi(catch_unwind)]
pub fn deployable_version(
    version: String,
    containers: Vec<String>,
    images: Vec<ClassInstance<VerifiedImage>>,
) -> Outcome<Deployable> {
    let parsed = version.parse().map(|version| {
        Subject::Verified(Box::new(What::Version {
            version,
            images: by_container(containers, &images),
        }))
    });
    outcome(parsed.map(Deployable))
}

fn by_container(
    containers: Vec<String>,
    images: &[ClassInstance<VerifiedImage>],
) -> VerifiedImages {
    let images = images
        .iter()
        .map(|image| -> Verified { image.inner().clone() });
    containers
        .into_iter()
        .zip(images)
        .fold(VerifiedImages::new(), |all, (container, image)| {
            all.with(container, image)
        })
}

impl Deployable {
    pub(crate) fn subject(&self) -> Subject {
        self.0.clone()
    }
}

impl Subject {
    /// What it stands for; the images of a revision pass the gate here.
    pub(crate) async fn verified(self, places: &Ports) -> artifact_deploy::Result<What> {
        match self {
            Self::Verified(what) => Ok(*what),
            Self::Revision(arn) => {
                let revision = places
                    .control
                    .describe_task_definition(arn.as_str())
                    .await?;
                let gate = Gate::new(artifact_deploy::Policy::new());
                let images = verify_revision(&*places.registry, &gate, &revision, &[]).await?;
                Ok(What::Revision {
                    task_definition: revision.arn,
                    images,
                })
            }
        }
    }
}

/// Where everything is that a rollout asks.
#[napi]
pub struct Places(Ports);

#[derive(Clone)]
pub(crate) struct Ports {
    pub(crate) control: Arc<dyn ports::ServiceControl>,
    pub(crate) registry: Arc<dyn ports::ImageRegistry>,
    pub(crate) targets: Option<Arc<dyn ports::TargetGroups>>,
}

/// Puts together where everything is that a rollout asks.
#[napi(catch_unwind)]
pub fn rollout_places(
    control: &Control,
    registry: &Registry,
    targets: Option<ClassInstance<TargetGroups>>,
) -> Places {
    Places(Ports {
        control: control.inner(),
        registry: registry.inner(),
        targets: targets.map(|targets| targets.inner()),
    })
}

impl Places {
    pub(crate) fn ports(&self) -> Ports {
        self.0.clone()
    }
}
