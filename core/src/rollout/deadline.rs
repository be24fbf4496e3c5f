//! How long a deployment may take when nobody says so.

use std::time::Duration;

use serde_json::Value;

use crate::service::ServiceSnapshot;

/// To place a task, pull its image and start it, in minutes.
const START: f64 = 3.0;
/// To take an old task out of a load balancer, in minutes: the default of its deregistration delay.
const DRAIN: f64 = 5.0;
/// To stop an old task without one, in minutes.
const STOP: f64 = 1.0;
/// For ECS to begin and to come to its verdict, in minutes.
const AROUND: f64 = 5.0;
/// In minutes: what is longer is a mistake somewhere.
const A_YEAR: f64 = 366.0 * 24.0 * 60.0;

/// The time that a deployment of this service is given when no deadline is set.
///
/// - One **wave** of tasks takes 3 minutes to start, the health check grace period of the service,
///   and 5 minutes to drain behind a load balancer (its default), else 1 minute to stop.
/// - A rolling deployment takes as many waves as `desiredCount` divided by the number of tasks that
///   may be replaced at a time: `⌊desired × maximumPercent⌋ − ⌈desired × minimumHealthyPercent⌉`
///   (defaults 200 and 100), at least 1 and at most `desiredCount`. Other strategies start all at once: 1.
/// - Waves count twice where the circuit breaker or an alarm may take the deployment back, which goes
///   the same way again.
/// - **Baking**: `bakeTimeInMinutes`; with `CANARY` `canaryBakeTimeInMinutes` (default 10) before it;
///   with `LINEAR` `stepBakeTimeInMinutes` (default 6) for each of the `⌈100 ÷ stepPercent⌉` steps
///   (default 10 percent) but the last.
/// - 5 minutes around all of it.
///
/// A service with one task behind a load balancer: 5 + (3 + 5) = 13 minutes; with a circuit breaker
/// that rolls back, 21. Hooks that wait for somebody are not in it: a deadline has to be given.
///
/// `configuration` is what the update brings; what it does not say is as the service has it.
pub fn default_timeout(service: &ServiceSnapshot, configuration: Option<&Value>) -> Duration {
    let said = |name: &str| {
        let of = |value: Option<&Value>| value?.get(name).cloned().filter(|value| !value.is_null());
        of(configuration).or_else(|| of(service.deployment_configuration.as_ref()))
    };
    let number = |name: &str, default: f64| said(name).and_then(|n| n.as_f64()).unwrap_or(default);

    let behind_a_load_balancer = !service.load_balancers.is_empty();
    let grace = service.health_check_grace_period_seconds.unwrap_or(0);
    let leave = if behind_a_load_balancer { DRAIN } else { STOP };
    let wave = START + f64::from(grace) / 60.0 + leave;

    let strategy = said("strategy");
    let strategy = strategy.as_ref().and_then(Value::as_str);
    let desired = f64::from(service.desired_count.max(1));
    let waves = match strategy {
        None | Some("ROLLING") => {
            let most = (desired * number("maximumPercent", 200.0) / 100.0).floor();
            let least = (desired * number("minimumHealthyPercent", 100.0) / 100.0).ceil();
            (desired / (most - least).clamp(1.0, desired)).ceil()
        }
        Some(_) => 1.0,
    };
    let taken_back = ["deploymentCircuitBreaker", "alarms"].iter().any(|name| {
        said(name).is_some_and(|it| {
            let is_on = |switch: &str| it.get(switch).and_then(Value::as_bool) == Some(true);
            is_on("enable") && is_on("rollback")
        })
    });
    let waves = if taken_back { waves * 2.0 } else { waves };

    let of = |group: &str, name: &str, default: f64| {
        let group = said(group);
        group
            .and_then(|it| it.get(name)?.as_f64())
            .unwrap_or(default)
    };
    let bake = match strategy {
        None | Some("ROLLING") => 0.0,
        Some(strategy) => {
            let last = number("bakeTimeInMinutes", 0.0);
            last + match strategy {
                "CANARY" => of("canaryConfiguration", "canaryBakeTimeInMinutes", 10.0),
                "LINEAR" => {
                    let percent = of("linearConfiguration", "stepPercent", 10.0).max(1.0);
                    let steps = (100.0 / percent).ceil() - 1.0;
                    steps * of("linearConfiguration", "stepBakeTimeInMinutes", 6.0)
                }
                _ => 0.0,
            }
        }
    };
    // Whatever the numbers are, also none: the smaller of two is never none.
    let minutes = (AROUND + wave * waves + bake.max(0.0)).min(A_YEAR);
    Duration::try_from_secs_f64(minutes * 60.0).unwrap_or(Duration::from_mins(10))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn service(desired: u32, balanced: bool, grace: u32, configuration: Value) -> ServiceSnapshot {
        let target = crate::service::LoadBalancer {
            target_group_arn: None,
            alternate_target_group_arn: None,
            container_name: None,
            container_port: None,
        };
        ServiceSnapshot {
            service_arn: String::new(),
            service_name: String::new(),
            cluster_arn: String::new(),
            status: "ACTIVE".to_owned(),
            deployment_controller: "ECS".to_owned(),
            task_definition: None,
            desired_count: desired,
            running_count: 0,
            pending_count: 0,
            deployments: Vec::new(),
            current_service_deployment: None,
            deployment_configuration: Some(configuration),
            load_balancers: balanced.then_some(target).into_iter().collect(),
            health_check_grace_period_seconds: Some(grace),
            events: Vec::new(),
            created_at: None,
        }
    }

    fn minutes(service: &ServiceSnapshot) -> u64 {
        default_timeout(service, None).as_secs() / 60
    }

    #[test]
    fn want_20_the_deadline_follows_from_the_service_and_its_strategy() {
        let breaker = json!({"deploymentCircuitBreaker": {"enable": true, "rollback": true}});
        let one_by_one = json!({"maximumPercent": 110, "minimumHealthyPercent": 100});
        let cases = [
            (service(1, false, 0, json!({})), 5 + 4),
            (service(1, true, 0, json!({})), 5 + 8),
            (service(1, true, 120, json!({})), 5 + 10),
            (service(1, true, 0, breaker), 5 + 16),
            (service(10, true, 0, one_by_one), 5 + 10 * 8),
            (service(0, false, 0, json!({})), 5 + 4),
            (
                service(
                    4,
                    true,
                    0,
                    json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 30}),
                ),
                5 + 8 + 30,
            ),
            (
                service(
                    4,
                    true,
                    0,
                    json!({"strategy": "CANARY", "bakeTimeInMinutes": 5,
                    "canaryConfiguration": {"canaryPercent": 10.0, "canaryBakeTimeInMinutes": 20}}),
                ),
                5 + 8 + 20 + 5,
            ),
            (
                service(
                    4,
                    true,
                    0,
                    json!({"strategy": "LINEAR",
                    "linearConfiguration": {"stepPercent": 25.0, "stepBakeTimeInMinutes": 60}}),
                ),
                5 + 8 + 3 * 60,
            ),
        ];
        for (service, expected) in cases {
            assert_eq!(
                minutes(&service),
                expected,
                "{:?}",
                service.deployment_configuration
            );
        }
    }

    #[test]
    fn what_the_update_brings_counts_before_what_the_service_has() {
        let service = service(4, false, 0, json!({"strategy": "ROLLING"}));
        let update = json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 60});
        assert_eq!(
            default_timeout(&service, Some(&update)).as_secs() / 60,
            5 + 4 + 60
        );
    }

    #[test]
    fn no_number_makes_it_longer_than_a_year_or_less_than_minutes() {
        for configuration in [
            json!({"maximumPercent": 1e308, "minimumHealthyPercent": 1e308}),
            json!({"maximumPercent": -5, "minimumHealthyPercent": 1e308}),
            json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 1e308}),
            json!({"strategy": "LINEAR", "bakeTimeInMinutes": -1e9,
                "linearConfiguration": {"stepPercent": 0}}),
            json!({"strategy": 5, "bakeTimeInMinutes": "x"}),
        ] {
            let timeout = default_timeout(&service(u32::MAX, true, u32::MAX, configuration), None);
            assert!(timeout >= Duration::from_mins(5), "{timeout:?}");
            assert!(timeout <= Duration::from_hours(366 * 24), "{timeout:?}");
        }
    }
}
