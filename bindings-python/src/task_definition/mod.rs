//! Task definitions: the document, rendering, validation, the semantic diff.

mod diff;
mod document;
mod problem;
mod render;

pub(crate) use diff::{PyChange, PyTaskDefinitionDiff};
pub(crate) use document::PyTaskDefinition;
pub(crate) use problem::PyProblem;
pub(crate) use render::{PyRenderedTaskDefinition, render_task_definition};
