//! Task definitions: the document, rendering verified images into it, validation, and the semantic
//! diff of two documents.

mod apply;
mod assignments;
mod container_change;
mod diff;
mod document;
mod environment;
mod environment_plan;
mod log_change;
mod metadata_environment;
mod node;
mod normalize;
mod parse;
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
mod render_properties;
#[cfg(test)]
mod render_tests;

pub use container_change::ContainerChange;
pub use diff::{Change, TaskDefinitionDiff};
pub use document::TaskDefinition;
pub use rendered::RenderedTaskDefinition;
pub use spec::RenderSpec;
pub use validate::Problem;
