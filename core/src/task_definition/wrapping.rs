//! The three ways in which a task definition comes wrapped.

use serde_json::{Map, Value, json};

use crate::document::{kind_of, without_reserved};
use crate::{Error, ErrorKind, Result};

/// What `DescribeTaskDefinition` returns and `RegisterTaskDefinition` does not take.
///
/// A list of what to remove, never of what to keep: members that are newer than this library must
/// survive. Source: ECS service model, `TaskDefinition` without `RegisterTaskDefinitionRequest`.
const OUTPUT_ONLY: [&str; 9] = [
    "taskDefinitionArn",
    "revision",
    "status",
    "requiresAttributes",
    "compatibilities",
    "registeredAt",
    "registeredBy",
    "deregisteredAt",
    "deleteRequestedAt",
];

/// What SDKs put beside the answer of the service.
const RESPONSE_METADATA: [&str; 2] = ["ResponseMetadata", "$metadata"];

/// The input of `RegisterTaskDefinition` that `value` is or wraps.
pub(super) fn unwrap(value: Value) -> Result<Value> {
    let Value::Object(members) = value else {
        return Err(invalid(format!(
            "the task definition is {}; expected a JSON object",
            kind_of(&value)
        )));
    };
    let mut document = if members.contains_key("taskDefinition") {
        unwrapped(members)?
    } else {
        members
    };
    for name in OUTPUT_ONLY {
        document.shift_remove(name);
    }
    Ok(Value::Object(document))
}

/// The task definition within `{"taskDefinition": …, "tags": …}`, with its tags.
fn unwrapped(mut wrapper: Map<String, Value>) -> Result<Map<String, Value>> {
    let inner = wrapper.shift_remove("taskDefinition").unwrap_or_default();
    let tags = wrapper.shift_remove("tags").filter(|tags| !tags.is_null());
    let tags = tags.map(without_reserved);
    for name in RESPONSE_METADATA {
        wrapper.shift_remove(name);
    }
    if !wrapper.is_empty() {
        let names: Vec<_> = wrapper.keys().map(String::as_str).collect();
        return Err(invalid(format!(
            "beside \"taskDefinition\" stands {}; only \"tags\" may: move the others into it or leave them out",
            names.join(", ")
        ))
        .with_details(json!({"members": names})));
    }
    let Value::Object(mut document) = inner else {
        return Err(invalid(format!(
            "\"taskDefinition\" is {}; expected an object, as DescribeTaskDefinition returns it",
            kind_of(&inner)
        )));
    };
    let Some(tags) = tags else {
        return Ok(document);
    };
    match document.get("tags") {
        None | Some(Value::Null) => {
            document.insert("tags".to_owned(), tags);
            Ok(document)
        }
        Some(inside) if *inside == tags => Ok(document),
        Some(_) => Err(invalid(
            "\"tags\" stand both within \"taskDefinition\" and beside it, and differ; keep one of them"
                .to_owned(),
        )),
    }
}

fn invalid(message: String) -> Error {
    Error::new(ErrorKind::InvalidTaskDefinition, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An output with every member of `TaskDefinition`, as a later SDK might give it.
    fn described() -> Value {
        json!({
            "taskDefinitionArn": "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:7",
            "pidMode": "task",
            "containerDefinitions": [],
            "family": "app",
            "revision": 7,
            "ipcMode": "task",
            "status": "ACTIVE",
            "requiresAttributes": [{"name": "ecs.capability.task-eni"}],
            "notYetInvented": {"revision": 1},
            "compatibilities": ["EC2"],
            "registeredAt": 1_755_693_900.5,
            "registeredBy": "arn:aws:iam::123456789012:role/ci",
            "deregisteredAt": 1_755_693_901,
            "deleteRequestedAt": 1_755_693_902,
        })
    }

    fn kept() -> &'static str {
        r#"{"pidMode":"task","containerDefinitions":[],"family":"app","ipcMode":"task","notYetInvented":{"revision":1}"#
    }

    #[test]
    fn trap_pid_mode_and_ipc_mode_survive_because_a_deny_list_removes_output_only_members() {
        let document = unwrap(described()).unwrap().to_string();
        assert_eq!(document, format!("{}}}", kept()));
    }

    #[test]
    fn trap_tags_beside_the_task_definition_are_kept() {
        let tags = json!([{"key": "team", "value": "web"}]);
        let answer = json!({"tags": tags, "taskDefinition": described(), "ResponseMetadata": {}});
        let document = unwrap(answer).unwrap().to_string();
        assert_eq!(document, format!("{},\"tags\":{tags}}}", kept()));
    }

    #[test]
    fn trap_tags_that_aws_set_itself_are_output_only() {
        let tags = json!([
            {"key": "aws:cloudformation:stack-name", "value": "app"},
            {"key": "team", "value": "web"},
            {"key": "AWS:x", "value": "y"},
        ]);
        let answer = json!({"taskDefinition": {"family": "app"}, "tags": tags});
        assert_eq!(
            unwrap(answer).unwrap(),
            json!({"family": "app", "tags": [{"key": "team", "value": "web"}]})
        );
    }

    #[test]
    fn the_wrapper_alone_is_accepted() {
        let document = unwrap(json!({"taskDefinition": {"family": "app"}})).unwrap();
        assert_eq!(document, json!({"family": "app"}));
    }

    #[test]
    fn a_member_beside_the_task_definition_is_never_dropped_in_silence() {
        let error = unwrap(json!({"taskDefinition": {}, "cpu": "256"})).unwrap_err();
        assert!(error.message().contains("cpu"), "{error}");
    }

    #[test]
    fn two_lists_of_tags_that_differ_are_refused() {
        let both = |inside: Value| json!({"taskDefinition": {"tags": inside}, "tags": []});
        assert!(unwrap(both(json!([]))).is_ok());
        assert!(unwrap(both(json!([{"key": "a"}]))).is_err());
    }
}
