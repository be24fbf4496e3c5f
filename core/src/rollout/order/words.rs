//! What goes into the protocol and what comes out of it.

use super::{Entry, View};

/// How often the protocol tries before it says that it does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// Writes of one target, when answers are lost and the read afterwards does not show them.
    pub writes: u8,
    /// Reads until a write that was answered is seen in the history with what it replaced.
    pub reads: u8,
    /// Reads that a version replaced by an older one waits for being put back.
    pub patience: u8,
}

impl Default for Bounds {
    /// 10 writes, 10 reads, 12 reads of patience.
    fn default() -> Self {
        Self {
            writes: 10,
            reads: 10,
            patience: 12,
        }
    }
}

/// What the driver does next, and which [`Seen`] answers it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Next<T, I> {
    /// Read the service: [`Seen::View`].
    Read,
    /// Tell the service to run this, with one request that nothing below repeats: [`Seen::Written`],
    /// [`Seen::Lost`] or [`Seen::Refused`].
    Write(T),
    /// Read the history, as far back as it is needed to see what the latest write replaced:
    /// [`Seen::View`].
    ReadBack {
        /// An answer was lost: wait first until the request has taken effect if it ever will, and
        /// until a read shows it.
        settle: bool,
    },
    /// Follow this deployment: [`Seen::View`] for each read of the service, and [`Seen::Completed`]
    /// for one that is made after the deployment came to its good end. Whatever else ends it (it
    /// failed, a deadline, cancellation) ends the protocol: nothing is owed any more.
    Follow(I),
    /// An older version is in place; whoever put it there has to put the newer one back. Wait a
    /// moment, then read: [`Seen::View`].
    Wait,
    /// There is nothing more to do.
    End(Ending<T, I>),
}

/// What the driver saw.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Seen<T, I> {
    /// A read of the service.
    View(View<T, I>),
    /// The write was answered.
    Written {
        /// The deployment that it began.
        id: I,
        /// What that one replaced, where the answer tells it for certain.
        replaced: Option<Entry<T, I>>,
    },
    /// The write was not answered, or with an error that leaves open whether it was done.
    Lost,
    /// The write was refused: it is not done and never will be.
    Refused,
    /// A read that was made after the followed deployment came to its good end.
    Completed(View<T, I>),
}

/// How the protocol ends.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Ending<T, I> {
    /// Our version is in place: the read after its completion showed it.
    InPlace {
        /// The deployment that put it there.
        id: I,
    },
    /// Another version has taken the place of ours, or had it before: see
    /// [`Order::replaced`](super::Order::replaced) and [`Order::healed`](super::Order::healed).
    Superseded {
        /// What was seen in place, or was put back.
        by: T,
    },
    /// Our deployment failed and is taken back or given up.
    Failed {
        /// The deployment.
        id: I,
    },
    /// Our version was not written: the request was refused, or answers were lost and no read
    /// showed it.
    NotWritten,
    /// Our write replaced this newer version, and it could not be put back.
    Unhealed {
        /// What should be in place.
        newer: T,
    },
}
