//! The targets of load balancers.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;

use super::Scene;
use crate::ErrorKind;
use crate::memory::{Behaviour, Check};
use crate::ports::TargetGroups;
use crate::service::{ServiceDeploymentStatus, TargetState};

const GROUP: &str = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/app/1";
const OTHER: &str = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/app/2";

fn balanced() -> Value {
    json!({"loadBalancers": [
        {"targetGroupArn": GROUP, "containerName": "app", "containerPort": 8080},
    ]})
}

#[tokio::test(start_paused = true)]
async fn new_targets_become_healthy_and_old_ones_are_drained() {
    let scene = Scene::new();
    scene.push("one", "one");
    scene.push("two", "two");
    scene.serve(&scene.define("app:one"), 1, &balanced());
    let old = scene.cluster.target_health(GROUP).await.unwrap();
    assert_eq!(
        (old[0].state.clone(), old[0].port),
        (TargetState::Healthy, Some(8080))
    );
    assert_eq!(
        Some(&old[0].id),
        scene.running()[0].private_ipv4_address.as_ref()
    );
    assert_eq!(old[0].reason, None);
    scene.update(&scene.define("app:two")).await;
    let mut seen: Vec<(bool, TargetState, Option<String>)> = Vec::new();
    for _ in 0..100 {
        sleep(Duration::from_millis(500)).await;
        for target in scene.cluster.target_health(GROUP).await.unwrap() {
            let one = (target.id == old[0].id, target.state, target.reason);
            if !seen.contains(&one) {
                seen.push(one);
            }
        }
    }
    let reason = |words: &str| Some(words.to_owned());
    assert_eq!(
        seen,
        [
            (true, TargetState::Healthy, None),
            (
                false,
                TargetState::Initial,
                reason("Elb.RegistrationInProgress")
            ),
            (
                false,
                TargetState::Initial,
                reason("Elb.InitialHealthChecking")
            ),
            (
                true,
                TargetState::Draining,
                reason("Target.DeregistrationInProgress")
            ),
            (false, TargetState::Healthy, None),
        ]
    );
    assert!(scene.said("registered 1 targets in (target-group"));
    assert!(scene.said("has begun draining connections on 1 tasks."));
    let unknown = scene.cluster.target_health(OTHER).await.unwrap_err();
    assert_eq!(unknown.kind(), ErrorKind::TargetGroupNotFound);
}

#[tokio::test(start_paused = true)]
async fn a_failing_target_is_borne_with_for_the_grace_period_and_then_replaced() {
    let scene = Scene::new();
    scene.push("good", "good");
    scene.push("bad", "bad");
    scene
        .cluster
        .behave("bad", Behaviour::NeverHealthy(Check::Target));
    let mut service = balanced();
    service["healthCheckGracePeriodSeconds"] = 120.into();
    service["deploymentConfiguration"] =
        json!({"deploymentCircuitBreaker": {"enable": true, "rollback": true}});
    scene.serve(&scene.define("app:good"), 1, &service);
    scene.update(&scene.define("app:bad")).await;
    sleep(Duration::from_mins(1)).await;
    let targets = scene.cluster.target_health(GROUP).await.unwrap();
    let failing = targets
        .iter()
        .find(|one| one.state == TargetState::Unhealthy);
    assert_eq!(
        failing.unwrap().reason.as_deref(),
        Some("Target.FailedHealthChecks")
    );
    assert_eq!(scene.stopped().len(), 0);
    assert!(scene.cluster.settle().await);
    assert_eq!(
        scene.history().await[0].status,
        ServiceDeploymentStatus::RollbackSuccessful
    );
    assert!(scene.said("deployment failed: tasks failed ELB health checks."));
}

#[tokio::test(start_paused = true)]
async fn with_an_alternate_target_group_the_sides_change_with_each_deployment() {
    let scene = Scene::new();
    scene.push("one", "one");
    let service = json!({
        "deploymentConfiguration": {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 1},
        "loadBalancers": [{
            "targetGroupArn": GROUP, "containerName": "app", "containerPort": 80,
            "advancedConfiguration": {"alternateTargetGroupArn": OTHER},
        }],
    });
    scene.serve(&scene.define("app:one"), 2, &service);
    for (green, blue) in [(OTHER, GROUP), (GROUP, OTHER)] {
        scene.force().await;
        assert!(scene.cluster.settle().await);
        assert_eq!(scene.cluster.target_health(green).await.unwrap().len(), 2);
        assert_eq!(scene.cluster.target_health(blue).await.unwrap(), []);
    }
}
