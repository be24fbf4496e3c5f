//! The spelling of CloudFormation.

use serde_json::Value;

/// Free-form JSON, whose members belong to the user.
const FREE: &str = "hookDetails";

/// A copy with the member names of CloudFormation, which are those of the API with a capital at the
/// beginning. Source: CloudFormation, `AWS::ECS::Service` `DeploymentConfiguration`.
pub(super) fn cloud_formation(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| {
                let value = if name == FREE {
                    member.clone()
                } else {
                    cloud_formation(member)
                };
                (capitalized(name), value)
            })
            .collect(),
        Value::Array(items) => items.iter().map(cloud_formation).collect(),
        other => other.clone(),
    }
}

fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect()
}
