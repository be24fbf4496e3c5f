//! The state of everything: the service, the registry, the deployers.

use artifact_deploy::rollout::Intent;
use artifact_deploy::rollout::order::{Entry, Next, Order, Target, View};

use crate::setting::{Budget, Setting};

/// A version is a number; a greater one is newer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Version(pub u8);

impl Target for Version {
    fn is_newer_than(&self, other: &Self) -> bool {
        self.0 > other.0
    }
}

/// Who began a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Author {
    /// It was there from the start.
    Start,
    /// A deployer, by its place.
    Deployer(usize),
    /// The circuit breaker.
    Ecs,
}

/// One deployment in the history of the service. Its id is its place there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Written {
    /// What it puts in place.
    pub version: u8,
    /// Who began it.
    pub author: Author,
    /// The circuit breaker took it back.
    pub failed: bool,
    /// All its tasks ran.
    pub completed: bool,
}

/// Where a deployer stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Stage {
    /// It waits for its image.
    Gate,
    /// Its image did not come in time.
    Refused,
    /// It keeps to the protocol, or has ended it.
    Ordering(Order<Version, usize>),
    /// It is gone.
    Crashed,
}

/// One deployer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Deployer {
    /// Where it stands.
    pub stage: Stage,
    /// A request of its own that it has given up, and that may still be done.
    pub in_flight: Option<u8>,
    /// What a read shows at least, once it has waited for such a request to settle: the length of the
    /// history then.
    pub settled: usize,
    /// How many steps it took. That bounds every schedule, and so shows that none goes on for ever.
    pub steps: u8,
}

impl Deployer {
    /// Its part in the order, once it has begun.
    pub fn order(&self) -> Option<&Order<Version, usize>> {
        match &self.stage {
            Stage::Ordering(order) => Some(order),
            _ => None,
        }
    }

    /// Whether it does nothing any more.
    pub fn is_finished(&self) -> bool {
        match &self.stage {
            Stage::Gate => false,
            Stage::Refused | Stage::Crashed => true,
            Stage::Ordering(order) => matches!(order.next(), Next::End(_)),
        }
    }
}

/// Everything at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct World {
    /// What the service was told to run, oldest first. The last is in place.
    pub history: Vec<Written>,
    /// The deployers.
    pub deployers: Vec<Deployer>,
    /// Versions whose image is in the registry, as bits.
    pub pushed: u32,
    /// Versions that tasks were started of, as bits.
    pub started: u32,
    /// What may still go wrong.
    pub budget: Budget,
}

impl World {
    /// Version 1 runs; nobody has begun.
    pub fn new(setting: &Setting) -> Self {
        let deployers = setting.deployers.iter();
        let pushed = deployers
            .clone()
            .filter(|(_, intent)| !setting.pushes || *intent == Intent::Rollback)
            .fold(bit(1), |bits, (version, _)| bits | bit(*version));
        Self {
            history: vec![Written {
                version: 1,
                author: Author::Start,
                failed: false,
                completed: true,
            }],
            deployers: deployers
                .map(|_| Deployer {
                    stage: Stage::Gate,
                    in_flight: None,
                    settled: 0,
                    steps: 0,
                })
                .collect(),
            pushed,
            started: bit(1),
            budget: setting.budget,
        }
    }

    /// What is in place.
    pub fn in_place(&self) -> Option<&Written> {
        self.history.last()
    }

    /// The history up to its first `length` deployments, as a read shows it.
    pub fn view(&self, length: usize) -> View<Version, usize> {
        View::new((0..length).filter_map(|id| self.entry(id)))
    }

    /// One deployment as a read shows it.
    pub fn entry(&self, id: usize) -> Option<Entry<Version, usize>> {
        self.history.get(id).map(|written| Entry {
            id,
            target: Version(written.version),
            failed: written.failed,
        })
    }

    /// Whether all deployers do nothing any more, and no request of theirs is under way.
    pub fn is_finished(&self) -> bool {
        let mut deployers = self.deployers.iter();
        deployers.all(|one| one.is_finished() && one.in_flight.is_none())
    }

    /// Whether the image of that version is in the registry.
    pub fn is_pushed(&self, version: u8) -> bool {
        self.pushed & bit(version) != 0
    }
}

/// A version in a set of bits.
pub(crate) fn bit(version: u8) -> u32 {
    1 << version
}
