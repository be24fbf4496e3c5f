//! What must hold, in every state of every schedule.

use artifact_deploy::rollout::Intent;
use artifact_deploy::rollout::order::{Ending, Next};
use stateright::{Model, Property};

use crate::model::DeployModel;
use crate::world::{Author, Deployer, Stage, World, Written};

/// The name of the property that the protocol is for.
pub const NEWEST_STAYS: &str = "when all have finished, no older version is in place";

/// More steps than this no deployer takes, whatever happens.
const MOST_STEPS: u8 = 40;

pub(crate) fn properties() -> Vec<Property<DeployModel>> {
    vec![
        Property::always(NEWEST_STAYS, |model: &DeployModel, world: &World| {
            !world.is_finished() || newest_stays(model, world)
        }),
        Property::always(
            "what a crash leaves behind can be found",
            |_, world: &World| !world.is_finished() || is_in_order(world) || is_found(world),
        ),
        Property::always("no report lies", |model: &DeployModel, world: &World| {
            (0..world.deployers.len()).all(|place| is_truthful(model, world, place))
        }),
        Property::always(
            "no deployer writes its version twice",
            |model: &DeployModel, world: &World| {
                (0..world.deployers.len()).all(|place| writes_own(model, world, place) <= 1)
            },
        ),
        Property::always(
            "nothing is put back without a debt",
            |model: &DeployModel, world: &World| {
                (1..world.history.len()).all(|id| pays_debt(model, world, id))
            },
        ),
        Property::always(
            "no task starts whose image is not there",
            |_, world: &World| world.started & !world.pushed == 0,
        ),
        Property::always(
            "there is always a way on",
            |model: &DeployModel, world: &World| world.is_finished() || goes_on(model, world),
        ),
        Property::always("every deployer finishes", |_, world: &World| {
            world.deployers.iter().all(|one| one.steps <= MOST_STEPS)
        }),
        Property::sometimes("a newer version is put back", |_, world: &World| {
            orders(world).any(|order| order.healed().is_some())
        }),
        Property::sometimes(
            "all report completion or being superseded",
            |_, world: &World| {
                world.is_finished()
                    && orders(world).all(|order| {
                        let next = order.next();
                        matches!(
                            next,
                            Next::End(Ending::InPlace { .. } | Ending::Superseded { .. })
                        )
                    })
            },
        ),
    ]
}

fn orders(
    world: &World,
) -> impl Iterator<Item = &artifact_deploy::rollout::order::Order<crate::world::Version, usize>> {
    world.deployers.iter().filter_map(Deployer::order)
}

/// Whether what is in place is as new as all that had to stay.
fn is_in_order(world: &World) -> bool {
    missing(world, 0).is_none()
}

fn newest_stays(model: &DeployModel, world: &World) -> bool {
    // What an intended rollback took away is gone on purpose.
    let since = (0..world.history.len())
        .rev()
        .find(|id| is_rollback(model, world, *id))
        .unwrap_or(0);
    let Some(missing) = missing(world, since) else {
        return true;
    };
    // Only a deployer that is gone, or was refused and says so, may leave that behind.
    (missing..world.history.len()).any(|id| {
        let Some((by, replaced)) = pair(world, id) else {
            return false;
        };
        let owed = replaced.version > by.version && !replaced.failed;
        owed && author(world, id).is_some_and(|deployer| match &deployer.stage {
            Stage::Crashed => true,
            Stage::Ordering(order) => matches!(order.next(), Next::End(Ending::Unhealed { .. })),
            Stage::Gate | Stage::Refused => false,
        })
    })
}

/// A deployment from `since` on that is newer than what is in place although nothing as new failed
/// after it.
fn missing(world: &World, since: usize) -> Option<usize> {
    let top = world.in_place()?;
    let history = world.history.iter().enumerate().skip(since);
    history
        .filter(|(id, one)| {
            one.version > top.version
                && !world
                    .history
                    .iter()
                    .skip(*id)
                    .any(|later| later.failed && later.version >= one.version)
        })
        .map(|(id, _)| id)
        .next()
}

