//! The ways in which a service comes wrapped, and what only ECS writes.

use serde_json::{Map, Value, json};

use crate::document::{kind_of, without_reserved};
use crate::{Error, ErrorKind, Result};

/// What DescribeServices returns and CreateService does not take.
///
/// A list of what to remove, never of what to keep: members that are newer than this library must
/// survive. Source: ECS service model, `Service` without `CreateServiceRequest`.
const OUTPUT_ONLY: [&str; 15] = [
    "serviceArn",
    "clusterArn",
    "status",
    "runningCount",
    "pendingCount",
    "platformFamily",
    "taskSets",
    "deployments",
    "roleArn",
    "events",
    "createdAt",
    "currentServiceDeployment",
    "currentServiceRevisions",
    "createdBy",
    "resourceManagementType",
];

/// What ECS tells of a service in its `PRIMARY` deployment alone.
const IN_DEPLOYMENT: [&str; 3] = [
    "serviceConnectConfiguration",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
];

/// What stands beside a service in an answer.
const BESIDE: [&str; 3] = ["failures", "ResponseMetadata", "$metadata"];

/// The input of CreateService that `value` is or wraps.
pub(super) fn unwrap(value: Value) -> Result<Value> {
    let mut document = object(inner(value)?)?;
    // Only ECS writes its ARN.
    if document.contains_key("serviceArn") {
        let deployments = document.get("deployments").and_then(Value::as_array);
        let primary = deployments
            .into_iter()
            .flatten()
            .find(|deployment| deployment.get("status").and_then(Value::as_str) == Some("PRIMARY"))
            .cloned();
        for name in IN_DEPLOYMENT {
            let told = primary.as_ref().and_then(|deployment| deployment.get(name));
            if let Some(told) = told.filter(|_| is_absent(&document, name)) {
                document.insert(name.to_owned(), told.clone());
            }
        }
        if let Some(cluster) = document.get("clusterArn").cloned()
            && is_absent(&document, "cluster")
        {
            document.insert("cluster".to_owned(), cluster);
        }
        if let Some(tags) = document.get_mut("tags") {
            *tags = without_reserved(tags.take());
        }
    }
    for name in OUTPUT_ONLY {
        document.shift_remove(name);
    }
    Ok(Value::Object(document))
}

fn is_absent(document: &Map<String, Value>, name: &str) -> bool {
    document.get(name).is_none_or(Value::is_null)
}

/// What stands within `{"service": …}` or `{"services": […]}`.
fn inner(value: Value) -> Result<Value> {
    let Value::Object(mut wrapper) = value else {
        return Ok(value);
    };
    let name = match (
        wrapper.contains_key("service"),
        wrapper.contains_key("services"),
    ) {
        (false, false) => return Ok(Value::Object(wrapper)),
        (true, _) => "service",
        (false, true) => "services",
    };
    let inner = wrapper.shift_remove(name).unwrap_or_default();
    for name in BESIDE {
        wrapper.shift_remove(name);
    }
    if !wrapper.is_empty() {
        let names: Vec<_> = wrapper.keys().map(String::as_str).collect();
        return Err(invalid(format!(
            "beside {name:?} stands {}; move the others into it or leave them out",
            names.join(", ")
        ))
        .with_details(json!({"members": names})));
    }
    match (name, inner) {
        ("services", Value::Array(mut services)) if services.len() == 1 => {
            Ok(services.pop().unwrap_or_default())
        }
        ("services", Value::Array(services)) => Err(invalid(format!(
            "\"services\" has {} services; a document is one of them",
            services.len()
        ))),
        ("service", inner @ Value::Object(_)) => Ok(inner),
        (name, other) => Err(invalid(format!(
            "{name:?} is {}; expected what ECS returns",
            kind_of(&other)
        ))),
    }
}

fn object(value: Value) -> Result<Map<String, Value>> {
    match value {
        Value::Object(members) => Ok(members),
        other => Err(invalid(format!(
            "the service document is {}; expected a JSON object",
            kind_of(&other)
        ))),
    }
}

fn invalid(message: String) -> Error {
    Error::new(ErrorKind::InvalidService, message)
}
