//! Properties of deployment configurations.

use proptest::prelude::{prop_assert_eq, prop_assume, proptest};
use serde_json::json;

use super::*;

/// Whether a rolling deployment that stops and starts one task at a time comes to its end.
fn comes_to_its_end(desired: u32, minimum: u32, maximum: u32) -> bool {
    let (mut old, mut new) = (desired, 0);
    while old > 0 || new < desired {
        if new < desired && (old + new + 1) * 100 <= desired * maximum {
            new += 1;
        } else if old > 0 && (old + new - 1) * 100 >= desired * minimum {
            old -= 1;
        } else {
            return false;
        }
    }
    true
}

proptest! {
    #[test]
    fn percentages_are_refused_exactly_when_a_deployment_would_hang(
        desired in 1_u32..40,
        minimum in 0_u32..=100,
        maximum in 0_u32..=300,
    ) {
        // ECS refuses these whatever the number of tasks.
        prop_assume!((minimum, maximum) != (100, 100));
        let configuration = DeploymentConfiguration::new()
            .strategy(Strategy::rolling())
            .minimum_healthy_percent(minimum)
            .maximum_percent(maximum);
        let accepted = configuration.check(desired).is_ok();
        prop_assert_eq!(accepted, comes_to_its_end(desired, minimum, maximum));
    }

    #[test]
    fn what_the_refusal_advises_is_accepted(desired in 1_u32..200, minimum in 1_u32..=100) {
        let stuck = DeploymentConfiguration::new()
            .minimum_healthy_percent(minimum)
            .maximum_percent(101)
            .problems(desired);
        for problem in &stuck {
            let numbers: Vec<u32> = problem
                .expected()
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|digits| digits.parse().ok())
                .collect();
            let [lower, higher] = numbers.as_slice() else { panic!("{problem}") };
            let less = DeploymentConfiguration::new()
                .minimum_healthy_percent(*lower)
                .maximum_percent(101);
            prop_assert_eq!(less.problems(desired), []);
            let more = DeploymentConfiguration::new()
                .minimum_healthy_percent(minimum)
                .maximum_percent(*higher);
            prop_assert_eq!(more.problems(desired), []);
        }
    }
}

#[test]
fn what_is_written_reads_back_as_the_same() {
    let all = DeploymentConfiguration::new()
        .strategy(Strategy::Canary(
            Canary::new().percent(0.3).bake_time_in_minutes(5),
        ))
        .bake_time_in_minutes(10)
        .alarms(Alarms::rolling_back(["errors"]))
        .lifecycle_hooks([
            LifecycleHook::pause([LifecycleStage::PreProductionTrafficShift])
                .timeout(HookTimeout::roll_back_after_minutes(30)),
            LifecycleHook::lambda("arn:lambda", "arn:role", [LifecycleStage::PostScaleUp])
                .details(json!({"x": [1, null]})),
        ]);
    assert_eq!(all.problems(3), []);
    let rolling = DeploymentConfiguration::new()
        .strategy(Strategy::Rolling {
            early_success: Some(EarlySuccess::new(100, Cleanup::Deferred)),
        })
        .circuit_breaker(
            CircuitBreaker::failing()
                .threshold(Threshold::new(ThresholdType::Count, 4))
                .reset_on_healthy_task(false),
        );
    let linear = DeploymentConfiguration::new().strategy(Strategy::Linear(
        Linear::new()
            .step_percent(20.0)
            .step_bake_time_in_minutes(1),
    ));
    for configuration in [all, rolling, linear, DeploymentConfiguration::new()] {
        let text = configuration.to_ecs().to_string();
        let read = DeploymentConfiguration::parse(&text).unwrap();
        assert_eq!(read, configuration);
        assert_eq!(
            serde_json::from_str::<DeploymentConfiguration>(&text).unwrap(),
            configuration
        );
    }
}

#[test]
fn a_strategy_that_is_not_known_keeps_the_members_that_came_with_it() {
    let said = json!({
        "strategy": "SPIRAL",
        "canaryConfiguration": {"canaryPercent": 5.0},
        "earlySuccessCriteria": {"enable": false},
    });
    let read = DeploymentConfiguration::from_ecs(said.clone()).unwrap();
    assert_eq!(read.to_ecs(), said);
    assert_eq!(
        DeploymentConfiguration::from_ecs(read.to_ecs()).unwrap(),
        read
    );
}

#[test]
fn a_threshold_is_counted_as_ecs_counts_it() {
    let default = CircuitBreaker::rolling_back();
    assert_eq!(default.failures(2), Some(3));
    assert_eq!(default.failures(25), Some(13));
    assert_eq!(default.failures(1000), Some(200));
    let percent = |kind| CircuitBreaker::rolling_back().threshold(Threshold::new(kind, 10));
    assert_eq!(
        percent(ThresholdType::UnboundedPercent).failures(11),
        Some(2)
    );
    assert_eq!(percent(ThresholdType::Count).failures(11), Some(10));
    let unknown = ThresholdType::Other("NEW".to_owned());
    assert_eq!(percent(unknown).failures(11), None);
}
