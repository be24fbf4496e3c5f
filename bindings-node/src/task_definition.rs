//! Task definitions: read, validated, compared.

use artifact_deploy::task_definition;
use napi_derive::napi;
use serde_json::json;

use crate::failure::{Outcome, outcome};
use crate::json;

/// A task definition: the document stays in Rust, where the order of its members survives.
#[napi]
pub struct TaskDefinition(task_definition::TaskDefinition);

/// Reads the JSON text of a task definition.
#[napi(catch_unwind)]
pub fn parse_task_definition(text: String) -> Outcome<TaskDefinition> {
    outcome(task_definition::TaskDefinition::parse(&text).map(TaskDefinition))
}

#[napi]
impl TaskDefinition {
    /// The family, where it has one.
    #[napi(getter)]
    pub fn family(&self) -> Option<&str> {
        self.0.family()
    }

    /// The names of the containers, in their order.
    #[napi(getter)]
    pub fn container_names(&self) -> Vec<&str> {
        self.0.container_names()
    }

    /// The document as JSON text on one line.
    #[napi(catch_unwind)]
    pub fn to_text(&self) -> String {
        self.0.to_json()
    }

    /// The document as indented JSON text.
    #[napi(catch_unwind)]
    pub fn to_pretty_text(&self) -> String {
        self.0.to_json_pretty()
    }

    /// All that ECS would refuse, as JSON.
    #[napi(catch_unwind)]
    pub fn validate(&self) -> Outcome<String> {
        outcome(json::write(&self.0.validate()))
    }

    /// What differs in `after` for ECS, as JSON and as text.
    #[napi(catch_unwind)]
    pub fn diff(&self, after: &TaskDefinition) -> Outcome<String> {
        let diff = task_definition::TaskDefinition::diff(&self.0, &after.0);
        let text = diff.to_string();
        outcome(json::write(&json!({ "diff": diff, "text": text })))
    }
}

impl TaskDefinition {
    pub(crate) fn inner(&self) -> &task_definition::TaskDefinition {
        &self.0
    }
}

impl From<task_definition::TaskDefinition> for TaskDefinition {
    fn from(document: task_definition::TaskDefinition) -> Self {
        Self(document)
    }
}
