//! What gets the traffic, as part of the proof.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use serde_json::json;

use super::{Scene, assert_outcome, version};
use crate::Result;
use crate::memory::{ControlFault, ControlFaultKind, ControlOperation};
use crate::ports::ApplicationProbe;
use crate::rollout::{Outcome, Probe};

const GROUP: &str =
    "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/app/0123456789abcdef";

async fn balanced() -> Scene {
    let balancer = json!({"targetGroupArn": GROUP, "containerName": "app", "containerPort": 80});
    Scene::with(&json!({"loadBalancers": [balancer]})).await
}

#[tokio::test(start_paused = true)]
async fn the_targets_of_the_tasks_are_part_of_the_proof() {
    let scene = balanced().await;
    let health = ControlOperation::TargetHealth;
    let throttled = ControlFault::new(health, ControlFaultKind::Throttled);
    scene.cluster.inject(throttled.times(2));
    let request = scene.request(2).await;
    let deployer = scene.deployer().targets(Arc::new(scene.cluster.clone()));
    let record = deployer.deploy(&request).await.unwrap();
    assert_outcome(&record, Outcome::Completed);
    assert_eq!(json!(record)["targets"]["verdict"], "healthy");
}

/// Answers as the first version a few times, and then as the second.
struct Application(AtomicU32);

#[async_trait]
impl ApplicationProbe for Application {
    async fn ask(&self, _: &str, _: &BTreeMap<String, String>) -> Result<String> {
        let left = self.0.load(Ordering::Relaxed);
        self.0.store(left.saturating_sub(1), Ordering::Relaxed);
        let answers = version(if left > 0 { 1 } else { 2 });
        Ok(json!({"imageTag": answers.tag()}).to_string())
    }
}

async fn asked(scene: &Scene, wrong: u32) -> crate::rollout::EvidenceRecord {
    let request = scene.request(2).await;
    let probe = Probe::new("https://app.example/version?token=hunter2").unwrap();
    let port = Arc::new(Application(AtomicU32::new(wrong)));
    let deployer = scene.deployer().probing(port, probe);
    deployer.deploy(&request).await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn the_application_has_to_report_what_was_deployed() {
    let scene = Scene::new().await;
    let record = asked(&scene, 2).await;
    assert_outcome(&record, Outcome::Completed);
    assert_eq!(json!(record)["application"]["satisfied"], true);
    assert!(scene.story().contains(&"asked".to_owned()));
    let told = format!("{record:?} {} {:?}", json!(record), scene.events());
    assert!(!told.contains("hunter2"));
}

#[tokio::test(start_paused = true)]
async fn an_application_that_goes_on_reporting_the_old_version_is_no_success() {
    let scene = Scene::new().await;
    let record = asked(&scene, u32::MAX).await;
    assert_outcome(&record, Outcome::TimedOut);
    let reason = record.reason();
    assert!(reason.contains(version(1).tag().as_str()), "{reason}");
    assert_eq!(json!(record)["proof"]["verdict"], "verified");
}

#[tokio::test(start_paused = true)]
async fn one_that_is_replaced_while_it_is_asked_is_superseded() {
    let scene = Scene::new().await;
    let newer = scene.request(3).await;
    let deployer = scene.deployer();
    let (record, _) = tokio::join!(asked(&scene, u32::MAX), async {
        tokio::time::sleep(std::time::Duration::from_mins(5)).await;
        deployer.deploy(&newer).await
    });
    assert_outcome(&record, Outcome::Superseded);
}
