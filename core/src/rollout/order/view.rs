//! What is seen of a service: its deployments in the order in which they began.

/// What a deployment puts in place, as far as order is concerned.
///
/// Two targets are equal when they are the same revision of the task definition.
pub trait Target: Clone + Eq {
    /// Whether this is a later build for the same environment.
    ///
    /// Must be a strict partial order. It says no where the two cannot be compared (another
    /// environment, no version known): such a deployment is neither guarded nor put back.
    fn is_newer_than(&self, other: &Self) -> bool;
}

/// One deployment of a service.
///
/// `I` tells deployments apart and grows in the order in which they began; for ECS that is
/// `createdAt`, then the id.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Entry<T, I> {
    /// Which deployment it is.
    pub id: I,
    /// What it puts in place.
    pub target: T,
    /// Whether it failed or is being taken back. One that was stopped because another one began did
    /// not fail; where that cannot be told, it did not.
    pub failed: bool,
}

/// The deployments of a service as one read shows them, newest first.
///
/// It may be behind what is true, but has no holes: it shows the history up to some moment. Its end
/// may be cut off.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct View<T, I> {
    entries: Vec<Entry<T, I>>,
}

/// A newer version that was replaced by an older one.
#[derive(Debug)]
pub struct OutOfOrder<'a, T, I> {
    /// The deployment of the newer version.
    pub newer: &'a Entry<T, I>,
    /// The deployment that replaced it.
    pub replaced_by: &'a Entry<T, I>,
}

impl<T: Target, I: Ord> View<T, I> {
    /// Takes the deployments in any order.
    pub fn new(entries: impl IntoIterator<Item = Entry<T, I>>) -> Self {
        let mut entries: Vec<_> = entries.into_iter().collect();
        entries.sort_by(|one, other| other.id.cmp(&one.id));
        Self { entries }
    }

    /// The deployment in place: the one that began last.
    pub fn in_place(&self) -> Option<&Entry<T, I>> {
        self.entries.first()
    }

    /// The deployments, newest first.
    pub fn entries(&self) -> &[Entry<T, I>] {
        &self.entries
    }

    /// The deployment with this id.
    pub fn find(&self, id: &I) -> Option<&Entry<T, I>> {
        self.entries.iter().find(|entry| entry.id == *id)
    }

    /// What the deployment with this id replaced. `None` where it is not shown.
    pub fn replaced_by(&self, id: &I) -> Option<&Entry<T, I>> {
        let at = self.entries.iter().position(|entry| entry.id == *id)?;
        self.entries.get(at + 1)
    }

    /// A newer version that was replaced by an older one and is not in place again.
    ///
    /// That is an intended rollback, or what a deployer left behind that ended between its write and
    /// its check. ECS does not tell which, so nobody puts it right on its own account: it is reported.
    /// Of several the newest version is given; failed deployments do not count.
    pub fn out_of_order(&self) -> Option<OutOfOrder<'_, T, I>> {
        let in_place = self.in_place()?;
        let pairs = self.entries.iter().zip(self.entries.iter().skip(1));
        pairs
            .filter(|(by, replaced)| {
                !replaced.failed
                    && replaced.target.is_newer_than(&by.target)
                    && replaced.target.is_newer_than(&in_place.target)
            })
            .map(|(by, replaced)| OutOfOrder {
                newer: replaced,
                replaced_by: by,
            })
            .reduce(|newest, next| {
                if next.newer.target.is_newer_than(&newest.newer.target) {
                    next
                } else {
                    newest
                }
            })
    }

    /// Whether what is in place is that target, or newer.
    pub(super) fn covers(&self, target: &T) -> Option<&Entry<T, I>> {
        self.in_place().filter(|top| {
            !top.failed && (top.target == *target || top.target.is_newer_than(target))
        })
    }
}
