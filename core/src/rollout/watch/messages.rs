//! Which events of a service matter.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use crate::rollout::Event;
use crate::rollout::failure::likeness;
use crate::service::ServiceEvent;

/// How many are kept: of more, the latest.
const KEPT: usize = 50;

/// What ECS writes when all goes well. What is not known to be noise is told.
const NOISE: [&str; 8] = [
    "has started ",
    "has stopped ",
    "has begun draining connections",
    " registered ",
    "deregistered ",
    "has reached a steady state",
    "deployment completed",
    "has updated the service",
];

/// The events that matter, each once.
#[derive(Debug, Clone)]
pub(super) struct Messages {
    since: DateTime<Utc>,
    seen: HashSet<String>,
    told: HashSet<String>,
    kept: Vec<ServiceEvent>,
}

impl Messages {
    /// Those from `since` on: the moment in which our deployment was made, by the clock of ECS.
    pub(super) fn since(since: DateTime<Utc>) -> Self {
        Self {
            since,
            seen: HashSet::new(),
            told: HashSet::new(),
            kept: Vec::new(),
        }
    }

    pub(super) fn kept(&self) -> &[ServiceEvent] {
        &self.kept
    }

    /// Takes in the events of a snapshot, newest first, and tells the new ones, oldest first. One
    /// that says the same of another task is not told again.
    pub(super) fn take(&mut self, events: &[ServiceEvent]) -> Vec<Event> {
        let mut new = Vec::new();
        // ECS shows the latest 100: what is not among them does not come again.
        let mut shown = HashSet::new();
        for event in events.iter().rev() {
            if event.created_at < self.since || !shown.insert(event.id.clone()) {
                continue;
            }
            let matters = !NOISE.iter().any(|noise| event.message.contains(noise));
            if !self.seen.contains(&event.id)
                && matters
                && self.told.insert(likeness(&event.message))
            {
                self.kept.push(event.clone());
                new.push(Event::ServiceMessage {
                    created_at: event.created_at,
                    message: event.message.clone(),
                });
            }
        }
        self.seen = shown;
        let excess = self.kept.len().saturating_sub(KEPT);
        self.kept.drain(..excess);
        new
    }
}
