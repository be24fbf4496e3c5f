//! What UpdateService has to be told.

use serde::Serialize;
use serde_json::{Map, Value};

use super::normalize::normalize;
use crate::document::{Node, Problem, Problems};

/// The members of a service that UpdateService takes. Source: ECS service model,
/// `UpdateServiceRequest`.
const UPDATABLE: [&str; 21] = [
    "taskDefinition",
    "desiredCount",
    "capacityProviderStrategy",
    "deploymentConfiguration",
    "availabilityZoneRebalancing",
    "networkConfiguration",
    "placementConstraints",
    "placementStrategy",
    "platformVersion",
    "healthCheckGracePeriodSeconds",
    "deploymentController",
    "enableExecuteCommand",
    "enableECSManagedTags",
    "loadBalancers",
    "propagateTags",
    "serviceRegistries",
    "serviceConnectConfiguration",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
    "gatewayConnectors",
    "monitoring",
];

/// Members that cannot be changed, and what to do instead.
const FIXED: [(&str, &str); 6] = [
    ("serviceName", "a new service, or the name that it has"),
    ("cluster", "a new service, or the cluster that it is in"),
    (
        "launchType",
        "the capacityProviderStrategy to be changed, or a new service",
    ),
    (
        "schedulingStrategy",
        "a new service, or the strategy that it has",
    ),
    ("role", "a new service, or the role that it has"),
    ("tags", "them to be changed with TagResource"),
];

/// Members of [`FIXED`] whose absence in what is live says nothing.
const SELDOM_TOLD: [&str; 3] = ["cluster", "tags", "role"];

/// The body of an UpdateService request: only what changes. Null, empty and absent differ there: what
/// is absent stays as it is, and an empty list removes what is there.
///
/// JSON: `{"request": body of the request, absent when nothing changes, "unchangeable": [{"pointer",
/// "problem", "expected"}]}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UpdateRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<Value>,
    unchangeable: Vec<Problem>,
}

impl UpdateRequest {
    /// The body of the request; nothing when there is nothing to change.
    pub fn request(&self) -> Option<&Value> {
        self.request.as_ref()
    }

    /// What the document says otherwise and UpdateService cannot change, with what to do about it.
    pub fn unchangeable(&self) -> &[Problem] {
        &self.unchangeable
    }

    /// The body of the request as JSON text; empty when there is nothing to change.
    pub fn to_json(&self) -> String {
        self.request
            .as_ref()
            .map(Value::to_string)
            .unwrap_or_default()
    }

    pub(super) fn between(live: &Value, wanted: &Value) -> Self {
        let (before, after) = (normalize(live), normalize(wanted));
        let mut body = Map::new();
        for name in UPDATABLE {
            let Some(said) = wanted.get(name).filter(|said| !said.is_null()) else {
                continue;
            };
            let changed = if name == "deploymentConfiguration" {
                said_otherwise(said, before.get(name), after.get(name))
            } else {
                (before.get(name) != after.get(name)).then(|| said.clone())
            };
            if let Some(value) = changed {
                body.insert(name.to_owned(), value);
            }
        }
        let request = (!body.is_empty()).then(|| addressed(live, wanted, body));
        Self {
            request,
            unchangeable: unchangeable(live, wanted, (&before, &after)),
        }
    }
}

/// The members of an object that ECS merges, as far as they change.
fn said_otherwise(said: &Value, before: Option<&Value>, after: Option<&Value>) -> Option<Value> {
    let side = |of: Option<&Value>, name: &str| of.and_then(|of| of.get(name)).cloned();
    let changed: Map<String, Value> = said
        .as_object()?
        .iter()
        .filter(|(name, value)| !value.is_null() && side(before, name) != side(after, name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    (!changed.is_empty()).then_some(Value::Object(changed))
}

/// The body with the service that it is for, by the names that it has now.
fn addressed(live: &Value, wanted: &Value, body: Map<String, Value>) -> Value {
    let mut request = Map::new();
    for (from, to) in [("cluster", "cluster"), ("serviceName", "service")] {
        let name = [live, wanted]
            .into_iter()
            .find_map(|document| document.get(from).filter(|name| !name.is_null()));
        if let Some(name) = name {
            request.insert(to.to_owned(), name.clone());
        }
    }
    request.extend(body);
    Value::Object(request)
}

fn unchangeable(live: &Value, wanted: &Value, normal: (&Value, &Value)) -> Vec<Problem> {
    let (live, root) = (Node::root(live), Node::root(wanted));
    let mut problems = Problems::default();
    for (name, node) in root.members() {
        if UPDATABLE.contains(&name) || normal.0.get(name) == normal.1.get(name) {
            continue;
        }
        match FIXED.iter().find(|(fixed, _)| *fixed == name) {
            // DescribeServices tells tags only when it is asked to, and never the role as it was given.
            Some(_) if SELDOM_TOLD.contains(&name) && live.get(name).value().is_none() => {}
            Some((_, instead)) => {
                problems.add(&node, "cannot be changed by UpdateService", *instead);
            }
            None if name == "clientToken" => {}
            None => problems.add(
                &node,
                "is no member of UpdateService that this library knows",
                "it to be changed in another way",
            ),
        }
    }
    problems.into_list()
}
