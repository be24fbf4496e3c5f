//! What ECS would refuse of a deployment configuration, and what could never be carried out.
//!
//! Source: ECS service model, `DeploymentConfiguration` and its members; "Deploy Amazon ECS services by
//! replacing tasks". Members and values that are not known here pass.

mod hooks;
mod percentages;
mod traffic;

use serde_json::Value;

use crate::document::{Node, Problem, Problems};

/// All problems of what ECS is to be sent.
pub(super) fn problems(ecs: &Value, desired_count: u32) -> Vec<Problem> {
    let mut problems = Problems::default();
    configuration(&Node::root(ecs), desired_count, &mut problems);
    problems.into_list()
}

/// The same where it stands in another document.
pub(crate) fn configuration(root: &Node<'_>, desired_count: u32, problems: &mut Problems) {
    percentages::check(root, desired_count, problems);
    traffic::check(root, problems);
    failure(root, problems);
    hooks::check(root, problems);
}

/// What the typed value cannot hold: numbers that are negative or beyond what the service model
/// holds, and members of another strategy.
pub(crate) fn representable(root: &Node<'_>, problems: &mut Problems) {
    const ANY: std::ops::RangeInclusive<i64> = 0..=i32::MAX as i64;
    let breaker = root.get("deploymentCircuitBreaker");
    let mut numbers = vec![
        root.get("minimumHealthyPercent"),
        root.get("maximumPercent"),
        root.get("bakeTimeInMinutes"),
        breaker.get("thresholdConfiguration").get("value"),
        root.get("canaryConfiguration")
            .get("canaryBakeTimeInMinutes"),
        root.get("linearConfiguration").get("stepBakeTimeInMinutes"),
        root.get("earlySuccessCriteria").get("healthyPercent"),
    ];
    for hook in root.get("lifecycleHooks").items() {
        numbers.push(hook.get("timeoutConfiguration").get("timeoutInMinutes"));
    }
    for number in &numbers {
        problems.within(number, ANY);
    }
    let strategy = root.get("strategy").text();
    for (name, owner) in [
        ("canaryConfiguration", "CANARY"),
        ("linearConfiguration", "LINEAR"),
        ("earlySuccessCriteria", "ROLLING"),
    ] {
        let member = root.get(name);
        let default = owner == "ROLLING" && strategy.is_none();
        let known = strategy.is_none_or(|strategy| {
            ["ROLLING", "BLUE_GREEN", "CANARY", "LINEAR"].contains(&strategy)
        });
        if member.says_something() && known && strategy != Some(owner) && !default {
            let under = strategy.map_or("no strategy".to_owned(), |name| {
                format!("strategy {name:?}")
            });
            problems.add(
                &member,
                format!("is set under {under}"),
                format!("it under strategy {owner:?} only"),
            );
        }
    }
}

/// The circuit breaker, alarms and early success.
fn failure(root: &Node<'_>, problems: &mut Problems) {
    let rolling = matches!(root.get("strategy").text(), None | Some("ROLLING"));
    let breaker = root.get("deploymentCircuitBreaker");
    if !rolling && breaker.get("enable").says_something() {
        problems.add(
            &breaker,
            format!(
                "is on under strategy {:?}",
                root.get("strategy").text().unwrap_or_default()
            ),
            "a circuit breaker under strategy \"ROLLING\" only; alarms watch the others",
        );
    }
    let threshold = breaker.get("thresholdConfiguration").get("value");
    if threshold.whole() == Some(0) {
        problems.add(&threshold, "is 0", "1 or more");
    }
    let alarms = root.get("alarms");
    let names = alarms.get("alarmNames");
    if alarms.get("enable").says_something() && names.len() == 0 {
        problems.add(
            &names,
            "is empty",
            "the name of an alarm, or \"enable\": false",
        );
    }
    early_success(root, problems);
}

fn early_success(root: &Node<'_>, problems: &mut Problems) {
    let early = root.get("earlySuccessCriteria");
    let healthy = early.get("healthyPercent");
    problems.within(&healthy, 0..=100);
    if early.get("enable").says_something() {
        for name in ["healthyPercent", "sourceServiceRevisionCleanup"] {
            if early.get(name).value().is_none() {
                problems.add(
                    &early.get(name),
                    "is missing",
                    "it where \"enable\" is true",
                );
            }
        }
    }
    let minimum = root.get("minimumHealthyPercent").whole();
    if let (Some(percent), Some(minimum)) = (healthy.whole(), minimum)
        && percent < minimum
    {
        problems.add(
            &healthy,
            format!("is {percent}, less than the minimumHealthyPercent of {minimum}"),
            format!("{minimum} or more"),
        );
    }
}
