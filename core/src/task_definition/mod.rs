//! Task definitions: the document, rendering verified images into it, validation, and the semantic
//! diff of two documents.
//!
//! ```
//! # #[cfg(feature = "memory")] {
//! use artifact_deploy::gate::{Gate, ImageQuery, Policy};
//! use artifact_deploy::memory::{MemoryImage, MemoryRegistry};
//! use artifact_deploy::task_definition::{ContainerChange, RenderSpec, TaskDefinition};
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
//! # runtime.block_on(async {
//! let registry = MemoryRegistry::new();
//! registry.push("my/app", &["pr-51-622d2103-20250820-124500"], &MemoryImage::new("linux/amd64")?)?;
//! let query = ImageQuery::by_tag("my/app".parse::<artifact_deploy::image::RepositoryAddress>()?,
//!     "pr-51-622d2103-20250820-124500".parse()?);
//! let image = Gate::new(Policy::default()).resolve(&registry, &query).await?;
//!
//! let template = TaskDefinition::parse(
//!     r#"{"family": "app", "containerDefinitions": [{"name": "app", "image": "app:latest"}]}"#,
//! )?;
//! let spec = RenderSpec::new().container(
//!     "app",
//!     ContainerChange::new().image(image).environment("LOG_LEVEL", "debug"),
//! );
//! let rendered = template.render(&spec)?;
//! assert!(rendered.registration_json().contains("/my/app@sha256:"));
//! println!("{}", TaskDefinition::diff(&template, rendered.task_definition()));
//! # Ok::<(), artifact_deploy::Error>(()) }).unwrap(); }
//! ```

mod apply;
mod assignments;
mod container_change;
mod content;
mod document;
mod environment;
mod environment_plan;
mod log_change;
mod metadata_environment;
mod normalize;
mod platform;
mod render;
mod rendered;
mod schema;
mod size_text;
mod spec;
mod targets;
mod validate;
mod wrapping;

#[cfg(test)]
mod diff_tests;
#[cfg(test)]
mod render_properties;
#[cfg(test)]
mod render_tests;

pub use crate::document::{Change, DocumentDiff, Problem};
pub use container_change::ContainerChange;
pub use document::TaskDefinition;
pub use rendered::RenderedTaskDefinition;
pub use spec::RenderSpec;

/// What differs between two task definitions.
pub type TaskDefinitionDiff = DocumentDiff;
