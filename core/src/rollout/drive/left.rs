//! What would be left behind, should the rollout be given up now.

use std::sync::Mutex;
use std::sync::PoisonError;

use super::Teller;
use crate::rollout::{Event, LeftBehind};

/// Knows at each moment what would be left behind, and tells it when it is dropped before
/// [`settle`](Self::settle): dropping the future of a rollout is how it is cancelled.
#[derive(Debug)]
pub(in crate::rollout) struct Left {
    state: Mutex<Option<LeftBehind>>,
    teller: Teller,
}

impl Left {
    pub(in crate::rollout) fn nothing(teller: Teller) -> Self {
        Self {
            state: Mutex::new(Some(LeftBehind::Unchanged)),
            teller,
        }
    }

    /// From here on this would be left.
    pub(in crate::rollout) fn now(&self, left: LeftBehind) {
        *self.lock() = Some(left);
    }

    /// What would be left.
    pub(in crate::rollout) fn behind(&self) -> LeftBehind {
        self.lock().clone().unwrap_or(LeftBehind::Unchanged)
    }

    /// The rollout came to its end: there is nothing to tell any more.
    pub(in crate::rollout) fn settle(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<LeftBehind>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Left {
    fn drop(&mut self) {
        let left = self.lock().take();
        if let Some(left) = left {
            self.teller.tell(&Event::Cancelled { left });
        }
    }
}
