//! The protocol as a state machine.

use super::{Bounds, Ending, Entry, Next, Seen, Target, View};
use crate::rollout::Intent;

/// One deployer's part in the order of versions of one service.
///
/// Pure: it is told what was seen and says what to do next. See the [module](super) for the protocol
/// and for how it is driven.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Order<T, I> {
    mine: T,
    intent: Intent,
    bounds: Bounds,
    phase: Phase<T, I>,
    replaced: Option<Entry<T, I>>,
    healed: Option<T>,
    in_doubt: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Phase<T, I> {
    Looking {
        write: WriteState<I>,
    },
    Writing {
        target: T,
        write: WriteState<I>,
    },
    /// The write was answered, but not with what it replaced.
    Placing {
        target: T,
        id: I,
        reads: u8,
    },
    /// The answer was lost.
    Searching {
        target: T,
        write: WriteState<I>,
        reads: u8,
    },
    Following {
        id: I,
        /// Whether our own write began it.
        own: bool,
        /// How many more reads it may be seen replaced by an older one; whole while it is in place.
        patience: u8,
    },
    Ended(Ending<T, I>),
}

/// A write that may have to be repeated.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct WriteState<I> {
    /// The newest deployment that was known before the first try.
    after: Option<I>,
    /// How often it may still be tried.
    left: u8,
}

impl<T: Target, I: Ord + Clone> Order<T, I> {
    /// A deployer that wants `mine` in place. The first thing to do is [`next`](Self::next).
    pub fn begin(mine: T, intent: Intent, bounds: Bounds) -> Self {
        let write = WriteState {
            after: None,
            left: bounds.writes,
        };
        Self {
            mine,
            intent,
            bounds,
            phase: Phase::Looking { write },
            replaced: None,
            healed: None,
            in_doubt: false,
        }
    }

    /// What is to be done now. Changes nothing.
    pub fn next(&self) -> Next<T, I> {
        match &self.phase {
            Phase::Looking { .. } => Next::Read,
            Phase::Writing { target, .. } => Next::Write(target.clone()),
            Phase::Placing { .. } => Next::ReadBack { settle: false },
            Phase::Searching { .. } => Next::ReadBack { settle: true },
            Phase::Following { id, patience, .. } if *patience == self.bounds.patience => {
                Next::Follow(id.clone())
            }
            Phase::Following { .. } => Next::Wait,
            Phase::Ended(ending) => Next::End(ending.clone()),
        }
    }

    /// Takes in what was seen, and says what is to be done now.
    ///
    /// What does not answer the last [`Next`] changes nothing.
    pub fn step(&mut self, seen: Seen<T, I>) -> Next<T, I> {
        if let Some(phase) = self.phase_after(seen) {
            self.phase = phase;
        }
        self.next()
    }

    /// What our own version replaced, once it is known.
    pub fn replaced(&self) -> Option<&Entry<T, I>> {
        self.replaced.as_ref()
    }

    /// The newer version that we put back last.
    pub fn healed(&self) -> Option<&T> {
        self.healed.as_ref()
    }

    /// Whether a write of ours could not be found with what it replaced, so that nobody can say
    /// whether it replaced a newer version.
    pub fn in_doubt(&self) -> bool {
        self.in_doubt
    }

    fn phase_after(&mut self, seen: Seen<T, I>) -> Option<Phase<T, I>> {
        match (self.phase.clone(), seen) {
            (Phase::Looking { mut write }, Seen::View(view)) => {
                write.after = view.in_place().map(|entry| entry.id.clone());
                Some(self.consider(&view, write))
            }
            (Phase::Writing { target, write }, Seen::Written { id, replaced }) => {
                Some(self.written(target, &write, id, replaced))
            }
            (Phase::Writing { target, mut write }, Seen::Lost) => {
                write.left = write.left.saturating_sub(1);
                let reads = self.bounds.reads;
                Some(Phase::Searching {
                    target,
                    write,
                    reads,
                })
            }
            (Phase::Writing { target, .. }, Seen::Refused) => {
                Some(Phase::Ended(self.unwritten(target)))
            }
            (Phase::Placing { target, id, reads }, Seen::View(view)) => {
                Some(self.place(target, id, reads, &view))
            }
            (
                Phase::Searching {
                    target,
                    write,
                    reads,
                },
                Seen::View(view),
            ) => Some(self.search(target, write, reads, &view)),
            (Phase::Following { id, own, patience }, Seen::Completed(view)) => {
                let phase = self.follow(id.clone(), own, patience, &view);
                let in_place = view.in_place().is_some_and(|top| top.id == id);
                match phase {
                    Phase::Following { .. } if in_place => {
                        Some(Phase::Ended(Ending::InPlace { id }))
                    }
                    phase => Some(phase),
                }
            }
            (Phase::Following { id, own, patience }, Seen::View(view)) => {
                Some(self.follow(id, own, patience, &view))
            }
            _ => None,
        }
    }

