//! The model: what can happen, and what it changes.

use artifact_deploy::rollout::order::Next;
use stateright::{Model, Property};

use crate::action::{Action, Answer};
use crate::setting::Setting;
use crate::world::{Author, Deployer, Stage, Version, World, Written, bit};
use crate::{checks, driver};

/// Several deployers of one service, in one setting.
#[derive(Debug, Clone)]
pub struct DeployModel {
    /// What it covers.
    pub setting: Setting,
}

impl Model for DeployModel {
    type State = World;
    type Action = Action;

    fn init_states(&self) -> Vec<World> {
        vec![World::new(&self.setting)]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Action>) {
        if world.is_finished() {
            return;
        }
        self.surely(world, actions);
        self.perhaps(world, actions);
    }

    fn next_state(&self, world: &World, action: Action) -> Option<World> {
        let mut next = world.clone();
        self.apply(&mut next, action);
        if next == *world {
            return None;
        }
        if let Action::Pass(place) | Action::Refuse(place) = action {
            count_step(&mut next, place);
        }
        if let Action::Read { deployer, .. } | Action::Write { deployer, .. } = action {
            count_step(&mut next, deployer);
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        checks::properties()
    }
}

impl DeployModel {
    /// What happens sooner or later when nothing goes wrong any more.
    pub(crate) fn surely(&self, world: &World, actions: &mut Vec<Action>) {
        for (place, (deployer, (version, _))) in world
            .deployers
            .iter()
            .zip(&self.setting.deployers)
            .enumerate()
        {
            if deployer.in_flight.is_some() {
                actions.push(Action::Land(place));
                actions.push(Action::Vanish(place));
            }
            match &deployer.stage {
                Stage::Gate if world.is_pushed(*version) => actions.push(Action::Pass(place)),
                Stage::Gate => actions.push(Action::Refuse(place)),
                Stage::Ordering(order) => match order.next() {
                    Next::End(_) => {}
                    Next::Write(_) => actions.push(Action::Write {
                        deployer: place,
                        answer: Answer::Full,
                    }),
                    next => {
                        let length = world.history.len();
                        if self.may_read(world, place, &next, length) {
                            actions.push(Action::Read {
                                deployer: place,
                                length,
                            });
                        }
                    }
                },
                Stage::Refused | Stage::Crashed => {}
            }
        }
        match world.in_place() {
            Some(top) if top.failed => actions.push(Action::TakeBack),
            Some(top) if !top.completed => actions.push(Action::Complete),
            _ => {}
        }
    }

    /// What may happen, as often as the budget allows.
    fn perhaps(&self, world: &World, actions: &mut Vec<Action>) {
        let budget = world.budget;
        for (version, _) in &self.setting.deployers {
            let push = Action::Push(*version);
            if !world.is_pushed(*version) && !actions.contains(&push) {
                actions.push(push);
            }
        }
        if let Some(top) = world.in_place() {
            let may_fail = !top.completed && !top.failed && top.author != Author::Ecs;
            if budget.failures > 0 && may_fail {
                actions.push(Action::Fail);
            }
            if self.setting.tasks && world.started & bit(top.version) == 0 {
                actions.push(Action::StartTask);
            }
        }
        for (place, deployer) in world.deployers.iter().enumerate() {
            let Some(order) = deployer.order() else {
                continue;
            };
            match order.next() {
                Next::End(_) => continue,
                Next::Write(_) => answers(world, place, actions),
                next => self.stale_reads(world, place, &next, actions),
            }
            if budget.crashes > 0 {
                actions.push(Action::Crash(place));
            }
        }
    }

    fn stale_reads(
        &self,
        world: &World,
        deployer: usize,
        next: &Next<Version, usize>,
        actions: &mut Vec<Action>,
    ) {
        let whole = world.history.len();
        if world.budget.stale_reads > 0 {
            let oldest = whole.saturating_sub(self.setting.lag).max(1);
            let reads = (oldest..whole)
                .filter(|length| self.may_read(world, deployer, next, *length))
                .map(|length| Action::Read { deployer, length });
            actions.extend(reads);
        }
    }

    /// Whether a read may show that much. After a lost answer the driver waits until the request has
    /// settled.
    fn may_read(
        &self,
        world: &World,
        deployer: usize,
        next: &Next<Version, usize>,
        length: usize,
    ) -> bool {
        let settled = world
            .deployers
            .get(deployer)
            .is_some_and(|one| one.in_flight.is_none() && length >= one.settled);
        settled || self.setting.hasty || *next != Next::ReadBack { settle: true }
    }

    fn apply(&self, world: &mut World, action: Action) {
        let spend = |budget: &mut u8| *budget = budget.saturating_sub(1);
        match action {
            Action::Push(version) => world.pushed |= bit(version),
            Action::Pass(place) => {
                let begun = driver::begin(&self.setting, place).map(Stage::Ordering);
                set_stage(world, place, begun);
            }
            Action::Refuse(place) => set_stage(world, place, Some(Stage::Refused)),
            Action::Crash(place) => {
                spend(&mut world.budget.crashes);
                set_stage(world, place, Some(Stage::Crashed));
            }
            Action::Read { deployer, length } => {
                let before = world.clone();
                driver::read(&self.setting, world, deployer, length);
                // A read that tells nothing new costs nothing: it is no step.
                if *world != before && length < world.history.len() {
                    spend(&mut world.budget.stale_reads);
                }
            }
            Action::Write { deployer, answer } => {
                match answer {
                    Answer::Full => {}
                    Answer::Bare => spend(&mut world.budget.bare_answers),
                    Answer::Lost => spend(&mut world.budget.lost_answers),
                    Answer::Refused => spend(&mut world.budget.refusals),
                }
                driver::write(&self.setting, world, deployer, answer);
            }
            Action::Land(place) => driver::settle(&self.setting, world, place, true),
            Action::Vanish(place) => driver::settle(&self.setting, world, place, false),
            Action::Complete => {
                if let Some(top) = world.history.last_mut() {
                    top.completed = true;
                    world.started |= bit(top.version);
                }
            }
            Action::StartTask => {
                if let Some(top) = world.in_place() {
                    world.started |= bit(top.version);
                }
            }
            Action::Fail => {
                spend(&mut world.budget.failures);
                if let Some(top) = world.history.last_mut() {
                    top.failed = true;
                }
            }
            Action::TakeBack => take_back(world),
        }
    }
}

/// What a deployer may hear of its write when something goes wrong.
fn answers(world: &World, deployer: usize, actions: &mut Vec<Action>) {
    let mut may = |allowed: u8, answer| {
        if allowed > 0 {
            actions.push(Action::Write { deployer, answer });
        }
    };
    may(world.budget.bare_answers, Answer::Bare);
    may(world.budget.lost_answers, Answer::Lost);
    may(world.budget.refusals, Answer::Refused);
}

/// The circuit breaker goes back to the last deployment that completed.
fn take_back(world: &mut World) {
    let back = world.history.iter().rev().find(|one| one.completed);
    if let Some(version) = back.map(|one| one.version) {
        world.history.push(Written {
            version,
            author: Author::Ecs,
            failed: false,
            completed: false,
        });
    }
}

fn set_stage(world: &mut World, place: usize, stage: Option<Stage>) {
    if let (Some(deployer), Some(stage)) = (world.deployers.get_mut(place), stage) {
        deployer.stage = stage;
    }
}

fn count_step(world: &mut World, place: usize) {
    if let Some(Deployer { steps, .. }) = world.deployers.get_mut(place) {
        *steps = steps.saturating_add(1);
    }
}
