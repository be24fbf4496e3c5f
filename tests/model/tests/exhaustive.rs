//! Every schedule of a few deployers, within bounds: how many states each setting has is printed.
//!
//! States are told apart by 64-bit fingerprints, so that two could be taken for one: with a million
//! states in one run of twenty million.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::io::Write;
use std::time::Instant;

use artifact_deploy_model::{Budget, DeployModel, Guard, NEWEST_STAYS, Setting, schedule};
use stateright::{Checker, HasDiscoveries, Model};

const NONE: Budget = Budget {
    stale_reads: 0,
    lost_answers: 0,
    bare_answers: 0,
    failures: 0,
    refusals: 0,
    crashes: 0,
};

/// Explores all of it; fails with the schedule that breaks a property.
#[track_caller]
fn holds(setting: Setting) {
    let name = setting.name;
    let begun = Instant::now();
    let checked = DeployModel { setting }
        .checker()
        .finish_when(HasDiscoveries::AnyFailures)
        .spawn_bfs()
        .join();
    say(&format!(
        "{name}: {} states, the longest schedule has {} steps ({:.1} s)",
        checked.unique_state_count(),
        checked.max_depth() - 1,
        begun.elapsed().as_secs_f32(),
    ));
    for property in checked.model().properties() {
        let found = checked.discovery(property.name);
        if property.expectation.discovery_is_failure() {
            if let Some(path) = found {
                let schedule = schedule(checked.model(), &path.into_actions());
                panic!("{name}: not true: {}\n{schedule}", property.name);
            }
        } else {
            assert!(found.is_some(), "{name}: never: {}", property.name);
        }
    }
}

/// Finds a schedule that leaves an older version in place, and prints it.
#[track_caller]
fn is_violated(setting: Setting) -> String {
    let name = setting.name;
    let checked = DeployModel { setting }.checker().spawn_bfs().join();
    let path = checked
        .discovery(NEWEST_STAYS)
        .expect("without the guard the older version can stay");
    let schedule = schedule(checked.model(), &path.into_actions());
    say(&format!(
        "{name}: the older version stays; found after {} states:\n{schedule}",
        checked.unique_state_count()
    ));
    schedule
}

/// Past the capture of the test runner, which shows only what failed.
fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "model: {text}").expect("standard output");
}

#[test]
fn two_deployers_with_everything_that_can_go_wrong() {
    holds(
        Setting::new("two deployers, everything twice", &[2, 3])
            .with_pushes()
            .with_tasks()
            .budget(Budget {
                stale_reads: 2,
                lost_answers: 2,
                bare_answers: 1,
                failures: 1,
                ..NONE
            })
            .lag(2),
    );
}

#[test]
fn three_deployers_whose_images_are_pushed_while_they_wait() {
    holds(
        Setting::new("three deployers, pushes and task replacements", &[2, 3, 4])
            .with_pushes()
            .with_tasks(),
    );
}

#[test]
fn three_deployers_with_lost_answers() {
    holds(
        Setting::new("three deployers, two lost answers", &[2, 3, 4]).budget(Budget {
            lost_answers: 2,
            ..NONE
        }),
    );
}

#[test]
fn three_deployers_with_stale_reads_and_answers_that_tell_little() {
    holds(
        Setting::new("three deployers, stale reads, bare answers", &[2, 3, 4])
            .budget(Budget {
                stale_reads: 2,
                bare_answers: 1,
                ..NONE
            })
            .lag(2),
    );
}

#[test]
fn three_deployers_with_a_lost_answer_and_a_stale_read() {
    let setting = Setting::new("three deployers, lost answer, stale read", &[2, 3, 4]);
    holds(setting.patience(1).budget(Budget {
        stale_reads: 1,
        lost_answers: 1,
        ..NONE
    }));
}

#[test]
fn three_deployers_and_the_circuit_breaker() {
    holds(
        Setting::new("three deployers, circuit breaker, lost answer", &[2, 3, 4]).budget(Budget {
            failures: 1,
            lost_answers: 1,
            ..NONE
        }),
    );
}

#[test]
fn an_intended_rollback_among_deployers() {
    holds(
        Setting::new("two deployers and a rollback", &[2, 3])
            .rollback_to(1)
            .budget(Budget {
                lost_answers: 1,
                stale_reads: 1,
                failures: 1,
                ..NONE
            }),
    );
}

#[test]
fn two_runs_of_one_version_and_an_older_one() {
    let budget = Budget {
        lost_answers: 1,
        stale_reads: 1,
        ..NONE
    };
    holds(Setting::new("two runs of one version and an older one", &[2, 3, 3]).budget(budget));
    holds(
        Setting::new("the same, where each write begins a deployment", &[2, 3, 3])
            .always_beginning()
            .budget(budget),
    );
}

#[test]
fn a_crash_leaves_an_older_version_only_where_the_history_shows_it() {
    holds(
        Setting::new("three deployers, one crash", &[2, 3, 4]).budget(Budget {
            crashes: 1,
            lost_answers: 1,
            ..NONE
        }),
    );
}

#[test]
fn a_refused_heal_is_reported_by_whoever_owes_it() {
    holds(
        Setting::new("three deployers, one refused write", &[2, 3, 4]).budget(Budget {
            refusals: 1,
            lost_answers: 1,
            ..NONE
        }),
    );
}

#[test]
fn without_the_guard_the_checker_finds_the_older_version_in_place() {
    let schedule = is_violated(Setting::new("no guard", &[2, 3]).guard(Guard::Off));
    assert!(schedule.contains("version 2, which replaces version 3"));
    assert!(schedule.contains("version 2 is in place at the end"));
}

#[test]
fn a_check_before_the_write_alone_does_not_help() {
    let schedule = is_violated(
        Setting::new("only a check before the write", &[2, 3]).guard(Guard::CheckBefore),
    );
    assert!(schedule.contains("version 2, which replaces version 3"));
}

#[test]
fn a_lost_answer_has_to_settle_before_it_is_looked_for() {
    let lost_one = Budget {
        lost_answers: 1,
        ..NONE
    };
    let setting = Setting::new("read back too early", &[2, 3]).budget(lost_one);
    let schedule = is_violated(setting.hasty());
    assert!(schedule.contains("the request of A is done, and replaces version 3"));
}
