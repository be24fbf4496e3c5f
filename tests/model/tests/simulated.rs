//! Random schedules of more deployers than can be explored, each from a seed that repeats it.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::io::Write;

use artifact_deploy_model::{Action, Budget, DeployModel, Setting, World, schedule};
use fastrand::Rng;
use stateright::{Expectation, Model};

const SCHEDULES: u64 = 20_000;

fn model(random: &mut Rng) -> DeployModel {
    let mut versions = [2, 3, 4, 5, 6];
    for version in &mut versions {
        // Some runs share a version.
        *version = random.u8(2..=6);
    }
    let mut setting = Setting::new("five deployers", &versions)
        .with_pushes()
        .with_tasks()
        .lag(3)
        .budget(Budget {
            // Fewer than a deployer bears: see `Bounds::reads`.
            stale_reads: random.u8(0..4),
            lost_answers: random.u8(0..3),
            bare_answers: random.u8(0..4),
            failures: random.u8(0..3),
            refusals: 0,
            crashes: 0,
        });
    if random.bool() {
        setting = setting.rollback_to(1);
    }
    if random.bool() {
        setting = setting.always_beginning();
    }
    DeployModel { setting }
}

/// Plays one schedule; gives how many steps it took.
fn play(seed: u64) -> Result<usize, String> {
    let mut random = Rng::with_seed(seed);
    let model = model(&mut random);
    let properties = model.properties();
    let mut world: World = model.init_states().remove(0);
    let mut played: Vec<Action> = Vec::new();
    loop {
        for property in &properties {
            let holds = (property.condition)(&model, &world);
            if property.expectation == Expectation::Always && !holds {
                let schedule = schedule(&model, &played);
                return Err(format!(
                    "seed {seed}: not true: {}\n{schedule}",
                    property.name
                ));
            }
        }
        let mut actions = Vec::new();
        model.actions(&world, &mut actions);
        random.shuffle(&mut actions);
        let step = actions
            .into_iter()
            .find_map(|action| Some((action, model.next_state(&world, action)?)));
        let Some((action, next)) = step else {
            return Ok(played.len());
        };
        played.push(action);
        world = next;
    }
}

#[test]
fn five_deployers_at_random() {
    // One schedule again: `SEED=17 cargo test -p artifact-deploy-model`.
    let seeds = match std::env::var("SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
    {
        Some(seed) => seed..seed + 1,
        None => 0..SCHEDULES,
    };
    let mut longest = 0;
    let count = seeds.end - seeds.start;
    for seed in seeds {
        match play(seed) {
            Ok(steps) => longest = longest.max(steps),
            Err(broken) => panic!("{broken}"),
        }
    }
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "model: {count} random schedules of five deployers, the longest of {longest} steps"
    )
    .expect("standard output");
}
