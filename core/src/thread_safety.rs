//! Every public type can be sent to another thread and shared by several: checked by the compiler.

use crate::{gate, image, metadata, ports, rollout, task_definition, version};

const fn shared<T: Send + Sync + 'static>() {}

macro_rules! shared {
    ($($type:ty),+ $(,)?) => {
        const _: () = { $(shared::<$type>();)+ };
    };
}

shared!(crate::Error, crate::ErrorKind);
shared!(
    image::ChildKind,
    image::Descriptor,
    image::Digest,
    image::EcrHost,
    image::ImageConfig,
    image::ImageIndex,
    image::ImageManifest,
    image::ImageReference,
    image::ImageSelector,
    image::IndexChild,
    image::Manifest,
    image::Platform,
    image::ReferenceParts,
    image::Repository,
    image::RepositoryAddress,
    image::RepositoryName,
    image::RepositoryParts,
    image::Tag,
    image::TagMutability,
);
shared!(
    metadata::BuildMetadata,
    metadata::BuildxMetadata,
    metadata::BuiltImage,
    metadata::Commit,
    metadata::GitFacts,
    metadata::GithubFile,
    metadata::Provider,
    metadata::RunningImage,
);
shared!(
    version::Environment,
    version::Release,
    version::RepositoryLayout,
    version::Run,
    version::Version,
);
shared!(
    gate::Check,
    gate::Evidence,
    gate::Gate,
    gate::GateReport,
    gate::ImageQuery,
    gate::Pending,
    gate::Policy,
    gate::Progress,
    gate::Publication,
    gate::VerifiedImage,
    gate::Wait,
);
shared!(
    ports::BlobDepth,
    ports::BlobState,
    ports::FoundImage,
    ports::Lookup,
    ports::LookupDepth,
    Box<dyn ports::ImageRegistry>,
);
shared!(
    rollout::Event,
    rollout::EvidenceDraft,
    rollout::EvidenceRecord,
    rollout::Observation,
    rollout::Standing,
    rollout::TaskFailure,
    rollout::Watch,
);
shared!(
    task_definition::Change,
    task_definition::ContainerChange,
    task_definition::Problem,
    task_definition::RenderSpec,
    task_definition::RenderedTaskDefinition,
    task_definition::TaskDefinition,
    task_definition::TaskDefinitionDiff,
);
#[cfg(feature = "memory")]
shared!(
    crate::memory::Behaviour,
    crate::memory::Calls,
    crate::memory::ControlCalls,
    crate::memory::ControlFault,
    crate::memory::Fault,
    crate::memory::MemoryCluster,
    crate::memory::MemoryImage,
    crate::memory::MemoryRegistry,
);
#[cfg(feature = "oci")]
shared!(
    crate::connect::RegistryOptions,
    crate::oci::OciOptions,
    crate::oci::OciRegistry,
    crate::oci::Timeouts,
);
#[cfg(feature = "ecr")]
shared!(crate::aws::EcrRegistry, crate::connect::Registries);
#[cfg(feature = "ecs")]
shared!(
    crate::aws::AwsOptions,
    crate::aws::EcsControl,
    crate::connect::ControlOptions,
);
#[cfg(feature = "elb")]
shared!(
    crate::aws::LoadBalancerTargets,
    crate::connect::TargetGroupOptions,
);
