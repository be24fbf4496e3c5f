//! How a service is deployed.

use serde_json::{Map, Value};

use super::refusal::invalid_parameter;
use crate::Result;

/// `deploymentConfiguration`, as far as something follows from it. Source: ECS,
/// `DeploymentConfiguration` with its defaults.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Configuration {
    pub(super) minimum_healthy_percent: u64,
    pub(super) maximum_percent: u64,
    pub(super) breaker: Option<Breaker>,
    pub(super) alarms: Option<Alarms>,
    pub(super) strategy: Strategy,
    pub(super) bake_minutes: f64,
    pub(super) hooks: Vec<Hook>,
}

/// The circuit breaker, where it is on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Breaker {
    pub(super) rollback: bool,
    pub(super) resets: bool,
    pub(super) threshold: Threshold,
}

/// How many tasks may fail.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Threshold {
    Count(u64),
    /// Per cent of the tasks that are wanted, at least 3 and at most 200.
    Bounded(u64),
    Unbounded(u64),
}

/// The alarms, where they are on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Alarms {
    pub(super) names: Vec<String>,
    pub(super) rollback: bool,
}

/// How traffic gets to the new tasks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Strategy {
    Rolling,
    BlueGreen,
    /// A first part of so many minutes.
    Canary {
        bake_minutes: f64,
    },
    /// So many steps, of so many minutes each.
    Linear {
        steps: u32,
        bake_minutes: f64,
    },
}

/// A lifecycle hook.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Hook {
    /// The function; none for a pause.
    pub(super) function: Option<String>,
    pub(super) stages: Vec<String>,
    pub(super) timeout_minutes: f64,
    pub(super) timeout_action: String,
}

impl Configuration {
    /// Reads what CreateService and UpdateService take.
    pub(super) fn read(value: Option<&Value>) -> Result<Self> {
        let none = Value::Null;
        let value = value.unwrap_or(&none);
        let number = |member: &str, default| value[member].as_u64().unwrap_or(default);
        let configuration = Self {
            minimum_healthy_percent: number("minimumHealthyPercent", 100),
            maximum_percent: number("maximumPercent", 200),
            breaker: breaker(&value["deploymentCircuitBreaker"]),
            alarms: alarms(&value["alarms"]),
            strategy: strategy(value)?,
            bake_minutes: value["bakeTimeInMinutes"].as_f64().unwrap_or(0.0),
            hooks: items(&value["lifecycleHooks"])
                .iter()
                .map(hook)
                .collect::<Result<_>>()?,
        };
        if configuration.maximum_percent <= 100 && configuration.minimum_healthy_percent >= 100 {
            return Err(invalid_parameter(
                "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block \
                 deployments.",
            ));
        }
        Ok(configuration)
    }

    /// The fewest tasks that must be healthy.
    pub(super) fn least(&self, desired: u32) -> u64 {
        (u64::from(desired) * self.minimum_healthy_percent).div_ceil(100)
    }

    /// The most tasks that may be.
    pub(super) fn most(&self, desired: u32) -> u64 {
        u64::from(desired) * self.maximum_percent / 100
    }
}

impl Threshold {
    /// How many failures end a deployment of `desired` tasks.
    pub(super) fn of(self, desired: u32) -> u32 {
        let part = |percent: u64| (u64::from(desired) * percent).div_ceil(100);
        let count = match self {
            Self::Count(count) => count,
            Self::Bounded(percent) => part(percent).clamp(3, 200),
            Self::Unbounded(percent) => part(percent),
        };
        u32::try_from(count.max(1)).unwrap_or(u32::MAX)
    }
}

/// What `update` changes of `old`: members that it leaves out stay.
pub(super) fn merged(old: Option<&Value>, update: &Value) -> Value {
    let members = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let mut all: Map<String, Value> = old.map(members).unwrap_or_default();
    all.extend(members(update));
    Value::Object(all)
}

