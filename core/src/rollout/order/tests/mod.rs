//! Single steps of the protocol. Whole schedules are in `tests/model`.

mod deploy;
mod ecs;
mod lost;
mod rollback;
mod views;

use super::{Bounds, Entry, Next, Order, Seen, Target, View};
use crate::rollout::Intent;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Build(u32);

impl Target for Build {
    /// Build 0 has no version.
    fn is_newer_than(&self, other: &Self) -> bool {
        other.0 != 0 && self.0 > other.0
    }
}

const BOUNDS: Bounds = Bounds {
    writes: 2,
    reads: 3,
    patience: 2,
};

fn entry(id: u32, build: u32) -> Entry<Build, u32> {
    Entry {
        id,
        target: Build(build),
        failed: false,
    }
}

fn failed(id: u32, build: u32) -> Entry<Build, u32> {
    Entry {
        failed: true,
        ..entry(id, build)
    }
}

/// A read that shows these deployments.
fn sees<const N: usize>(entries: [Entry<Build, u32>; N]) -> Seen<Build, u32> {
    Seen::View(View::new(entries))
}

/// A write that was answered with what it replaced.
fn wrote(id: u32, replaced: Entry<Build, u32>) -> Seen<Build, u32> {
    Seen::Written {
        id,
        replaced: Some(replaced),
    }
}

/// Build 5 is to be deployed.
fn deploying() -> Order<Build, u32> {
    Order::begin(Build(5), Intent::Deploy, BOUNDS)
}

/// Build 5 replaced build 1 as deployment 2, and is followed.
fn following() -> Order<Build, u32> {
    let mut order = deploying();
    order.step(sees([entry(1, 1)]));
    assert_eq!(order.step(wrote(2, entry(1, 1))), Next::Follow(2));
    order
}

fn superseded_by(build: u32) -> Next<Build, u32> {
    Next::End(super::Ending::Superseded { by: Build(build) })
}
