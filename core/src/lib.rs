//! Makes sure that every task of an Amazon ECS service runs exactly the container image that was
//! built, checked and meant.
//!
//! Each build gets a version of its own; a gate proves that its image is in the registry and is the
//! one that was meant; the task definition names the image by digest, which can never lead to
//! anything else; and a deployment ends when every running task is proven to run it:
//!
//! ```
//! # #[cfg(feature = "memory")] {
//! use std::sync::Arc;
//!
//! use artifact_deploy::memory::{MemoryCluster, MemoryImage, MemoryRegistry};
//! use artifact_deploy::{BuildMetadata, ContainerChange, Gate, ImageQuery, Policy, RenderSpec};
//! use artifact_deploy::{DeployRequest, Deployer, Outcome};
//! use artifact_deploy::{RepositoryAddress, TaskDefinition, Version};
//!
//! # let mut runtime = tokio::runtime::Builder::new_current_thread();
//! # runtime.enable_time().start_paused(true).build().unwrap().block_on(async {
//! // In a CI run: `BuildMetadata::detect_here()?`.
//! let build = BuildMetadata::from_json(
//!     r#"{"commit": "622d2103a1b2c3d4e5f60718293a4b5c6d7e8f90", "buildTime": "20250820-124500"}"#,
//! )?;
//! let version = Version::new("pr-51".parse()?, &build)?;
//! assert_eq!(version.to_string(), "pr-51/622d2103-20250820-124500");
//!
//! // Amazon ECR is `aws::EcrRegistry`, any other registry `oci::OciRegistry`.
//! let registry = MemoryRegistry::new();
//! let pushed = MemoryImage::new("linux/arm64")?.labels(build.labels(Some(&version.to_string())));
//! registry.push("my/app", &[version.tag().as_str()], &pushed)?;
//!
//! // No verified image, no deployment: nothing else makes a `VerifiedImage`.
//! let repository: RepositoryAddress = "my/app".parse()?;
//! let query = ImageQuery::by_tag(repository, version.tag())
//!     .on_platform("linux/arm64".parse()?)
//!     .from_commit(build.commit().clone());
//! let image = Gate::new(Policy::new()).resolve(&registry, &query).await?;
//!
//! let template = TaskDefinition::parse(
//!     r#"{"family": "app", "containerDefinitions": [{"name": "app", "image": "to be set"}]}"#,
//! )?;
//! let spec = RenderSpec::new()
//!     .metadata(build)
//!     .container("app", ContainerChange::new().image(image));
//! let rendered = template.render(&spec)?;
//! assert!(rendered.registration_json().contains("/my/app@sha256:"));
//!
//! // Amazon ECS is `aws::EcsControl`. This cluster runs a service in memory.
//! let cluster = MemoryCluster::new(registry.clone());
//! # registry.push("my/app", &["before"], &MemoryImage::new("linux/arm64")?)?;
//! # cluster.add_task_definition(&serde_json::json!({"family": "app", "containerDefinitions": [
//! #     {"name": "app", "image": "my/app:before", "memory": 512}]}))?;
//! # cluster.create_service(&serde_json::json!({"cluster": "previews", "serviceName": "app",
//! #     "taskDefinition": "app", "desiredCount": 2}))?;
//! let deployer = Deployer::new(Arc::new(cluster)).on_event(|event| eprintln!("{event}"));
//! let request = DeployRequest::new("previews/app".parse()?, rendered);
//! println!("{}", deployer.plan(&request).await?.to_text()); // the dry run
//! let record = deployer.deploy(&request).await?;
//! assert_eq!(record.outcome(), Some(Outcome::Completed), "{}", record.reason());
//! # Ok::<(), artifact_deploy::Error>(()) }).unwrap(); }
//! ```
//!
//! | module | what is in it |
//! |---|---|
//! | [`metadata`] | where an image comes from: read in CI, written into the image, read back at run time |
//! | [`version`] | environments, versions and the image tags that stand for them |
//! | [`image`] | repositories, tags, digests, references; manifests and what they list |
//! | [`gate`] | policy, evidence and report; the gate that waits; batches |
//! | [`task_definition`] | rendering verified images, validation, semantic diff |
//! | [`service`] | services, deployments, tasks and targets, as they are seen |
//! | [`rollout`] | deploy, watch, prove, roll back; the dry run; the evidence record of a run |
//! | [`strategy`] | how a service is deployed, as a typed value |
//! | [`ports`] | what the library asks of a registry, of ECS and of load balancers, for your own |
//!
//! Everything that fails gives one [`Error`] with an [`ErrorKind`] and a stable code.
//!
//! # Features
//!
//! None is on by default: what decides needs no network and no AWS code.
//!
//! | feature | what it brings |
//! |---|---|
//! | `memory` | `memory::MemoryRegistry` and `memory::MemoryCluster`, which misbehave on request |
//! | `probe` | `rollout::probe::HttpProbe`, which asks a running application which version it is |
//! | `oci` | `oci::OciRegistry`, any registry that speaks the OCI distribution protocol |
//! | `ecr` | `aws::EcrRegistry`, Amazon ECR; with `oci` |
//! | `ecs` | `aws::EcsControl`, Amazon ECS |
//! | `elb` | `aws::LoadBalancerTargets`, the health of load-balancer targets |
//! | `aws` | everything on AWS |
//!
//! With any of `oci`, `ecr`, `ecs` and `elb` comes `connect`: from JSON options to the port.
#![forbid(unsafe_code)]

#[cfg(any(feature = "ecr", feature = "ecs", feature = "elb"))]
pub mod aws;
#[cfg(any(feature = "oci", feature = "ecs", feature = "elb"))]
pub mod connect;
mod document;
mod error;
pub mod gate;
mod harmless;
pub mod image;
mod markdown;
#[cfg(feature = "memory")]
pub mod memory;
pub mod metadata;
#[cfg(feature = "oci")]
pub mod oci;
pub mod ports;
pub mod rollout;
pub mod service;
pub mod strategy;
pub mod task_definition;
mod text;
#[cfg(test)]
mod thread_safety;
#[cfg(any(feature = "oci", feature = "ecs", feature = "elb"))]
mod timeouts;
pub mod version;

pub use error::{Error, ErrorKind, Result};
pub use gate::{Gate, GateReport, ImageQuery, Policy, VerifiedImage, Wait};
pub use image::{Digest, ImageReference, Platform, RepositoryAddress, Tag};
pub use metadata::{BuildMetadata, Commit};
pub use rollout::{
    DeployRequest, Deployer, EvidenceRecord, Outcome, Until, rollback, verify_running,
};
pub use task_definition::{ContainerChange, RenderSpec, RenderedTaskDefinition, TaskDefinition};
pub use version::{Environment, Version};
