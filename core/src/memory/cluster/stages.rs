//! How a deployment goes through its stages.

use tokio::time::Instant;

use super::configuration::Strategy;
use super::history::STOPPED;
use super::record::HookRecord;
use super::service::{Completed, Service};
use super::stage::Stage;
use super::task::Phase;
use super::world::World;
use crate::service::{HookStatus, RolloutState, ServiceDeploymentStatus};

impl Service {
    /// Goes on as far as the stages allow; whether it came further.
    pub(super) fn run_stages(&mut self, at: Instant, world: &World) -> bool {
        let mut further = false;
        loop {
            let Some(primary) = self.rollouts.first() else {
                return further;
            };
            if !primary.begun || primary.halted || !primary.is_under_way() {
                return further;
            }
            let progress = &primary.progress;
            let Some(stage) = progress.stage() else {
                self.complete(at, world);
                return true;
            };
            if !progress.entered {
                self.enter_stage(stage, at, world);
            } else if !progress.working {
                match self.hooks_of(stage) {
                    Hooks::Open => return further,
                    Hooks::Refused(what) => {
                        self.take_back(what, at, world);
                        return true;
                    }
                    Hooks::Passed => self.work_on_stage(stage, at, world),
                }
            } else if self.is_stage_done(stage, at) {
                if let Some(primary) = self.rollouts.first_mut() {
                    primary.progress.leave();
                    primary.updated = at;
                }
            } else {
                return further;
            }
            further = true;
        }
    }

    /// Ends service deployments that were asked to stop, and hooks whose time is over.
    pub(super) fn end_records(&mut self, at: Instant, world: &World) {
        let mut wanted_back = false;
        for record in &mut self.records {
            if record.rolls_back.is_some_and(|begins| begins <= at) {
                record.rolls_back = None;
                wanted_back = true;
            }
            if record.stops.is_some_and(|stops| stops <= at) {
                record.finish(ServiceDeploymentStatus::Stopped, "", at);
            }
            for hook in &mut record.hooks {
                if hook.is_open() && hook.ends.is_some_and(|ends| ends <= at) {
                    hook.ends = None;
                    hook.status = match (hook.pause, hook.fails) {
                        (true, _) => HookStatus::TimedOut,
                        (false, true) => HookStatus::Failed,
                        (false, false) => HookStatus::Succeeded,
                    };
                }
            }
        }
        if wanted_back {
            self.take_back(STOPPED, at, world);
        }
    }

    fn enter_stage(&mut self, stage: Stage, at: Instant, world: &World) {
        let Some(primary) = self.rollouts.first_mut() else {
            return;
        };
        primary.progress.entered = true;
        let (record, shown) = (primary.record, primary.progress.side_by_side);
        let rollback = primary.rollback;
        let called: Vec<_> = self
            .configuration
            .hooks
            .iter()
            .filter(|hook| !rollback && hook.stages.iter().any(|one| one == stage.name()))
            .cloned()
            .collect();
        let shown = shown || !called.is_empty();
        for hook in called {
            let pause = hook.function.is_none();
            let id = self.next_id("hook");
            let Some(record) = self.records.get_mut(record) else {
                continue;
            };
            record.hooks.push(HookRecord {
                id,
                stage,
                status: if pause {
                    HookStatus::AwaitingAction
                } else {
                    HookStatus::InProgress
                },
                ends: Some(if pause {
                    at + world.pace.minutes(hook.timeout_minutes)
                } else {
                    at + world.pace.shifting
                }),
                pause,
                fails: hook
                    .function
                    .is_some_and(|function| world.failing_hooks.contains(&function)),
                timeout_action: hook.timeout_action,
            });
        }
        if let Some(record) = self.records.get_mut(record) {
            record.stage = shown.then_some(stage);
        }
    }

    fn hooks_of(&self, stage: Stage) -> Hooks {
        let record = self
            .rollouts
            .first()
            .and_then(|one| self.records.get(one.record));
        let hooks = record.into_iter().flat_map(|record| &record.hooks);
        let mut all = Hooks::Passed;
        for hook in hooks.filter(|hook| hook.stage == stage) {
            match hook.status {
                HookStatus::Failed if hook.pause => return Hooks::Refused(HOOK_REFUSED),
                HookStatus::Failed => return Hooks::Refused(HOOK_FAILED),
                HookStatus::TimedOut if hook.timeout_action == "ROLLBACK" => {
                    return Hooks::Refused(HOOK_TIMED_OUT);
                }
                HookStatus::AwaitingAction | HookStatus::InProgress => all = Hooks::Open,
                _ => {}
            }
        }
        all
    }

    fn work_on_stage(&mut self, stage: Stage, at: Instant, world: &World) {
        let strategy = self.configuration.strategy;
        let bake = world.pace.minutes(self.configuration.bake_minutes);
        let shift = world.pace.shifting;
        let Some(primary) = self.rollouts.first_mut() else {
            return;
        };
        primary.progress.working = true;
        primary.progress.until = match stage {
            Stage::TestTrafficShift => Some(at + shift),
            Stage::ProductionTrafficShift => Some(match strategy {
                Strategy::Canary { bake_minutes } => {
                    at + shift + world.pace.minutes(bake_minutes) + shift
                }
                Strategy::Linear {
                    steps,
                    bake_minutes,
                } => {
                    // After the last step there is the bake time of the whole.
                    let bakes = f64::from(steps.saturating_sub(1)) * bake_minutes;
                    at + shift * steps + world.pace.minutes(bakes)
                }
                Strategy::Rolling | Strategy::BlueGreen => at + shift,
            }),
            Stage::BakeTime if !bake.is_zero() => Some(at + bake),
            _ => None,
        };
    }

    fn is_stage_done(&mut self, stage: Stage, at: Instant) -> bool {
        let Some(primary) = self.rollouts.first() else {
            return false;
        };
        if primary.progress.until.is_some_and(|until| until > at) {
            return false;
        }
        let all_healthy = self.healthy() == self.desired
            && self.active(|task| task.deployment == primary.id) == u64::from(self.desired);
        let old_gone = self
            .tasks
            .iter()
            .all(|task| task.deployment == primary.id || task.phase >= Phase::Deprovisioning);
        match stage {
            Stage::ScaleUp if primary.progress.side_by_side => all_healthy,
            Stage::ScaleUp | Stage::CleanUp => all_healthy && old_gone,
            _ => true,
        }
    }

    fn complete(&mut self, at: Instant, world: &World) {
        let Some(primary) = self.rollouts.first_mut() else {
            return;
        };
        primary.state = RolloutState::Completed;
        primary.reason = format!("ECS deployment {} completed.", primary.id);
        primary.updated = at;
        self.completed = Some(Completed {
            revision: primary.revision,
            deployment: primary.id.clone(),
            alternate: primary.alternate,
        });
        let words = format!("(deployment {}) deployment completed.", primary.id);
        let rollback = primary.rollback;
        let record = self.records.get_mut(primary.record);
        if let Some(record) = record {
            if rollback {
                record.finish(ServiceDeploymentStatus::RollbackSuccessful, "", at);
            } else {
                record.finish(ServiceDeploymentStatus::Successful, "", at);
            }
        }
        self.say(&words, at, world);
    }
}

/// The hooks of a stage, together.
enum Hooks {
    Open,
    Passed,
    Refused(&'static str),
}

const HOOK_FAILED: &str = "lifecycle hook failed";
const HOOK_REFUSED: &str = "rollback requested by the user at a lifecycle hook";
const HOOK_TIMED_OUT: &str = "lifecycle hook timed out";
