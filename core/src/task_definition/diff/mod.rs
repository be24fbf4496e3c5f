//! What differs between two documents for ECS.

mod compare;
mod secrecy;
mod text;

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::document::TaskDefinition;
use super::normalize::normalize;

/// The differences between two task definitions that mean something to ECS.
///
/// The order of containers, environment, secrets, tags and other lists whose order means nothing,
/// members that only repeat a default, and empty ones make no difference.
///
/// JSON: `{"changes": [{"path", "before", "after"}]}`, with values as they are: an environment may
/// hold secrets, so do not log it. The text form, by [`Display`](fmt::Display), is for people and
/// logs: it hides values whose name looks secret, and passwords in URLs.
#[derive(Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskDefinitionDiff {
    changes: Vec<Change>,
}

impl TaskDefinitionDiff {
    /// Compares two documents.
    pub(super) fn between(before: &TaskDefinition, after: &TaskDefinition) -> Self {
        Self {
            changes: compare::changes(&normalize(before.as_value()), &normalize(after.as_value())),
        }
    }

    /// The differences, in the order of their paths.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Whether both mean the same to ECS.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// The text form. It ends without a line break; no difference is `no difference`.
impl fmt::Display for TaskDefinitionDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::write(f, &self.changes)
    }
}

/// The text form: values that look secret stay out of logs.
impl fmt::Debug for TaskDefinitionDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TaskDefinitionDiff({self})")
    }
}

/// One difference.
///
/// JSON: `{"path", "before", "after"}`; a side that does not have it is left out.
#[derive(Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Value>,
}

impl Change {
    /// Where: as a JSON pointer, with names in the place of indices, such as
    /// `/containerDefinitions/app/environment/LOG_LEVEL`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What stood there, in normalized form: named lists as objects, no defaults.
    pub fn before(&self) -> Option<&Value> {
        self.before.as_ref()
    }

    /// What stands there now, in normalized form.
    pub fn after(&self) -> Option<&Value> {
        self.after.as_ref()
    }
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Change({})", self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: Value) -> TaskDefinition {
        TaskDefinition::from_value(value).unwrap()
    }

    /// What is deployed, as `DescribeTaskDefinition` returns it.
    fn live(level: &str) -> TaskDefinition {
        read(json!({
            "taskDefinition": {
                "taskDefinitionArn": "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:7",
                "containerDefinitions": [{
                    "name": "app", "image": "app:1", "cpu": 0, "essential": true, "portMappings": [],
                    "mountPoints": [], "volumesFrom": [], "systemControls": [],
                    "environment": [{"name": "LEVEL", "value": level}, {"name": "A", "value": "1"}],
                }],
                "family": "app", "revision": 7, "volumes": [], "status": "ACTIVE",
                "placementConstraints": [], "compatibilities": ["EC2"],
            },
            "tags": [],
        }))
    }

    fn ours() -> TaskDefinition {
        read(json!({
            "family": "app",
            "containerDefinitions": [{
                "name": "app", "image": "app:1",
                "environment": [{"name": "A", "value": "1"}, {"name": "LEVEL", "value": "info"}],
            }],
        }))
    }

    #[test]
    fn want_11_drift_of_the_live_task_definition_is_found() {
        let diff = TaskDefinition::diff(&ours(), &live("debug"));
        let paths: Vec<_> = diff.changes().iter().map(Change::path).collect();
        assert_eq!(paths, ["/containerDefinitions/app/environment/LEVEL"]);
    }

    #[test]
    fn want_11_what_describing_adds_is_no_drift() {
        let diff = TaskDefinition::diff(&ours(), &live("info"));
        assert!(diff.is_empty(), "{diff}");
    }

    #[test]
    fn debug_output_hides_what_the_text_hides() {
        let with = |value: &str| {
            read(json!({"containerDefinitions": [
                {"name": "app", "environment": [{"name": "TOKEN", "value": value}]}]}))
        };
        let diff = TaskDefinition::diff(&with("hunter1"), &with("hunter2"));
        assert!(!format!("{diff:?} {:?}", diff.changes()).contains("hunter"));
    }
}
