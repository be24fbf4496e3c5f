use super::super::{Ending, Next, Seen};
use super::{Build, deploying, entry, sees, superseded_by, wrote};

const SETTLED: Next<Build, u32> = Next::ReadBack { settle: true };
const READ_BACK: Next<Build, u32> = Next::ReadBack { settle: false };

fn lost() -> super::Order<Build, u32> {
    let mut order = deploying();
    order.step(sees([entry(1, 1)]));
    assert_eq!(order.step(Seen::Lost), SETTLED);
    order
}

#[test]
fn a_lost_answer_never_makes_a_second_deployment() {
    let mut order = lost();
    assert_eq!(
        order.step(sees([entry(2, 5), entry(1, 1)])),
        Next::Follow(2)
    );
    assert_eq!(order.replaced(), Some(&entry(1, 1)));
}

#[test]
fn a_lost_request_is_written_again_only_after_a_look() {
    let mut order = lost();
    assert_eq!(order.step(sees([entry(1, 1)])), Next::Write(Build(5)));
    assert_eq!(order.step(wrote(2, entry(1, 1))), Next::Follow(2));
}

#[test]
fn a_lost_request_is_not_written_again_over_a_newer_version() {
    let next = lost().step(sees([entry(2, 6), entry(1, 1)]));
    assert_eq!(next, superseded_by(6));
}

#[test]
fn requests_that_are_lost_again_and_again_have_an_end() {
    let mut order = lost();
    order.step(sees([entry(1, 1)]));
    order.step(Seen::Lost);
    assert_eq!(
        order.step(sees([entry(1, 1)])),
        Next::End(Ending::NotWritten)
    );
}

#[test]
fn a_lost_answer_hides_no_newer_version_that_was_replaced() {
    let mut order = lost();
    let next = order.step(sees([entry(3, 5), entry(2, 6), entry(1, 1)]));
    assert_eq!(next, Next::Write(Build(6)));
}

#[test]
fn where_two_could_be_ours_both_are_answered_for() {
    let mut order = lost();
    let entries = [entry(4, 5), entry(3, 5), entry(2, 6), entry(1, 1)];
    assert_eq!(order.step(sees(entries)), Next::Write(Build(6)));
}

#[test]
fn an_earlier_deployment_of_the_same_revision_is_not_ours() {
    let mut order = deploying();
    order.step(sees([entry(2, 1), entry(1, 5)]));
    order.step(Seen::Lost);
    let next = order.step(sees([entry(2, 1), entry(1, 5)]));
    assert_eq!(next, Next::Write(Build(5)));
}

#[test]
fn a_newer_version_that_is_back_already_is_not_written_again() {
    let mut order = lost();
    let next = order.step(sees([entry(4, 6), entry(3, 5), entry(2, 6), entry(1, 1)]));
    assert_eq!(next, superseded_by(6));
    assert_eq!(order.healed(), None);
}

#[test]
fn a_lost_heal_is_looked_for_too() {
    let healing = || {
        let mut order = deploying();
        order.step(sees([entry(1, 1)]));
        order.step(wrote(3, entry(2, 6)));
        assert_eq!(order.step(Seen::Lost), SETTLED);
        order
    };
    let before = [entry(3, 5), entry(2, 6), entry(1, 1)];
    let mut not_done = healing();
    assert_eq!(not_done.step(sees(before.clone())), Next::Write(Build(6)));
    let mut done = healing();
    let [ours, newer, first] = before;
    assert_eq!(
        done.step(sees([entry(4, 6), ours, newer, first])),
        superseded_by(6)
    );
    assert_eq!(done.healed(), Some(&Build(6)));
}

#[test]
fn an_answer_that_tells_little_is_completed_from_the_history() {
    let bare = Seen::Written {
        id: 3,
        replaced: None,
    };
    let mut order = deploying();
    order.step(sees([entry(1, 1)]));
    assert_eq!(order.step(bare), READ_BACK);
    assert_eq!(order.step(sees([entry(1, 1)])), READ_BACK);
    let next = order.step(sees([entry(3, 5), entry(2, 6), entry(1, 1)]));
    assert_eq!(next, Next::Write(Build(6)));
}

#[test]
fn what_never_shows_is_said_and_believed_when_it_shows_after_all() {
    let mut order = deploying();
    order.step(sees([entry(1, 1)]));
    order.step(Seen::Written {
        id: 3,
        replaced: None,
    });
    for _ in 0..2 {
        assert_eq!(order.step(sees([entry(1, 1)])), READ_BACK);
    }
    assert_eq!(order.step(sees([entry(1, 1)])), Next::Follow(3));
    assert!(order.in_doubt());
    let next = order.step(sees([entry(3, 5), entry(2, 6)]));
    assert_eq!(next, Next::Write(Build(6)));
    assert!(!order.in_doubt());
}
