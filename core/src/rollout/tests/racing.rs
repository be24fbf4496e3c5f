//! Several deployers of one service at once, over many schedules. `SEED=17` plays one of them again.

use std::time::Duration;

use fastrand::Rng;
use serde_json::{Value, json};

use super::distant::Distant;
use super::{Scene, version};
use crate::gate::Wait;
use crate::ports::ServiceControl;
use crate::rollout::{DeployRequest, Deployer, EvidenceRecord, Outcome};
use crate::service::TaskDefinitionArn;

/// Some deployers that are done.
struct Race {
    scene: Scene,
    numbers: Vec<u32>,
    records: Vec<EvidenceRecord>,
    /// What the service was told to run, oldest first.
    history: Vec<TaskDefinitionArn>,
}

/// Lets deployers of these versions begin within ten seconds of each other.
async fn race(seed: u64, numbers: &[u32], losses: u32) -> Race {
    // The delays between polls.
    fastrand::seed(seed);
    let mut random = Rng::with_seed(seed);
    let scene = Scene::new().await;
    let mut running = Vec::new();
    for number in numbers {
        let request = scene.request(*number).await;
        let control = Distant::new(&scene.cluster, random.u64(..), losses);
        let deployer = Deployer::new(control).waiting(Wait::for_up_to(Duration::from_hours(1)));
        let begins = Duration::from_millis(random.u64(0..10_000));
        running.push(tokio::spawn(async move {
            tokio::time::sleep(begins).await;
            deploy(&deployer, &request).await
        }));
    }
    let mut records = Vec::new();
    for deployer in running {
        records.push(deployer.await.unwrap());
    }
    // Requests that were lost on the way have arrived, and all tasks run.
    tokio::time::sleep(Duration::from_mins(10)).await;
    let history = history(&scene).await;
    Race {
        scene,
        numbers: numbers.to_vec(),
        records,
        history,
    }
}

async fn deploy(deployer: &Deployer, request: &DeployRequest) -> EvidenceRecord {
    deployer.deploy(request).await.unwrap()
}

async fn history(scene: &Scene) -> Vec<TaskDefinitionArn> {
    let control = &scene.cluster;
    let page = control
        .list_service_deployments(&scene.service, None)
        .await
        .unwrap();
    let mut history = Vec::new();
    for deployment in page.items.iter().rev() {
        let revision = [deployment.target_service_revision.clone()];
        let found = control.describe_service_revisions(&revision).await.unwrap();
        history.push(found[0].task_definition.clone());
    }
    history
}

fn has_healed(record: &EvidenceRecord) -> bool {
    !json!(record)["order"]["healed"].is_null()
}

impl Race {
    fn assert_fair(&self, seed: u64) {
        let newest = self.numbers.iter().max().unwrap();
        for (number, record) in self.numbers.iter().zip(&self.records) {
            let json = json!(record);
            let told = format!(
                "SEED={seed}, version {number}: {:?}, {}; history {:?}",
                record.outcome(),
                record.reason(),
                self.history
                    .iter()
                    .map(TaskDefinitionArn::short)
                    .collect::<Vec<_>>(),
            );
            let mine: Option<TaskDefinitionArn> =
                serde_json::from_value(json["taskDefinition"]["arn"].clone()).ok();
            if number == newest {
                assert_eq!(record.outcome(), Some(Outcome::Completed), "{told}");
                let running = self.scene.running();
                let all = running
                    .iter()
                    .all(|task| Some(&task.task_definition_arn) == mine.as_ref());
                assert!(all && running.len() == 2, "{told}");
                assert_eq!(Some(&self.scene.in_place()), mine.as_ref(), "{told}");
            } else {
                self.assert_truthful(*number, mine.as_ref(), &json, record, &told);
            }
            let written = self
                .history
                .iter()
                .filter(|arn| Some(*arn) == mine.as_ref());
            // Deployers of older ones put it back, some of them before they put back a newer one still.
            let older = self
                .numbers
                .iter()
                .zip(&self.records)
                .filter(|(other, _)| *other < number);
            let put_back = older.filter(|(_, record)| has_healed(record));
            assert!(written.count() <= 1 + put_back.count(), "{told}");
        }
    }

    /// What a deployer of an older version says is what happened.
    fn assert_truthful(
        &self,
        number: u32,
        mine: Option<&TaskDefinitionArn>,
        json: &Value,
        record: &EvidenceRecord,
        told: &str,
    ) {
        let healed = &json["order"]["healed"];
        match record.outcome() {
            Some(Outcome::Completed) => {
                assert!(
                    mine.is_some_and(|mine| self.history.contains(mine)),
                    "{told}"
                );
                assert_eq!(json["proof"]["verdict"], "verified", "{told}");
                assert!(healed.is_null(), "{told}");
            }
            Some(Outcome::Superseded) => {
                let by = &json["order"]["supersededBy"]["version"]["id"];
                let newer = self.numbers.iter().filter(|other| **other > number);
                let mut newer = newer.map(|other| json!(version(*other).to_string()));
                assert!(newer.any(|newer| newer == *by), "{told}; by {by}");
            }
            other => panic!("{other:?}: {told}"),
        }
        if let Some(revision) = healed["taskDefinition"].as_str() {
            let restored = self.history.iter().filter(|arn| arn.as_str() == revision);
            assert!(restored.count() >= 2, "{told}; healed {healed}");
        }
    }
}

/// How often something was seen over all schedules: that the races are real.
#[derive(Debug, Default)]
struct Tally {
    older_first: u32,
    gave_way: u32,
    healed: u32,
}

async fn races(schedules: u64, numbers: &[u32], losses: u32) -> Tally {
    let seeds = match std::env::var("SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
    {
        Some(seed) => seed..seed + 1,
        None => 0..schedules,
    };
    let mut tally = Tally::default();
    for seed in seeds {
        let race = race(seed, numbers, losses).await;
        race.assert_fair(seed);
        let healed = race
            .records
            .iter()
            .any(|record| !json!(record)["order"]["healed"].is_null());
        let distinct = race.history.len() - 1;
        tally.healed += u32::from(healed);
        tally.gave_way += u32::from(distinct < numbers.len());
        tally.older_first += u32::from(!healed && distinct == numbers.len());
    }
    tally
}

#[tokio::test(start_paused = true)]
async fn of_two_deployers_the_newer_version_is_in_place_whatever_the_schedule() {
    let tally = races(250, &[2, 3], 0).await;
    let each = [tally.older_first, tally.gave_way, tally.healed];
    assert!(each.iter().all(|seen| *seen >= 10), "{tally:?}");
}

#[tokio::test(start_paused = true)]
async fn lost_and_late_updates_leave_no_older_version_in_place() {
    let tally = races(100, &[2, 3], 1).await;
    assert!(tally.healed >= 5, "{tally:?}");
}

#[tokio::test(start_paused = true)]
async fn three_deployers_race_and_the_newest_stays() {
    let tally = races(60, &[3, 2, 4], 0).await;
    assert!(tally.healed >= 5, "{tally:?}");
}
