use super::super::{Ending, Next, Seen, View};
use super::{Build, deploying, entry, failed, following, sees, superseded_by, wrote};

#[test]
fn an_older_run_that_comes_late_writes_nothing() {
    assert_eq!(
        deploying().step(sees([entry(2, 7), entry(1, 1)])),
        superseded_by(7)
    );
}

#[test]
fn a_revision_that_is_in_place_is_followed_and_not_written_again() {
    assert_eq!(deploying().step(sees([entry(1, 5)])), Next::Follow(1));
}

#[test]
fn a_newer_version_that_failed_is_no_reason_to_give_way() {
    let next = deploying().step(sees([failed(2, 7), entry(1, 1)]));
    assert_eq!(next, Next::Write(Build(5)));
}

#[test]
fn a_version_of_ours_that_failed_is_written_again() {
    let next = deploying().step(sees([failed(1, 5)]));
    assert_eq!(next, Next::Write(Build(5)));
}

#[test]
fn what_has_no_version_is_replaced() {
    let mut order = deploying();
    assert_eq!(order.step(sees([entry(1, 0)])), Next::Write(Build(5)));
    assert_eq!(order.step(wrote(2, entry(1, 0))), Next::Follow(2));
}

#[test]
fn whoever_replaced_a_newer_version_puts_it_back_and_looks_again() {
    let mut order = deploying();
    order.step(sees([entry(1, 1)]));
    assert_eq!(order.step(wrote(3, entry(2, 6))), Next::Write(Build(6)));
    // Somebody was faster: build 7 went in between, and now it is replaced too.
    assert_eq!(order.step(wrote(5, entry(4, 7))), Next::Write(Build(7)));
    assert_eq!(order.step(wrote(6, entry(5, 6))), superseded_by(7));
    assert_eq!(order.replaced(), Some(&entry(2, 6)));
    assert_eq!(order.healed(), Some(&Build(7)));
}

#[test]
fn a_version_that_failed_is_not_put_back() {
    let mut order = deploying();
    order.step(sees([entry(1, 1)]));
    assert_eq!(order.step(wrote(3, failed(2, 6))), Next::Follow(3));
}

#[test]
fn a_heal_that_is_refused_is_never_silent() {
    let mut order = deploying();
    order.step(sees([entry(1, 1)]));
    order.step(wrote(3, entry(2, 6)));
    let newer = Build(6);
    assert_eq!(
        order.step(Seen::Refused),
        Next::End(Ending::Unhealed { newer })
    );
    assert_eq!(order.healed(), None);
}

#[test]
fn completion_counts_only_when_ours_is_still_in_place() {
    let completed = |entries: &[_]| Seen::Completed(View::new(entries.to_vec()));
    let ours = [entry(2, 5), entry(1, 1)];
    let next = following().step(completed(&ours));
    assert_eq!(next, Next::End(Ending::InPlace { id: 2 }));
    let next = following().step(completed(&[entry(3, 6), entry(2, 5), entry(1, 1)]));
    assert_eq!(next, superseded_by(6));
    // A read that is behind proves nothing.
    assert_eq!(following().step(completed(&[entry(1, 1)])), Next::Follow(2));
}

#[test]
fn a_version_that_an_older_one_replaced_waits_until_it_is_put_back() {
    let mut order = following();
    let replaced = [entry(3, 4), entry(2, 5), entry(1, 1)];
    assert_eq!(order.step(sees(replaced.clone())), Next::Wait);
    let [other, ours, first] = replaced;
    let back = [entry(4, 5), other, ours, first];
    assert_eq!(order.step(sees(back)), Next::Follow(4));
}

#[test]
fn waiting_to_be_put_back_has_an_end() {
    let mut order = following();
    let replaced = [entry(3, 4), entry(2, 5), entry(1, 1)];
    assert_eq!(order.step(sees(replaced.clone())), Next::Wait);
    assert_eq!(order.step(sees(replaced)), superseded_by(4));
    assert_eq!(order.healed(), None, "it could have been a rollback");
}

#[test]
fn a_read_that_is_behind_is_not_taken_for_being_replaced() {
    let mut order = following();
    assert_eq!(order.step(sees([entry(1, 1)])), Next::Follow(2));
}

#[test]
fn a_failure_of_ours_ends_it() {
    let next = following().step(sees([entry(3, 1), failed(2, 5), entry(1, 1)]));
    assert_eq!(next, Next::End(Ending::Failed { id: 2 }));
}

#[test]
fn what_a_later_read_shows_between_is_put_back_too() {
    // The answer said that deployment 1 was replaced.
    let mut order = deploying();
    order.step(sees([entry(1, 1)]));
    order.step(wrote(3, entry(1, 1)));
    let next = order.step(sees([entry(3, 5), entry(2, 6), entry(1, 1)]));
    assert_eq!(next, Next::Write(Build(6)));
    assert_eq!(order.replaced(), Some(&entry(2, 6)));
}

#[test]
fn a_hole_in_a_read_starts_no_heal() {
    // Deployment 2 brought build 6 back to build 1 on purpose, and has no tasks any more.
    let mut order = deploying();
    order.step(sees([entry(2, 1), entry(1, 6)]));
    order.step(wrote(3, entry(2, 1)));
    assert_eq!(
        order.step(sees([entry(3, 5), entry(1, 6)])),
        Next::Follow(3)
    );
}

#[test]
fn what_was_not_asked_for_changes_nothing() {
    let mut order = deploying();
    let before = order.clone();
    assert_eq!(order.step(wrote(2, entry(1, 7))), Next::Read);
    assert_eq!(order.step(Seen::Lost), Next::Read);
    assert_eq!(order, before);
}
