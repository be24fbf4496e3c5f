//! A schedule as people read it.

use std::fmt::Write as _;

use artifact_deploy::rollout::Intent;
use artifact_deploy::rollout::order::{Ending, Next};
use stateright::Model;

use crate::action::{Action, Answer, Name};
use crate::model::DeployModel;
use crate::setting::Setting;
use crate::world::{Deployer, Stage, Version, World};

/// What happened, one line a step, and how it ended.
///
/// # Panics
/// Never: an action that is not possible is left out.
pub fn schedule(model: &DeployModel, actions: &[Action]) -> String {
    let mut text = String::from("     version 1 is in place\n");
    let Some(mut world) = model.init_states().pop() else {
        return text;
    };
    for (number, action) in actions.iter().enumerate() {
        let line = line(&model.setting, &world, *action);
        let _ = writeln!(text, "{:>3}. {line}", number + 1);
        if let Some(next) = model.next_state(&world, *action) {
            world = next;
        }
    }
    let top = world.in_place().map_or(0, |top| top.version);
    let _ = writeln!(text, "     version {top} is in place at the end");
    for (place, deployer) in world.deployers.iter().enumerate() {
        let _ = writeln!(text, "     {} says: {}", Name(place), report(deployer));
    }
    text
}

fn line(setting: &Setting, world: &World, action: Action) -> String {
    let top = world.in_place().map_or(0, |top| top.version);
    match action {
        Action::Push(version) => format!("the push of version {version} is complete"),
        Action::Pass(place) => match setting.deployers.get(place) {
            Some((version, Intent::Rollback)) => {
                format!("{} begins to roll back to version {version}", Name(place))
            }
            Some((version, _)) => format!("{} begins to deploy version {version}", Name(place)),
            None => String::new(),
        },
        Action::Refuse(place) => format!("the gate of {} refuses", Name(place)),
        Action::Read { deployer, length } => {
            let seen = length.checked_sub(1).and_then(|id| world.history.get(id));
            let late = if length < world.history.len() {
                " (a read that is behind)"
            } else {
                ""
            };
            let seen = seen.map_or(0, |one| one.version);
            format!("{} reads: version {seen} is in place{late}", Name(deployer))
        }
        Action::Write { deployer, answer } => {
            let order = world.deployers.get(deployer).and_then(Deployer::order);
            let version = match order.map(artifact_deploy::rollout::order::Order::next) {
                Some(Next::Write(Version(version))) => version,
                _ => 0,
            };
            let how = match answer {
                Answer::Full => format!(", which replaces version {top}"),
                Answer::Bare => {
                    format!(", which replaces version {top}; the answer does not tell")
                }
                Answer::Lost => "; no answer comes".to_owned(),
                Answer::Refused => "; ECS refuses".to_owned(),
            };
            format!("{} writes version {version}{how}", Name(deployer))
        }
        Action::Land(place) => {
            format!(
                "the request of {} is done, and replaces version {top}",
                Name(place)
            )
        }
        Action::Vanish(place) => format!("the request of {} never arrives", Name(place)),
        Action::Complete => format!("version {top} is stable"),
        Action::Fail => format!("version {top} fails"),
        Action::TakeBack => format!("the circuit breaker takes version {top} back"),
        Action::StartTask => format!("ECS starts a task of version {top}"),
        Action::Crash(place) => format!("{} crashes", Name(place)),
    }
}

fn report(deployer: &Deployer) -> String {
    let order = match &deployer.stage {
        Stage::Gate => return "nothing yet".to_owned(),
        Stage::Refused => return "refused by the gate".to_owned(),
        Stage::Crashed => return "nothing, it is gone".to_owned(),
        Stage::Ordering(order) => order,
    };
    match order.next() {
        Next::End(Ending::InPlace { .. }) => "completed".to_owned(),
        Next::End(Ending::Superseded { by }) => format!("superseded by version {}", by.0),
        Next::End(Ending::Failed { .. }) => "failed".to_owned(),
        Next::End(Ending::NotWritten) => "not written".to_owned(),
        Next::End(Ending::Unhealed { newer }) => {
            format!(
                "version {} should be in place and could not be put back",
                newer.0
            )
        }
        _ => "nothing yet".to_owned(),
    }
}
