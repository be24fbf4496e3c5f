//! Puts changes into a service.

use serde_json::{Map, Value, json};

use super::spec::ServiceSpec;
use super::validate::{refusal, validate};
use crate::Result;

/// Members of `deploymentConfiguration` that belong to one strategy alone.
const OF_ONE_STRATEGY: [&str; 3] = [
    "canaryConfiguration",
    "linearConfiguration",
    "earlySuccessCriteria",
];

/// A copy of `document` with the changes of `spec`.
pub(super) fn render(document: &Value, spec: &ServiceSpec) -> Result<Value> {
    let mut document = document.clone();
    if let Some(members) = document.as_object_mut() {
        change(members, spec);
    }
    let problems = validate(&document);
    if problems.is_empty() {
        return Ok(document);
    }
    Err(refusal(&problems))
}

fn change(members: &mut Map<String, Value>, spec: &ServiceSpec) {
    let mut set = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            members.insert(name.to_owned(), value);
        }
    };
    set(
        "taskDefinition",
        spec.task_definition.as_ref().map(|arn| json!(arn)),
    );
    set("desiredCount", spec.desired_count.map(Value::from));
    set(
        "enableExecuteCommand",
        spec.enable_execute_command.map(Value::from),
    );
    let connect = &spec.service_connect_configuration;
    set(
        "serviceConnectConfiguration",
        connect.clone().map(Value::Object),
    );
    let mut said = Map::new();
    if let Some(Value::Object(members)) = spec
        .deployment_configuration
        .as_ref()
        .map(crate::strategy::DeploymentConfiguration::to_ecs)
    {
        said = members;
    }
    if let Some(breaker) = &spec.circuit_breaker {
        said.insert("deploymentCircuitBreaker".to_owned(), json!(breaker));
    }
    if !said.is_empty() {
        merge(members, said);
    }
}

/// What is said goes over what is there; a new strategy takes what belonged to the old one away.
fn merge(members: &mut Map<String, Value>, said: Map<String, Value>) {
    let slot = members
        .entry("deploymentConfiguration")
        .or_insert(Value::Null);
    // Anything else that stands there has no members to keep, and validation would refuse it.
    let mut merged = match slot.take() {
        Value::Object(there) => there,
        _ => Map::new(),
    };
    let strategy = |of: &Map<String, Value>| of.get("strategy").filter(|it| !it.is_null()).cloned();
    let rolling = || Some(json!("ROLLING"));
    if let Some(new) = strategy(&said)
        && Some(new) != strategy(&merged).or_else(rolling)
    {
        for name in OF_ONE_STRATEGY {
            merged.shift_remove(name);
        }
    }
    merged.extend(said);
    *slot = Value::Object(merged);
}