    /// The check before our own write.
    fn consider(&self, view: &View<T, I>, write: WriteState<I>) -> Phase<T, I> {
        if let Some(top) = view.in_place().filter(|top| !top.failed) {
            if top.target == self.mine {
                return self.following(top.id.clone(), false);
            }
            if self.intent != Intent::Rollback && top.target.is_newer_than(&self.mine) {
                let by = top.target.clone();
                return Phase::Ended(Ending::Superseded { by });
            }
        }
        Phase::Writing {
            target: self.mine.clone(),
            write,
        }
    }

    fn written(
        &mut self,
        target: T,
        write: &WriteState<I>,
        id: I,
        replaced: Option<Entry<T, I>>,
    ) -> Phase<T, I> {
        if write.after.as_ref() == Some(&id) {
            // Nothing began: the service ran this already.
            return self.arrived(target, id, false, None);
        }
        match replaced {
            Some(replaced) => self.judge(target, id, replaced, None),
            None => Phase::Placing {
                target,
                id,
                reads: self.bounds.reads,
            },
        }
    }

    /// Looks for what a write of ours replaced.
    fn place(&mut self, target: T, id: I, reads: u8, view: &View<T, I>) -> Phase<T, I> {
        if let Some(replaced) = view.replaced_by(&id) {
            return self.judge(target, id, replaced.clone(), Some(view));
        }
        let reads = reads.saturating_sub(1);
        if reads > 0 {
            return Phase::Placing { target, id, reads };
        }
        self.in_doubt = true;
        self.arrived(target, id, true, Some(view))
    }

    /// Looks for a write whose answer was lost.
    fn search(
        &mut self,
        target: T,
        write: WriteState<I>,
        reads: u8,
        view: &View<T, I>,
    ) -> Phase<T, I> {
        // One of another deployer with the same target cannot be told from ours. To owe what it owes
        // too does no harm.
        let ours = || found(&target, &write, view);
        let Some(latest) = ours().next().map(|entry| entry.id.clone()) else {
            return self.not_found(target, write, view);
        };
        let replaced: Vec<_> = ours()
            .map(|entry| view.replaced_by(&entry.id).cloned())
            .collect();
        let all_known = replaced.iter().all(Option::is_some);
        if !all_known && reads > 1 {
            return Phase::Searching {
                target,
                write,
                reads: reads - 1,
            };
        }
        self.in_doubt |= !all_known;
        let newest = replaced.into_iter().flatten().reduce(|newest, next| {
            let owed = self.owes(&next, &target);
            if owed && (!self.owes(&newest, &target) || next.target.is_newer_than(&newest.target)) {
                next
            } else {
                newest
            }
        });
        match newest {
            Some(replaced) => self.judge(target, latest, replaced, Some(view)),
            None => self.arrived(target, latest, true, Some(view)),
        }
    }

    /// A write was lost and is known not to have been done.
    fn not_found(&self, target: T, write: WriteState<I>, view: &View<T, I>) -> Phase<T, I> {
        if write.left == 0 {
            return Phase::Ended(self.unwritten(target));
        }
        if target == self.mine {
            return self.consider(view, write);
        }
        match view.covers(&target) {
            Some(top) => superseded_by(top),
            None => Phase::Writing { target, write },
        }
    }

