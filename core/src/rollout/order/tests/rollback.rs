use super::super::{Ending, Next, Order, Seen, View};
use super::{BOUNDS, Build, Intent, entry, following, sees, superseded_by, wrote};

fn rolling_back() -> Order<Build, u32> {
    let mut order = Order::begin(Build(1), Intent::Rollback, BOUNDS);
    let next = order.step(sees([entry(2, 5), entry(1, 1)]));
    assert_eq!(next, Next::Write(Build(1)));
    order
}

#[test]
fn an_intended_rollback_is_not_healed_by_itself() {
    let mut order = rolling_back();
    assert_eq!(order.step(wrote(3, entry(2, 5))), Next::Follow(3));
    let view = View::new([entry(3, 1), entry(2, 5), entry(1, 1)]);
    assert_eq!(
        order.step(Seen::Completed(view)),
        Next::End(Ending::InPlace { id: 3 })
    );
}

#[test]
fn a_rollback_that_a_deployment_replaced_says_so() {
    let mut order = rolling_back();
    order.step(wrote(3, entry(2, 5)));
    let next = order.step(sees([entry(4, 6), entry(3, 1), entry(2, 5)]));
    assert_eq!(next, superseded_by(6));
}

#[test]
fn a_lost_rollback_is_looked_for_and_not_repeated() {
    let mut order = rolling_back();
    order.step(Seen::Lost);
    let next = order.step(sees([entry(3, 1), entry(2, 5), entry(1, 1)]));
    assert_eq!(next, Next::Follow(3));
}

#[test]
fn the_deployer_of_what_was_rolled_back_does_not_fight_it() {
    let mut order = following();
    let rolled_back = [entry(3, 1), entry(2, 5), entry(1, 1)];
    assert_eq!(order.step(sees(rolled_back.clone())), Next::Wait);
    assert_eq!(order.step(sees(rolled_back)), superseded_by(1));
}

#[test]
fn a_rollback_to_our_own_version_is_followed_and_owes_nothing() {
    let mut order = following();
    // Build 6 replaced ours, and was taken back to it on purpose.
    let next = order.step(sees([entry(4, 5), entry(3, 6), entry(2, 5), entry(1, 1)]));
    assert_eq!(next, Next::Follow(4));
}

#[test]
fn a_promotion_gives_way_as_a_deployment_does() {
    let mut order = Order::begin(Build(1), Intent::Promote, BOUNDS);
    assert_eq!(order.step(sees([entry(2, 5)])), superseded_by(5));
}
