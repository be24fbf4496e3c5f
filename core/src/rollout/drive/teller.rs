//! Who is told what happens.

use std::fmt;
use std::sync::Arc;

use crate::rollout::Event;

type OnEvent = Arc<dyn Fn(&Event) + Send + Sync>;

/// Tells events to whoever asked for them, and to the log.
#[derive(Clone, Default)]
pub(in crate::rollout) struct Teller(Vec<OnEvent>);

impl Teller {
    /// Also tells `on_event`.
    pub(in crate::rollout) fn and(mut self, on_event: OnEvent) -> Self {
        self.0.push(on_event);
        self
    }

    pub(in crate::rollout) fn tell(&self, event: &Event) {
        tracing::debug!("{event}");
        for on_event in &self.0 {
            on_event(event);
        }
    }
}

impl fmt::Debug for Teller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Teller").finish_non_exhaustive()
    }
}
