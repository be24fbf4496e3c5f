use super::super::View;
use super::{Build, entry, failed};

#[test]
fn deployments_are_ordered_by_when_they_began() {
    let view = View::new([entry(1, 1), entry(3, 2), entry(2, 6)]);
    assert_eq!(view.in_place(), Some(&entry(3, 2)));
    assert_eq!(view.replaced_by(&3), Some(&entry(2, 6)));
    assert_eq!(view.replaced_by(&1), None);
    assert_eq!(view.find(&2), Some(&entry(2, 6)));
}

#[test]
fn what_a_deployer_left_behind_that_died_before_its_check_is_found() {
    let view = View::new([entry(1, 1), entry(2, 6), entry(3, 5)]);
    let found = view.out_of_order().unwrap();
    assert_eq!(
        (found.newer, found.replaced_by),
        (&entry(2, 6), &entry(3, 5))
    );
}

#[test]
fn the_newest_of_several_that_are_missing_is_named() {
    let view = View::new([
        entry(1, 7),
        entry(2, 6),
        entry(3, 8),
        entry(4, 5),
        entry(5, 5),
    ]);
    assert_eq!(view.out_of_order().unwrap().newer.target, Build(8));
}

#[test]
fn what_failed_or_came_back_is_not_missing() {
    let came_back = View::new([entry(1, 6), entry(2, 5), entry(3, 6)]);
    assert!(came_back.out_of_order().is_none());
    let taken_back = View::new([entry(1, 5), failed(2, 6), entry(3, 5)]);
    assert!(taken_back.out_of_order().is_none());
    let empty = View::<Build, u32>::new([]);
    assert!(empty.out_of_order().is_none() && empty.in_place().is_none());
}