/// Whether the history shows to whoever reads it that something newer was replaced.
fn is_found(world: &World) -> bool {
    world.view(world.history.len()).out_of_order().is_some()
}

fn is_truthful(model: &DeployModel, world: &World, place: usize) -> bool {
    let Some((mine, _)) = model.setting.deployers.get(place) else {
        return false;
    };
    let Some(order) = world.deployers.get(place).and_then(Deployer::order) else {
        return true;
    };
    let is_mine = |id: &usize| world.history.get(*id).filter(|one| one.version == *mine);
    let Next::End(ending) = order.next() else {
        return true;
    };
    let told = match ending {
        Ending::InPlace { id } => is_mine(&id).is_some_and(|one| one.completed),
        Ending::Failed { id } => is_mine(&id).is_some_and(|one| one.failed),
        // It was in place; and it is newer, or ours was there before.
        Ending::Superseded { by } => world.history.iter().enumerate().any(|(id, one)| {
            one.version == by.0
                && (by.0 > *mine
                    || world
                        .history
                        .iter()
                        .take(id)
                        .any(|ours| ours.version == *mine))
        }),
        Ending::NotWritten => writes_own(model, world, place) == 0,
        Ending::Unhealed { newer } => world.history.iter().any(|one| one.version == newer.0),
    };
    let replaced = order.replaced().is_none_or(|replaced| {
        world
            .history
            .get(replaced.id + 1)
            .is_some_and(|ours| ours.version == *mine)
    });
    let healed = order.healed().is_none_or(|healed| {
        healed.0 > *mine && world.history.iter().any(|one| one.version == healed.0)
    });
    told && replaced && healed && !order.in_doubt()
}

fn writes_own(model: &DeployModel, world: &World, place: usize) -> usize {
    let mine = model
        .setting
        .deployers
        .get(place)
        .map(|(version, _)| *version);
    world
        .history
        .iter()
        .filter(|one| one.author == Author::Deployer(place) && Some(one.version) == mine)
        .count()
}

/// Whether this deployment is its deployer's own version, or one that did not fail and that its
/// deployer has replaced before. So nobody puts back what failed, or what an intended rollback took away.
fn pays_debt(model: &DeployModel, world: &World, id: usize) -> bool {
    let Some(Author::Deployer(place)) = world.history.get(id).map(|by| by.author) else {
        return true;
    };
    let version = world.history.get(id).map(|by| by.version);
    let mine = model.setting.deployers.get(place).map(|(mine, _)| *mine);
    // A write of what was in place already began nothing: somebody else began it, and both owe for it.
    version == mine
        || (1..id)
            .filter_map(|before| pair(world, before))
            .any(|(by, replaced)| {
                let theirs = by.author == Author::Deployer(place) || Some(by.version) == mine;
                theirs && !replaced.failed && Some(replaced.version) == version
            })
}

fn is_rollback(model: &DeployModel, world: &World, id: usize) -> bool {
    let Some(Author::Deployer(place)) = world.history.get(id).map(|one| one.author) else {
        return false;
    };
    let intent = model
        .setting
        .deployers
        .get(place)
        .map(|(_, intent)| *intent);
    intent == Some(Intent::Rollback)
}

/// Whether something changes although nothing goes wrong.
fn goes_on(model: &DeployModel, world: &World) -> bool {
    let mut actions = Vec::new();
    model.surely(world, &mut actions);
    actions
        .into_iter()
        .any(|action| model.next_state(world, action).is_some())
}

/// A deployment and what it replaced.
fn pair(world: &World, id: usize) -> Option<(&Written, &Written)> {
    let replaced = world.history.get(id.checked_sub(1)?)?;
    Some((world.history.get(id)?, replaced))
}

fn author(world: &World, id: usize) -> Option<&Deployer> {
    match world.history.get(id)?.author {
        Author::Deployer(place) => world.deployers.get(place),
        Author::Start | Author::Ecs => None,
    }
}
