//! The properties of CDK's `FargateService`.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::configuration::DeploymentConfiguration;
use super::kind::Strategy;
use crate::document::{Node, Problem, Problems};

/// What [`DeploymentConfiguration::to_cdk`] gives.
///
/// JSON: `{"properties": {…}, "missing": [{"pointer", "problem", "expected"}]}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CdkProperties {
    properties: Map<String, Value>,
    missing: Vec<Problem>,
}

impl CdkProperties {
    /// The properties, with times as `Duration.parse` reads them (`PT5M`), enumerations by the value
    /// that they have in CDK, and constructs nowhere.
    pub fn properties(&self) -> &Map<String, Value> {
        &self.properties
    }

    /// What the properties of `FargateService` cannot say: each with where it stands in the JSON of ECS,
    /// and what to do about it.
    pub fn missing(&self) -> &[Problem] {
        &self.missing
    }

    pub(super) fn of(configuration: &DeploymentConfiguration) -> Self {
        let common = &configuration.common;
        let mut properties = Map::new();
        let mut set = |name: &str, value: Value| properties.insert(name.to_owned(), value);
        // CDK's own default is 50, that of ECS is 100: said, it means the same in both.
        let minimum = common.minimum_healthy_percent.unwrap_or(100);
        set("minHealthyPercent", json!(minimum));
        if let Some(maximum) = common.maximum_percent {
            set("maxHealthyPercent", json!(maximum));
        }
        if let Some(minutes) = common.bake_time_in_minutes {
            set("bakeTime", minutes_text(minutes));
        }
        if let Some((enable, rollback)) = common
            .deployment_circuit_breaker
            .as_ref()
            .map(super::CircuitBreaker::shape)
        {
            set(
                "circuitBreaker",
                json!({"enable": enable, "rollback": rollback}),
            );
        }
        if let Some((alarms, names)) = common
            .alarms
            .as_ref()
            .and_then(|alarms| Some((alarms, alarms.names()?)))
        {
            let behavior = if alarms.rolls_back() {
                "ROLLBACK_ON_ALARM"
            } else {
                "FAIL_ON_ALARM"
            };
            set(
                "deploymentAlarms",
                json!({"alarmNames": names, "behavior": behavior}),
            );
        }
        if let Some(strategy) = &configuration.strategy {
            set("deploymentStrategy", json!(strategy.name()));
        }
        match &configuration.strategy {
            Some(Strategy::Canary(canary)) => {
                set("canaryConfiguration", step(canary.step()));
            }
            Some(Strategy::Linear(linear)) => {
                set("linearConfiguration", step(linear.step()));
            }
            _ => {}
        }
        Self {
            properties,
            missing: missing(&configuration.to_ecs()),
        }
    }
}

fn step((percent, minutes): (Option<f64>, Option<u32>)) -> Value {
    let mut step = Map::new();
    if let Some(percent) = percent {
        step.insert("stepPercent".to_owned(), json!(percent));
    }
    if let Some(minutes) = minutes {
        step.insert("stepBakeTime".to_owned(), minutes_text(minutes));
    }
    Value::Object(step)
}

/// Minutes in ISO 8601, which `Duration.parse` reads.
fn minutes_text(minutes: u32) -> Value {
    json!(format!("PT{minutes}M"))
}

/// Members of `DeploymentConfiguration` and `circuitBreaker` that have a property of their own.
const SAID: [&str; 8] = [
    "strategy",
    "minimumHealthyPercent",
    "maximumPercent",
    "bakeTimeInMinutes",
    "deploymentCircuitBreaker",
    "alarms",
    "canaryConfiguration",
    "linearConfiguration",
];

/// What to do about what has no property.
const OVERRIDE: &str = "an override on the CfnService, with what `to_cloud_formation` gives for it";

fn missing(ecs: &Value) -> Vec<Problem> {
    let root = Node::root(ecs);
    let mut problems = Problems::default();
    for (name, member) in root.members() {
        match name {
            "lifecycleHooks" => hooks(&member, &mut problems),
            "deploymentCircuitBreaker" => {
                only(&member, &["enable", "rollback"], &mut problems);
            }
            name if SAID.contains(&name) => {}
            _ => problems.add(&member, "has no property in FargateService", OVERRIDE),
        }
    }
    problems.into_list()
}

fn only(node: &Node<'_>, said: &[&str], problems: &mut Problems) {
    for (name, member) in node.members() {
        if !said.contains(&name) {
            problems.add(&member, "has no property in FargateService", OVERRIDE);
        }
    }
}

fn hooks(hooks: &Node<'_>, problems: &mut Problems) {
    for hook in hooks.items() {
        if hook.get("targetType").text() == Some("AWS_LAMBDA") {
            problems.add(
                &hook,
                "is a construct in CDK",
                "`service.addLifecycleHook(new DeploymentLifecycleLambdaTarget(…))`",
            );
        } else {
            problems.add(&hook, "has no construct in CDK", OVERRIDE);
        }
    }
}