fn breaker(value: &Value) -> Option<Breaker> {
    let threshold = &value["thresholdConfiguration"];
    let number = threshold["value"].as_u64().unwrap_or(50);
    value["enable"].as_bool()?.then(|| Breaker {
        rollback: value["rollback"].as_bool().unwrap_or(false),
        resets: value["resetOnHealthyTask"].as_bool().unwrap_or(true),
        threshold: match threshold["type"].as_str() {
            Some("COUNT") => Threshold::Count(number),
            Some("UNBOUNDED_PERCENT") => Threshold::Unbounded(number),
            _ => Threshold::Bounded(number),
        },
    })
}

fn alarms(value: &Value) -> Option<Alarms> {
    value["enable"].as_bool()?.then(|| Alarms {
        names: texts(&value["alarmNames"]),
        rollback: value["rollback"].as_bool().unwrap_or(false),
    })
}

fn strategy(value: &Value) -> Result<Strategy> {
    let linear = &value["linearConfiguration"];
    let canary = &value["canaryConfiguration"];
    Ok(match value["strategy"].as_str() {
        None | Some("ROLLING") => Strategy::Rolling,
        Some("BLUE_GREEN") => Strategy::BlueGreen,
        Some("CANARY") => Strategy::Canary {
            bake_minutes: canary["canaryBakeTimeInMinutes"].as_f64().unwrap_or(10.0),
        },
        Some("LINEAR") => Strategy::Linear {
            steps: steps(linear["stepPercent"].as_f64().unwrap_or(10.0)),
            bake_minutes: linear["stepBakeTimeInMinutes"].as_f64().unwrap_or(6.0),
        },
        Some(_) => return Err(invalid_parameter("Invalid deployment strategy.")),
    })
}

/// Steps of `percent` until all traffic is shifted.
fn steps(percent: f64) -> u32 {
    (1..=34)
        .find(|count| f64::from(*count) * percent >= 100.0)
        .unwrap_or(34)
}

fn hook(value: &Value) -> Result<Hook> {
    let pause = value["targetType"].as_str() == Some("PAUSE");
    let stages = texts(&value["lifecycleStages"]);
    let shifts = ["TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT"];
    if pause && stages.iter().any(|stage| shifts.contains(&stage.as_str())) {
        return Err(invalid_parameter(
            "PAUSE hooks are not supported at TEST_TRAFFIC_SHIFT and PRODUCTION_TRAFFIC_SHIFT.",
        ));
    }
    let timeout = &value["timeoutConfiguration"];
    Ok(Hook {
        function: (!pause).then(|| {
            value["hookTargetArn"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        }),
        stages,
        timeout_minutes: timeout["timeoutInMinutes"].as_f64().unwrap_or(1440.0),
        timeout_action: timeout["action"].as_str().unwrap_or("ROLLBACK").to_owned(),
    })
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn texts(value: &Value) -> Vec<String> {
    let texts = items(value).iter().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: &Value) -> Result<Configuration> {
        Configuration::read(Some(value))
    }

    #[test]
    fn the_lower_limit_rounds_up_and_the_upper_one_down() {
        let half = read(&json!({"minimumHealthyPercent": 50, "maximumPercent": 125})).unwrap();
        assert_eq!((half.least(3), half.most(3)), (2, 3));
        let default = Configuration::read(None).unwrap();
        assert_eq!((default.least(3), default.most(3)), (3, 6));
    }

    #[test]
    fn the_threshold_is_half_of_the_tasks_and_at_least_three() {
        let breaker = json!({"deploymentCircuitBreaker": {"enable": true, "rollback": true}});
        let breaker = read(&breaker).unwrap().breaker.unwrap();
        for (desired, threshold) in [(1, 3), (6, 3), (7, 4), (25, 13), (400, 200), (900, 200)] {
            assert_eq!(breaker.threshold.of(desired), threshold, "{desired}");
        }
        assert_eq!(Threshold::Count(2).of(900), 2);
        assert_eq!(Threshold::Unbounded(50).of(2), 1);
        assert_eq!(Threshold::Unbounded(100).of(900), 900);
    }

    #[test]
    fn what_would_block_every_deployment_is_refused() {
        let error = read(&json!({"minimumHealthyPercent": 100, "maximumPercent": 100}));
        assert_eq!(error.unwrap_err().kind(), crate::ErrorKind::RequestRejected);
    }
}
