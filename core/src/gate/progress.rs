//! What a waiting gate tells while it waits.

use std::time::Duration;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// One attempt of a waiting gate that did not settle everything.
///
/// JSON: `{"attempt", "elapsedSeconds", "nextDelaySeconds", "remainingSeconds", "pending":
/// [{"image", "code", "reason"}]}`.
#[derive(Debug, Clone)]
pub struct Progress {
    pub(super) attempt: u32,
    pub(super) elapsed: Duration,
    pub(super) next_delay: Duration,
    pub(super) remaining: Duration,
    pub(super) pending: Vec<Pending>,
}

impl Progress {
    /// How many attempts were made, from 1.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// How long the gate has waited so far.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// How long it sleeps before it asks again.
    pub fn next_delay(&self) -> Duration {
        self.next_delay
    }

    /// How long it is until the deadline.
    pub fn remaining(&self) -> Duration {
        self.remaining
    }

    /// The images that are still waited for, and what each lacks.
    pub fn pending(&self) -> &[Pending] {
        &self.pending
    }
}

impl Serialize for Progress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut form = serializer.serialize_struct("Progress", 5)?;
        form.serialize_field("attempt", &self.attempt)?;
        form.serialize_field("elapsedSeconds", &self.elapsed.as_secs_f64())?;
        form.serialize_field("nextDelaySeconds", &self.next_delay.as_secs_f64())?;
        form.serialize_field("remainingSeconds", &self.remaining.as_secs_f64())?;
        form.serialize_field("pending", &self.pending)?;
        form.end()
    }
}

/// An image that is still waited for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pending {
    pub(super) image: String,
    pub(super) code: &'static str,
    pub(super) reason: String,
}

impl Pending {
    /// The image as it was asked for.
    pub fn image(&self) -> &str {
        &self.image
    }

    /// The code of what it lacks: `IMAGE_NOT_FOUND`, `THROTTLED`, …
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What it lacks, in words.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}
