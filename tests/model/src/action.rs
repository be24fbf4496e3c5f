//! What can happen next.

use std::fmt;

/// One step of a schedule. Deployers are named by their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The push of a version is complete.
    Push(u8),
    /// A deployer's gate finds its image.
    Pass(usize),
    /// A deployer's gate waited long enough.
    Refuse(usize),
    /// A deployer reads the first deployments of the history.
    Read {
        /// Which deployer.
        deployer: usize,
        /// How many it sees.
        length: usize,
    },
    /// A deployer writes.
    Write {
        /// Which deployer.
        deployer: usize,
        /// What it hears of it.
        answer: Answer,
    },
    /// A request that a deployer has given up is done after all.
    Land(usize),
    /// A request that a deployer has given up never reaches ECS.
    Vanish(usize),
    /// All tasks of what is in place run.
    Complete,
    /// What is in place fails.
    Fail,
    /// The circuit breaker takes it back.
    TakeBack,
    /// ECS starts a task of what is in place, or replaces one.
    StartTask,
    /// A deployer is gone.
    Crash(usize),
}

/// What a deployer hears of its write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// That it was done, and what it replaced.
    Full,
    /// That it was done.
    Bare,
    /// Nothing: it may have been done, it may be done later, or never.
    Lost,
    /// That it was not done and never will be.
    Refused,
}

/// A deployer's name: A, B, C, …
pub(crate) struct Name(pub(crate) usize);

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = u8::try_from(self.0).map_or('?', |place| char::from(b'A' + place % 26));
        write!(f, "{letter}")
    }
}