    /// Whether a write of `target` that replaced `replaced` has to be followed by putting that back.
    fn owes(&self, replaced: &Entry<T, I>, target: &T) -> bool {
        self.intent != Intent::Rollback && !replaced.failed && replaced.target.is_newer_than(target)
    }

    /// The check after a write.
    fn judge(
        &mut self,
        target: T,
        id: I,
        replaced: Entry<T, I>,
        view: Option<&View<T, I>>,
    ) -> Phase<T, I> {
        let owed = self
            .owes(&replaced, &target)
            .then(|| replaced.target.clone());
        if target == self.mine {
            self.replaced = Some(replaced);
        } else {
            self.healed = Some(target.clone());
        }
        match owed {
            Some(newer) => self.heal(newer, id, view),
            None => self.arrived(target, id, true, view),
        }
    }

    /// Puts a newer version back, unless it or one newer still is in place again.
    fn heal(&self, newer: T, after: I, view: Option<&View<T, I>>) -> Phase<T, I> {
        if let Some(top) = view.and_then(|view| view.covers(&newer)) {
            return superseded_by(top);
        }
        Phase::Writing {
            target: newer,
            write: WriteState {
                after: Some(after),
                left: self.bounds.writes,
            },
        }
    }

    /// A write is done and nothing is owed for it.
    fn arrived(&mut self, target: T, id: I, own: bool, view: Option<&View<T, I>>) -> Phase<T, I> {
        if target != self.mine {
            self.healed = Some(target.clone());
            return Phase::Ended(Ending::Superseded { by: target });
        }
        match view {
            Some(view) => self.follow(id, own, self.bounds.patience, view),
            None => self.following(id, own),
        }
    }

    fn follow(&mut self, id: I, own: bool, patience: u8, view: &View<T, I>) -> Phase<T, I> {
        if view.find(&id).is_some_and(|entry| entry.failed) {
            return Phase::Ended(Ending::Failed { id });
        }
        if let Some(newer) = self.learn(&id, own, view) {
            return self.heal(newer, id, Some(view));
        }
        match view.in_place() {
            Some(top) if top.id == id => self.following(id, own),
            Some(top) if top.id > id => {
                if top.target == self.mine {
                    return self.following(top.id.clone(), false);
                }
                let patience = patience.saturating_sub(1);
                if patience == 0 || (!top.failed && top.target.is_newer_than(&self.mine)) {
                    return superseded_by(top);
                }
                Phase::Following { id, own, patience }
            }
            // Our own deployment is not shown yet.
            _ => Phase::Following { id, own, patience },
        }
    }

    /// Takes in what our own deployment replaced, where a read tells it better than the answer did.
    /// Gives what is owed for it.
    fn learn(&mut self, id: &I, own: bool, view: &View<T, I>) -> Option<T> {
        let replaced = view.replaced_by(id)?;
        let told = self.replaced.as_ref();
        if !own || told.is_some_and(|told| replaced.id <= told.id) {
            return None;
        }
        self.replaced = Some(replaced.clone());
        self.in_doubt = false;
        self.owes(replaced, &self.mine)
            .then(|| replaced.target.clone())
    }

    fn following(&self, id: I, own: bool) -> Phase<T, I> {
        Phase::Following {
            id,
            own,
            patience: self.bounds.patience,
        }
    }

    fn unwritten(&self, target: T) -> Ending<T, I> {
        if target == self.mine {
            Ending::NotWritten
        } else {
            Ending::Unhealed { newer: target }
        }
    }
}

/// What a write whose answer was lost may have begun, newest first.
fn found<'a, T: Target, I: Ord>(
    target: &'a T,
    write: &'a WriteState<I>,
    view: &'a View<T, I>,
) -> impl Iterator<Item = &'a Entry<T, I>> {
    view.entries().iter().filter(|entry| {
        entry.target == *target && write.after.as_ref().is_none_or(|after| entry.id > *after)
    })
}

fn superseded_by<T: Clone, I>(top: &Entry<T, I>) -> Phase<T, I> {
    Phase::Ended(Ending::Superseded {
        by: top.target.clone(),
    })
}
