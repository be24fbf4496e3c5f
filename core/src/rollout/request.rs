//! What is asked of a deployment.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Intent;
use crate::gate::VerifiedImage;
use crate::metadata::BuildMetadata;
use crate::service::{ServiceAddress, TaskDefinitionArn};
use crate::task_definition::RenderedTaskDefinition;
use crate::version::Version;

/// What a service is to run. Each form brings the verified images: a bare document cannot be deployed.
///
/// ```compile_fail
/// use artifact_deploy::TaskDefinition;
/// use artifact_deploy::rollout::What;
///
/// fn deploy_anything(document: TaskDefinition) -> What {
///     document.into()
/// }
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum What {
    /// A document with verified images in it, to be registered unless it is already.
    Rendered(Box<RenderedTaskDefinition>),
    /// A revision that is registered. Nothing is registered again.
    Revision {
        /// Which one.
        task_definition: TaskDefinitionArn,
        /// The images that it names, past the gate.
        images: VerifiedImages,
    },
    /// The newest active revision with this version, in the family that the service runs, among the
    /// newest [`VERSIONS_LOOKED_AT`](super::VERSIONS_LOOKED_AT). Nothing is registered.
    Version {
        /// Which one.
        version: Version,
        /// The images that it names, past the gate.
        images: VerifiedImages,
    },
}

impl What {
    /// The images past the gate, by container.
    pub fn images(&self) -> Vec<(&str, &VerifiedImage)> {
        match self {
            Self::Rendered(rendered) => rendered.images().collect(),
            Self::Revision { images, .. } | Self::Version { images, .. } => images.iter().collect(),
        }
    }
}

impl From<RenderedTaskDefinition> for What {
    fn from(rendered: RenderedTaskDefinition) -> Self {
        Self::Rendered(Box::new(rendered))
    }
}

/// Images that passed the gate, by the container that is to run them.
#[derive(Debug, Clone, Default)]
pub struct VerifiedImages(IndexMap<String, VerifiedImage>);

impl VerifiedImages {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the image of a container; a later one of the same container replaces it.
    pub fn with(mut self, container: impl Into<String>, image: VerifiedImage) -> Self {
        self.0.insert(container.into(), image);
        self
    }

    /// The images by container.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &VerifiedImage)> {
        self.0
            .iter()
            .map(|(container, image)| (container.as_str(), image))
    }
}

/// What [`Deployer`](super::Deployer) is to do: which service is to run what.
#[derive(Debug, Clone)]
pub struct DeployRequest {
    pub(super) service: ServiceAddress,
    pub(super) what: What,
    pub(super) version: Option<Version>,
    pub(super) build: Option<BuildMetadata>,
    pub(super) intent: Intent,
    pub(super) deployment_configuration: Option<Value>,
    pub(super) force_new_deployment: bool,
    pub(super) unguarded: Option<String>,
}

impl DeployRequest {
    /// `service` is to run `what`.
    pub fn new(service: ServiceAddress, what: impl Into<What>) -> Self {
        Self {
            service,
            what: what.into(),
            version: None,
            build: None,
            intent: Intent::Deploy,
            deployment_configuration: None,
            force_new_deployment: false,
            unguarded: None,
        }
    }

    /// The version that is deployed. Without it, it is what the containers say: `IMAGE_TAG`, which
    /// rendering sets, or the tag of an image; for a revision [`version_of`](super::version_of) tells it.
    pub fn version(mut self, version: Version) -> Self {
        self.version = Some(version);
        self
    }

    /// Where it comes from, for the record. Without it, what the labels of the images say, else what
    /// their containers are told by rendering.
    pub fn build(mut self, build: BuildMetadata) -> Self {
        self.build = Some(build);
        self
    }

    /// What it is for. With [`Intent::Rollback`] an older version may replace a newer one.
    pub fn intent(mut self, intent: Intent) -> Self {
        self.intent = intent;
        self
    }

    /// How the service is deployed from now on, as ECS writes it. Sent as it is; what it leaves out is
    /// not sent (ECS: `UpdateService.deploymentConfiguration`).
    pub fn deployment_configuration(mut self, configuration: Value) -> Self {
        self.deployment_configuration = Some(configuration);
        self
    }

    /// Begins a deployment also when the service runs this revision already.
    pub fn force_new_deployment(mut self) -> Self {
        self.force_new_deployment = true;
        self
    }

    /// Goes without the order guard: an older version may replace a newer one, and nothing that was
    /// replaced is put back. The reason is logged and stands in the record.
    pub fn unguarded(mut self, reason: impl Into<String>) -> Self {
        self.unguarded = Some(reason.into());
        self
    }

    /// The service.
    pub fn service(&self) -> &ServiceAddress {
        &self.service
    }

    /// What it is to run.
    pub fn what(&self) -> &What {
        &self.what
    }
}

/// What becomes of a deployment that waits in a hook (ECS: lifecycle hooks of the type `PAUSE`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hooks {
    /// [`Event::Paused`](super::Event::Paused) tells of it; somebody answers.
    #[default]
    Report,
    /// It is continued.
    Continue,
    /// It is taken back.
    RollBack,
}
