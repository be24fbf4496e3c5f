//! What the driver of one deployer does: between the state machine and the service.

use artifact_deploy::rollout::Intent;
use artifact_deploy::rollout::order::{Entry, Next, Order, Seen, View};

use crate::action::Answer;
use crate::setting::{Guard, Setting};
use crate::world::{Author, Stage, Version, World, Written};

type State = Order<Version, usize>;

/// Begins the protocol.
pub(crate) fn begin(setting: &Setting, deployer: usize) -> Option<State> {
    let (version, intent) = *setting.deployers.get(deployer)?;
    let intent = match setting.guard {
        // A rollback checks nothing.
        Guard::Off => Intent::Rollback,
        Guard::Full | Guard::CheckBefore => intent,
    };
    Some(Order::begin(Version(version), intent, setting.bounds))
}

/// A read of the first `length` deployments.
pub(crate) fn read(setting: &Setting, world: &mut World, deployer: usize, length: usize) {
    let view = world.view(length);
    let completed = |id: usize| world.history.get(id).is_some_and(|one| one.completed);
    let Some(order) = world.deployers.get(deployer).and_then(|d| d.order()) else {
        return;
    };
    let view = masked(setting, view);
    let seen = match order.next() {
        Next::Follow(id) if completed(id) => Seen::Completed(view),
        _ => Seen::View(view),
    };
    step(world, deployer, seen);
}

/// A write of what the state machine asks for.
pub(crate) fn write(setting: &Setting, world: &mut World, deployer: usize, answer: Answer) {
    let next = world
        .deployers
        .get(deployer)
        .and_then(|d| d.order())
        .map(Order::next);
    let Some(Next::Write(Version(version))) = next else {
        return;
    };
    let seen = match answer {
        Answer::Lost => {
            if let Some(deployer) = world.deployers.get_mut(deployer) {
                deployer.in_flight = Some(version);
            }
            Seen::Lost
        }
        Answer::Refused => Seen::Refused,
        Answer::Full | Answer::Bare => {
            let id = done(setting, world, deployer, version);
            let replaced = id.checked_sub(1).and_then(|before| world.entry(before));
            Seen::Written {
                id,
                replaced: replaced
                    .filter(|_| answer == Answer::Full)
                    .map(|replaced| unseen(setting, replaced)),
            }
        }
    };
    step(world, deployer, seen);
}

/// A request that was given up comes to its end, and so the deployer's wait for it.
pub(crate) fn settle(setting: &Setting, world: &mut World, deployer: usize, lands: bool) {
    let in_flight = world
        .deployers
        .get_mut(deployer)
        .and_then(|one| one.in_flight.take());
    if let Some(version) = in_flight.filter(|_| lands) {
        done(setting, world, deployer, version);
    }
    let length = world.history.len();
    if let Some(deployer) = world.deployers.get_mut(deployer) {
        deployer.settled = length;
    }
}

/// The service does what it was told; gives the deployment that is in place then.
fn done(setting: &Setting, world: &mut World, deployer: usize, version: u8) -> usize {
    let runs_it = world.in_place().is_some_and(|top| top.version == version);
    if setting.always_begins || !runs_it {
        world.history.push(Written {
            version,
            author: Author::Deployer(deployer),
            failed: false,
            completed: false,
        });
    }
    world.history.len() - 1
}

fn step(world: &mut World, deployer: usize, seen: Seen<Version, usize>) {
    if let Some(deployer) = world.deployers.get_mut(deployer)
        && let Stage::Ordering(order) = &mut deployer.stage
    {
        order.step(seen);
    }
}

/// Deployers that do not check after a write see nothing that they would put back.
fn masked(setting: &Setting, view: View<Version, usize>) -> View<Version, usize> {
    let (top, older) = match view.entries().split_first() {
        Some((top, older)) => (top.clone(), older.to_vec()),
        None => return view,
    };
    let older = older.into_iter().map(|entry| unseen(setting, entry));
    View::new(std::iter::once(top).chain(older))
}

fn unseen(setting: &Setting, entry: Entry<Version, usize>) -> Entry<Version, usize> {
    match setting.guard {
        Guard::Full | Guard::Off => entry,
        // As the oldest of all it is newer than nothing.
        Guard::CheckBefore => Entry {
            target: Version(0),
            ..entry
        },
    }
}
