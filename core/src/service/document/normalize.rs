//! One form for all services that mean the same to ECS.

use serde_json::Value;

use super::schema::SERVICE;
use crate::document::normal;

/// The form in which two documents are equal when they mean the same to ECS.
pub(super) fn normalize(document: &Value) -> Value {
    let mut document = document.clone();
    if let Some(members) = document.as_object_mut() {
        // It makes one request the same as another, and is no part of the service.
        members.shift_remove("clientToken");
        for (name, kind) in [
            ("cluster", "cluster/"),
            ("taskDefinition", "task-definition/"),
        ] {
            if let Some(Value::String(text)) = members.get_mut(name) {
                *text = short(text, kind).to_owned();
            }
        }
    }
    normal(&document, SERVICE)
}

/// The name within an ARN, which ECS takes as well.
fn short<'a>(text: &'a str, kind: &str) -> &'a str {
    if !text.starts_with("arn:") {
        return text;
    }
    text.split_once(kind).map_or(text, |(_, name)| name)
}
