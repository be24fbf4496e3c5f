//! What one run of the checker covers.

use artifact_deploy::rollout::Intent;
use artifact_deploy::rollout::order::Bounds;

/// The deployers of a run: the version and the intent of each.
pub type Deployers = Vec<(u8, Intent)>;

/// How much of the protocol the deployers keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Guard {
    /// All of it.
    Full,
    /// They check before they write, and never look at what they replaced.
    CheckBefore,
    /// They write.
    Off,
}

/// How often what goes wrong may go wrong in one schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Budget {
    /// Reads that are behind.
    pub stale_reads: u8,
    /// Answers of writes that get lost; the write is done at once, later or never.
    pub lost_answers: u8,
    /// Answers of writes that do not tell what was replaced.
    pub bare_answers: u8,
    /// Deployments that the circuit breaker takes back.
    pub failures: u8,
    /// Writes that ECS refuses.
    pub refusals: u8,
    /// Deployers that crash.
    pub crashes: u8,
}

/// One run of the checker.
#[derive(Debug, Clone)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own"
)]
pub struct Setting {
    /// What it is called.
    pub name: &'static str,
    /// Version 1 is in place; these start at any time.
    pub deployers: Deployers,
    /// What may go wrong.
    pub budget: Budget,
    /// By how many deployments a read may be behind.
    pub lag: usize,
    /// Whether images are pushed during the run; else they all are there from the start.
    pub pushes: bool,
    /// Whether ECS starts and replaces tasks at any time.
    pub tasks: bool,
    /// Whether a write of what is in place begins a deployment all the same. ECS does not say that it
    /// never does.
    pub always_begins: bool,
    /// Whether drivers read back without waiting until a lost answer has settled.
    pub hasty: bool,
    /// What the deployers keep of the protocol.
    pub guard: Guard,
    /// How often they try.
    pub bounds: Bounds,
}

impl Setting {
    /// Nothing goes wrong; the deployers only get in each other's way.
    pub fn new(name: &'static str, versions: &[u8]) -> Self {
        Self {
            name,
            deployers: versions.iter().map(|v| (*v, Intent::Deploy)).collect(),
            budget: Budget::default(),
            lag: 1,
            pushes: false,
            tasks: false,
            always_begins: false,
            hasty: false,
            guard: Guard::Full,
            bounds: Bounds {
                writes: 3,
                reads: 4,
                patience: 2,
            },
        }
    }

    /// Adds somebody who brings an older version back on purpose.
    pub fn rollback_to(mut self, version: u8) -> Self {
        self.deployers.push((version, Intent::Rollback));
        self
    }

    /// Sets what may go wrong.
    pub fn budget(self, budget: Budget) -> Self {
        Self { budget, ..self }
    }

    /// Images are pushed during the run.
    pub fn with_pushes(self) -> Self {
        Self {
            pushes: true,
            ..self
        }
    }

    /// ECS starts and replaces tasks at any time.
    pub fn with_tasks(self) -> Self {
        Self {
            tasks: true,
            ..self
        }
    }

    /// A write of what is in place begins a deployment all the same.
    pub fn always_beginning(self) -> Self {
        Self {
            always_begins: true,
            ..self
        }
    }

    /// Drivers read back without waiting until a lost answer has settled.
    pub fn hasty(self) -> Self {
        Self {
            hasty: true,
            ..self
        }
    }

    /// Reads may be behind by that many deployments.
    pub fn lag(self, lag: usize) -> Self {
        Self { lag, ..self }
    }

    /// How many reads a deployer waits to be put back.
    pub fn patience(mut self, reads: u8) -> Self {
        self.bounds.patience = reads;
        self
    }

    /// Sets what the deployers keep of the protocol.
    pub fn guard(self, guard: Guard) -> Self {
        Self { guard, ..self }
    }
}
